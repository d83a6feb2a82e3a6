"""The pathway: what starts, ends and follows for a birth month, as values and as a page; the month leaves no trace."""

from __future__ import annotations

import html
import logging
import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalog.ages import Duration, PersonAge
from catalog.model import Catalog
from directory import DirectoryKeeper
from matching.pathway import pathway
from matching.table.table import EligibilityTable
from web.pathway.timeline import WIDTH, Path, Row, is_for_the_state, path_of

ON = date(2026, 11, 21)
MONTHS = [(2026, 11), (2026, 10), (2024, 3), (2023, 12), (2020, 6), (2012, 2), (2008, 9), (2001, 1), (1960, 5)]
LANGUAGES = {"en": "/pathway", "es": "/es/pathway"}


@pytest.fixture(scope="module")
def table(app: Flask) -> EligibilityTable:
    keeper: DirectoryKeeper = app.extensions["directory"]
    return keeper.current.table


def path_for(year: int, month: int, table: EligibilityTable, language: str = "en") -> Path:
    return path_of(PersonAge.from_birth_month(year, month, ON), table, language)


def listed(path: Path) -> list[Row]:
    return [row for stage in path.stages for row in (*stage.rows, *stage.special, *stage.local)]


def ids(rows: list[Row]) -> set[str]:
    return {row.copy.service.id for row in rows}


# ---- What the page tells


def test_a_third_birthday_ends_birth_to_three_and_says_what_follows(table: EligibilityTable) -> None:
    path = path_for(2024, 3, table)
    (end,) = [event for event in path.soon if event.row.copy.service.id == "ct-birth-to-three"]
    assert (end.change, end.month) == ("ends", "March 2027")
    assert "preschool-special-education-ct" in [copy.service.id for copy in end.row.follows]
    starts = {event.row.copy.service.id: event.month for event in path.soon if event.change == "starts"}
    assert starts["preschool-special-education-ct"] == "December 2026"


def test_what_is_over_then_follows_nothing(table: EligibilityTable) -> None:
    """The hearing program leads to Birth to Three, which ends on the same birthday."""
    path = path_for(2024, 3, table)
    (end,) = [event for event in path.soon if event.row.copy.service.id == "ct-ehdi"]
    assert "ct-birth-to-three" not in [copy.service.id for copy in end.row.follows]


@pytest.mark.parametrize(("year", "month"), MONTHS)
def test_every_step_of_the_path_has_its_place(year: int, month: int, table: EligibilityTable) -> None:
    path = path_for(year, month, table)
    birth = PersonAge.from_birth_month(year, month, ON).latest_birth
    steps = pathway(birth.replace(day=min(birth.day, 28)), table, ON)
    for row in listed(path):
        assert (row.state == "now") == row.step.now
        assert row.state != "over"
    for stage in path.stages:
        for row in (*stage.rows, *stage.special, *stage.local):
            assert stage.start <= (row.step.begins_on - birth).days / 365.25 + 0.1
            assert (row.step.begins_on - birth).days / 365.25 < stage.end + 0.1
    assert all(row.state == "over" for row in path.over)
    alive = {step.service.id for step in steps if step.ends_on is None or step.ends_on > ON}
    assert alive == ids(listed(path))


@pytest.mark.parametrize(("year", "month"), MONTHS)
def test_changes_are_within_a_year_the_soonest_first(year: int, month: int, table: EligibilityTable) -> None:
    path = path_for(year, month, table)
    for events in (path.soon, path.soon_local):
        days = [event.on for event in events]
        assert days == sorted(days)
        assert all(ON < day <= Duration(1).after(ON) for day in days)


def test_a_local_office_of_another_program_is_not_for_the_whole_state(catalog: Catalog) -> None:
    assert is_for_the_state(catalog.services["ct-wic"], catalog)
    assert not is_for_the_state(catalog.services["wic-meriden"], catalog)
    assert is_for_the_state(catalog.services["ct-birth-to-three"], catalog)


def test_programs_for_every_child_are_told_apart(table: EligibilityTable) -> None:
    path = path_for(2024, 3, table)
    everyone = ids([row for stage in path.stages for row in stage.rows])
    some = {row.copy.service.id: row.only_for for stage in path.stages for row in stage.special}
    assert {"ct-birth-to-three", "ct-wic", "husky-a-b-children"} <= everyone
    assert some["dss-autism-waiver"] == "autism"
    assert everyone.isdisjoint(some)


