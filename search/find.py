"""Words and filters -> services, best first, with why. Pure over a `Searcher` made once for a catalog."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from catalog.model import Catalog, Service
from catalog.places import fold
from ordering import best_first
from search.index import SearchIndex, analyse
from search.ranking import Floats
from search.scoring import Forms, Scorer, word_forms
from search.spelling import Speller
from search.understanding import NeedPhrases, Understood, understand

MOST_CHARACTERS = 200
FEW = 3
GOOD_SHARE = 0.75

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Found:
    """A service that fits, and why: the names of the parts of its entry in which words were found."""

    service: Service
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, best first, and how the query was read.

    `corrected_from` is what was typed before correction; `share` how much of the query the best service holds.
    """

    found: tuple[Found, ...]
    total: int
    understood: Understood
    corrected_from: str | None = None
    share: float = 1.0


# Given what was understood: which services may be shown (N), and by what to multiply their scores (N).
Narrow = Callable[[Understood], tuple[Bools, Floats]]


@dataclass(frozen=True)
class Searcher:
    """What searching needs besides the index, made once for a catalog. Rows are services in the order of their ids."""

    catalog: Catalog
    index: SearchIndex
    phrases: NeedPhrases
    scorer: Scorer
    speller: Speller
    services: tuple[Service, ...]
    listed: Bools
    name_words: tuple[frozenset[str], ...]
    summary_words: tuple[frozenset[str], ...]
    by_name: tuple[int, ...]

    @classmethod
    def build(cls, catalog: Catalog, index: SearchIndex) -> Searcher:
        services = tuple(catalog.services[key] for key in index.postings.ids)
        return cls(
            catalog,
            index,
            NeedPhrases.build(catalog),
            Scorer.build(catalog, index.postings),
            Speller.build(catalog),
            services,
            np.array([service.is_listed for service in services], dtype=np.bool_),
            tuple(_words(" ".join((one.name, *one.alternate_names))) for one in services),
            tuple(_words(one.summary) for one in services),
            tuple(sorted(range(len(services)), key=lambda row: (fold(services[row].name), services[row].id))),
        )

    def search(self, text: str, narrow: Narrow, limit: int = 20, offset: int = 0) -> Answer:
        """Services that fit the words and that `narrow` leaves; without words, all that it leaves, by name.

        200 characters and 12 words are used. Words that the directory does not know are corrected only when the plain
        words find next to nothing.
        """
        used = fold(text[:MOST_CHARACTERS])
        if not used and any(char.isalnum() for char in text):
            # Something was asked in letters that are not known here: that is no wish for the whole list.
            return Answer((), 0, Understood(""))
        answer = self._answer(used, narrow, limit, offset)
        corrected = self._corrected(used) if used else None
        if corrected is not None and self._is_poor(answer):
            again = self._answer(corrected, narrow, limit, offset)
            if again.total > 0:
                return replace(again, corrected_from=used)
        return answer

    def _is_poor(self, answer: Answer) -> bool:
        """Whether the plain words found next to nothing, or nothing that holds most of what was asked."""
        return answer.total < FEW or answer.share < GOOD_SHARE

    def _answer(self, text: str, narrow: Narrow, limit: int, offset: int) -> Answer:
        understood = understand(text, self.catalog.places, self.phrases)
        keep, boost = narrow(understood)
        keep = keep & self.listed
        if not understood.text:
            rows = [row for row in self.by_name if keep[row]]
            shown = [Found(self.services[row], 0.0, ()) for row in rows[offset : offset + limit]]
            return Answer(tuple(shown), len(rows), understood)
        words = word_forms(understood.text)
        scored = self.scorer.scores(understood, words)
        scores = scored.score * boost
        fit = np.flatnonzero((scores > 0) & keep)
        best = best_first(fit, np.round(scores, 4), offset + limit)[offset:]
        found = tuple(
            Found(self.services[row], float(scores[row]), tuple(self._why(row, understood, words))) for row in best
        )
        share = 1.0 if understood.needs else float(scored.share[fit].max(initial=0.0))
        return Answer(found, len(fit), understood, share=share)

    def account(self, text: str, service_id: str) -> Iterator[str]:
        """Lines that say what each word, need and name adds to the score of one service."""
        understood = understand(fold(text[:MOST_CHARACTERS]), self.catalog.places, self.phrases)
        return self.scorer.account(understood, self.index.postings.ids.index(service_id))

    def _corrected(self, text: str) -> str | None:
        """The query with its unknown words corrected; None when none can be."""
        words = fold(text).split()
        better = [self.speller.correct(word) or word for word in words]
        return " ".join(better) if better != words else None

    def _why(self, row: int, understood: Understood, words: list[Forms]) -> Iterable[str]:
        """Where the words were found: the name, a need, the summary."""
        service = self.services[row]
        wanted = {form for forms in words for form in forms}
        if wanted & self.name_words[row]:
            yield "name"
        for need, _ in understood.needs:
            if need in service.needs:
                yield f"need: {need}"
        if wanted & self.summary_words[row]:
            yield "summary"


def _words(text: str) -> frozenset[str]:
    return frozenset(analyse(text, "en"))
