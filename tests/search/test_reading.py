"""Only a sure reading becomes a filter, and what a query says beside its topic never loses a right program."""

from __future__ import annotations

import pytest

from catalog.places import Place
from directory import Directory
from search.query.ages import take_age
from search.query.plain_text import capitals, plain_query
from tests.support.catalogs import Make, ask, ids, service


@pytest.mark.parametrize(
    "text",
    [
        "depressed for 2 months",
        "lost my job 3 months ago",
        "3 months behind on rent",
        "ran away 3 weeks ago",
        "20 weeks pregnant",
        "2 year college",
        "sober 2 years",
        "hace 2 anos que no duerme",
        "desde hace 3 meses",
        "tengo 5 meses de embarazo",
    ],
)
def test_a_span_of_time_is_no_age(text: str) -> None:
    taken = take_age(text)
    assert (taken.age, taken.hint, taken.text) == (None, None, text)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("camp for 6 to 12 year olds", (6, 13)),
        ("camp for ages 6 12", (6, 13)),
        ("counseling for my 4 and 16 year old", (4, 17)),
        ("de 6 a 12 anos", (6, 13)),
        ("baby under 6 months", (0, 0.5)),
        ("menor de 6 meses", (0, 0.5)),
        ("my 8th grader", (13, 15)),
        ("junior in hs", (16, 18)),
        ("grade 3 reading", (8, 10)),
    ],
)
def test_several_ages_small_units_and_grades_are_hints(text: str, years: tuple[float, float]) -> None:
    taken = take_age(text)
    assert taken.age is None
    assert taken.hint is not None
    assert (taken.hint.start / 365.25, taken.hint.end / 365.25) == pytest.approx(years, abs=0.01)


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("food in E. Hartford", "East Hartford"),
        ("food So. Windsor", "South Windsor"),
        ("food N. Haven", "North Haven"),
        ("food 06106-1234", "Hartford"),
        ("food 6106", "Hartford"),
        ("autism Hartford CT 06103", "Hartford"),
        ("preston", "Preston"),
    ],
)
def test_a_place_is_read_in_whatever_form(real: Directory, text: str, town: str) -> None:
    read = real.searcher.read(text).understood
    assert read.place == Place(town=town)
    assert read.text in ("food", "autism", "")


@pytest.mark.parametrize(
    "text",
    [
        "lyme disease",
        "Oxford health insurance",
        "Yale New Haven Hospital",
        "Stafford loan",
        "refugees from Lebanon",
        "help for Madison, my 4 year old",
        "food in Fairfield County",
    ],
)
def test_a_town_in_the_name_of_something_else_is_no_place(real: Directory, text: str) -> None:
    assert real.searcher.read(text).understood.place is None


@pytest.mark.parametrize("town", ["Hartford", "Waterbury", "New Haven"])
@pytest.mark.parametrize("topic", ["food", "autism", "speech therapy"])
def test_the_full_form_of_a_place_loses_nothing(real: Directory, town: str, topic: str) -> None:
    code = real.catalog.places.towns[town].zips[0]
    short = ids(ask(real, f"{topic} {town}", size=100))
    for form in (f"{town} CT {code}", f"{town}, Connecticut", f"{town} {code}-1234"):
        assert ids(ask(real, f"{topic} {form}", size=100)) == short


SAME = ("DIAPERS in New Haven", "diapers in new haven", "Diapers, in New Haven!", "díapers in New Haven")


def test_case_accents_and_punctuation_change_nothing(real: Directory) -> None:
    found = [ids(ask(real, text)) for text in SAME]
    assert found[0]
    assert all(each == found[0] for each in found)


@pytest.mark.parametrize("added", ["pls", "asap", "please help", "thank you so much"])
def test_politeness_loses_no_right_program(real: Directory, added: str) -> None:
    plain = ids(ask(real, "food"))[:5]
    assert set(plain) <= set(ids(ask(real, f"food {added}", size=100)))


@pytest.mark.parametrize("span", ["for 2 months", "3 months ago", "desde hace 3 meses"])
def test_a_span_of_time_loses_no_right_program(real: Directory, span: str) -> None:
    plain = ids(ask(real, "my teenager is depressed"))[:5]
    assert set(plain) <= set(ids(ask(real, f"my teenager is depressed {span}", size=100)))


def test_a_town_alone_finds_all_that_there_is_there(make: Make) -> None:
    directory = make(service("far", "Garden"), service("here", "School", towns=("Hartford",)))
    assert ids(ask(directory, "Hartford")) == ["here", "far"]


def test_an_acronym_that_is_an_everyday_word_counts_in_capitals_or_alone(make: Make) -> None:
    directory = make(service("network", "Shelter", alternate_names=("CAN",)), service("b", "Garden", "A garden."))
    assert ids(ask(directory, "CAN")) == ["network"]
    assert ids(ask(directory, "can")) == ["network"]
    assert "network" not in ids(ask(directory, "can somebody fix my garden"))
    assert "network" in ids(ask(directory, "who is at the CAN today"))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("I.E.P. meeting", "iep meeting"),
        ("they've put her on a list", "they put her on a list"),
        ("he isn't talking", "he is not talking"),
        ("we can't pay", "we can not pay"),
        ("my son's teacher", "my sons teacher"),
        ("¿Dónde está?", "donde esta"),
    ],
)
def test_what_spelling_alone_makes_different_is_the_same(text: str, plain: str) -> None:
    assert plain_query(text) == plain


def test_capitals_are_told_only_among_other_letters() -> None:
    assert capitals("the CAN in town") == {"can"}
    assert capitals("CAN YOU HELP") == frozenset()
