"""Where the directory has something and where it has nothing: needs by age, and towns by group of needs.

By age, a service may fit a band when any of its alternatives does not rule out every age in it: an age limit that is
not stated rules out none. So it is also counted how many state an age of the band.

A service is local to a town when it names the town, or a county or region that is known to hold it; one that names no
area at all is local to the towns of its sites. One for all of Connecticut is local nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from catalog.ages import MAX_YEARS, Duration, PersonAge
from catalog.model import Catalog, Need, Service, Who
from catalog.places import HOME_STATE, Area, Place, Places, Reach, Town
from matching import ranking
from matching.eligibility import AGE, CRITERIA, Status
from matching.facts import Facts
from matching.table.table import Bools, EligibilityTable

_AGE = CRITERIA.index(AGE)


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Ages in whole years, both ends included; `last` None is open."""

    first: int
    last: int | None

    @property
    def text(self) -> str:
        """ "3–5", "22+"."""
        return f"{self.first}+" if self.last is None else f"{self.first}–{self.last}"

    def age(self, on: date) -> PersonAge:
        """Anyone who is of these ages on a day."""
        last = MAX_YEARS - 1 if self.last is None else self.last
        youngest, oldest = (PersonAge.from_age(Duration(years), on) for years in (self.first, last))
        return PersonAge(oldest.earliest_birth, youngest.latest_birth, on)


BANDS = tuple(
    AgeBand(first, last) for first, last in ((0, 2), (3, 5), (6, 10), (11, 13), (14, 17), (18, 21), (22, None))
)


@dataclass(frozen=True, slots=True)
class NeedCoverage:
    """For each of BANDS, how many listed services of a need may fit, and how many of them state such an age."""

    need: Need
    may_fit: tuple[int, ...]
    stated: tuple[int, ...]

    @property
    def gaps(self) -> tuple[AgeBand, ...]:
        """The bands with nothing."""
        return tuple(band for band, count in zip(BANDS, self.may_fit, strict=True) if not count)


@dataclass(frozen=True, slots=True)
class TownCoverage:
    """How many listed services are local to a town, and of them how many in each group of needs (in their order)."""

    town: Town
    services: int
    by_group: tuple[tuple[Need, int], ...]

    @property
    def gaps(self) -> tuple[Need, ...]:
        """The groups with nothing local."""
        return tuple(group for group, count in self.by_group if not count)


@dataclass(frozen=True, slots=True)
class Coverage:
    """All needs in the order of the taxonomy, all towns by name. `wide` counts listed services local to no town."""

    needs: tuple[NeedCoverage, ...]
    towns: tuple[TownCoverage, ...]
    wide: int


def coverage(table: EligibilityTable, on: date) -> Coverage:
    """Count the listed services of the catalog. `on` is the day on which people are of the ages of the bands."""
    towns = [_local_towns(service, table.catalog.places) for service in table.services]
    return Coverage(
        needs=_by_need(table, on),
        towns=_by_town(table, towns),
        wide=sum(1 for row, names in enumerate(towns) if table.listed[row] and not names),
    )


def _by_need(table: EligibilityTable, on: date) -> tuple[NeedCoverage, ...]:
    may_fit, stated = _fits(table, on)
    counted = []
    for need in table.catalog.needs.values():
        if need.parent is not None:
            rows = table.candidates([need.id])
            counts = (tuple(side[rows].sum(axis=0).tolist()) for side in (may_fit, stated))
            counted.append(NeedCoverage(need, *counts))
    return tuple(counted)


def _fits(table: EligibilityTable, on: date) -> tuple[Bools, Bools]:
    """For each service and band (S, 7): whether it may fit by age, and whether a stated age of a child says so."""
    column = table.rules[_AGE]
    of_child = np.array([rule is not None and rule.who is not Who.CAREGIVER for rule in column.values], dtype=np.bool_)
    by_rule = np.array([column.statuses(Facts(age=band.age(on)), table.catalog) for band in BANDS])
    may_fit: NDArray[np.bool_] = (by_rule != Status.UNMET)[:, column.codes]
    sides = (may_fit, may_fit & of_child[column.codes])
    # The alternatives of a service stand together: it fits where any of them does.
    any_of = [np.logical_or.reduceat(side, table.starts[:-1], axis=1).T for side in sides]
    return any_of[0], any_of[1]


def _by_town(table: EligibilityTable, towns: Iterable[frozenset[str]]) -> tuple[TownCoverage, ...]:
    catalog = table.catalog
    services: Counter[str] = Counter()
    in_group: Counter[tuple[str, str | None]] = Counter()
    for row, (service, names) in enumerate(zip(table.services, towns, strict=True)):
        if table.listed[row] and names:
            services.update(names)
            for group in {catalog.needs[need].parent for need in service.needs}:
                in_group.update((name, group) for name in names)
    groups = _groups(catalog)
    return tuple(
        TownCoverage(town, services[name], tuple((group, in_group[name, group.id]) for group in groups))
        for name, town in sorted(catalog.places.towns.items())
    )


def _groups(catalog: Catalog) -> list[Need]:
    return [need for need in catalog.needs.values() if need.parent is None]


def _local_towns(service: Service, places: Places) -> frozenset[str]:
    reached = ranking.reaches(service)
    areas = (*reached.rule_areas, *reached.service_areas)
    if not areas:
        return frozenset(reached.towns)
    return frozenset[str]().union(*(towns_of(area, places) for area in areas))


def towns_of(area: Area, places: Places) -> frozenset[str]:
    """The towns that an area of towns, counties and regions is known to cover; none for one as wide as the state."""
    if area.whole is not None:
        return frozenset()
    regions = [places.regions[region] for region in area.regions]
    if any(HOME_STATE in region.states for region in regions):
        return frozenset()
    if area.outside:
        return frozenset(name for name in places.towns if places.covers(area, Place(town=name)) is Reach.YES)
    return places.towns_of(area)
