"""Whom to call when someone may be in danger: the lines for the kind and the age, then crisis services of the place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from catalog.model import Kind, Service
from catalog.model.danger import DangerKind
from matching.eligibility import Status, judge_age
from matching.facts import Facts
from matching.match import match
from matching.request import MatchRequest, Safety, Severity, WantedNeed
from matching.table.table import EligibilityTable
from search.danger import DangerReading

# Whoever is in danger reads little: few kinds, few lines, few services.
MAX_KINDS, MAX_LINES, MAX_NEARBY = 3, 4, 4
_LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class DangerHelp:
    """What to do first, the lines to call, and crisis services for this place and age."""

    text: str
    lines: tuple[Service, ...]
    nearby: tuple[Service, ...]

    @property
    def safety(self) -> Safety:
        """The same as the matcher tells it."""
        return Safety(self.text, tuple(service.id for service in (*self.lines, *self.nearby)))


def help_in_danger(
    reading: DangerReading, facts: Facts, table: EligibilityTable, on: date, language: str = "en"
) -> DangerHelp:
    """Return whom to call for what was read, for this age and place. Unknown is never no: without an age, all lines."""
    kinds = kinds_read(reading, table)
    lines = tuple(_lines(kinds, facts, table))
    request = MatchRequest(on, facts, needs_in_danger(reading, table), _LOOKED_AT, language=language)
    near = (found.service for found in match(request, table).matches if found.service.kind is Kind.PROGRAM)
    nearby = tuple(service for service in near if service not in lines)[:MAX_NEARBY]
    return DangerHelp(kinds[0].say.in_language(language), lines, nearby)


def kinds_read(reading: DangerReading, table: EligibilityTable) -> tuple[DangerKind, ...]:
    """The kinds of danger of a reading, the likeliest first."""
    known = {kind.id: kind for kind in table.catalog.danger.kinds}
    return tuple(known[kind] for kind in reading.kinds[:MAX_KINDS])


def needs_in_danger(reading: DangerReading, table: EligibilityTable) -> tuple[WantedNeed, ...]:
    """The needs of the kinds of danger, as urgent ones."""
    ids = dict.fromkeys(need for kind in kinds_read(reading, table) for need in kind.needs)
    return tuple(WantedNeed(table.catalog.needs[need], Severity.URGENT) for need in ids)


def _lines(kinds: Iterable[DangerKind], facts: Facts, table: EligibilityTable) -> Iterator[Service]:
    """All lines of the likeliest kind, then those of the next."""
    ids = dict.fromkeys(
        line.service_id for kind in kinds for line in kind.lines if judge_age(line.age, facts) is not Status.UNMET
    )
    yield from (table.catalog.services[service_id] for service_id in list(ids)[:MAX_LINES])
