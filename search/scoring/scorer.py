"""What was understood of a query -> the score of each service. Pure over a `Scorer` made once for a catalog."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from catalog.model import Catalog, Kind, Service, Who
from catalog.places import fold
from search.index.documents import LANGUAGES
from search.index.postings import Postings
from search.index.whoosh_index import analyse
from search.query.ages import AgeHint
from search.query.common_words import is_ordinary
from search.query.parse import ParsedQuery
from search.scoring.bm25f import Floats, Scores, least_share, score_words, word_weights
from search.scoring.need_evidence import Associations
from search.weights import WEIGHTS, Weights

MAX_WORDS = 12
MAX_NAME_WORDS = 7
MIN_NAME = 3

# A name that is nearly what was typed: how alike in a hundred, and from how many letters on.
ALIKE = 84
MIN_ALIKE = 8

# So many needs are thought of at once; a need of which so much is said counts as meant.
MAX_NEEDS = 4
CLEARLY_MEANT = 0.5

Forms = tuple[str, ...]
Bools = NDArray[np.bool_]
Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class QueryTerms:
    """What a query asks for.

    `words` (W) say something, `plain` of them no topic, and `shares` (W,) what part of the query each is; `told` words
    say nothing. `evidence` is what is said for each need that is thought of, `exact` are those named by a phrase,
    `named` the services whose name stands in the query, with what part of it the name is, `ages` from and until which
    age someone is, in days. `last_try` asks for less of the query, but for a need that it goes with.
    """

    words: tuple[Forms, ...]
    plain: tuple[bool, ...]
    shares: Floats
    told: int
    evidence: Mapping[str, float]
    exact: frozenset[str]
    named: Mapping[int, float]
    ages: AgeHint | None = None
    last_try: bool = False

    @property
    def meant(self) -> frozenset[str]:
        """The needs that are clearly meant."""
        return self.exact | {need for need, said in self.evidence.items() if said >= CLEARLY_MEANT}


@dataclass(frozen=True)
class Scorer:
    """What scoring needs, made once for a catalog. Rows are services in the order of the postings' ids."""

    postings: Postings
    associations: Associations
    need_worth: dict[str, Floats]
    need_rows: dict[str, Rows]  # the services that list it
    names: dict[str, tuple[int, ...]]
    spelled: dict[str, str]
    ages: Floats
    weights: Weights

    @classmethod
    def build(cls, catalog: Catalog, postings: Postings, weights: Weights = WEIGHTS) -> Scorer:
        services = tuple(catalog.services[key] for key in postings.ids)
        associations = Associations.build(catalog, weights)
        worth = _need_worth(catalog, services, weights)
        rows = {need: np.flatnonzero(column) for need, column in worth.items()}
        return cls(postings, associations, worth, rows, *_names(services), _ages(services), weights)

    def weighed(self, catalog: Catalog, weights: Weights) -> Scorer:
        """The same with other weights, but for those by which words are learned (`search.scoring.need_evidence`)."""
        services = tuple(catalog.services[key] for key in self.postings.ids)
        return replace(
            self,
            associations=replace(self.associations, weights=weights),
            need_worth=_need_worth(catalog, services, weights),
            weights=weights,
        )

    def asked(self, understood: ParsedQuery, words: list[Forms]) -> QueryTerms:
        """What is asked for by these words, the first of those of `understood`."""
        plain = tuple(is_ordinary(forms) for forms in words)
        shares = word_weights(words, plain, self.postings, self.weights)
        places = {need: _places(phrase, words) for need, phrase in understood.needs}
        evidence = self.associations.evidence(words, shares, places)
        likeliest = np.argsort(-evidence, kind="stable")[:MAX_NEEDS].tolist()
        return QueryTerms(
            tuple(words),
            plain,
            shares,
            len(set(understood.text.split())) - len(words),
            {
                self.associations.needs[number]: float(evidence[number])
                for number in likeliest
                if evidence[number] >= max(self.weights.faintest, 1e-6)
            },
            frozenset(places),
            self.named(understood.text),
            AgeHint.of(understood.age) if understood.age else understood.hint,
        )

    def scores(self, asked: QueryTerms) -> Scores:
        """The score of each service, 0 for one that is no answer, and the share of the query that it holds.

        The share is at least 1 for a service that is named.
        """
        by = self.weights
        scored = score_words(asked.words, asked.plain, asked.shares, self.postings, by)
        needs = [(need, *each) for need, each in self._worths(asked).items()]
        understood = np.zeros_like(scored.share)
        score = scored.score * scored.share
        for need, said, times in needs:
            rows = self.need_rows[need]
            np.maximum.at(understood, rows, np.float32(by.need_share * said))
            np.add.at(score, rows, np.float32(times) * self.need_worth[need][rows])
        share = scored.share + understood
        least = least_share(len(asked.words), asked.told, by)
        fits = (share >= least * by.last_try) & (understood > 0) if asked.last_try else share >= least
        fits[list(asked.named)] = True
        score *= fits
        if asked.ages is not None:
            rows = np.flatnonzero(fits)
            score[rows] *= self._by_age(rows, asked.ages)
        for row, part in asked.named.items():
            score[row] += by.name * part
            share[row] = max(float(share[row]), 1.0)
        return Scores(score, share)

    def near_name(self, text: str) -> str | None:
        """The name of a service that is nearly what was typed, but not quite; None when there is none."""
        typed = text.replace(" ", "")
        if len(typed) < MIN_ALIKE or typed in self.names or not self.weights.near_name:
            return None
        near = process.extractOne(typed, self.names.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        return self.spelled[near[0]] if near is not None else None

    def account(self, understood: ParsedQuery, row: int) -> Iterator[str]:
        """Lines that say what each word, need and name adds to the score of one service."""
        words = word_forms(understood.text)
        asked = self.asked(understood, words)
        for forms, plain in zip(words, asked.plain, strict=True):
            alone = score_words([forms], [plain], np.ones(1, np.float32), self.postings, self.weights)
            yield f"word   {' / '.join(dict.fromkeys(forms)):<24} {float(alone.score[row]):7.2f}"
        alone = score_words(words, asked.plain, asked.shares, self.postings, self.weights)
        scored = self.scores(asked)
        least = least_share(len(words), asked.told, self.weights)
        words_alone, whole = float(alone.share[row]), float(scored.share[row])
        yield f"share  {words_alone:.3f} of the words; of the query {whole:.3f} (at least {least:.3f})"
        for need, (_, times) in self._worths(asked).items():
            yield f"need   {need:<24} {times * float(self.need_worth[need][row]):7.2f}"
        if asked.ages is not None:
            yield f"age    the words and needs count {float(self._by_age(np.array([row]), asked.ages)[0]):.2f} times"
        yield f"name   {'':<24} {self.weights.name * asked.named.get(row, 0.0):7.2f}"
        yield f"score  {'':<24} {float(scored.score[row]):7.2f}"

    def _worths(self, asked: QueryTerms) -> dict[str, tuple[float, float]]:
        """Of each need thought of that a service lists: what is said for it, and by what its worth is multiplied."""
        worths = {}
        for need, said in asked.evidence.items():
            if need in self.need_worth:
                worths[need] = said, self.weights.association * said
        return worths

    def _by_age(self, rows: Rows, asked: AgeHint) -> Floats:
        """By what the score of each of these is multiplied: more where they say that they are for the age, or less."""
        start, end = self.ages[:, rows]
        among = (start < asked.end) & (asked.start < end)
        other = ~among & ~np.isnan(start)
        times: Floats = 1 + np.float32(self.weights.age) * among + np.float32(self.weights.other_age) * other
        return times

    def named(self, text: str) -> dict[int, float]:
        """Services whose name or acronym stands in the query, and how much of the query it makes up."""
        words = text.split()
        found: dict[int, float] = {}
        for length in range(min(len(words), MAX_NAME_WORDS), 0, -1):
            for start in range(len(words) - length + 1):
                part = words[start : start + length]
                for row in self.names.get("".join(part), ()):
                    found[row] = max(found.get(row, 0.0), length / len(words))
        return found


def word_forms(text: str, most: int = MAX_WORDS) -> list[Forms]:
    """The first 12 words of a query that say something, each in its form in each language ("" where it is left out)."""
    forms = []
    for word in dict.fromkeys(fold(text).split()):
        each = tuple((analyse(word, language) or [""])[0] for language in LANGUAGES)
        # A word of asking in either language is one: "for" is no word to look for in Spanish texts.
        if all(each):
            forms.append(each)
    return forms[:most]


def _places(phrase: str, words: list[Forms]) -> set[int]:
    """Where in `words` those of a phrase are."""
    wanted = set(word_forms(phrase))
    return {place for place, forms in enumerate(words) if forms in wanted}


def _need_worth(catalog: Catalog, services: tuple[Service, ...], weights: Weights) -> dict[str, Floats]:
    """need -> what it is worth to each service: most to one that has it first, less to a guide.

    In danger a line that answers at once comes before a program to join.
    """
    urgent = {need.id for need in catalog.needs.values() if need.urgent}
    worth: dict[str, Floats] = {}
    for row, service in enumerate(services):
        standing = 1 + weights.guide * (service.kind is Kind.GUIDE)
        for place, need in enumerate(service.needs):
            column = worth.setdefault(need, np.zeros(len(services), dtype=np.float32))
            at_once = weights.hotline * (need in urgent and service.kind is Kind.HOTLINE)
            column[row] = weights.need_fade**place * (standing + at_once)
    return worth


def _ages(services: tuple[Service, ...]) -> Floats:
    """From and until which age, in days, each service says that it is for (2, N); NaN where none is said."""
    ages = np.full((2, len(services)), np.nan, dtype=np.float32)
    for row, service in enumerate(services):
        rules = [one.age for one in service.eligibility if one.age is not None and one.age.who is Who.CHILD]
        limits = [rule for rule in rules if rule.start is not None or rule.end is not None]
        if limits:
            ages[0, row] = min(rule.start.approximate_days() if rule.start else 0 for rule in limits)
            ages[1, row] = max(rule.end.approximate_days() if rule.end else math.inf for rule in limits)
    return ages


def _names(services: tuple[Service, ...]) -> tuple[dict[str, tuple[int, ...]], dict[str, str]]:
    """Names and alternate names, folded and without spaces ("care4kids"): the rows that bear them, and with spaces."""
    names: dict[str, tuple[int, ...]] = {}
    spelled: dict[str, str] = {}
    for row, service in enumerate(services):
        for name in {fold(name) for name in (service.name, *service.alternate_names)}:
            joined = name.replace(" ", "")
            if len(joined) >= MIN_NAME:
                names[joined] = (*names.get(joined, ()), row)
                spelled[joined] = name
    return names, spelled