@pytest.mark.parametrize(("year", "month"), MONTHS)
def test_the_drawing_stays_in_its_frame(year: int, month: int, table: EligibilityTable) -> None:
    drawing = path_for(year, month, table).drawing
    assert drawing.bars
    for bar in drawing.bars:
        assert bar.x >= 0
        assert bar.x + bar.width <= WIDTH
        assert bar.width >= 4
        assert bar.y + 33 <= drawing.height
    ages = [age for age, _ in drawing.ticks]
    assert ages == [0, 3, 6, 14, 18, 26]
    assert (drawing.now is None) == (year <= 2000)


def test_the_last_birthday_of_february_does_no_harm(table: EligibilityTable) -> None:
    leap = path_of(PersonAge.from_birth_month(2024, 2, ON), table, "en")
    assert leap.born == "February 2024"
    assert "February 2027" in {event.month for event in leap.soon}


# ---- The page


@pytest.mark.parametrize("path", LANGUAGES.values())
def test_the_form_asks_for_month_and_year_in_the_body(client: FlaskClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert f'method="post" action="{path}"' in page.text
    assert page.text.count("<option") == 13


@pytest.mark.parametrize("path", LANGUAGES.values())
@pytest.mark.parametrize(("year", "month"), [(2024, 3), (2010, 7), (1970, 1)])
def test_the_page_is_small_and_not_to_be_stored(client: FlaskClient, path: str, year: int, month: int) -> None:
    page = client.post(path, data={"month": str(month), "year": str(year)})
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in page.headers
    assert len(page.data) < 60_000
    assert page.text.count("<h1") == 1


@pytest.mark.parametrize("path", LANGUAGES.values())
def test_the_drawing_has_a_name_and_a_twin_in_words(client: FlaskClient, path: str) -> None:
    page = client.post(path, data={"month": "3", "year": "2024"}).text
    (svg,) = re.findall(r'<svg class="path".*?</svg>', page, re.DOTALL)
    assert 'role="img"' in svg
    assert all(f'id="{one}"' in svg for one in re.findall(r'aria-labelledby="([^"]+)"', svg)[0].split())
    assert "style=" not in svg
    names = re.findall(r'<text x="8" y="\d+">(.*?)</text>', svg)
    words = html.unescape(page.replace(svg, ""))
    assert len(names) > 20
    assert [name for name in names if html.unescape(name).rstrip("…") not in words] == []
    assert all("<caption>" in table for table in re.findall(r"<table>.*?</table>", page, re.DOTALL))


def test_the_page_is_spanish_below_es(client: FlaskClient) -> None:
    page = client.post("/es/pathway", data={"month": "3", "year": "2024"}).text
    assert "Del nacimiento a los 26 años: nació en marzo de 2024" in page
    assert "Desde el nacimiento hasta cumplir 3 años" in page
    assert 'href="/es/services/' in page
    assert not re.search(r">\s*(Next 12 months|Starts|Ends|Open now|From birth|Program<)", page)


def test_the_language_can_be_changed_without_giving_the_month_again(client: FlaskClient) -> None:
    page = client.post("/pathway", data={"month": "3", "year": "2024"}).text
    (form,) = re.findall(r'<form method="post" action="/es/pathway">.*?</form>', page, re.DOTALL)
    assert dict(re.findall(r'name="(\w+)" value="(\w+)"', form)) == {"month": "3", "year": "2024"}
    wrong = client.post("/es/pathway", data={"month": "3"}).text
    assert '<a href="/pathway" lang="en"' in wrong


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({}, "month"),
        ({"month": "3"}, "year"),
        ({"year": "2024"}, "month"),
        ({"month": "0", "year": "2024"}, "month"),
        ({"month": "3", "year": "24"}, "year"),
        ({"month": "3", "year": "3024"}, "year"),
        ({"month": "3", "year": "1800"}, "year"),
        ({"month": "März", "year": "2024"}, "month"),
        ({"month": "3", "year": "<script>alert(1)</script>"}, "year"),
        ({"month": "x" * 10_000, "year": "²⁰²⁴"}, "year"),
    ],
)
def test_what_cannot_be_read_is_said_kindly(client: FlaskClient, fields: dict[str, str], name: str) -> None:
    page = client.post("/pathway", data=fields)
    assert page.status_code == 422
    assert page.headers["Cache-Control"] == "no-store"
    assert f'<a href="#{name}">' in page.text
    assert 'role="alert"' in page.text
    assert re.search(rf'id="{name}"[^>]*aria-invalid="true"', page.text)
    assert "<script>alert" not in page.text


def test_the_birth_month_stands_in_no_address_and_no_log(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    page = client.post("/pathway", data={"month": "7", "year": "1987"}).text
    assert [address for address in re.findall(r'(?:href|action)="([^"]*)"', page) if "1987" in address] == []
    assert "1987" not in caplog.text
