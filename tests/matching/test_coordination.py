"""Who coordinates care for a town, on the real catalog: what its facts support, and no more."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from catalog.model import Catalog
from catalog.places import Place
from matching.care_coordination import CENTER, INITIATIVE, Role, care_coordinators, medical_home_regions
from tests.support.catalogs import real_catalog

SOUTHWEST = "cmhi-southwest-stamford-health"


def named(place: Place | None, catalog: Catalog | None = None) -> list[tuple[str, Role]]:
    return [(one.service.id, one.role) for one in care_coordinators(place, catalog or real_catalog())]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place(town="Stamford"), [(SOUTHWEST, Role.SERVES), (INITIATIVE, Role.STATEWIDE), (CENTER, Role.CENTER)]),
        (Place(town="Hartford"), [(CENTER, Role.MAY_SERVE), (INITIATIVE, Role.STATEWIDE)]),
        (Place(town="New Haven"), [(INITIATIVE, Role.STATEWIDE), (CENTER, Role.CENTER)]),
        (Place(state="CT"), [(SOUTHWEST, Role.MAY_SERVE), (CENTER, Role.MAY_SERVE), (INITIATIVE, Role.STATEWIDE)]),
        (None, [(INITIATIVE, Role.STATEWIDE), (CENTER, Role.CENTER)]),
        (Place(state="NY"), [(CENTER, Role.CENTER)]),
        (Place(country="Peru"), [(CENTER, Role.CENTER)]),
    ],
)
def test_those_who_serve_a_town_come_first(place: Place | None, expected: list[tuple[str, Role]]) -> None:
    assert named(place) == expected


def test_every_town_is_told_of_the_state_program_and_of_the_center() -> None:
    for town in real_catalog().places.towns:
        ids = [service for service, _ in named(Place(town=town))]
        assert {INITIATIVE, CENTER} <= set(ids) and len(ids) == len(set(ids))


def test_what_is_no_longer_listed_is_not_named() -> None:
    catalog = real_catalog()
    gone = {key: replace(catalog.services[key], status="defunct") for key in (SOUTHWEST, INITIATIVE)}
    later = replace(catalog, services=MappingProxyType({**catalog.services, **gone}))
    assert named(Place(town="Stamford"), later) == [(CENTER, Role.CENTER)]
    assert named(None, replace(catalog, services=MappingProxyType({}))) == []


@pytest.mark.parametrize(
    ("place", "regions"),
    [
        (Place(town="Stamford"), ["cmhi-southwest"]),
        (Place(town="Danbury"), ["cmhi-northwest", "cmhi-southwest"]),
        (Place(town="Norwich"), ["cmhi-eastern"]),
        (Place(state="NY"), []),
    ],
)
def test_the_regions_that_a_town_may_belong_to(place: Place, regions: list[str]) -> None:
    assert [region.id for region in medical_home_regions(place, real_catalog().places)] == regions


def test_every_town_lies_in_some_region() -> None:
    places = real_catalog().places
    assert all(medical_home_regions(Place(town=town), places) for town in places.towns)
    assert len(medical_home_regions(Place(state="CT"), places)) == 5
