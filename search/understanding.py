"""What words mean: everyday words and phrases of the taxonomy, in English and Spanish, to needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.model import Catalog
from catalog.places import fold

MOST_WORDS = 100


@dataclass(frozen=True, slots=True)
class NeedPhrases:
    """Phrases (folded, whole words) and the need that each leads to."""

    needs: Mapping[str, str]
    longest: int

    @classmethod
    def build(cls, catalog: Catalog) -> NeedPhrases:
        needs: dict[str, str] = {}
        for need in catalog.needs.values():
            if need.parent is not None:
                for phrase in (need.label.en, need.label.es, *need.words.en, *need.words.es):
                    needs.setdefault(fold(phrase), need.id)
        return cls(needs, max((len(phrase.split()) for phrase in needs), default=0))

    def find(self, text: str) -> list[tuple[str, str]]:
        """(need, phrase) for each need that is named in the first 100 words; of overlapping phrases the longest."""
        words = fold(text).split()[:MOST_WORDS]
        found: dict[str, str] = {}
        start = 0
        while start < len(words):
            phrase = self._longest_at(words, start)
            if phrase is None:
                start += 1
            else:
                found.setdefault(self.needs[phrase], phrase)
                start += len(phrase.split())
        return list(found.items())

    def _longest_at(self, words: list[str], start: int) -> str | None:
        for length in range(min(self.longest, len(words) - start), 0, -1):
            phrase = " ".join(words[start : start + length])
            if phrase in self.needs:
                return phrase
        return None
