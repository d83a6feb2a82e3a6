"""Conditions and circumstances that a query names: "autism", "foster care", "in a wheelchair"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.model import Catalog
from search.query.plain_text import plain_query

MIN_LETTERS = 3


@dataclass(frozen=True, slots=True)
class TermPhrases:
    """Phrases (folded, whole words) of the vocabulary, each with the terms it names and all broader ones."""

    terms: Mapping[str, frozenset[str]]
    longest: int
    conditions: frozenset[str]  # the phrases that name a condition

    @classmethod
    def build(cls, catalog: Catalog) -> TermPhrases:
        known = {**catalog.vocabulary.conditions, **catalog.vocabulary.circumstances}
        terms: dict[str, frozenset[str]] = {}
        for term in known.values():
            named = frozenset((term.id, *term.parents))
            for phrase in (term.label.en, term.label.es, *term.words.en, *term.words.es):
                folded = plain_query(phrase)
                if len(folded) >= MIN_LETTERS:
                    terms[folded] = terms.get(folded, frozenset()) | named
        conditions = frozenset(
            phrase for phrase, named in terms.items() if not named.isdisjoint(catalog.vocabulary.conditions)
        )
        return cls(terms, max((len(phrase.split()) for phrase in terms), default=0), conditions)

    def find(self, text: str) -> frozenset[str]:
        """The terms named in a folded text; of overlapping phrases the longest."""
        words = text.split()
        found: set[str] = set()
        start = 0
        while start < len(words):
            length = next(
                (
                    length
                    for length in range(min(self.longest, len(words) - start), 0, -1)
                    if " ".join(words[start : start + length]) in self.terms
                ),
                0,
            )
            found |= self.terms.get(" ".join(words[start : start + length]), frozenset())
            start += max(length, 1)
        return frozenset(found)
