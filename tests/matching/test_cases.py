"""Runs the cases of cases.yaml: made-up families against the rules of the real catalog."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.v1.requests.match_request import read_match_requests
from api.v1.requests.schemas import ExplainSchema
from catalog.model import StatedTerms
from catalog.reading.yaml_reader import read_file
from matching.eligibility import CRITERIA, Status
from matching.match import explain
from matching.request import Match, WantedNeed
from matching.table.table import EligibilityTable
from search.query.parse import NeedPhrases

CASES = Path(__file__).with_name("cases.yaml")
FIELDS = {
    "name", "on", "person", "caregiver", "service", "need", "who", "verdict", "met", "unmet", "unknown", "unstated"
}  # fmt: skip
CRITERION_NAMES = {criterion.name for criterion in CRITERIA}
WHOLE_NUMBERS = {"age_months", "years", "months", "days", "household_size"}
NUMBERS = {"annual", "fpl_percent"}


@dataclass(frozen=True)
class Case:
    """One family on one day, and what is expected."""

    name: str
    day: str
    verdict: str
    written: dict[str, Any]


def _cases() -> Iterator[Case]:
    value: Any = read_file(CASES, CASES.name).value
    for written in value["cases"]:
        days = written["on"] if isinstance(written["on"], dict) else {written["on"]: written["verdict"]}
        for day, verdict in days.items():
            yield Case(written["name"], day, verdict, written)


ALL_CASES = tuple(_cases())


def numbers(value: Any, name: str = "") -> Any:
    """Every scalar of the file is text; the API wants numbers where numbers belong."""
    if isinstance(value, dict):
        return {key: numbers(inner, key) for key, inner in value.items()}
    if name in WHOLE_NUMBERS:
        return int(value)
    return float(value) if name in NUMBERS else value


def explained(case: Case, table: EligibilityTable, language: str = "en") -> Match:
    written = case.written
    service = table.catalog.services[written["service"]]
    body = {
        "on": case.day,
        "person": numbers(written["person"]),
        "needs": [{"need": written.get("need", service.needs[0]), "who": written.get("who", "child")}],
        "service": service.id,
    }
    if "caregiver" in written:
        body["caregiver"] = numbers(written["caregiver"])
    data = ExplainSchema().load(body)
    assert isinstance(data, dict)
    [asked] = read_match_requests(data, table.catalog, NeedPhrases({}, 0), date.fromisoformat(case.day))
    request = asked.request
    if "need" not in written:
        request = replace(request, wanted=tuple(_without_stated_terms(want) for want in request.wanted))
    return explain(replace(request, language=language), table, service)


def _without_stated_terms(want: WantedNeed) -> WantedNeed:
    """The need as if asking for it said nothing of the person: most cases are about the rules alone."""
    return replace(want, need=replace(want.need, states=StatedTerms()))


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: f"{case.name} ({case.day})")
def test_the_rules_say_what_a_caseworker_expects(case: Case, table: EligibilityTable) -> None:
    match = explained(case, table)
    told = "\n".join(f"{reason.status.word}: {reason.criterion}: {reason.text}" for reason in match.reasons)
    assert match.verdict.word == case.verdict, told
    for status in Status:
        expected = case.written.get(status.word)
        if expected is not None:
            found = {reason.criterion for reason in match.reasons if reason.status is status}
            assert set(expected) <= found if status is Status.MET else set(expected) == found, told
    if "missing" in case.written:
        assert set(match.missing) == set(case.written["missing"]), told


def test_every_case_is_written_in_the_known_fields() -> None:
    for case in ALL_CASES:
        assert set(case.written) <= FIELDS | {"missing"}, case.name
        assert case.verdict in ("eligible", "uncertain", "ineligible"), case.name
        named = {one for status in Status for one in case.written.get(status.word, [])}
        assert named <= CRITERION_NAMES, case.name
        assert not isinstance(case.written["on"], dict) or "verdict" not in case.written, case.name


def test_no_two_cases_have_one_name() -> None:
    names = [(case.name, case.day) for case in ALL_CASES]
    assert len(set(names)) == len(names)
    assert len({case.name for case in ALL_CASES}) == len({id(case.written) for case in ALL_CASES})


def test_each_age_limit_of_the_catalog_has_a_case(table: EligibilityTable) -> None:
    """A new age limit asks for a case on a service that has it."""
    tested = {case.written["service"] for case in ALL_CASES}
    rules: dict[Any, set[str]] = {}
    for service in table.services:
        for alternative in service.eligibility:
            if alternative.age is not None:
                rules.setdefault(alternative.age, set()).add(service.id)
    without = {rule: sorted(services)[:3] for rule, services in rules.items() if not services & tested}
    assert not without
