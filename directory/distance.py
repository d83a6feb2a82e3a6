"""How far a service is from a town, and whether it serves it: for all services at once.

Distances are great circles from the town's point to that of the service's nearest place, which is the point of a town
or ZIP area, never of a door. A confidential service has no distance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from catalog.model import Catalog, Service
from catalog.places import Place, Reach
from matching.eligibility import CRITERIA, reach_of
from matching.table.column import Coded, PlaceMemo, RuleColumn
from matching.table.table import EligibilityTable, Judged, Rows

Miles = NDArray[np.float64]

_RESIDENCE = next(number for number, criterion in enumerate(CRITERIA) if criterion.name == "residence")
_SERVED = {Reach.YES: True, Reach.NO: False, Reach.UNKNOWN: None}


@dataclass(frozen=True)
class ServiceDistances:
    """The points of each service's places, and the areas of its rules. What is kept is about places only."""

    catalog: Catalog
    points: Coded  # (S,) the points of a service's places
    residence: RuleColumn
    miles_from: PlaceMemo = field(default_factory=PlaceMemo, repr=False)

    @classmethod
    def build(cls, table: EligibilityTable) -> ServiceDistances:
        return cls(table.catalog, Coded.of(map(_points, table.services)), table.rules[_RESIDENCE])

    def miles(self, rows: Rows, place: Place | None) -> Miles:
        """Miles from the town of `place` to each of these services (R,); NaN where either is not known."""
        distances: Miles = self.miles_from.get(place, self._distances)
        return distances[self.points.codes[rows]]

    def _distances(self, place: Place | None) -> Miles:
        """From one place to each distinct group of points."""
        if place is None or place.town is None:
            return np.full(len(self.points.values), math.nan)
        places = self.catalog.places
        town = places.towns[place.town].point
        nearest = (
            min((places.miles(town, point) for point in group), default=math.nan) for group in self.points.values
        )
        return np.fromiter(nearest, dtype=np.float64, count=len(self.points.values))

    def serves(self, place: int, judged: Judged) -> bool | None:
        """Whether the service at a place in `judged` comes to where the person lives, by the alternative that decided.

        None if that is not known.
        """
        rule = self.residence.values[self.residence.codes[judged.best[place]]]
        if judged.facts.place is None:
            return None
        reach = reach_of(rule, judged.facts.place, self.catalog.places)
        return None if reach is None else _SERVED[reach]


def _points(service: Service) -> tuple[tuple[float, float], ...]:
    if service.confidential:
        return ()
    return tuple(dict.fromkeys(place.point for place in service.locations if place.point is not None))
