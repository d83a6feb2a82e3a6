"""How matches are ordered: a short sum whose parts come back with each result. Explained in docs/matching.md.

Each function gives a share from 0 to 1 of its weight in WEIGHTS. Hard criteria are no part of it: they are the verdict.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from catalog.model import AgeRule, Catalog, Service, Who
from catalog.places import Area, Place, Reach

WEIGHTS = {
    "needs": 0.40,
    "certainty": 0.25,
    "closeness": 0.17,
    "focus": 0.08,
    "age_fit": 0.05,
    "freshness": 0.05,
}

FAR_MILES = 40.0
NEUTRAL = 0.5


def certainty(verdict: int, unknown: int, unstated: int) -> float:
    """1 when all is met; less for age or residence unstated; below a half when something is unknown."""
    stated = 1.0 - 0.15 * unstated
    if verdict == 2:
        return stated
    return 0.4 * stated / max(1, unknown) if verdict == 1 else 0.0


def age_fit(rules: tuple[AgeRule | None, ...]) -> float:
    """How closely a service is made for an age: the narrowest span that it states. Six years or fewer count full."""
    return max((_span_fit(rule) for rule in rules), default=0.3)


def _span_fit(rule: AgeRule | None) -> float:
    if rule is None or rule.who is not Who.CHILD:
        return 0.3
    if rule.any:
        return 0.4
    days = (rule.end.approximate_days() if rule.end else 100 * 365) - (
        rule.start.approximate_days() if rule.start else 0
    )
    return min(1.0, max(0.4, 6 * 365.25 / days))


def freshness(assured: date | None, confidence: str, on: date) -> float:
    """How lately it was checked, at the earliest that its date allows; halved where the sources are doubtful."""
    if assured is None:
        share = 0.2
    else:
        days = (on - assured).days
        share = 1.0 if days <= 365 else 0.6 if days <= 3 * 365 else 0.3
    return share / 2 if confidence == "low" else share


@dataclass(frozen=True, slots=True)
class Reaches:
    """Where a service reaches: the areas of its rules, its service area, and the towns of its locations."""

    rule_areas: tuple[Area, ...]
    service_areas: tuple[Area, ...]
    towns: tuple[str, ...]


def reaches(service: Service) -> Reaches:
    rule_areas = dict.fromkeys(one.residence for one in service.eligibility if one.residence is not None)
    towns = dict.fromkeys(location.town for location in service.locations if location.town)
    return Reaches(tuple(rule_areas), (service.service_area,) if service.service_area else (), tuple(towns))


def closeness(where: Reaches, place: Place | None, catalog: Catalog) -> float:
    """How near help is: made for the town, statewide, or so many miles away (40 or more count nothing)."""
    if place is None:
        return NEUTRAL
    local, wide, any_area, near = area_facts((*where.rule_areas, *where.service_areas), place, catalog)
    near = float(np.fmax(near, nearness(where.towns, place, catalog)))
    return float(closeness_share(np.bool_(local), np.bool_(wide), np.bool_(any_area), near))


def closeness_share(local: Any, wide: Any, any_area: Any, near: Any) -> Any:
    """The formula, for one service or for arrays of them. `near` is NaN where no distance is known.

    Made for the town: 0.8 to 1. Statewide, anywhere or not stated: a site nearby makes it nearer, 0.3 to 0.8.
    Made for other places: 0.1 to 0.4.
    """
    known = ~np.isnan(near)
    somewhere = np.where(known, near, NEUTRAL)
    if_local = 0.8 + 0.2 * somewhere
    if_wide = np.where(known, 0.3 + 0.5 * somewhere, 0.6)
    if_elsewhere = 0.1 + 0.3 * somewhere
    return np.where(local, if_local, np.where(wide | ~np.asarray(any_area), if_wide, if_elsewhere))


def area_facts(areas: tuple[Area, ...], place: Place, catalog: Catalog) -> tuple[float, float, float, float]:
    """(covered by towns or regions, covered statewide or wider, any area at all: 1 or 0 each; nearness or NaN)."""
    covered = [area for area in areas if catalog.places.covers(area, place) is Reach.YES]
    local = any(area.whole is None for area in covered)
    wide = any(area.whole is not None for area in covered)
    towns = tuple(town for area in areas for town in area.towns)
    return float(local), float(wide), float(bool(areas)), nearness(towns, place, catalog)


def nearness(towns: tuple[str, ...], place: Place, catalog: Catalog) -> float:
    """1 in the same town, 0 at 40 miles or more from the nearest of `towns`; NaN where that cannot be told."""
    all_towns = catalog.places.towns
    known = [all_towns[town].point for town in towns if town in all_towns]
    if not known or place.town is None:
        return math.nan
    miles = min(catalog.places.miles(all_towns[place.town].point, point) for point in known)
    return max(0.0, 1.0 - miles / FAR_MILES)
