"""What one can filter by, and how many there are of each: over a few services, and drawn questions to the real ones.

40 drawn questions each time; 500 with LONG_TESTS=1.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.ages import Duration, PersonAge
from catalog.model import Alternative, Kind, Service, Terms
from catalog.places import Place
from directory import NOT_STATED, Directory, SearchResults, ServiceQuery
from directory.service_search import FILTERS
from matching.facts import Facts
from tests.support.catalogs import Make, ask, copied_index, directory_over, ids, service, with_services
from tests.support.dates import TODAY

LONG = os.environ.get("LONG_TESTS") == "1"
ANY_ORDER = settings(
    max_examples=500 if LONG else 40,
    deadline=None,
    database=None,
    derandomize=not LONG,
    suppress_health_check=[HealthCheck.too_slow],
)


def counts(answer: SearchResults, facet: str) -> dict[str, int]:
    return {one.id: one.count for one in answer.facets[facet]}


@pytest.fixture
def few(real: Directory, index: Path, tmp_path: Path) -> Make:
    """few(service(...), ...): a directory of these services, in the words of the real catalog."""
    organization = next(iter(real.catalog.organizations))
    folder = copied_index(index, tmp_path)

    def directory(*services: Service) -> Directory:
        of_one = (replace(each, organization_id=organization) for each in services)
        return directory_over(with_services(real.catalog, *of_one), folder)

    return directory


@pytest.fixture
def various(few: Make) -> Directory:
    return few(
        service("a", "Garden", needs=("food",), cost="free", languages=("en", "es"), delivery=("phone",)),
        service("b", "Garden", needs=("food", "domestic-violence"), cost="fee", languages=("en",)),
        service("c", "Garden", needs=("domestic-violence",), delivery=("phone", "online")),
        service("d", "Zeppelin", cost="sliding"),
        service("gone", "Garden", needs=("food",), cost="free", status="defunct"),
    )


def test_everything_found_is_counted_by_each_facet(various: Directory) -> None:
    answer = ask(various, "garden", size=1)
    assert counts(answer, "cost") == {"free": 1, "fee": 1, NOT_STATED: 1}
    assert counts(answer, "language") == {"en": 2, "es": 1, NOT_STATED: 1}
    assert counts(answer, "delivery") == {"phone": 2, "online": 1, NOT_STATED: 1}
    assert counts(answer, "sector") == {"community": 3}
    assert counts(answer, "kind") == {"program": 3}
    # A group counts a service once, and stands before its needs.
    groups = {various.catalog.needs[need].parent for need in ("food", "domestic-violence")}
    assert {group: counts(answer, "need")[group] for group in groups if group}.keys() == groups
    assert counts(answer, "need")["food"] == 2
    assert list(counts(ask(various, "zeppelin"), "cost").items()) == [("sliding", 1)]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"need": "food"}, ["a", "b"]),
        ({"cost": "free"}, ["a"]),
        ({"language": "es"}, ["a"]),
        ({"language": NOT_STATED}, ["c"]),
        ({"delivery": "phone"}, ["a", "c"]),
        ({"delivery": NOT_STATED, "language": "en"}, ["b"]),
        ({"sector": "medical"}, []),
        ({"kind": "program", "cost": NOT_STATED}, ["c"]),
    ],
)
def test_a_filter_keeps_what_states_it(various: Directory, wanted: dict[str, Any], found: list[str]) -> None:
    answer = ask(various, "garden", **wanted)
    assert sorted(ids(answer)) == found
    assert answer.total == len(found)


def test_a_facet_does_not_count_by_its_own_filter(various: Directory) -> None:
    answer = ask(various, "garden", cost="free")
    assert counts(answer, "cost") == {"free": 1, "fee": 1, NOT_STATED: 1}
    assert [one.id for one in answer.facets["cost"] if one.chosen] == ["free"]
    # The others count what all filters leave.
    assert counts(answer, "language") == {"en": 1, "es": 1}


def test_a_chosen_value_is_shown_with_nothing_to_find(various: Directory) -> None:
    chosen = [one for one in ask(various, "garden", sector="medical").facets["sector"] if one.chosen]
    assert [(one.id, one.count) for one in chosen] == [("medical", 0)]


def asks_for(*kinds: str) -> Alternative:
    return Alternative("https://example.org", insurance=Terms(kinds))


@pytest.mark.parametrize(
    ("stated", "kinds"),
    [
        # Who takes HUSKY may take HUSKY A, and who takes HUSKY A takes some of HUSKY.
        ({"insurance_accepted": ("husky",)}, {"husky", "husky-a", "husky-b", "husky-c", "husky-d"}),
        ({"insurance_accepted": ("husky-a",)}, {"husky", "husky-a"}),
        ({"insurance_accepted": ("private", "uninsured")}, {"private", "uninsured"}),
        # Free of charge, and no word of insurance: none is needed.
        ({"cost": "free"}, "every"),
        ({"insurance_accepted": ("any",)}, "every"),
        ({"cost": "fee"}, {NOT_STATED}),
        ({"cost": "free", "insurance_accepted": ("private",)}, {"private"}),
        ({"cost": "free", "eligibility": (asks_for("private"),)}, {"private"}),
        # There is another way in, which asks for no insurance.
        ({"cost": "free", "eligibility": (asks_for("private"), Alternative("https://example.org"))}, "every"),
    ],
)
def test_insurance_is_what_is_taken_or_asked_for(few: Make, stated: dict[str, Any], kinds: Any) -> None:
    directory = few(replace(service("a", "Garden"), **stated))
    facets = directory.service_search.facets
    found = {kind for kind in facets.ids["insurance"] if facets.mask("insurance", kind).any()}
    assert found == (set(facets.ids["insurance"]) - {NOT_STATED} if kinds == "every" else kinds)


def test_what_is_no_value_of_a_filter_is_an_error(various: Directory) -> None:
    with pytest.raises(KeyError):
        ask(various, "", cost="cheap")


TEXTS = ["", "food", "respite autism", "speech therapy 2 year old Meriden", "diaperz", "camp", "xylophone zymurgy"]
FACTS = [
    Facts(),
    Facts(place=Place(town="Hartford")),
    Facts(age=PersonAge.from_age(Duration(3), TODAY)),
    Facts(place=Place(state="NY"), age=PersonAge.from_age(Duration(16), TODAY)),
]


@st.composite
def questions(draw: st.DrawFn, directory: Directory) -> ServiceQuery:
    values = directory.service_search.facets.ids
    names = draw(st.lists(st.sampled_from(FILTERS), max_size=3, unique=True))
    chosen: dict[str, Any] = {name: draw(st.sampled_from(values[name])) for name in names}
    facts, text = draw(st.sampled_from(FACTS)), draw(st.sampled_from(TEXTS))
    return ServiceQuery(on=TODAY, text=text, facts=facts, only_fits=draw(st.booleans()), per_page=100, **chosen)


def with_filter(wanted: ServiceQuery, name: str, value: str | None) -> ServiceQuery:
    changed: dict[str, Any] = {name: value}
    return replace(wanted, **changed)


@pytest.mark.slow
@ANY_ORDER
@given(data=st.data())
def test_a_count_is_what_one_finds_with_it(real: Directory, data: st.DataObject) -> None:
    wanted = data.draw(questions(real))
    answer = real.find(wanted)
    for name, facet in answer.facets.items():
        for one in facet:
            if name == "verdict":
                fit = real.find(replace(wanted, only_fits=True)).total
                found = real.find(replace(wanted, only_fits=False)).total
                assert one.count == (fit if one.id == "eligible" else found - fit)
            elif name == "insurance":
                # As a fact, an insurance may rule out a few more than it does as a filter.
                assert one.count >= real.find(replace(wanted, insurance=one.id)).total
            else:
                assert one.count == real.find(with_filter(wanted, name, one.id)).total, (name, one)


@ANY_ORDER
@given(data=st.data())
def test_what_to_drop_says_how_many_are_then_found(real: Directory, data: st.DataObject) -> None:
    wanted = data.draw(questions(real))
    answer = real.find(wanted)
    assert not answer.relaxed or answer.total == 0
    for one in answer.relaxed:
        assert one.total > 0
        if one.drop in FILTERS:
            assert real.find(with_filter(wanted, one.drop, None)).total == one.total
        elif one.drop == "fits":
            assert real.find(replace(wanted, only_fits=False)).total == one.total
        elif one.drop == "q":
            assert real.find(replace(wanted, text="")).total == one.total
        elif one.drop == "all":
            everything = real.find(ServiceQuery(on=TODAY, text=answer.understood.text)).total
            assert one.total == everything or answer.corrected_from


def test_all_kinds_of_services_are_values(real: Directory) -> None:
    assert real.service_search.facets.ids["kind"] == tuple(kind.value for kind in Kind)
    assert "any" not in real.service_search.facets.ids["insurance"]
    # Each group stands before its needs.
    order = real.service_search.facets.ids["need"]
    assert set(order) == set(real.catalog.needs)
    parents = [(real.catalog.needs[need].parent, number) for number, need in enumerate(order)]
    assert all(order.index(parent) < number for parent, number in parents if parent)
