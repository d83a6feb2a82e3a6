"""The real catalog against the fact sheets that it was written from, where that folder is present.

Each difference in a phone, URL or age limit is listed with its reason in sheet-differences.yaml; no other may be. So is
each sheet that is no service, because it is a lead, a double or a program that is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from catalog.ages import Duration
from catalog.model import AgeRule, Service
from catalog.reading.yaml_reader import read_bytes, read_file
from tests.support.catalogs import real_catalog

SHEETS = Path(__file__).parents[3] / "shared" / "facts"
DIFFERENCES = Path(__file__).with_name("sheet-differences.yaml")
SECTORS = ("behavioral-health", "community", "educational", "legal", "medical", "state")
FILES = tuple(f"{prefix}{sector}" for prefix in ("", "new-") for sector in SECTORS)

needs_sheets = pytest.mark.skipif(not SHEETS.is_dir(), reason="the fact sheets are not here")

Differences = set[tuple[str, str]]


@cache
def sheets() -> dict[str, dict[str, Any]]:
    """The sheets by id. They are larger than a catalog file may be, so they are read item by item."""
    found: dict[str, dict[str, Any]] = {}
    for name in FILES:
        text = (SHEETS / f"{name}.yaml").read_text(encoding="utf-8")
        for item in re.split(r"^(?=- id: )", text, flags=re.MULTILINE)[1:]:
            value: Any = read_bytes(item.encode(), name).value
            found[value[0]["id"]] = value[0]
    return found


def merged() -> Iterator[tuple[Service, list[dict[str, Any]]]]:
    """Each service with the sheets that it was made from."""
    for service in real_catalog().services.values():
        parts = [sheets()[sheet] for sheet in (service.id, *service.former_ids) if sheet in sheets()]
        if parts:
            yield service, parts


def listed_differences() -> dict[tuple[str, str], str]:
    document: Any = read_file(DIFFERENCES).value
    return {(item["id"], item["field"]): item["reason"] for item in document["differences"]}


def no_services() -> dict[str, str]:
    """The sheets that are no service, with the reason."""
    document: Any = read_file(DIFFERENCES).value
    return {item["id"]: item["reason"] for item in document["no_services"]}


def digits(number: str) -> str:
    return re.sub(r"\D", "", number)[-10:]


def months(limit: Duration | None) -> tuple[int, int] | None:
    return None if limit is None else (limit.years * 12 + limit.months, limit.days)


def rule_span(rule: AgeRule) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """(first month, first month that is too old), each with days; None where there is no end."""
    end = rule.end
    if rule.school_year_of is not None:
        end = rule.school_year_of.next_step()
    return months(rule.start) or (0, 0), months(end)


def sheet_span(sheet: dict[str, Any]) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """A sheet counts months, both ends inclusive."""

    def number(name: str) -> int | None:
        value = sheet["age"][name]
        return None if value in ("null", None) else int(value)

    low, high = number("min_months"), number("max_months")
    return (low or 0, 0), None if high is None else (high + 1, 0)


def found_differences() -> Differences:
    found: Differences = set()
    for service, parts in merged():
        numbers = {digits(phone["number"]) for sheet in parts for phone in sheet["phones"]}
        if {digits(phone.number) for phone in service.phones} != numbers:
            found.add((service.id, "phones"))
        if set(service.urls) != {url for sheet in parts for url in sheet["urls"]}:
            found.add((service.id, "urls"))
        spans = {rule_span(one.age) for one in service.eligibility if one.age is not None}
        if spans != {sheet_span(sheet) for sheet in parts if isinstance(sheet["age"], dict)}:
            found.add((service.id, "age"))
    return found


@needs_sheets
def test_every_sheet_is_a_service_or_a_former_id_or_is_listed_as_none() -> None:
    assert len(sheets()) == 588 + 136
    assert sorted(sheet for sheet in sheets() if real_catalog().resolve(sheet) is None) == sorted(no_services())


@needs_sheets
def test_phones_urls_and_ages_are_those_of_the_sheets_but_for_the_listed_differences() -> None:
    unlisted = sorted(found_differences() - set(listed_differences()))
    assert unlisted == [], "give each a reason in sheet-differences.yaml"


@needs_sheets
def test_no_difference_is_listed_that_is_none() -> None:
    assert sorted(set(listed_differences()) - found_differences()) == []


@needs_sheets
def test_every_kind_and_sector_is_that_of_the_sheet() -> None:
    moved = [service.id for service, parts in merged() if service.sector != parts[0]["sector"]]
    assert moved == []


def test_every_listed_difference_has_a_reason() -> None:
    reasons = [*listed_differences().items(), *no_services().items()]
    assert [key for key, reason in reasons if len(reason) < 15] == []


@needs_sheets
def test_no_phone_number_comes_from_anywhere_but_the_sheets_or_the_listed_differences() -> None:
    """A number may stand on another sheet of the same program; a number that is on no sheet must be listed."""
    known = {digits(phone["number"]) for sheet in sheets().values() for phone in sheet["phones"]}
    listed = {service for service, field in listed_differences() if field == "phones"}
    invented = [
        (service.id, phone.number)
        for service, _ in merged()
        for phone in service.phones
        if digits(phone.number) not in known and service.id not in listed
    ]
    assert invented == []
