"""Towns with a slip in their name, and that what is made for a town comes before what is for all."""

from __future__ import annotations

import pytest

from catalog.places import Place
from directory import Directory
from matching.facts import Facts
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
    reading = real.searcher.read(text)
    understood = reading.understood
    assert understood.place == Place(town=town)
    assert reading.corrected_from == text.lower()
    assert understood.place_words == town.lower()
    assert understood.place_words not in understood.text


@pytest.mark.parametrize("text", ["granny food", "reading help", "in cannon", "shelter", "darken", "orangge juice"])
def test_another_word_is_no_town(real: Directory, text: str) -> None:
    assert real.searcher.read(text).understood.place is None


@pytest.mark.parametrize(
    ("text", "facts"), [("swimming in Hartford", Facts()), ("swimming", Facts(place=Place(town="Hartford")))]
)
def test_of_equals_what_is_made_for_the_town_comes_first(make: Make, text: str, facts: Facts) -> None:
    """Also where the town is given beside the words."""
    directory = make(service("all", "Swimming"), service("here", "Swimming", towns=("Hartford",)))
    assert ids(ask(directory, "swimming"))[0] == "all"
    assert ids(ask(directory, text, facts=facts))[0] == "here"
