"""Who is my care coordinator? From a town to the medical home region, as far as the facts of the catalog go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.model import Catalog, Service
from catalog.places import Area, Place, Reach, Region

# The five regions of the medical home network among the named regions of places.yaml.
REGIONS = "cmhi-"
CENTER = "ct-childrens-center-care-coordination"


@dataclass(frozen=True, slots=True)
class Coordinators:
    """`offices` serve the town for certain. `regions` are those that it may belong to where none is certain.

    `center` helps every family to find its coordinator; None in a catalog without it.
    """

    place: Place
    offices: tuple[Service, ...]
    regions: tuple[Region, ...]
    center: Service | None


def coordinators_of(place: Place, catalog: Catalog) -> Coordinators:
    """Whom to ask, for a place in Connecticut."""
    center = center_of(catalog)
    offices = tuple(
        one for one in _offices(center, catalog) if one.service_area and _covers(one.service_area, place, catalog)
    )
    regions = () if offices else tuple(_regions(place, catalog))
    return Coordinators(place, offices, regions, center)


def center_of(catalog: Catalog) -> Service | None:
    """The Center for Care Coordination, which knows the coordinators of all regions."""
    center = catalog.resolve(CENTER)
    return center if center is not None and center.is_listed else None


def _offices(center: Service | None, catalog: Catalog) -> Iterator[Service]:
    """The Center and the other offices of the network that it is a part of."""
    network = set(center.part_of) if center else set()
    for one in catalog.services.values():
        if one.is_listed and "care-coordination" in one.needs and network.intersection(one.part_of):
            yield one


def _covers(area: Area, place: Place, catalog: Catalog) -> bool:
    return catalog.places.covers(area, place) is Reach.YES


def _regions(place: Place, catalog: Catalog) -> Iterator[Region]:
    for region in catalog.places.regions.values():
        belongs = catalog.places.covers(Area(regions=(region.id,)), place) is not Reach.NO
        if region.id.startswith(REGIONS) and belongs:
            yield region
