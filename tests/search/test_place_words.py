"""Towns with a slip in their name, and that what is made for a town comes before what is for all."""

from __future__ import annotations

import pytest

from catalog.places import Place
from directory import Directory
from tests.support.catalogs import Make, ask, ids, service


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("food pantry Bridgport", "Bridgeport"),
        ("shelter in Watebury", "Waterbury"),
        ("camp Meridan ct", "Meriden"),
        ("renta en Hardford", "Hartford"),
        ("pantry newhaven", "New Haven"),
        ("pantry west hartfrod", "West Hartford"),
    ],
)
def test_a_town_with_a_slip_is_understood(real: Directory, text: str, town: str) -> None:
    understood = real.searcher.read(text).understood
    assert understood.place == Place(town=town)
    assert understood.place_words is not None
    assert understood.place_words in text.lower()
    assert understood.place_words not in understood.text


@pytest.mark.parametrize("text", ["granny food", "reading help", "in cannon", "shelter", "darken", "orangge juice"])
def test_another_word_is_no_town(real: Directory, text: str) -> None:
    assert real.searcher.read(text).understood.place is None


def test_what_is_made_for_the_town_comes_before_what_says_more_of_it_but_is_for_all(make: Make) -> None:
    directory = make(service("all", "Swimming", "swimming"), service("here", "Swimming", towns=("Hartford",)))
    assert ids(ask(directory, "swimming"))[0] == "all"
    assert ids(ask(directory, "swimming in Hartford"))[0] == "here"
