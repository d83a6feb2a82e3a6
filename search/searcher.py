"""Words -> what they mean for each service, and why. Pure over a `Searcher` made once for a catalog.

Filters, order and pages are the directory's: what is read here depends on the words alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from catalog.model import Catalog, Service
from catalog.places import fold
from search.index.stop_words import FAMILY
from search.index.whoosh_index import SearchIndex, analyse
from search.query.parse import NeedPhrases, ParsedQuery, understand
from search.query.phrase_spelling import PhraseSpeller
from search.query.spelling import Speller
from search.scoring.bm25f import Floats
from search.scoring.scorer import MAX_WORDS, Forms, QueryTerms, Scorer, word_forms
from search.weights import WEIGHTS, Weights

MAX_CHARACTERS = 200
FEW = 3
GOOD_SHARE = 0.5

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class QueryResult:
    """A query as it was read.

    `scores` (S,) are what each service is worth for the words, `matched` (S,) which are an answer; without words all
    are. `needs` are those meant, by an exact phrase or a near one; `named`, the rows of services whose name stands in
    the query. `corrected_from` is what was typed before correction; `shortened`, whether more was typed than is used;
    `share`, how much of the query the best service holds.
    """

    understood: ParsedQuery
    words: tuple[Forms, ...]
    scores: Floats
    matched: Bools
    needs: frozenset[str] = frozenset()
    named: frozenset[int] = frozenset()
    corrected_from: str | None = None
    shortened: bool = False
    share: float = 1.0

    @property
    def is_poor(self) -> bool:
        """Whether next to nothing was found, or nothing that holds most of what was asked."""
        return int(self.matched.sum()) < FEW or self.share < GOOD_SHARE


@dataclass(frozen=True)
class Searcher:
    """What searching needs besides the index, made once for a catalog. Rows are services in the order of their ids."""

    catalog: Catalog
    index: SearchIndex
    phrases: NeedPhrases
    scorer: Scorer
    speller: Speller
    phrase_speller: PhraseSpeller
    services: tuple[Service, ...]
    listed: Bools
    name_words: tuple[frozenset[str], ...]
    summary_words: tuple[frozenset[str], ...]

    @classmethod
    def build(cls, catalog: Catalog, index: SearchIndex, weights: Weights = WEIGHTS) -> Searcher:
        services = tuple(catalog.services[key] for key in index.postings.ids)
        phrases = NeedPhrases.build(catalog)
        return cls(
            catalog,
            index,
            phrases,
            Scorer.build(catalog, index.postings, weights),
            Speller.build(catalog, weights.dictionary),
            PhraseSpeller.build(phrases),
            services,
            np.array([service.is_listed for service in services], dtype=np.bool_),
            tuple(_words(" ".join((one.name, *one.alternate_names))) for one in services),
            tuple(_words(one.summary) for one in services),
        )

    def read(self, text: str) -> QueryResult:
        """What the words mean for each service.

        200 characters and 12 words are used. Words that the directory does not know are corrected only when the plain
        words find next to nothing.
        """
        used = fold(text[:MAX_CHARACTERS])
        if not used:
            return self._without_words(text)
        reading = self._read(used)
        corrected = self._corrected(used) if reading.is_poor else None
        if corrected is not None:
            again = self._read(corrected)
            if again.matched.any():
                reading = replace(again, corrected_from=used)
        if not reading.matched.any():
            reading = self._boldly(used) or self._last_try(corrected or used) or reading
        return replace(reading, shortened=reading.shortened or bool(text[MAX_CHARACTERS:].strip()))

    def _without_words(self, text: str) -> QueryResult:
        """Everything; but nothing when something was asked in letters that are not known here."""
        asked = any(char.isalnum() for char in text)
        matched = np.zeros_like(self.listed) if asked else self.listed
        return QueryResult(ParsedQuery(""), (), np.ones(len(matched), dtype=np.float32), matched)

    def _read(self, text: str) -> QueryResult:
        understood = understand(text, self.catalog.places, self.phrases, self.speller)
        words = word_forms(understood.text, MAX_WORDS + 1)
        return self._reading(self.scorer.asked(understood, words[:MAX_WORDS]), understood, len(words) > MAX_WORDS)

    def _boldly(self, text: str) -> QueryResult | None:
        """With words put right that are far from what was typed, if a need is then clearly meant."""
        corrected = self._corrected(text, boldly=True)
        again = self._read(corrected) if corrected is not None else None
        return (
            replace(again, corrected_from=text) if again is not None and again.needs and again.matched.any() else None
        )

    def _last_try(self, text: str) -> QueryResult | None:
        """With less of the query, where it surely asks for help: of a family, at a place or age, by a whole phrase."""
        understood = understand(text, self.catalog.places, self.phrases, self.speller)
        for_family = understood.place or understood.age or understood.hint or FAMILY.intersection(text.split())
        if not for_family and not any(" " in phrase for _, phrase in understood.needs):
            return None
        words = word_forms(understood.text, MAX_WORDS)
        return self._reading(replace(self.scorer.asked(understood, words), last_try=True), understood)

    def _reading(self, asked: QueryTerms, understood: ParsedQuery, shortened: bool = False) -> QueryResult:
        scored = self.scorer.scores(asked)
        matched = (scored.score > 0) & self.listed
        return QueryResult(
            understood,
            asked.words,
            scored.score,
            matched,
            asked.meant,
            frozenset(asked.named),
            shortened=shortened,
            share=float(scored.share[matched].max(initial=0.0)),
        )

    def account(self, text: str, service_id: str) -> Iterator[str]:
        """Lines that say what each word, need and name adds to the score of one service."""
        understood = understand(fold(text[:MAX_CHARACTERS]), self.catalog.places, self.phrases, self.speller)
        return self.scorer.account(understood, self.index.postings.ids.index(service_id))

    def _corrected(self, text: str, boldly: bool = False) -> str | None:
        """The name that was nearly typed, or the query with its unknown words corrected; None when neither can be."""
        if not self.scorer.weights.spelling:
            return None
        words = text.split()
        knows = self.speller.knows
        words = self.phrase_speller.correct(words, knows) or words
        # Words of asking are looked up nowhere, however they are written.
        better = " ".join(self.speller.correct(word, boldly) or word if word_forms(word) else word for word in words)
        # One word that was put right may show what the one beside it was meant to be.
        better = " ".join(self.phrase_speller.correct(better.split(), knows) or [better])
        return self.scorer.near_name(text) or (better if better != text else None)

    def why(self, row: int, reading: QueryResult) -> tuple[str, ...]:
        """Where the words were found: "name", "need: food", "summary"."""
        return tuple(self._why(row, reading))

    def _why(self, row: int, reading: QueryResult) -> Iterable[str]:
        service = self.services[row]
        wanted = {form for forms in reading.words for form in forms}
        if wanted & self.name_words[row]:
            yield "name"
        for need, _ in reading.understood.needs:
            if need in service.needs:
                yield f"need: {need}"
        if wanted & self.summary_words[row]:
            yield "summary"


def _words(text: str) -> frozenset[str]:
    return frozenset(analyse(text, "en"))
