"""Words -> what they mean for each service, and why. Pure over a `Searcher` made once for a catalog.

Filters, order and pages are the directory's: what is read here depends on the words alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from catalog.model import Catalog, Service
from search.index.stop_words import FAMILY
from search.index.whoosh_index import SearchIndex, analyse
from search.query.known import NOBODY, KnownPerson
from search.query.parse import NeedPhrases, ParsedQuery, QueryParser
from search.query.phrase_spelling import PhraseSpeller
from search.query.plain_text import capitals, plain_query
from search.query.spelling import Speller
from search.scoring.bm25f import Floats
from search.scoring.query_terms import MAX_WORDS, Forms, QueryTerms, word_forms
from search.scoring.scorer import Scorer
from search.weights import WEIGHTS, Weights

MAX_CHARACTERS = 400
MIN_STRANGE = 5
FEW = 3
GOOD_SHARE = 0.5

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class QueryResult:
    """A query as it was read, and what each service is worth for it."""

    understood: ParsedQuery
    words: tuple[Forms, ...]
    scores: Floats  # (S,) what each service is worth for the words
    matched: Bools  # (S,) which are an answer; without words all are
    needs: frozenset[str] = frozenset()  # those meant, by an exact phrase or a near one
    named: frozenset[int] = frozenset()  # rows of services whose name stands in the query
    corrected_from: str | None = None  # what was typed before correction
    shortened: bool = False  # whether more was typed than is used
    share: float = 1.0  # how much of the query the best service holds

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
    parser: QueryParser
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
        speller = Speller.build(catalog, weights.dictionary)
        return cls(
            catalog=catalog,
            index=index,
            phrases=phrases,
            parser=QueryParser.build(catalog, phrases, speller),
            scorer=Scorer.build(catalog, index.postings, weights),
            speller=speller,
            phrase_speller=PhraseSpeller.build(phrases),
            services=services,
            listed=np.array([service.is_listed for service in services], dtype=np.bool_),
            name_words=tuple(_words(" ".join((service.name, *service.alternate_names))) for service in services),
            summary_words=tuple(_words(service.summary) for service in services),
        )

    def read(self, text: str, known: KnownPerson = NOBODY) -> QueryResult:
        """What the words mean for each service, of a person of whom something may be known beside them.

        The first MAX_CHARACTERS and MAX_WORDS are used. Words that neither the directory nor a dictionary knows are
        corrected when the plain words find next to nothing, or little.
        """
        cut = text[:MAX_CHARACTERS]
        used = plain_query(cut)
        if not used:
            return self._without_words(text)
        upper = capitals(cut)
        result = self._read(used, upper, known)
        corrected = self.corrected(used) if result.is_poor or self._has_strange_word(used) else None
        if corrected is not None:
            again = self._read(corrected, upper, known)
            if again.matched.any() and (result.is_poor or again.share >= result.share):
                result = replace(again, corrected_from=used)
        if not result.matched.any():
            result = self._boldly(used, upper, known) or self._last_try(corrected or used, upper, known) or result
        return replace(result, shortened=result.shortened or bool(text[MAX_CHARACTERS:].strip()))

    def _without_words(self, text: str) -> QueryResult:
        """Everything; but nothing when something was asked in letters that are not known here."""
        asked = any(char.isalnum() for char in text)
        matched = np.zeros_like(self.listed) if asked else self.listed
        return QueryResult(ParsedQuery(""), (), np.ones(len(matched), dtype=np.float32), matched)

    def _read(self, text: str, upper: frozenset[str], known: KnownPerson) -> QueryResult:
        parsed = self.parser.parse(text, upper)
        words = word_forms(parsed.text, MAX_WORDS + 1)
        if not words and (parsed.place or parsed.age or parsed.hint):
            # A town or an age alone asks for all that there is there or then.
            return QueryResult(replace(parsed, text=""), (), np.ones(len(self.listed), dtype=np.float32), self.listed)
        return self._result(self.terms(parsed, words[:MAX_WORDS], known), parsed, len(words) > MAX_WORDS)

    def terms(self, parsed: ParsedQuery, words: list[Forms], known: KnownPerson = NOBODY) -> QueryTerms:
        meaning = self.index.meaning
        return self.scorer.terms(parsed, words, meaning.hear(parsed.text) if meaning else None, known)

    def _has_strange_word(self, text: str) -> bool:
        """Whether neither the directory nor a dictionary of either language knows some word."""
        return any(
            word.isalpha() and len(word) >= MIN_STRANGE and not self.speller.is_word(word) for word in text.split()
        )

    def _boldly(self, text: str, upper: frozenset[str], known: KnownPerson) -> QueryResult | None:
        """With words put right that are far from what was typed, if a need is then clearly meant."""
        corrected = self.corrected(text, boldly=True)
        again = self._read(corrected, upper, known) if corrected is not None else None
        return (
            replace(again, corrected_from=text) if again is not None and again.needs and again.matched.any() else None
        )

    def _last_try(self, text: str, upper: frozenset[str], known: KnownPerson) -> QueryResult | None:
        """With less of the query, where it surely asks for help: of a family, at a place or age, by a whole phrase."""
        parsed = self.parser.parse(text, upper)
        for_family = parsed.place or parsed.age or parsed.hint or FAMILY.intersection(text.split())
        if not for_family and not any(" " in phrase for _, phrase in parsed.needs):
            return None
        terms = self.terms(parsed, word_forms(parsed.text), known)
        return self._result(replace(terms, last_try=True), parsed)

    def _result(self, terms: QueryTerms, parsed: ParsedQuery, shortened: bool = False) -> QueryResult:
        scored = self.scorer.scores(terms)
        matched = (scored.score > 0) & self.listed
        return QueryResult(
            understood=parsed,
            words=terms.words,
            scores=scored.score,
            matched=matched,
            needs=terms.meant,
            named=frozenset(terms.named),
            shortened=shortened,
            share=float(scored.share[matched].max(initial=0.0)),
        )

    def account(self, text: str, service_id: str) -> Iterator[str]:
        """Lines that say what each word, need and name adds to the score of one service."""
        cut = text[:MAX_CHARACTERS]
        parsed = self.parser.parse(plain_query(cut), capitals(cut))
        terms = self.terms(parsed, word_forms(parsed.text))
        return self.scorer.account(terms, self.index.postings.ids.index(service_id))

    def corrected(self, text: str, boldly: bool = False) -> str | None:
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
        name = self.scorer.names.nearly(text) if self.scorer.weights.near_name else None
        return name or (better if better != text else None)

    def why(self, row: int, result: QueryResult) -> tuple[str, ...]:
        """Where the words were found: "name", "need: food", "summary"."""
        return tuple(self._why(row, result))

    def _why(self, row: int, result: QueryResult) -> Iterable[str]:
        service = self.services[row]
        wanted = {form for forms in result.words for form in forms}
        if wanted & self.name_words[row]:
            yield "name"
        for need, _ in result.understood.needs:
            if need in service.needs:
                yield f"need: {need}"
        if wanted & self.summary_words[row]:
            yield "summary"


def _words(text: str) -> frozenset[str]:
    return frozenset(analyse(text, "en"))
