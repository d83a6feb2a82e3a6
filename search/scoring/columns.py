"""What scoring knows of each service, as arrays, made once for a catalog. Rows are services in the order of ids (S)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.model import Catalog, Kind, Service, Who
from search.query.ages import AgeHint
from search.scoring.front_doors import FrontDoors
from search.scoring.rule_terms import RuleTerms
from search.weights import Weights

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ServiceColumns:
    """Needs, front doors, rules, ages, kind and reach of S services."""

    need_worth: Mapping[str, Floats]  # need -> (S,) what it is worth to each service: most where it stands first
    need_rows: Mapping[str, NDArray[np.intp]]  # need -> the services that list it
    doors: FrontDoors
    rules: RuleTerms
    guides: Bools  # (S,) those that tell of help but give none
    local: Bools  # (S,) those that serve only towns, counties or regions that are named
    ages: Floats  # (2, S) from and until which age in days; NaN where none is said

    @classmethod
    def build(cls, catalog: Catalog, services: Sequence[Service], weights: Weights) -> ServiceColumns:
        worth = _need_worth(catalog, services, weights)
        return cls(
            worth,
            {need: np.flatnonzero(column) for need, column in worth.items()},
            FrontDoors.build(catalog, services),
            RuleTerms.build(catalog, services),
            np.array([service.kind is Kind.GUIDE for service in services], dtype=np.bool_),
            np.array([_is_local(service) for service in services], dtype=np.bool_),
            _ages(services),
        )

    @property
    def size(self) -> int:
        return len(self.guides)

    def by_age(self, ages: AgeHint) -> tuple[Bools, Bools]:
        """Which services say that they are for these ages (S,), and which that they are for others (S,)."""
        start, end = self.ages
        among = (start < ages.end) & (ages.start < end)
        return among, ~among & ~np.isnan(start)


def _need_worth(catalog: Catalog, services: Sequence[Service], weights: Weights) -> dict[str, Floats]:
    """need -> (S,). In danger a line that answers at once comes before a program to join."""
    urgent = {need.id for need in catalog.needs.values() if need.urgent}
    worth: dict[str, Floats] = {}
    for row, service in enumerate(services):
        standing = 1 + weights.guide * (service.kind is Kind.GUIDE)
        for place, need in enumerate(service.needs):
            column = worth.setdefault(need, np.zeros(len(services), dtype=np.float32))
            at_once = weights.hotline * (need in urgent and service.kind is Kind.HOTLINE)
            column[row] = weights.need_fade**place * (standing + at_once)
    return worth


def _is_local(service: Service) -> bool:
    areas = [alternative.residence for alternative in service.eligibility] + [service.service_area]
    stated = [area for area in areas if area is not None and not area.outside]
    return bool(stated) and all(area.whole is None for area in stated)


def _ages(services: Sequence[Service]) -> Floats:
    ages = np.full((2, len(services)), np.nan, dtype=np.float32)
    for row, service in enumerate(services):
        rules = [rule.age for rule in service.eligibility if rule.age is not None and rule.age.who is Who.CHILD]
        limits = [rule for rule in rules if rule.start is not None or rule.end is not None]
        if limits:
            ages[0, row] = min(rule.start.approximate_days() if rule.start else 0 for rule in limits)
            ages[1, row] = max(rule.end.approximate_days() if rule.end else math.inf for rule in limits)
    return ages
