"""Which services are only for people with a condition or circumstance, and whether a query speaks of it.

A camp for children with diabetes is no answer to "summer camp" unless diabetes is spoken of. Nothing is left out for
it: unknown is never no. Such a service only comes after those that are for everyone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.model import Alternative, Catalog, Service

# What most who ask meet, or what is known by asking for the help at all.
ASSUMED = frozenset(
    "low-income receives-snap receives-tfa nutritional-risk mental-health-condition facing-eviction guardian".split()
)

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class RuleTerms:
    """`named[term]` are the rows of services whose rules name it; `demanding` (S,) those that take no one without."""

    named: Mapping[str, NDArray[np.intp]]
    demanding: NDArray[np.bool_]
    by_need: Mapping[str, frozenset[str]]  # what asking for a need makes known

    @classmethod
    def build(cls, catalog: Catalog, services: Sequence[Service]) -> RuleTerms:
        rows: dict[str, list[int]] = {}
        demanding = np.zeros(len(services), dtype=np.bool_)
        for row, service in enumerate(services):
            each = [_demanded(alternative) for alternative in service.eligibility]
            demanding[row] = bool(each) and all(each)
            for term in {term for terms in each for term in terms}:
                rows.setdefault(term, []).append(row)
        vocabulary = {**catalog.vocabulary.conditions, **catalog.vocabulary.circumstances}
        stated = {
            need.id: frozenset(
                broader
                for term in (*need.states.conditions, *need.states.circumstances)
                if term in vocabulary
                for broader in (term, *vocabulary[term].parents)
            )
            for need in catalog.needs.values()
        }
        named = {term: np.array(found, dtype=np.intp) for term, found in rows.items()}
        return cls(named, demanding, {need: terms for need, terms in stated.items() if terms})

    def spoken_of(self, terms: Iterable[str], needs: Mapping[str, float]) -> Floats:
        """(S,) how surely a query speaks of what a service's rules name, 0 to 1.

        `terms` are named in it; `needs` are how likely each need is meant, and with it what it makes known.
        """
        sure = dict.fromkeys(terms, 1.0)
        for need, likely in needs.items():
            for term in self.by_need.get(need, ()):
                sure[term] = max(sure.get(term, 0.0), likely)
        spoken = np.zeros(len(self.demanding), dtype=np.float32)
        for term, how in sure.items():
            rows = self.named.get(term)
            if rows is not None:
                np.maximum.at(spoken, rows, np.float32(how))
        return spoken


def _demanded(alternative: Alternative) -> frozenset[str]:
    terms = (alternative.conditions, alternative.circumstances)
    return frozenset(term for each in terms if each is not None for term in each.ids) - ASSUMED
