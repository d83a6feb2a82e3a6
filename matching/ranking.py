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
from matching.eligibility import Status

WEIGHTS = {
    "needs": 0.22,
    "door": 0.22,
    "certainty": 0.20,
    "closeness": 0.18,
    "fit": 0.08,
    "focus": 0.05,
    "freshness": 0.03,
    "language": 0.02,
}

FAR_MILES = 40.0
INTERPRETER = "other"
NEUTRAL = 0.5
# What the most pressing need counts of the `needs` part; the rest is for meeting several.
MOST_PRESSING = 0.75
# Of a front door, by its place among those of its need.
DOOR_STEP, MIN_DOOR = 0.1, 0.6
# A door for an age, where the age is not known.
DOOR_OF_UNKNOWN_AGE = 0.7


def needs_share(most_pressing: Any, met: Any, wanted: float) -> Any:
    """How much of what is wanted is met: `most_pressing` is the greatest severity met, over the greatest wanted;
    `met` and `wanted` are sums of severities. Numbers or arrays of them.
    """
    return MOST_PRESSING * most_pressing + (1 - MOST_PRESSING) * met / max(1.0, wanted)


def door_share(place: int, age: Status) -> float:
    """How much the front door at `place` (0 is the first) of a need counts, by the status of its age for the person."""
    if age is Status.UNMET:
        return 0.0
    share = max(MIN_DOOR, 1.0 - DOOR_STEP * place)
    return share * DOOR_OF_UNKNOWN_AGE if age is Status.UNKNOWN else share


def certainty(unknown: Any, untold: Any, unstated: Any) -> Any:
    """How sure a possible service is: 1 when all is met; less for age or residence `unstated`.

    A limit of income that was not `untold` yet takes a tenth away: most who ask for help with money are within it.
    Anything else `unknown` leaves less than a half. Numbers or arrays of them.
    """
    stated = 1.0 - 0.15 * unstated
    doubts = unknown - untold
    return stated * np.where(doubts > 0, 0.4 / np.maximum(1, doubts), 1.0 - 0.1 * np.minimum(1, untold))


def fit(age: Any, made_for: Any) -> Any:
    """How closely a service is made for the person: half by its ages, half by what else it asks for and is met."""
    return 0.5 * age + 0.5 * made_for


def language_share(stated: tuple[str, ...], spoken: tuple[str, ...]) -> float:
    """1 where a language of the family is stated, or English does; a half where none is; less where only others are."""
    if not is_language_doubtful(stated, spoken):
        return 1.0
    return 0.2 if stated else 0.5


def is_language_doubtful(stated: tuple[str, ...], spoken: tuple[str, ...]) -> bool:
    """Whether a family that does not speak English must ask for its language."""
    return bool(spoken) and "en" not in spoken and not {*spoken, INTERPRETER} & set(stated)


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
    rule_areas = dict.fromkeys(way.residence for way in service.eligibility if way.residence is not None)
    towns = tuple(dict.fromkeys(location.town for location in service.locations if location.town))
    works_in = (service.service_area,) if service.service_area else ()
    if _is_drop_in(service):
        # Whoever may come from anywhere still has to come: such a place is as near as its doors.
        rule_areas = dict.fromkeys(area for area in rule_areas if area.whole != "any")
        works_in = works_in or (Area(towns=towns),)
    return Reaches(tuple(rule_areas), works_in, towns)


def _is_drop_in(service: Service) -> bool:
    """Whether one can only go there: its sites are known, and nothing is said of phone, mail or visits at home."""
    return service.delivery == ("in-person",) and any(location.town for location in service.locations)


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
