"""How matches are ordered: a short sum whose parts come back with each result. Explained in docs/matching.md.

Each function gives a share from 0 to 1 of its weight in WEIGHTS. Hard criteria are no part of it: they are the verdict.
"""

from __future__ import annotations

from datetime import date

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


# The areas of a service (limits of its alternatives, then its service area) and the towns of its locations.
Reaches = tuple[tuple[Area, ...], tuple[str, ...]]


def reaches(service: Service) -> Reaches:
    areas = [one.residence for one in service.eligibility if one.residence is not None]
    if service.service_area is not None:
        areas.append(service.service_area)
    towns = tuple(dict.fromkeys(location.town for location in service.locations if location.town))
    return tuple(dict.fromkeys(areas)), towns


def closeness(where: Reaches, place: Place | None, catalog: Catalog) -> float:
    """How near help is: made for the town, statewide, or so many miles away (40 or more count nothing)."""
    areas, towns = where
    if place is None:
        return NEUTRAL
    covered = [area for area in areas if catalog.places.covers(area, place) is Reach.YES]
    near = _nearness((*towns, *(town for area in areas for town in area.towns)), place, catalog)
    if any(area.whole is None for area in covered):
        return 0.8 + 0.2 * (near if near is not None else NEUTRAL)
    if covered or not areas:
        # Statewide, anywhere or not stated: a site nearby makes it nearer.
        return 0.6 if near is None else 0.3 + 0.5 * near
    return 0.1 + 0.3 * (near if near is not None else NEUTRAL)


def _nearness(towns: tuple[str, ...], place: Place, catalog: Catalog) -> float | None:
    if not towns or place.town is None:
        return None
    points = catalog.places.towns
    miles = min(catalog.places.miles(points[place.town].point, points[town].point) for town in towns if town in points)
    return max(0.0, 1.0 - miles / FAR_MILES)
