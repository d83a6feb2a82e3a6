"""Facets: for each service what one can filter by, once for a catalog; masks by id, and counts over what was found.

What a service does not state is a value of its own (`not-stated`), so that a filter never hides it in silence: it is
counted, and can be asked for. Pure, over a `Facets` made once for a catalog.

Shapes: S services in the order of their ids, V values of all facets together, P pairs (value, service).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.model import COSTS, SECTORS, Catalog, Kind, Service, Term

Bools = NDArray[np.bool_]

NOT_STATED = "not-stated"
ANY_INSURANCE = "any"


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A value of a facet, how many services would be found with it, and whether it is the filter that is on."""

    id: str
    count: int
    chosen: bool = False


@dataclass(frozen=True)
class Facets:
    """`names` are the facets, `ids[name]` the values of each in the order in which to show them.

    Value number v (of V) stands for the services `rows[starts[v]:starts[v + 1]]`, ascending; `first[name]` is the
    number of a facet's first value, and `used` are the numbers of those that any service has.
    """

    size: int
    ids: Mapping[str, tuple[str, ...]]
    first: Mapping[str, int]
    rows: NDArray[np.intp]  # (P,)
    starts: NDArray[np.intp]  # (V + 1,)
    used: NDArray[np.intp]
    numbers: Mapping[tuple[str, str], int]

    @classmethod
    def build(cls, catalog: Catalog, services: tuple[Service, ...]) -> Facets:
        """The facets of these services (in the order of their ids)."""
        ids = _ids(catalog)
        keys = [(name, one) for name, values in ids.items() for one in values]
        numbers = {key: number for number, key in enumerate(keys)}
        members: list[list[int]] = [[] for _ in numbers]
        kinds = _InsuranceKinds.build(catalog.vocabulary.insurance)
        for row, service in enumerate(services):
            for key in _values(service, catalog, kinds):
                members[numbers[key]].append(row)
        return cls(
            len(services),
            ids,
            {name: numbers[name, values[0]] for name, values in ids.items()},
            np.array([row for rows in members for row in rows], dtype=np.intp),
            np.cumsum([0, *map(len, members)]).astype(np.intp),
            np.flatnonzero([bool(rows) for rows in members]),
            numbers,
        )

    def mask(self, name: str, one: str) -> Bools:
        """Which services have this value of a facet (S,). Raises KeyError for a value that there is not."""
        number = self.numbers[name, one]
        mask = np.zeros(self.size, dtype=np.bool_)
        mask[self.rows[self.starts[number] : self.starts[number + 1]]] = True
        return mask

    def count(self, found: Bools, own: Mapping[str, Bools], chosen: Mapping[str, str]) -> dict[str, list[FacetCount]]:
        """How many of the services found (S,) have each value of each facet; those that none has are left out.

        For a facet whose own filter is on, `own` has what would be found without it, so that one can switch.
        """
        counts = self._sums(found, 0, len(self.starts) - 1)
        answer = {}
        for name, ids in self.ids.items():
            start, end = self.first[name], self.first[name] + len(ids)
            each = self._sums(own[name], start, end) if name in own else counts[start:end]
            picked = chosen.get(name)
            answer[name] = [
                FacetCount(one, number, one == picked)
                for one, number in zip(ids, each.tolist(), strict=True)
                if number or one == picked
            ]
        return answer

    def _sums(self, found: Bools, start: int, end: int) -> NDArray[np.intp]:
        """How many of the services found stand under each of the values `start` to `end`."""
        sums = np.zeros(end - start, dtype=np.intp)
        used = self.used[np.searchsorted(self.used, start) : np.searchsorted(self.used, end)]
        if len(used):
            low, high = self.starts[start], self.starts[end]
            sums[used - start] = np.add.reduceat(
                found.take(self.rows[low:high]), self.starts[used] - low, dtype=np.intp
            )
        return sums


def _ids(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """The values of each facet, in the order of the taxonomy and the vocabulary: each group before its needs."""
    vocabulary = catalog.vocabulary
    insurance = (kind for kind in vocabulary.insurance if kind != ANY_INSURANCE)
    return {
        "need": tuple(_taxonomy(catalog)),
        "sector": SECTORS,
        "kind": tuple(kind.value for kind in Kind),
        "cost": (*COSTS, NOT_STATED),
        "language": (*vocabulary.languages, NOT_STATED),
        "delivery": (*vocabulary.delivery, NOT_STATED),
        "insurance": (*insurance, NOT_STATED),
    }


def _taxonomy(catalog: Catalog) -> Iterator[str]:
    for group in catalog.needs.values():
        if group.parent is None:
            yield group.id
            yield from (need.id for need in catalog.needs.values() if need.parent == group.id)


def _values(service: Service, catalog: Catalog, kinds: _InsuranceKinds) -> Iterator[tuple[str, str]]:
    """(facet, value) for all that a service can be filtered by, each once."""
    groups = dict.fromkeys(catalog.needs[need].parent for need in service.needs)
    yield from (("need", one) for one in (*groups, *service.needs) if one)
    yield "sector", service.sector
    yield "kind", service.kind.value
    yield "cost", service.cost or NOT_STATED
    yield from (("language", one) for one in service.languages or (NOT_STATED,))
    yield from (("delivery", one) for one in service.delivery or (NOT_STATED,))
    yield from (("insurance", one) for one in kinds.of(service))


@dataclass(frozen=True, slots=True)
class _InsuranceKinds:
    """Each kind of insurance with its broader and narrower kinds: who takes HUSKY may take HUSKY A."""

    related: Mapping[str, frozenset[str]]

    @classmethod
    def build(cls, kinds: Mapping[str, Term]) -> _InsuranceKinds:
        related = {
            one: frozenset((one, *term.parents, *(other for other in kinds if one in kinds[other].parents)))
            for one, term in kinds.items()
            if one != ANY_INSURANCE
        }
        return cls(related)

    def of(self, service: Service) -> Iterable[str]:
        """The kinds with which one can come. All of them to a free service that names none: it needs none."""
        stated = _insurance_stated(service)
        if ANY_INSURANCE in stated or (not stated and service.cost == "free"):
            return tuple(self.related)
        if not stated:
            return (NOT_STATED,)
        return tuple(one for one, related in self.related.items() if related & stated)


def _insurance_stated(service: Service) -> frozenset[str]:
    """What a service says that it takes, or asks for in every alternative of its eligibility."""
    rules = [one.insurance for one in service.eligibility]
    asked = {kind for rule in rules if rule for kind in rule.ids} if all(rules) else set()
    return frozenset(asked.union(service.insurance_accepted))
