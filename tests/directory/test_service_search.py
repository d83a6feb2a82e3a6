"""A list of services: verdicts, order, distances, what to drop, and what of a question is used."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from catalog.ages import Duration, PersonAge
from catalog.model import Location, PartialDate
from catalog.places import Area, Place
from directory import SORTS, Directory, RelaxedFilter, ServiceQuery, TownNeededError
from matching.eligibility import Verdict
from matching.facts import Facts
from tests.support.catalogs import Make, ask, ids, service
from tests.support.dates import TODAY

HARTFORD = Facts(place=Place(town="Hartford"))


def at(directory: Directory, town: str, service_id: str, **more: Any) -> Any:
    """A service with a place in a town."""
    point = directory.catalog.places.towns[town].point
    place = Location(None, town, "CT", None, town=town, point=point)
    return service(service_id, "Garden", locations=(place,), **more)


@pytest.fixture
def spread(make: Make) -> Directory:
    base = make(service("x"))
    return make(
        at(base, "Vernon", "near"),
        at(base, "Hartford", "here"),
        at(base, "Union", "far"),
        at(base, "Hartford", "hidden", confidential=True),
        service("nowhere", "Garden"),
    )


def test_the_nearest_come_first_and_those_without_a_known_place_last(spread: Directory) -> None:
    answer = ask(spread, "garden", facts=HARTFORD, sort="distance")
    assert ids(answer)[:3] == ["here", "near", "far"]
    miles = {one.service.id: one.distance_miles for one in answer.found}
    assert miles["here"] == 0
    assert miles["hidden"] is miles["nowhere"] is None
    towns = spread.catalog.places.towns
    expected = spread.catalog.places.miles(towns["Hartford"].point, towns["Union"].point)
    assert miles["far"] == round(expected) > 10
    assert ids(ask(spread, "garden in Union", sort="distance"))[0] == "far"


def test_a_confidential_service_stands_where_its_place_tells_nothing(spread: Directory) -> None:
    """It comes after all places that are known, wherever one asks from."""
    for town in ("Hartford", "Union", "Vernon"):
        assert ids(ask(spread, "garden", facts=Facts(place=Place(town=town)), sort="distance")).index("hidden") >= 3


@pytest.mark.parametrize("place", [None, Place(state="CT"), Place(state="NY"), Place(country="Chile")])
def test_distances_need_a_town(spread: Directory, place: Place | None) -> None:
    with pytest.raises(TownNeededError):
        ask(spread, "garden", facts=Facts(place=place), sort="distance")
    assert {one.distance_miles for one in ask(spread, "garden", facts=Facts(place=place)).found} == {None}


def test_by_name_is_the_order_of_names(make: Make) -> None:
    directory = make(service("a", "Zoo garden"), service("b", "Élan garden"), service("c", "apple garden"))
    assert ids(ask(directory, "garden", sort="name")) == ["c", "b", "a"]


def checked(text: str, year: int) -> PartialDate:
    return PartialDate(text, TODAY.replace(year=year), TODAY.replace(year=year))


def test_by_check_is_the_newest_first_and_the_unchecked_last(make: Make) -> None:
    directory = make(
        service("never", "Garden"),
        service("long-ago", "Garden", assured_date=checked("2019", 2019)),
        service("lately", "Garden", assured_date=checked("2026", 2026)),
    )
    assert ids(ask(directory, "garden", sort="assured")) == ["lately", "long-ago", "never"]


@pytest.mark.slow
@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("text", ["", "food", "respite autism"])
def test_each_order_has_the_same_services_and_its_pages_follow_one_another(
    real: Directory, sort: str, text: str
) -> None:
    wanted = ServiceQuery(on=TODAY, text=text, facts=HARTFORD, sort=sort, per_page=7)
    whole = real.find(replace(wanted, per_page=1000))
    assert {one.service.id for one in whole.found} == {
        one.service.id for one in real.find(replace(wanted, sort="relevance", per_page=1000)).found
    }
    pages = [real.find(replace(wanted, page=page)) for page in (1, 2, 3)]
    assert [one.service.id for page in pages for one in page.found] == ids(whole)[:21]
    assert {page.pages for page in pages} == {-(-whole.total // 7)}


def test_without_words_who_has_the_need_first_comes_first(make: Make) -> None:
    directory = make(
        service("a", "Apple", needs=("domestic-violence", "food")),
        service("b", "Berry", needs=("food",)),
        service("c", "Cherry", needs=("food",)),
    )
    assert ids(ask(directory, "", need="food")) == ["b", "c", "a"]


def test_without_words_what_is_near_comes_first(make: Make) -> None:
    directory = make(service("a", "Apple"), service("b", "Berry", towns=("Hartford",)))
    assert ids(ask(directory, "", facts=HARTFORD)) == ["b", "a"]
    assert ids(ask(directory, "")) == ["a", "b"]


@pytest.fixture
def judged(make: Make) -> Directory:
    return make(
        service("local", "Garden", towns=("Hartford",), ages=(0, 6)),
        service("elsewhere", "Garden", towns=("Vernon",)),
        service("unstated", "Garden"),
        service("about", "Garden", service_area=Area(towns=("Vernon",))),
    )


def test_nothing_known_of_a_person_gives_no_verdict(judged: Directory) -> None:
    answer = ask(judged, "garden")
    assert {one.verdict for one in answer.found} == {None}
    assert "verdict" not in answer.facets


def test_each_says_whether_it_fits_and_serves_the_town(judged: Directory) -> None:
    answer = ask(judged, "garden", facts=HARTFORD)
    said = {one.service.id: (one.verdict, one.serves_town) for one in answer.found}
    # What works more than ten miles away is not asked about.
    assert said == {"local": (Verdict.UNCERTAIN, True), "unstated": (Verdict.ELIGIBLE, None)}
    assert [(facet.id, facet.count) for facet in answer.facets["verdict"]] == [("eligible", 1), ("uncertain", 1)]


def test_only_what_fits(judged: Directory) -> None:
    three = replace(HARTFORD, age=PersonAge.from_age(Duration(3), TODAY))
    answer = ask(judged, "garden", facts=three, only_fits=True)
    assert sorted(ids(answer)) == ["local", "unstated"]
    assert {one.verdict for one in answer.found} == {Verdict.ELIGIBLE}
    assert [one.chosen for one in answer.facets["verdict"]] == [True, False]
    # With nothing known, only what is open to all surely fits.
    assert ids(ask(judged, "garden", only_fits=True)) == ["unstated"]


def test_the_insurance_filter_is_a_fact_of_the_person(make: Make) -> None:
    directory = make(service("a", "Garden", insurance_accepted=("husky",)))
    assert [one.verdict for one in ask(directory, "garden", insurance="husky").found] == [Verdict.ELIGIBLE]
    assert ask(directory, "garden", insurance="not-stated").found == ()


def test_what_to_drop_is_said_with_how_many_are_then_found(judged: Directory) -> None:
    forty = PersonAge.from_age(Duration(40), TODAY)
    answer = ask(judged, "garden", facts=replace(HARTFORD, age=forty), kind="program", sector="legal")
    assert answer.relaxed == (RelaxedFilter("sector", 1),)
    only = ask(judged, "garden", facts=HARTFORD, only_fits=True, cost="free")
    assert only.relaxed == (RelaxedFilter("cost", 1),)
    # No single one helps.
    both = ask(judged, "garden", sector="legal", kind="guide")
    assert both.relaxed == (RelaxedFilter("all", 4),)
    assert ask(judged, "zymurgy", kind="program").relaxed == (RelaxedFilter("q", 4),)
    assert ask(judged, "zymurgy").relaxed == ()
    assert ask(judged, "garden", kind="program").relaxed == ()


def test_a_town_or_an_age_in_the_words_is_named_as_what_to_drop(make: Make) -> None:
    directory = make(service("a", "Garden", towns=("Vernon",), ages=(0, 6)))
    assert ask(directory, "garden in Hartford").relaxed[0] == RelaxedFilter("town", 1)
    assert ask(directory, "garden 9 years old").relaxed[0] == RelaxedFilter("age", 1)


def test_it_is_said_when_not_all_of_a_text_is_used(real: Directory) -> None:
    assert not ask(real, "food").shortened
    long = ask(real, "food " * 100)
    assert (long.shortened, long.characters_used, long.words_used) == (True, 400, 1)
    # Spaces are nothing that would be missed.
    assert not ask(real, "food" + " " * 600).shortened
    words = " ".join(f"tree{letter}{other}" for letter in "abcdef" for other in "wxyz")
    assert not ask(real, words).shortened
    many = ask(real, f"{words} yew")
    assert (many.shortened, many.words_used) == (True, 24)


@pytest.mark.parametrize(
    ("text", "sensitive"),
    [
        ("domestic violence", True),
        ("my husband hits me", True),
        ("me pega", True),
        # Loosely: the words of a phrase in another order.
        ("violence domestic", True),
        # The name of a program for such a need.
        ("Interval House", True),
        ("food", False),
        ("", False),
    ],
)
def test_words_that_tell_of_a_sensitive_need_are_known(real: Directory, text: str, sensitive: bool) -> None:
    assert ask(real, text).sensitive is sensitive


def test_a_sensitive_need_is_known_as_a_filter(real: Directory) -> None:
    assert ask(real, "", need="domestic-violence").sensitive
    assert not ask(real, "", need="food").sensitive
