"""What there is for people of a town: programs of the town itself, those of its county or region, and the statewide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from catalog.model import Catalog, Service
from catalog.places import Area, Place, Reach, Town, fold
from directory import Directory, ServiceQuery
from matching.facts import Facts
from web.browse.lists import ALL, Branch, Shelf, branches, by_group, counts_of

_WIDE = ("any", "nationwide", "statewide")


@dataclass(frozen=True, slots=True)
class ByTown:
    """`local` name the town or meet there; `regional` work in its county or region; `perhaps` in a region that it may
    belong to; `wide` is how many serve the whole state, or say nothing of where they work.
    """

    town: Town
    local: tuple[Shelf, ...]
    local_count: int
    regional: tuple[Service, ...]
    perhaps: tuple[Service, ...]
    wide: int
    groups: tuple[Branch, ...]


def slug_of(town: str) -> str:
    """A town's name as it stands in an address: "new-haven"."""
    return fold(town).replace(" ", "-")


def towns_by_letter(catalog: Catalog) -> dict[str, list[str]]:
    """The names of all towns below their first letters, both in the order of the alphabet."""
    letters: dict[str, list[str]] = {}
    for name in sorted(catalog.places.towns):
        letters.setdefault(name[0], []).append(name)
    return letters


def town_at(slug: str, catalog: Catalog) -> Town | None:
    """The town, or the town of the village, that an address names."""
    name = catalog.places.named(fold(slug))
    return catalog.places.towns[name] if name else None


def by_town(town: Town, directory: Directory, on: date, language: str) -> ByTown:
    """All that may serve the town, by how near it is meant."""
    place = Place(town=town.name)
    results = directory.find(ServiceQuery(on=on, facts=Facts(place=place), per_page=ALL))
    services = [found.service for found in results.found]
    local = [service for service in services if _is_local(service, town)]
    near = {item.id for item in local}
    others = [
        service
        for service in services
        if service.id not in near and any(_is_of_regions(area) for area in _areas(service))
    ]
    reached = {other.id: _reach(other, place, directory.catalog) for other in others}
    return ByTown(
        town,
        by_group(local, directory.catalog, language),
        len(local),
        tuple(other for other in others if reached[other.id] is Reach.YES),
        tuple(other for other in others if reached[other.id] is Reach.UNKNOWN),
        results.total - len(local) - len(others),
        branches(None, counts_of(results, "need"), directory.catalog, language),
    )


def _areas(service: Service) -> Iterable[Area]:
    """Where it works, and where people must live to come to it."""
    limits = (alternative.residence for alternative in service.eligibility)
    return [area for area in (service.service_area, *limits) if area is not None]


def _is_local(service: Service, town: Town) -> bool:
    """Whether it names the town, or meets there. Where a confidential service meets does not count."""
    named = any(town.name in area.towns and not area.outside for area in _areas(service))
    return named or (not service.confidential and any(place.town == town.name for place in service.locations))


def _is_of_regions(area: Area) -> bool:
    return area.whole not in _WIDE


def _reach(service: Service, place: Place, catalog: Catalog) -> Reach:
    """The best that its areas of towns, counties and regions say of the place."""
    answers = [catalog.places.covers(area, place) for area in _areas(service) if _is_of_regions(area)]
    return next((answer for answer in (Reach.YES, Reach.UNKNOWN) if answer in answers), Reach.NO)
