"""GET /api/v1/pathway: from birth to 26."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import create_app
from directory import HOME_ZONE
from tests.support.clients import body
from tests.support.match_requests import refused
from tests.support.small_catalog import small_catalog

ON = "2026-11-21"


def path_of(client: FlaskClient, birth_date: str, on: str = ON) -> list[dict[str, Any]]:
    answer = client.get("/api/v1/pathway", query_string={"birth_date": birth_date, "on": on})
    assert answer.status_code == 200, answer.text
    said = body(answer)
    assert set(said) == {"birth_date", "steps"} and said["birth_date"] == birth_date
    steps: list[dict[str, Any]] = said["steps"]
    return steps


def step_of(steps: list[dict[str, Any]], service: str) -> dict[str, Any]:
    (step,) = [step for step in steps if step["service"]["id"] == service]
    return step


def test_each_step_has_the_documented_fields(client: FlaskClient) -> None:
    steps = path_of(client, "2024-03-15")
    assert steps
    for step in steps:
        assert set(step) == {"service", "begins_on", "ends_on", "begins_at", "ends_at", "now", "leads_to"}
        assert set(step["service"]) == {"id", "name", "needs"}
        assert step["begins_at"] and (step["ends_on"] is None) == (step["ends_at"] is None)
        assert step["now"] == (step["begins_on"] <= ON and (step["ends_on"] is None or step["ends_on"] > ON))
        assert step["ends_on"] is None or step["begins_on"] < step["ends_on"]


def test_birth_to_three_ends_on_its_day_and_leads_on(client: FlaskClient) -> None:
    step = step_of(path_of(client, "2024-03-15"), "ct-birth-to-three")
    assert (step["begins_on"], step["ends_on"]) == ("2024-03-15", "2027-03-15")
    assert (step["begins_at"], step["ends_at"]) == ("birth", "3 years")
    assert step["now"] is True
    assert step["leads_to"]
    assert step_of(path_of(client, "2024-03-15", "2027-03-14"), "ct-birth-to-three")["now"] is True
    assert step_of(path_of(client, "2024-03-15", "2027-03-15"), "ct-birth-to-three")["now"] is False


def test_the_path_goes_from_birth_to_26_in_the_order_of_beginnings(client: FlaskClient) -> None:
    steps = path_of(client, "2024-03-15")
    begins = [step["begins_on"] for step in steps]
    assert begins == sorted(begins)
    assert begins[0] == "2024-03-15"
    assert all(begin < "2050-03-15" for begin in begins)
    # Something begins at 18 or later: the path does not stop with childhood.
    assert any(begin >= "2042-03-15" for begin in begins)


def test_services_for_all_ages_are_no_steps(client: FlaskClient) -> None:
    found = {step["service"]["id"] for step in path_of(client, "2024-03-15")}
    # Food for anyone, and a hotline without ages.
    assert not found & {"211-child-development", "community-soup-kitchen-new-haven", "988-ct"}


def test_the_spans_of_one_service_neither_touch_nor_overlap(client: FlaskClient) -> None:
    spans: dict[str, list[tuple[str, str | None]]] = {}
    for step in path_of(client, "2010-08-31"):
        spans.setdefault(step["service"]["id"], []).append((step["begins_on"], step["ends_on"]))
    for several in spans.values():
        for (_, end), (begin, _) in pairwise(several):
            assert end is not None and end < begin


def test_a_child_born_on_a_leap_day_has_birthdays_on_the_first_of_march(client: FlaskClient) -> None:
    steps = path_of(client, "2024-02-29")
    begins = {step["begins_at"]: step["begins_on"] for step in steps}
    ends = {step["ends_at"]: step["ends_on"] for step in steps}
    assert ends["3 years"] == "2027-03-01"
    assert ends["18 years"] == "2042-03-01"
    assert begins["18 years"] == "2042-03-01"
    assert begins["16 years"] == "2040-02-29"


def test_someone_grown_still_sees_the_whole_path(client: FlaskClient) -> None:
    assert len(path_of(client, "1990-05-05")) == len(path_of(client, "2024-05-05"))


def spans_of(folder: Path, *ages: str) -> list[tuple[str, str | None]]:
    """The steps of a service with these ages, one for each way in, for a birth on 15 March 2024."""
    small = small_catalog(folder)
    source = "        source: https://meals.example.org\n"
    ways_in = "".join(f"      - age: {age}\n{source}" for age in ages)
    small.change("community/food-bank.yaml", f"      - age: any\n{source}", ways_in)
    steps = path_of(create_app(small.settings()).test_client(), "2024-03-15")
    return [(step["begins_on"], step["ends_on"]) for step in steps if step["service"]["id"] == "meals-for-kids"]


@pytest.mark.parametrize(
    ("ages", "spans"),
    [
        (["any"], []),
        (["{from: 3y, under: 6y}"], [("2027-03-15", "2030-03-15")]),
        (["{from: 3y, through: 6y}"], [("2027-03-15", "2031-03-15")]),
        (["{from: 6y, under: 9y}", "{from: 3y, under: 6y}"], [("2027-03-15", "2033-03-15")]),
        (["{from: 3y, under: 9y}", "{from: 4y, under: 5y}"], [("2027-03-15", "2033-03-15")]),
        (["{from: 3y, under: 5y}", "{from: 6y}"], [("2027-03-15", "2029-03-15"), ("2030-03-15", None)]),
        (["{from: 3y}", "{from: 4y, under: 5y}"], [("2027-03-15", None)]),
        (["{under: 1y}", "{from: 1y1d, under: 2y}"], [("2024-03-15", "2025-03-15"), ("2025-03-16", "2026-03-15")]),
        (["{from: 25y}"], [("2049-03-15", None)]),
        (["{from: 26y}"], []),
        (["{from: 18y, who: caregiver}"], []),
        (["any", "{from: 3y, under: 6y}"], [("2027-03-15", "2030-03-15")]),
    ],
)
def test_spans_that_touch_are_joined(tmp_path: Path, ages: list[str], spans: list[tuple[str, str | None]]) -> None:
    assert spans_of(tmp_path, *ages) == spans


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "birth_date"),
        ("birth_date=2026-11-22&on=2026-11-21", "birth_date"),
        ("birth_date=2099-01-01", "birth_date"),
        ("birth_date=2024-02-30", "birth_date"),
        ("birth_date=15.3.2024", "birth_date"),
        ("birth_date=1899-12-31", "birth_date"),
        ("birth_date=9980-02-28&on=9999-12-31", "on"),
        ("birth_date=0001-01-01&on=0001-01-02", "on"),
        ("birth_date=2024-03-15&on=tomorrow", "on"),
        ("birth_date=2024-03-15&town=Hartford", "town"),
    ],
)
def test_a_wrong_query_is_named(client: FlaskClient, query: str, field: str) -> None:
    assert set(refused(client.get(f"/api/v1/pathway?{query}"))) == {field}


def test_without_a_day_now_is_today(client: FlaskClient) -> None:
    newborn = datetime.now(HOME_ZONE).date() - timedelta(days=1)
    answer = client.get("/api/v1/pathway", query_string={"birth_date": newborn.isoformat()})
    assert step_of(body(answer)["steps"], "ct-birth-to-three")["now"] is True


def test_ages_are_told_in_spanish_when_asked(client: FlaskClient) -> None:
    english = body(client.get("/api/v1/pathway?birth_date=2024-03-15&on=2026-11-21"))["steps"]
    spanish = body(client.get("/api/v1/pathway?birth_date=2024-03-15&on=2026-11-21&language=es"))["steps"]
    assert len(spanish) == len(english)
    (ends,) = {one["ends_at"] for one in spanish if one["service"]["id"] == "ct-birth-to-three"}
    assert ends == "3 años"
