"""Runs the worked situations of situations.yaml: whole answers, as someone who knows the field would give them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.v1.requests.match_request import read_match_requests
from api.v1.requests.schemas import MatchSchema
from catalog.reading.yaml_reader import read_file
from matching.match import match
from matching.table.table import EligibilityTable
from search.query.parse import NeedPhrases
from tests.matching.test_cases import numbers

SITUATIONS = Path(__file__).with_name("situations.yaml")
ON = date(2026, 12, 1)
FIELDS = {"name", "person", "caregiver", "needs", "first_three", "among_ten", "never"}


@dataclass(frozen=True)
class Situation:
    """One family, and what stands and does not stand in its answer."""

    name: str
    written: dict[str, Any]

    def expected(self, field: str) -> set[str]:
        return set(self.written.get(field, []))


def _situations() -> list[Situation]:
    value: Any = read_file(SITUATIONS, SITUATIONS.name).value
    return [Situation(written["name"], written) for written in value["situations"]]


ALL_SITUATIONS = _situations()


def _offered(situation: Situation, table: EligibilityTable) -> list[str]:
    given = [key for key in ("person", "caregiver", "needs") if key in situation.written]
    body: dict[str, Any] = {key: numbers(situation.written[key]) for key in given}
    data = MatchSchema().load({**body, "on": ON.isoformat(), "limit": 1000})
    assert isinstance(data, dict)
    [asked] = read_match_requests(data, table.catalog, NeedPhrases({}, 0), ON)
    return [found.service.id for found in match(asked.request, table).matches]


@pytest.mark.parametrize("situation", ALL_SITUATIONS, ids=lambda situation: situation.name)
def test_the_answer_is_what_someone_who_knows_the_field_would_give(
    situation: Situation, table: EligibilityTable
) -> None:
    offered = _offered(situation, table)
    assert offered
    assert set(offered[:3]) <= situation.expected("first_three"), offered[:10]
    assert situation.expected("among_ten") <= set(offered[:10]), offered[:10]
    assert not situation.expected("never") & set(offered[:10]), offered[:10]


def test_every_situation_is_written_in_the_known_fields() -> None:
    for situation in ALL_SITUATIONS:
        assert set(situation.written) <= FIELDS, situation.name
        assert situation.expected("first_three"), situation.name
    assert len({situation.name for situation in ALL_SITUATIONS}) == len(ALL_SITUATIONS)
