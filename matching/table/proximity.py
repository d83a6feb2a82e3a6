"""How near help is, for many services at once. The formula is `ranking.closeness_share`; here it runs over columns."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from catalog.model import Catalog, Service
from catalog.places import Place
from matching import ranking
from matching.table.column import Coded, PlaceMemo

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ClosenessColumns:
    """Three columns of S: the areas of a service's rules, its service area, and the towns of its locations."""

    catalog: Catalog
    rule_areas: Coded
    service_areas: Coded
    towns: Coded
    by_place: PlaceMemo = field(default_factory=PlaceMemo, repr=False)

    @classmethod
    def of(cls, services: tuple[Service, ...], catalog: Catalog) -> ClosenessColumns:
        reached = [ranking.reaches(service) for service in services]
        return cls(
            catalog,
            Coded.of(one.rule_areas for one in reached),
            Coded.of(one.service_areas for one in reached),
            Coded.of(one.towns for one in reached),
        )

    def shares(self, rows: NDArray[np.intp], place: Place | None) -> Floats:
        """The closeness share of these services for a person at `place`; array of the length of `rows`."""
        if place is None:
            return np.full(len(rows), ranking.NEUTRAL)
        of_rules, of_service, of_sites = self.by_place.get(place, self._facts_at)
        rules, works = of_rules[:, self.rule_areas.codes[rows]], of_service[:, self.service_areas.codes[rows]]
        local, wide, any_area = (rules[:3] + works[:3]) > 0
        near = np.fmax(np.fmax(rules[3], works[3]), of_sites[self.towns.codes[rows]])
        shares: Floats = ranking.closeness_share(local, wide, any_area, near)
        return shares

    def are_local(self, rows: NDArray[np.intp], place: Place | None) -> NDArray[np.bool_]:
        """Which of these services are made for the town, county or region of `place`."""
        if place is None:
            return np.zeros(len(rows), dtype=np.bool_)
        of_rules, of_service, _ = self.by_place.get(place, self._facts_at)
        local = of_rules[0][self.rule_areas.codes[rows]] + of_service[0][self.service_areas.codes[rows]]
        return np.asarray(local > 0)

    def _facts_at(self, place: Place | None) -> tuple[Floats, Floats, Floats]:
        """For each distinct group of areas (4 rows: see `ranking.area_facts`), and of sites: seen from one place."""
        assert place is not None
        areas = [
            np.array([ranking.area_facts(one, place, self.catalog) for one in column.values], dtype=np.float64).T
            for column in (self.rule_areas, self.service_areas)
        ]
        sites = [ranking.nearness(towns, place, self.catalog) for towns in self.towns.values]
        return areas[0], areas[1], np.array(sites, dtype=np.float64)
