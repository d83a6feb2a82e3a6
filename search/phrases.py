"""Everyday phrases of the taxonomy, matched loosely: "my light bill is past due" is near "light bill past due".

A query and a phrase are bags of analysed words; how near they are is the cosine of their rarities. Exact phrases are
found by `search.understanding`; this finds what is said in other words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.model import Catalog
from search.index import analyse
from search.texts import LANGUAGES

LEAST_LIKENESS = 0.7


@dataclass(frozen=True)
class LoosePhrases:
    """P phrases: the need of each, each word with the phrases that it stands in, and their lengths."""

    needs: tuple[str, ...]
    members: dict[str, NDArray[np.int32]]
    rarity: dict[str, float]
    norms: NDArray[np.float64]

    @classmethod
    def build(cls, catalog: Catalog) -> LoosePhrases:
        bags: list[tuple[str, frozenset[str]]] = []
        for need in catalog.needs.values():
            if need.parent is not None:
                for language, phrases in zip(LANGUAGES, (need.words.en, need.words.es), strict=True):
                    for phrase in (need.label.in_language(language), *phrases):
                        words = frozenset(f"{language} {word}" for word in analyse(phrase, language))
                        if words:
                            bags.append((need.id, words))
        members: dict[str, list[int]] = {}
        for number, (_, words) in enumerate(bags):
            for word in words:
                members.setdefault(word, []).append(number)
        rarity = {word: float(np.log1p(len(bags) / len(found))) for word, found in members.items()}
        norms = [float(np.sqrt(sum(rarity[word] ** 2 for word in words))) for _, words in bags]
        return cls(
            tuple(need for need, _ in bags),
            {word: np.array(found, dtype=np.int32) for word, found in members.items()},
            rarity,
            np.array(norms),
        )

    def likeness(self, forms: Iterable[tuple[str, ...]]) -> dict[str, float]:
        """need -> how near its nearest phrase is (LEAST_LIKENESS to 1), for words given in each language's form."""
        dots = np.zeros(len(self.needs))
        squares = 0.0
        rarest = float(np.log1p(len(self.needs)))
        for each in forms:
            keys = [f"{language} {form}" for language, form in zip(LANGUAGES, each, strict=True)]
            known = [key for key in keys if key in self.members]
            for key in known:
                dots[self.members[key]] += self.rarity[key] ** 2
            squares += min((self.rarity[key] for key in known), default=rarest) ** 2
        if not squares:
            return {}
        nearness = dots / (self.norms * np.sqrt(squares))
        found: dict[str, float] = {}
        for number in np.flatnonzero(nearness >= LEAST_LIKENESS).tolist():
            need = self.needs[number]
            found[need] = max(found.get(need, 0.0), min(1.0, float(nearness[number])))
        return found
