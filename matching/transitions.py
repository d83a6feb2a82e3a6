"""Birthdays that change something: when a service opens to a person, when it ends, and what follows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from catalog.ages import Duration, PersonAge
from catalog.model import AgeRule, Alternative, Catalog, Service, Who
from matching.eligibility import CRITERIA, Status, alternatives, judge_alternative
from matching.facts import Facts
from matching.request import MatchRequest, Upcoming
from matching.table import EligibilityTable

HORIZON = Duration(years=1)
_AGE = next(number for number, criterion in enumerate(CRITERIA) if criterion.name == "age")


def change_dates(service: Service, facts: Facts, catalog: Catalog) -> tuple[date | None, date | None]:
    """(opens_on, ends_on) by age alone, for a birth date that is known to the day; None where nothing changes.

    Of several alternatives that do not fail otherwise, the first opening and the last ending count.
    """
    if facts.age is None or not facts.age.is_exact:
        return None, None
    spans = [_span(one.age, facts.age) for one in _possible(service, facts, catalog)]
    if not spans:
        return None, None
    on = facts.age.on
    open_now = [(start, end) for start, end in spans if start <= on and (end is None or on < end)]
    if open_now:
        ends = _continuous_end(open_now, spans)
        return None, ends
    later = [start for start, _ in spans if start > on]
    return (min(later), None) if later else (None, None)


def _possible(service: Service, facts: Facts, catalog: Catalog) -> list[Alternative]:
    """The alternatives that fail in nothing but age."""
    return [
        one
        for one in alternatives(service)
        if all(
            status is not Status.UNMET or number == _AGE
            for number, status in enumerate(judge_alternative(service, one, facts, catalog).statuses)
        )
    ]


def _span(rule: AgeRule | None, age: PersonAge) -> tuple[date, date | None]:
    birth = age.latest_birth
    if rule is None or rule.any or rule.who is not Who.CHILD:
        return birth, None
    start = rule.start.after(birth) if rule.start else birth
    return start, rule.end.after(birth) if rule.end else None


def _continuous_end(open_now: list[tuple[date, date | None]], spans: list[tuple[date, date | None]]) -> date | None:
    """The day on which the last of the joined spans ends; None when one has no end."""
    end: date | None = date.min
    for _, one in open_now:
        end = None if one is None or end is None else max(end, one)
    changed = True
    while changed and end is not None:
        changed = False
        for start, one in spans:
            if end is not None and start <= end and (one is None or one > end):
                end, changed = one, True
    return end


def upcoming_changes(request: MatchRequest, table: EligibilityTable) -> tuple[Upcoming, ...]:
    """What ends and what opens within a year among the services that meet a wanted need, the soonest first."""
    facts = request.facts
    if facts.age is None or not facts.age.is_exact:
        return ()
    until = HORIZON.after(request.on)
    changes = []
    for row in np.flatnonzero(table.rows_of(want.need.id for want in request.wanted) & table.listed):
        service = table.services[row]
        opens_on, ends_on = change_dates(service, facts, table.catalog)
        for change, day in (("opens", opens_on), ("ends", ends_on)):
            if day is not None and request.on < day <= until:
                changes.append(Upcoming(service, change, day, _why(facts.age, day), service.leads_to))
    return tuple(sorted(changes, key=lambda item: (item.on, item.change, item.service.id)))


def _why(age: PersonAge, day: date) -> str:
    then = replace(age, on=day).completed()
    return f"turns {then.years}" if not then.months and not then.days else f"is {then} old"
