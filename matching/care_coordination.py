"""Who coordinates care for a town: the agencies of Connecticut's medical home initiative, as far as facts go.

Every part of the state has an agency, but only one publishes its towns. So an agency serves a town, may serve it, or
does not; the state program and the Center, which know who serves where, always come after.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from catalog.model import Catalog, Service
from catalog.places import Place, Places, Reach, Region
from matching.ranking import reaches

INITIATIVE = "ct-medical-home-initiative-cyshcn"
CENTER = "ct-childrens-center-care-coordination"
REGION_PREFIX = "cmhi-"


class Role(StrEnum):
    """Why a coordinator is named: it serves the town, it may, it is for the whole state, or it can tell who serves."""

    SERVES = "serves"
    MAY_SERVE = "may serve"
    STATEWIDE = "statewide"
    CENTER = "center"


@dataclass(frozen=True, slots=True)
class Coordinator:
    """A service that coordinates care, or can tell who does."""

    service: Service
    role: Role


def care_coordinators(place: Place | None, catalog: Catalog) -> tuple[Coordinator, ...]:
    """The agencies that serve the place, those that may, the state program, and last the Center; each once.

    For no place, or one outside Connecticut, the state program (not outside) and the Center. Only listed services.
    """
    named: dict[str, Coordinator] = {}
    if place is not None and place.in_state:
        agencies = _agencies(place, catalog)
        for role in (Role.SERVES, Role.MAY_SERVE):
            named |= {one.service.id: one for one in agencies if one.role is role}
    for service_id, role in ((INITIATIVE, Role.STATEWIDE), (CENTER, Role.CENTER)):
        service = catalog.services.get(service_id)
        known = service_id in named or service is None or not service.is_listed
        abroad = role is Role.STATEWIDE and place is not None and not place.in_state
        if service is not None and not known and not abroad:
            named[service_id] = Coordinator(service, role)
    return tuple(named.values())


def _agencies(place: Place, catalog: Catalog) -> list[Coordinator]:
    """The regional agencies that serve a place or may serve it, by id."""
    roles = {Reach.YES: Role.SERVES, Reach.UNKNOWN: Role.MAY_SERVE}
    found = []
    for _, service in sorted(catalog.services.items()):
        if service.is_listed and INITIATIVE in service.part_of:
            reach = _reach(service, place, catalog.places)
            if reach in roles:
                found.append(Coordinator(service, roles[reach]))
    return found


def _reach(service: Service, place: Place, places: Places) -> Reach:
    """Whether any area that it names covers the place; one without an area may."""
    where = reaches(service)
    answers = {places.covers(area, place) for area in (*where.rule_areas, *where.service_areas)}
    if not answers or (Reach.UNKNOWN in answers and Reach.YES not in answers):
        return Reach.UNKNOWN
    return Reach.YES if Reach.YES in answers else Reach.NO


def medical_home_regions(place: Place, places: Places) -> tuple[Region, ...]:
    """The medical home region that is known to hold a town, or else those that may; none outside Connecticut."""
    if not place.in_state:
        return ()
    regions = [region for _, region in sorted(places.regions.items()) if region.id.startswith(REGION_PREFIX)]
    sure = tuple(region for region in regions if place.town in region.towns)
    return sure or tuple(region for region in regions if _may_hold(region, place, places))


def _may_hold(region: Region, place: Place, places: Places) -> bool:
    if region.complete:
        return False
    return place.town is None or not region.within or places.towns[place.town].county in region.within
