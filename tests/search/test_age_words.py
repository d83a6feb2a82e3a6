"""Ages that are told exactly, and times of life that are hinted at; what a hint does to the order."""

from __future__ import annotations

import pytest

from catalog.ages import Duration
from search.query.ages import AgeHint, take_age
from tests.support.catalogs import Make, ask, ids, service


def years(start: float, end: float) -> AgeHint:
    return AgeHint.of_years(start, end)


@pytest.mark.parametrize(
    ("text", "age", "left"),
    [
        ("two year old not talking", Duration(2), "not talking"),
        ("nina de tres anos", Duration(3), "nina de"),
        ("my 2 5 year old", Duration(2, 6), "my"),
        ("2 anos y medio", Duration(2, 6), ""),
        ("3 and a half years old", Duration(3, 6), ""),
        ("15yr old vaping", Duration(15), "vaping"),
        ("age 7 dentist", Duration(7), "dentist"),
        ("edad 4", Duration(4), ""),
        ("mi bebe de 8 meses", Duration(0, 8), "mi bebe de"),
        ("waiting one year", None, "waiting one year"),
    ],
)
def test_an_exact_age_leaves_the_words(text: str, age: Duration | None, left: str) -> None:
    taken = take_age(text)
    assert (taken.age, taken.text.split(), taken.hint) == (age, left.split(), None)


@pytest.mark.parametrize(
    ("text", "hint", "left"),
    [
        ("under 3 not talking", years(0, 3), "not talking"),
        ("menor de 3 anos", years(0, 3), ""),
        ("older than 18", years(18, 100), ""),
        ("ages 3 to 5", years(3, 6), ""),
        ("son turning 18 soon", years(17.5, 18.5), "son soon"),
        ("my toddler bites", years(1, 3), "my toddler bites"),
        ("third grader reading", years(8, 10), "third grader reading"),
        ("nino de primer grado", years(6, 8), "nino de primer grado"),
        ("adolescente triste", years(13, 20), "adolescente triste"),
        ("middle school bully", years(11, 14.5), "middle school bully"),
        ("recien nacido", years(0, 0.4), "recien nacido"),
    ],
)
def test_a_time_of_life_is_a_hint_and_stays_where_it_is_a_topic(text: str, hint: AgeHint, left: str) -> None:
    taken = take_age(text)
    assert (taken.age, taken.words, taken.hint, taken.text.split()) == (None, None, hint, left.split())


def test_an_age_that_is_told_goes_before_a_time_of_life() -> None:
    taken = take_age("my toddler is 2 years old")
    assert (taken.age, taken.hint) == (Duration(2), None)


def test_a_hint_moves_what_is_for_that_age_up_and_leaves_nothing_out(make: Make) -> None:
    directory = make(
        service("adults", "Swimming", ages=(21, 60)),
        service("anyone", "Swimming"),
        service("little", "Swimming", ages=(0, 4)),
    )
    assert ids(ask(directory, "swimming")) == ["adults", "anyone", "little"]
    assert ids(ask(directory, "swimming under 3")) == ["little", "anyone", "adults"]
    assert ask(directory, "swimming under 3").understood.age is None
    assert ids(ask(directory, "swimming 2 years old")) == ["little", "anyone"]
