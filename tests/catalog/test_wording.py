"""Dates, ages, lists and areas in words, in English and Spanish."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.ages import Duration
from catalog.format import area_text, before, date_text, duration_text, either, join, month_text
from catalog.places import Area, Places
from tests.support.catalogs import real_catalog
from tests.support.small_catalog import SmallCatalog


@pytest.fixture
def places(small: SmallCatalog) -> Places:
    catalog = small.read().catalog
    assert catalog is not None
    return catalog.places


def test_a_day_in_words() -> None:
    assert date_text(date(2027, 3, 3)) == "3 March 2027"
    assert date_text(date(2027, 3, 3), "es") == "3 de marzo de 2027"
    assert [month_text(date(2026, month, 9), "es").split()[0] for month in (1, 9, 12)] == [
        "enero",
        "septiembre",
        "diciembre",
    ]
    assert month_text(date(2026, 12, 9)) == "December 2026"


@pytest.mark.parametrize(
    ("age", "english", "spanish"),
    [
        (Duration(), "birth", "el nacimiento"),
        (Duration(1), "1 year", "1 año"),
        (Duration(3), "3 years", "3 años"),
        (Duration(0, 1), "1 month", "1 mes"),
        (Duration(2, 8), "2 years 8 months", "2 años y 8 meses"),
        (Duration(2, 10, 14), "2 years 10 months 14 days", "2 años, 10 meses y 14 días"),
        (Duration(0, 0, 7), "1 week", "1 semana"),
        (Duration(0, 0, 42), "6 weeks", "6 semanas"),
        (Duration(0, 0, 1), "1 day", "1 día"),
        (Duration(0, 1, 14), "1 month 14 days", "1 mes y 14 días"),
    ],
)
def test_a_length_of_life_in_words(age: Duration, english: str, spanish: str) -> None:
    assert (duration_text(age), duration_text(age, "es")) == (english, spanish)


def test_names_are_listed_as_each_language_does() -> None:
    assert [join(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert join(["autismo", "asma", "inmigrantes"], "es") == "autismo, asma e inmigrantes"
    assert either(["a", "b", "c"]) == "a; or b; or c"
    assert either(["seguro privado", "otro seguro"], "es") == "seguro privado; u otro seguro"


@pytest.mark.parametrize(
    ("word", "name", "said"),
    [
        ("y", "hijos", "e"),
        ("y", "Ivoryton", "e"),
        ("y", "hielo", "y"),
        ("y", "autismo", "y"),
        ("o", "hospital", "u"),
        ("o", "oír", "u"),
        ("o", "asma", "o"),
        ("and", "ice", "and"),
        ("or", "oak", "or"),
    ],
)
def test_a_conjunction_gives_way_to_its_own_sound(word: str, name: str, said: str) -> None:
    assert before(word, name) == said


def test_an_area_in_words(places: Places) -> None:
    area = Area(towns=("Hartford", "Vernon"), counties=("Tolland County",), regions=("the-capitol",))
    assert area_text(area, places) == "Hartford, Vernon, Tolland County and the Capitol region"
    assert area_text(Area(towns=("Hartford",), outside=True), places) == "places outside Hartford"
    assert area_text(Area(towns=("Hartford", "Vernon")), places) == "Hartford and Vernon"
    assert [area_text(Area(whole=whole), places) for whole in ("any", "nationwide", "statewide")] == [
        "anywhere",
        "the United States",
        "Connecticut",
    ]


def test_an_area_in_spanish(places: Places) -> None:
    area = Area(towns=("Hartford",), counties=("Tolland County",))
    assert area_text(area, places, "es") == "Hartford y el condado de Tolland"
    assert area_text(Area(towns=("Hartford",), outside=True), places, "es") == "lugares que no están en Hartford"
    assert area_text(Area(regions=("the-capitol",)), places, "es") == "the Capitol region", "for want of Spanish words"


def test_every_region_has_a_spanish_name() -> None:
    without = [region.id for region in real_catalog().places.regions.values() if region.label_es is None]
    assert without == []
