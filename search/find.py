"""Words and filters -> services, best first, with why. Pure over a `Searcher` made once for a catalog."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from catalog.model import Catalog, Service
from catalog.places import fold
from ordering import best_first
from search.index import SearchIndex, analyse
from search.phrases import LoosePhrases
from search.postings import LANGUAGES
from search.ranking import Floats, least_share, score_words
from search.spelling import Speller
from search.understanding import NeedPhrases, Understood, understand

MOST_CHARACTERS = 200
MOST_WORDS = 12

# What a phrase that names a need is worth, to services that have it first, second ... among their needs.
NEED_WORTH = 9.0
NEED_FADE = 0.75
LINK_WORTH = 0.1
NAME_WORTH = 25.0
FEW = 3
GOOD_SHARE = 0.75
LONGEST_NAME = 7
SHORTEST_NAME = 3

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
    loose: LoosePhrases
    speller: Speller
    services: tuple[Service, ...]
    listed: Bools
    need_worth: dict[str, Floats]
    names: dict[str, tuple[int, ...]]
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
            LoosePhrases.build(catalog),
            Speller.build(catalog),
            services,
            np.array([service.is_listed for service in services], dtype=np.bool_),
            _need_worth(services),
            _names(services),
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
        plain, shares = self._scored(understood, words)
        scores = plain * boost
        fit = np.flatnonzero((scores > 0) & keep)
        best = best_first(fit, np.round(scores, 4), offset + limit)[offset:]
        found = tuple(
            Found(self.services[row], float(scores[row]), tuple(self._why(row, understood, words))) for row in best
        )
        share = 1.0 if understood.needs else float(shares[fit].max(initial=0.0))
        return Answer(found, len(fit), understood, share=share)

    def account(self, text: str, service_id: str) -> Iterator[str]:
        """Lines that say what each word, need and name adds to the score of one service."""
        understood = understand(fold(text[:MOST_CHARACTERS]), self.catalog.places, self.phrases)
        words = word_forms(understood.text)
        row = self.index.postings.ids.index(service_id)
        for forms in words:
            alone = score_words([forms], self.index.postings)
            yield f"word   {' / '.join(dict.fromkeys(forms)):<24} {float(alone.score[row]):7.2f}"
        whole = score_words(words, self.index.postings)
        share, least = float(whole.share[row]), least_share(len(words))
        yield f"share  {share:.2f} of the query's weight (at least {least:.2f}, or a need or a name)"
        for need, likeness in self._needs(understood, words).items():
            worth = NEED_WORTH * float(self.need_worth[need][row]) if need in self.need_worth else 0.0
            yield f"need   {need:<24} {likeness * worth:7.2f}"
        named = self._named(understood.text).get(row, 0.0)
        yield f"name   {'':<24} {NAME_WORTH * named:7.2f}"
        yield f"score  {'':<24} {float(self.scores(understood, words)[row]):7.2f}"

    def scores(self, understood: Understood, words: list[tuple[str, ...]]) -> Floats:
        """The score of each service for a query, 0 for those that are no answer; array of length N."""
        return self._scored(understood, words)[0]

    def _scored(self, understood: Understood, words: list[tuple[str, ...]]) -> tuple[Floats, Floats]:
        """Scores, and the share of the query that each service holds (1 for one that is named); arrays of length N."""
        scored = score_words(words, self.index.postings)
        total = scored.score * scored.share
        fits = scored.share >= least_share(len(words))
        for need, likeness in self._needs(understood, words).items():
            worth = self.need_worth.get(need)
            if worth is not None:
                total = total + np.float32(NEED_WORTH * likeness) * worth
                fits = fits | (worth > 0)
        for row, share in self._named(understood.text).items():
            total[row] += NAME_WORTH * share
            fits[row] = True
            scored.share[row] = 1.0
        return np.where(fits, total, np.float32(0)), scored.share

    def _needs(self, understood: Understood, words: list[tuple[str, ...]]) -> dict[str, float]:
        """The needs that are meant, 1 for an exact phrase, less for one that is merely near."""
        found = self.loose.likeness(words)
        return found | dict.fromkeys((need for need, _ in understood.needs), 1.0)

    def _named(self, text: str) -> dict[int, float]:
        """Services whose name or acronym stands in the query, and how much of the query it makes up."""
        words = text.split()
        found: dict[int, float] = {}
        for length in range(min(len(words), LONGEST_NAME), 0, -1):
            for start in range(len(words) - length + 1):
                part = words[start : start + length]
                for row in self.names.get("".join(part), ()):
                    found[row] = max(found.get(row, 0.0), length / len(words))
        return found

    def _corrected(self, text: str) -> str | None:
        """The query with its unknown words corrected; None when none can be."""
        words = fold(text).split()
        better = [self.speller.correct(word) or word for word in words]
        return " ".join(better) if better != words else None

    def _why(self, row: int, understood: Understood, words: list[tuple[str, ...]]) -> Iterable[str]:
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


def word_forms(text: str) -> list[tuple[str, ...]]:
    """The first 12 words of a query that say something, each in its form in each language ("" where it is left out)."""
    forms = []
    for word in dict.fromkeys(fold(text).split()):
        each = tuple((analyse(word, language) or [""])[0] for language in LANGUAGES)
        # A word of asking in either language is one: "for" is no word to look for in Spanish texts.
        if all(each):
            forms.append(each)
    return forms[:MOST_WORDS]


def _words(text: str) -> frozenset[str]:
    return frozenset(analyse(text, "en"))


def _need_worth(services: tuple[Service, ...]) -> dict[str, Floats]:
    """need -> what it is worth to each service: more to one that has it first, and to one that others point to."""
    links = Counter(other for one in services for field in (one.part_of, one.leads_to, one.see_also) for other in field)
    worth: dict[str, Floats] = {}
    for row, service in enumerate(services):
        standing = 1 + LINK_WORTH * math.log1p(links[service.id])
        for place, need in enumerate(service.needs):
            column = worth.setdefault(need, np.zeros(len(services), dtype=np.float32))
            column[row] = NEED_FADE**place * standing
    return worth


def _names(services: tuple[Service, ...]) -> dict[str, tuple[int, ...]]:
    """Names and alternate names, folded and without spaces ("care4kids"), to the rows that bear them."""
    names: dict[str, tuple[int, ...]] = {}
    for row, service in enumerate(services):
        for name in {fold(name).replace(" ", "") for name in (service.name, *service.alternate_names)}:
            if len(name) >= SHORTEST_NAME:
                names[name] = (*names.get(name, ()), row)
    return names
