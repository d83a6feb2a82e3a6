"""Places: towns, villages, ZIP codes, and whether an area covers where a person is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from catalog.places import ELSEWHERE, Area, Place, Places, Reach, UnknownPlaceError, fold
from tests.support.catalogs import real_catalog
from tests.support.small_catalog import SmallCatalog

HARTFORD = Place(town="Hartford")
WEST_HARTFORD = Place(town="West Hartford")
VERNON = Place(town="Vernon")
GROTON = Place(town="Groton")
CONNECTICUT = Place(state="CT")
MASSACHUSETTS = Place(state="MA")
NEW_YORK = Place(state="NY")
SOME_STATE = Place(state=ELSEWHERE)
CANADA = Place(country="Canada")


@pytest.fixture
def places(small: SmallCatalog) -> Places:
    catalog = small.read().catalog
    assert catalog is not None
    return catalog.places


@pytest.fixture(scope="module")
def real_places() -> Places:
    return real_catalog().places


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Hartford", "Hartford"),
        ("hartford", "Hartford"),
        ("  HARTFORD ", "Hartford"),
        ("Hartford, CT", "Hartford"),
        ("Hartford, Connecticut", "Hartford"),
        ("Hartford Conn.", "Hartford"),
        ("City of Hartford", "Hartford"),
        ("Town of Groton, CT", "Groton"),
        ("west-hartford", "West Hartford"),
        ("Mystic", "Groton"),
        ("Mystic, CT", "Groton"),
        ("Rockville", "Vernon"),
        ("Élmwood", "West Hartford"),
    ],
)
def test_a_town_is_found_by_name_and_village(places: Places, text: str, town: str) -> None:
    assert places.town(text).name == town


def test_an_unknown_town_names_the_nearest_ones(places: Places) -> None:
    with pytest.raises(UnknownPlaceError, match="no Connecticut town is called “Hartfrod”") as caught:
        places.town("Hartfrod")
    assert caught.value.near[0] == "Hartford"


def test_a_misspelled_village_leads_to_its_town(places: Places) -> None:
    with pytest.raises(UnknownPlaceError) as caught:
        places.town("Mistic")
    assert caught.value.near == ("Groton",)


@pytest.mark.parametrize("text", ["", "Springfield, MA", "CT", "x" * 10_000, "06103", "\0"])
def test_what_is_no_town_is_refused(places: Places, text: str) -> None:
    with pytest.raises(UnknownPlaceError):
        places.town(text)


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("06103", HARTFORD),
        ("06106-1234", HARTFORD),
        ("06340", GROTON),
        ("06025", VERNON),
        ("06999", CONNECTICUT),
        ("01103", SOME_STATE),
        ("10001", SOME_STATE),
        ("06390", SOME_STATE),
        ("00601", SOME_STATE),
    ],
)
def test_a_zip_code_is_a_town_connecticut_or_elsewhere(places: Places, code: str, place: Place) -> None:
    assert places.place_of_zip(code) == place


@pytest.mark.parametrize("code", ["", "6103", "061033", "0610a", "06103-12", "٠٦١٠٣", " 06103", "06103\n"])
def test_what_is_no_zip_code_is_refused(places: Places, code: str) -> None:
    with pytest.raises(ValueError, match="five digits"):
        places.place_of_zip(code)


@pytest.mark.parametrize(
    ("area", "place", "reach"),
    [
        (Area(whole="any"), CANADA, Reach.YES),
        (Area(whole="any"), HARTFORD, Reach.YES),
        (Area(whole="nationwide"), CANADA, Reach.NO),
        (Area(whole="nationwide"), NEW_YORK, Reach.YES),
        (Area(whole="nationwide"), HARTFORD, Reach.YES),
        (Area(whole="statewide"), HARTFORD, Reach.YES),
        (Area(whole="statewide"), CONNECTICUT, Reach.YES),
        (Area(whole="statewide"), NEW_YORK, Reach.NO),
        (Area(whole="statewide"), CANADA, Reach.NO),
        (Area(towns=("Hartford",)), HARTFORD, Reach.YES),
        (Area(towns=("Hartford",)), WEST_HARTFORD, Reach.NO),
        (Area(towns=("Hartford",)), CONNECTICUT, Reach.UNKNOWN),
        (Area(towns=("Hartford",)), NEW_YORK, Reach.NO),
        (Area(towns=("Hartford",)), CANADA, Reach.NO),
        (Area(counties=("Hartford County",)), WEST_HARTFORD, Reach.YES),
        (Area(counties=("Hartford County",)), VERNON, Reach.NO),
        (Area(counties=("Hartford County",)), CONNECTICUT, Reach.UNKNOWN),
        (Area(towns=("Groton",), counties=("Hartford County",)), GROTON, Reach.YES),
        # A complete region: its towns and no others.
        (Area(regions=("the-capitol",)), VERNON, Reach.YES),
        (Area(regions=("the-capitol",)), GROTON, Reach.NO),
        (Area(regions=("the-capitol",)), CONNECTICUT, Reach.UNKNOWN),
        # An incomplete one: others of its counties may belong.
        (Area(regions=("greater-hartford",)), HARTFORD, Reach.YES),
        (Area(regions=("greater-hartford",)), WEST_HARTFORD, Reach.UNKNOWN),
        (Area(regions=("greater-hartford",)), VERNON, Reach.UNKNOWN),
        (Area(regions=("greater-hartford",)), GROTON, Reach.NO),
        (Area(regions=("greater-hartford",)), NEW_YORK, Reach.NO),
        # Of several regions the surest answer counts.
        (Area(regions=("greater-hartford", "the-capitol")), WEST_HARTFORD, Reach.YES),
        (Area(regions=("the-capitol", "greater-hartford")), GROTON, Reach.NO),
        (Area(towns=("West Hartford",), regions=("greater-hartford",)), WEST_HARTFORD, Reach.YES),
        # Without counties it may be anywhere.
        (Area(regions=("somewhere",)), GROTON, Reach.UNKNOWN),
        (Area(regions=("somewhere",)), NEW_YORK, Reach.NO),
        # Whole states.
        (Area(regions=("two-states",)), GROTON, Reach.YES),
        (Area(regions=("two-states",)), MASSACHUSETTS, Reach.YES),
        (Area(regions=("two-states",)), NEW_YORK, Reach.NO),
        (Area(regions=("two-states",)), CONNECTICUT, Reach.YES),
        (Area(regions=("two-states",)), CANADA, Reach.NO),
        # A ZIP code of another state does not say which.
        (Area(regions=("two-states",)), SOME_STATE, Reach.UNKNOWN),
        (Area(regions=("greater-hartford",)), SOME_STATE, Reach.NO),
        (Area(whole="statewide"), SOME_STATE, Reach.NO),
        (Area(regions=("massachusetts-and-beyond",)), MASSACHUSETTS, Reach.YES),
        (Area(regions=("massachusetts-and-beyond",)), NEW_YORK, Reach.UNKNOWN),
        (Area(regions=("massachusetts-and-beyond",)), VERNON, Reach.UNKNOWN),
        (Area(regions=("massachusetts-and-beyond",)), HARTFORD, Reach.NO),
        (Area(regions=("massachusetts-and-beyond",)), CANADA, Reach.NO),
    ],
)
def test_an_area_covers_a_place(places: Places, area: Area, place: Place, reach: Reach) -> None:
    assert places.covers(area, place) is reach
    turned = {Reach.YES: Reach.NO, Reach.NO: Reach.YES, Reach.UNKNOWN: Reach.UNKNOWN}
    assert places.covers(replace(area, outside=True), place) is turned[reach]


def test_counties_and_their_towns(places: Places) -> None:
    assert places.counties == ("Fairfield County", "Hartford County", "New London County", "Tolland County")
    assert places.towns_of_county("Hartford County") == ("Hartford", "West Hartford")
    assert places.towns_of_county("Nowhere County") == ()


def test_miles_are_symmetric_and_about_right(places: Places) -> None:
    hartford, bridgeport = places.towns["Hartford"].point, places.towns["Bridgeport"].point
    assert places.miles(hartford, bridgeport) == pytest.approx(48.2, abs=1)
    assert places.miles(hartford, bridgeport) == pytest.approx(places.miles(bridgeport, hartford), rel=1e-12)
    assert places.miles(hartford, hartford) == 0


def test_miles_along_a_meridian_are_the_degrees_of_the_circle(places: Places) -> None:
    assert places.miles((41.0, -72.0), (42.0, -72.0)) == pytest.approx(69.09, abs=0.01)
    assert places.miles((41.0, -72.0), (41.0, -73.0)) == pytest.approx(52.14, abs=0.01)


def test_names_are_folded_for_comparing() -> None:
    assert fold("  Saint-José’s   CAFÉ ") == "saint jose s cafe"
    assert fold("食物") == ""


def test_connecticut_has_169_towns_8_counties_and_9_planning_regions(real_places: Places) -> None:
    assert len(real_places.towns) == 169
    assert real_places.counties == tuple(
        f"{name} County"
        for name in "Fairfield,Hartford,Litchfield,Middlesex,New Haven,New London,Tolland,Windham".split(",")
    )
    assert len({town.planning_region for town in real_places.towns.values()}) == 9


def test_each_real_town_lies_in_connecticut_and_has_a_zip_code_of_it(real_places: Places) -> None:
    for town in real_places.towns.values():
        latitude, longitude = town.point
        assert 40.9 < latitude < 42.1, town.name
        assert -73.8 < longitude < -71.7, town.name
        assert all(code.startswith("06") for code in town.zips), town.name


def test_real_villages_and_zip_codes_lead_to_their_towns(real_places: Places) -> None:
    assert real_places.town("Willimantic").name == "Windham"
    assert real_places.town("Storrs Mansfield").name == "Mansfield"
    assert real_places.place_of_zip("06103") == HARTFORD
    assert real_places.place_of_zip("06268") == Place(town="Mansfield")
    assert real_places.place_of_zip("06025") == Place(town="Glastonbury")


def test_fishers_island_is_new_york_though_its_zip_code_begins_as_connecticuts(real_places: Places) -> None:
    assert real_places.place_of_zip("06390") == SOME_STATE


def test_no_real_village_hides_a_town_of_its_name(real_places: Places) -> None:
    for name in real_places.towns:
        assert real_places.town(name).name == name
