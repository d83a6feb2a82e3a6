"""How much the catalog holds, counted for people: by sector, kind, need, age and town."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from catalog.ages import Duration
from catalog.model import SECTORS, AgeRule, Catalog, Kind, Service, Who

AGE_BANDS = ((0, 3), (3, 6), (6, 12), (12, 18), (18, 22), (22, 26))

Rows = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class CatalogStats:
    """Counts of services. A service counts once in a row, and in every row that it belongs to."""

    services: int
    organizations: int
    needs: int
    groups: int
    by_sector: Rows
    by_kind: Rows
    by_group: Rows
    by_need: Rows
    by_age: Rows
    towns: int
    towns_named: int
    towns_unnamed: tuple[str, ...]
    statewide: int


def statistics(catalog: Catalog) -> CatalogStats:
    services = list(catalog.services.values())
    leaves = [need for need in catalog.needs.values() if need.parent]
    groups = [need for need in catalog.needs.values() if not need.parent]
    needs = Counter(need for service in services for need in service.needs)
    in_group = Counter(
        group for service in services for group in {catalog.needs[need].parent for need in service.needs}
    )
    named = {town for service in services for town in _towns(service, catalog)}
    return CatalogStats(
        services=len(services),
        organizations=len(catalog.organizations),
        needs=len(leaves),
        groups=len(groups),
        by_sector=tuple((sector, sum(item.sector == sector for item in services)) for sector in SECTORS),
        by_kind=tuple((kind.value, sum(item.kind is kind for item in services)) for kind in Kind),
        by_group=tuple((group.id, in_group[group.id]) for group in groups),
        by_need=tuple((need.id, needs[need.id]) for need in leaves),
        by_age=_by_age(services),
        towns=len(catalog.places.towns),
        towns_named=len(named),
        towns_unnamed=tuple(sorted(set(catalog.places.towns) - named)),
        statewide=sum(not list(_areas(service)) for service in services),
    )


def _by_age(services: list[Service]) -> Rows:
    rows = []
    for low, high in AGE_BANDS:
        count = sum(
            any(_reaches(alternative.age, low, high) for alternative in service.eligibility) for service in services
        )
        rows.append((f"{low} to under {high}", count))
    unstated = sum(not any(alternative.age for alternative in service.eligibility) for service in services)
    return (*rows, ("ages not stated", unstated))


def _reaches(rule: AgeRule | None, low: int, high: int) -> bool:
    """Return whether a stated rule takes some age of the band (years)."""
    if rule is None or rule.who is not Who.CHILD:
        return False
    start = rule.start.approximate_days() if rule.start else 0
    end = rule.end.approximate_days() if rule.end else Duration(120).approximate_days()
    return start < Duration(high).approximate_days() and end > Duration(low).approximate_days()


def _areas(service: Service) -> list[str]:
    areas = [alternative.residence for alternative in service.eligibility] + [service.service_area]
    return [str(area) for area in areas if area is not None and area.whole is None]


def _towns(service: Service, catalog: Catalog) -> set[str]:
    towns = {location.town for location in service.locations if location.town}
    for area in [*(alternative.residence for alternative in service.eligibility), service.service_area]:
        if area is not None and not area.outside:
            towns.update(area.towns)
            towns.update(town for county in area.counties for town in catalog.places.towns_of_county(county))
            towns.update(town for region in area.regions for town in catalog.places.regions[region].towns)
    return towns
