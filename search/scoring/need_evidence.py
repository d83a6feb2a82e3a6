"""Which needs the words of a query go with, learned from the taxonomy's everyday phrases and the services' own words.

A word that stands in many phrases of one need and in few of others speaks for that need: "landlord" for eviction, as
much as "evict". So does a pair of words beside each other ("light bill"). Of each word the share of each need is kept,
smoothed: a word seen once says little. `NeedPhrases` of `search.query.parse` finds whole phrases; this adds up hints.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from catalog.model import Catalog, Service
from search.index.documents import LANGUAGES
from search.index.whoosh_index import analyse
from search.scoring.bm25f import Floats
from search.weights import Weights

# Of a larger directory every second, third ... service is read: more say nothing new.
MAX_SERVICES = 2000
NEEDS_OF_A_SERVICE = 2

# A word, or two beside each other, each language's apart.
Hint = tuple[str, ...]
Said = tuple[Sequence[str], int, float]


@dataclass(frozen=True, slots=True)
class Associations:
    """`needs` are K ids; `shares` (H, K) float32 what each hint says for each of them, 0 to 1; `rows` its hints."""

    needs: tuple[str, ...]
    rows: Mapping[str, Mapping[Hint, int]]
    shares: NDArray[np.float32]
    weights: Weights

    @classmethod
    def build(cls, catalog: Catalog, weights: Weights) -> Associations:
        needs = tuple(need.id for need in catalog.needs.values() if need.parent is not None)
        phrases = np.array([1.0 + _phrase_count(catalog, need) for need in needs])
        rows: dict[str, dict[Hint, int]] = {}
        places: list[tuple[int, int]] = []
        counts: list[float] = []
        for language in LANGUAGES:
            known = rows.setdefault(language, {})
            first = sum(len(each) for each in rows.values())
            for words, need, count in _said(catalog, needs, language, weights):
                for hint in {*((word,) for word in words), *pairwise(words)}:
                    places.append((known.setdefault(hint, first + len(known)), need))
                    counts.append(count)
        shares = _shares(places, counts, (sum(len(each) for each in rows.values()), len(needs)), phrases, weights)
        return cls(needs, rows, shares, weights)

    def evidence(self, words: Sequence[tuple[str, ...]], weights: Floats, named: Mapping[str, set[int]]) -> Floats:
        """What the words of a query say for each need, 0 to 1, array of length K.

        `words` come as their forms in each language, `weights` (W) as their share of the query; `named` has the needs
        that are named by an exact phrase, each with the words (their places in the query) of the phrase.
        """
        each = np.zeros((len(words), len(self.needs)), dtype=np.float32)
        for place, forms in enumerate(words):
            self._hear(each[place], [(form,) for form in forms])
        for need, places in named.items():
            column = self.needs.index(need)
            for place in places:
                certainty = self.weights.phrase if len(places) > 1 else self.weights.phrase / 2
                each[place, column] = max(each[place, column], certainty)
        total = weights @ each
        for place, (one, other) in enumerate(pairwise(words)):
            pair = np.zeros(len(self.needs), dtype=np.float32)
            self._hear(pair, list(zip(one, other, strict=True)))
            total += self.weights.pair * min(weights[place], weights[place + 1]) * pair
        evidence: Floats = np.minimum(total, 1).astype(np.float32)
        return evidence

    def _hear(self, into: Floats, hints: Iterable[Hint]) -> None:
        """The greater of what the hint says in each language."""
        for language, hint in zip(LANGUAGES, hints, strict=True):
            row = self.rows[language].get(hint)
            if row is not None:
                np.maximum(into, self.shares[row], out=into)


def _phrase_count(catalog: Catalog, need: str) -> int:
    words = catalog.needs[need].words
    return len(words.en) + len(words.es)


def _said(catalog: Catalog, needs: Sequence[str], language: str, weights: Weights) -> Iterator[Said]:
    """(words, number of a need, how much it counts): phrases, and names and summaries of services."""
    numbers = {need: number for number, need in enumerate(needs)}
    for need, number in numbers.items():
        found = catalog.needs[need]
        for phrase in (found.label.in_language(language), *(found.words.es if language == "es" else found.words.en)):
            yield analyse(phrase, language), number, 1.0
    services = list(catalog.services.values())
    for service in services[:: len(services) // MAX_SERVICES + 1] if weights.summary else ():
        words = analyse(_text(service, language), language)
        for place, need in enumerate(service.needs[:NEEDS_OF_A_SERVICE]):
            if need in numbers:
                yield words, numbers[need], weights.summary / 2**place


def _text(service: Service, language: str) -> str:
    if language == "en":
        return f"{service.name} {service.summary}"
    spanish = service.translations.get(language)
    return (spanish.summary or "") if spanish else ""


def _shares(
    places: list[tuple[int, int]],
    counts: list[float],
    shape: tuple[int, int],
    phrases: NDArray[np.float64],
    by: Weights,
) -> NDArray[np.float32]:
    """Counts as smoothed shares of each hint; a need with many phrases does not win by their number."""
    table = np.zeros(shape)
    if places:
        np.add.at(table, tuple(np.array(places).T), counts)
    table /= np.sqrt(phrases / phrases.mean()) if len(phrases) else 1.0
    table /= table.sum(axis=1, keepdims=True) + by.smoothing
    return np.power(table, by.evenness).astype(np.float32)
