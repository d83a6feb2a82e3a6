"""GET /api/v1/pathway: from birth to 26."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import create_app
from catalog.ages import Duration
from tests.api.asking import body
from tests.api.match_asking import refused
from tests.catalog.small_catalog import small_catalog

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
        assert step["now"] == (step["begins_on"] <= ON and (step["ends_on"] is None or ON < step["ends_on"]))
        assert step["ends_on"] is None or step["begins_on"] < step["ends_on"]


def test_birth_to_three_ends_on_its_day_and_leads_on(client: FlaskClient) -> None:
    step = step_of(path_of(client, "2024-03-15"), "ct-birth-to-three")
    assert (step["begins_on"], step["ends_on"]) == ("2024-03-15", "2027-01-29")
    assert (step["begins_at"], step["ends_at"]) == ("birth", "2 years 10 months 14 days")
    assert step["now"] is True
    assert step["leads_to"]
    assert step_of(path_of(client, "2024-03-15", "2027-01-28"), "ct-birth-to-three")["now"] is True
    assert step_of(path_of(client, "2024-03-15", "2027-01-29"), "ct-birth-to-three")["now"] is False


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
        for (_, end), (begin, _) in zip(several, several[1:], strict=False):
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


ELIGIBILITY = "        age: "


def joined(tmp_path: Path, first: str, second: str) -> list[tuple[str, str | None]]:
    """The steps of one service whose two alternatives have these ages, for a birth on 15 March 2024."""
    small = small_catalog(tmp_path)
    name = "community/food-bank.yaml"
    lines = small.text(name).splitlines()
    first_age = next(index for index, line in enumerate(lines) if line.lstrip(" -").startswith("age:"))
    indent = lines[first_age][: lines[first_age].index("age:")].replace("-", " ")
    start = next(index for index in range(first_age, -1, -1) if lines[index].lstrip().startswith("eligibility:"))
    end = start + 1
    base = len(lines[start]) - len(lines[start].lstrip())
    while end < len(lines) and len(lines[end]) - len(lines[end].lstrip()) > base:
        end += 1
    dash = indent[:-2] + "- "
    source = "source: https://food-bank.example.org"
    ages = [f"{dash}age: {first}", f"{indent}{source}", f"{dash}age: {second}", f"{indent}{source}"]
    small.path(name).write_text("\n".join([*lines[: start + 1], *ages, *lines[end:]]) + "\n", encoding="utf-8")
    client = create_app(small.settings()).test_client()
    steps = path_of(client, "2024-03-15")
    service = steps[0]["service"]["id"]
    return [(step["begins_on"], step["ends_on"]) for step in steps if step["service"]["id"] == service]
