"""Where one starts for a need: how early each service stands among its front doors, for the age that is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.model import AgeRule, Catalog, Service
from search.query.ages import AgeHint

# What each further front door counts beside the one before it.
NEXT_DOOR = 0.8

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Door:
    """A front door: the row of its service, what it counts (1 for the first), and from and until which days of age."""

    row: int
    worth: float
    start: float
    end: float

    def is_open_at(self, ages: AgeHint | None) -> bool:
        return ages is None or (self.start < ages.end and ages.start < self.end)


@dataclass(frozen=True, slots=True)
class FrontDoors:
    """The front doors of each need, the best first."""

    by_need: Mapping[str, tuple[Door, ...]]
    size: int

    @classmethod
    def build(cls, catalog: Catalog, services: Sequence[Service]) -> FrontDoors:
        rows = {service.id: row for row, service in enumerate(services)}
        doors = {
            need.id: tuple(
                Door(rows[door.service_id], NEXT_DOOR**place, *_days(door.age))
                for place, door in enumerate(need.start_with)
                if door.service_id in rows
            )
            for need in catalog.needs.values()
        }
        return cls({need: found for need, found in doors.items() if found}, len(services))

    def worth(self, needs: Mapping[str, float], ages: AgeHint | None) -> Floats:
        """(S,) how much each service is a front door of needs that are meant with some likelihood."""
        worth = np.zeros(self.size, dtype=np.float32)
        for need, likely in needs.items():
            for door in self.by_need.get(need, ()):
                if door.is_open_at(ages):
                    worth[door.row] = max(worth[door.row], likely * door.worth)
        return worth


def _days(age: AgeRule | None) -> tuple[float, float]:
    start = age.start.approximate_days() if age is not None and age.start is not None else 0.0
    end = age.end.approximate_days() if age is not None and age.end is not None else float("inf")
    return start, end
