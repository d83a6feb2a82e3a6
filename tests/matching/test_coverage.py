"""What the directory has for each need, age and town: counted on a small catalog by hand, and held to the judges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from types import MappingProxyType

import pytest

from catalog.ages import Duration, PersonAge
from catalog.flat_map import FlatMap
from catalog.model import AgeRule, Alternative, Catalog, Kind, Label, Location, Need, NextStep, Service, Who, Words
from catalog.places import Area, Place, Reach
from matching.coverage import BANDS, NeedCoverage, TownCoverage, coverage, towns_of
from matching.eligibility import Status, alternatives, judge_age
from matching.facts import Facts
from matching.table.table import EligibilityTable
from tests.support.strategies import NEEDS, catalog_of

ON = date(2026, 11, 21)
NO_WORDS = Label("", "")
GROUPS = {name: Need(id=name, label=NO_WORDS, description=NO_WORDS, words=Words()) for name in ("basics", "going")}
PARENTS = {"food": "basics", "money": "basics", "care": "basics", "rides": "going"}
TAXONOMY = GROUPS | {name: replace(need, parent=PARENTS[name]) for name, need in NEEDS.items()}


def age(start: int | None = None, under: int | None = None, who: Who = Who.CHILD) -> AgeRule:
    return AgeRule(
        start=None if start is None else Duration(start), under=None if under is None else Duration(under), who=who
    )


def service(name: str, need: str, *ways: Alternative, area: Area | None = None, town: str | None = None,
            status: str = "active") -> Service:  # fmt: skip
    return Service(
        id=name,
        organization_id="made",
        sector="community",
        kind=Kind.PROGRAM,
        name=name,
        needs=(need,),
        summary="Made.",
        next_step=NextStep("call", "Call."),
        sources=(),
        path="made.yaml",
        line=1,
        status=status,
        eligibility=ways,
        service_area=area,
        locations=(Location(None, town, "CT", None, town=town),) if town else (),
    )


def way(rule: AgeRule | None = None, area: Area | None = None) -> Alternative:
    return Alternative(source="page", age=rule, residence=area)


SERVICES = [
    service("pantry", "food", area=Area(towns=("Aton",))),
    service("baby-food", "food", way(age(under=3), Area(counties=("West County",)))),
    service("school-lunch", "food", way(age(5, 18)), way(AgeRule(any=True), Area(whole="statewide"))),
    service("grandparents", "money", way(age(55, who=Who.CAREGIVER)), area=Area(regions=("open",))),
    service("teen-rides", "rides", way(age(13, 18)), way(age(16, 22)), town="Deeham"),
    service("closed-rides", "rides", town="Aton", status="defunct"),
    service("elsewhere", "money", area=Area(towns=("Aton",), outside=True)),
]


@pytest.fixture(scope="module")
def small() -> EligibilityTable:
    return EligibilityTable.build(replace(catalog_of(SERVICES), needs=MappingProxyType(TAXONOMY)))


def test_the_bands_follow_one_another_without_gap() -> None:
    assert BANDS[0].first == 0 and BANDS[-1].last is None
    for one, following in pairwise(BANDS):
        assert one.last is not None and following.first == one.last + 1
    assert [band.text for band in BANDS] == ["0–2", "3–5", "6–10", "11–13", "14–17", "18–21", "22+"]


def test_a_band_holds_exactly_its_ages() -> None:
    band = BANDS[1].age(ON)
    assert (band.earliest_birth, band.latest_birth) == (date(2020, 11, 22), date(2023, 11, 21))


def of_need(table: EligibilityTable, need: str) -> NeedCoverage:
    return next(one for one in coverage(table, ON).needs if one.need.id == need)


def test_needs_are_counted_by_age(small: EligibilityTable) -> None:
    food = of_need(small, "food")
    assert food.may_fit == (3, 2, 2, 2, 2, 2, 2)
    assert food.stated == (2, 1, 1, 1, 1, 1, 1)
    rides = of_need(small, "rides")
    assert rides.may_fit == rides.stated == (0, 0, 0, 1, 1, 1, 0)
    assert [band.text for band in rides.gaps] == ["0–2", "3–5", "6–10", "22+"]


def test_an_age_of_the_caregiver_says_nothing_of_the_child(small: EligibilityTable) -> None:
    money = of_need(small, "money")
    assert (money.may_fit, money.stated) == ((2,) * 7, (0,) * 7)


def test_a_need_without_services_is_a_gap_at_every_age(small: EligibilityTable) -> None:
    assert of_need(small, "care").gaps == BANDS


def test_groups_are_no_needs_of_their_own(small: EligibilityTable) -> None:
    assert [one.need.id for one in coverage(small, ON).needs] == list(NEEDS)


def of_town(table: EligibilityTable, town: str) -> TownCoverage:
    return next(one for one in coverage(table, ON).towns if one.town.name == town)


@pytest.mark.parametrize(
    ("town", "local", "basics", "going"),
    [("Aton", 2, 2, 0), ("Beeford", 1, 1, 0), ("Ceewich", 2, 2, 0), ("Deeham", 3, 2, 1)],
)
def test_towns_count_what_is_local(small: EligibilityTable, town: str, local: int, basics: int, going: int) -> None:
    found = of_town(small, town)
    assert (found.services, [(group.id, count) for group, count in found.by_group]) == (
        local,
        [("basics", basics), ("going", going)],
    )
    assert [group.id for group in found.gaps] == ([] if going else ["going"])
    assert found.town.point == small.catalog.places.towns[town].point


def test_what_is_local_nowhere_is_counted_apart(small: EligibilityTable) -> None:
    assert coverage(small, ON).wide == 1


def test_the_counts_agree_with_the_judges(table: EligibilityTable) -> None:
    """Band by band on the real catalog, judged by hand for the ages of a few days of the band."""
    found = coverage(table, ON)
    for number, band in enumerate(BANDS):
        possible = set()
        for service in table.services:
            statuses = [judge_age(one.age, Facts(age=band.age(ON)), table.catalog) for one in alternatives(service)]
            if service.is_listed and max(statuses) > Status.UNMET:
                possible.add(service.id)
        for one in found.needs:
            filed = [service.id for service in table.services if one.need.id in service.needs]
            assert one.may_fit[number] == len(possible.intersection(filed))
            assert one.stated[number] <= one.may_fit[number]


def test_a_toddler_finds_what_the_youngest_band_counts(table: EligibilityTable) -> None:
    toddler = Facts(age=PersonAge.from_age(Duration(2), ON))
    for one in coverage(table, ON).needs:
        judged = [max(judge_age(way.age, toddler, table.catalog) for way in alternatives(table.services[row]))
                  for row in table.candidates([one.need.id]).tolist()]  # fmt: skip
        assert sum(status > Status.UNMET for status in judged) <= one.may_fit[0]


def areas_of(catalog: Catalog) -> set[Area]:
    stated = {way.residence for service in catalog.services.values() for way in service.eligibility}
    stated |= {service.service_area for service in catalog.services.values()}
    return {area for area in stated if area is not None}


def test_towns_of_an_area_are_those_that_it_covers(table: EligibilityTable) -> None:
    places = table.catalog.places
    stated = areas_of(table.catalog) | {Area(regions=(region,)) for region in places.regions}
    turned = {replace(area, outside=not area.outside) for area in stated if area.whole is None}
    for area in stated | turned:
        whole = area.whole is not None or any("CT" in places.regions[one].states for one in area.regions)
        covered = {town for town in places.towns if places.covers(area, Place(town=town)) is Reach.YES}
        assert towns_of(area, places) == (frozenset() if whole else covered), area


def test_every_town_of_the_real_catalog_is_counted(table: EligibilityTable) -> None:
    found = coverage(table, ON)
    assert len(found.towns) == 169 and sum(one.services for one in found.towns) > 1000


def test_a_flat_map_keeps_distances_alike(table: EligibilityTable) -> None:
    points = [town.point for town in table.catalog.places.towns.values()]
    flat = FlatMap.of(points, 600, margin=10)
    drawn = [flat.place(point) for point in points]
    assert min(x for x, _ in drawn) == 10 and max(x for x, _ in drawn) == 590
    assert min(y for _, y in drawn) == 10 and max(y for _, y in drawn) == round(flat.height - 10, 1)
    hartford, new_haven, stamford = (table.catalog.places.towns[name].point for name in ("Hartford", "New Haven",
                                                                                        "Stamford"))  # fmt: skip
    miles = table.catalog.places.miles
    for one, other in ((hartford, new_haven), (new_haven, stamford), (hartford, stamford)):
        (x1, y1), (x2, y2) = flat.place(one), flat.place(other)
        pixels = ((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5
        assert pixels / miles(one, other) == pytest.approx(flat.scale / 69.1, rel=0.01)
    assert flat.place(hartford)[1] < flat.place(new_haven)[1] and flat.place(stamford)[0] < flat.place(hartford)[0]


@pytest.mark.parametrize("points", [[], [(41.5, -72.0)], [(41.5, -72.0), (41.9, -72.0)]])
def test_a_map_needs_points_that_lie_apart(points: list[tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match="apart"):
        FlatMap.of(points, 100)
