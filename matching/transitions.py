"""Birthdays that change something: when a service opens to a person, when it ends, and what follows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from catalog.ages import Duration, PersonAge
from catalog.model import AgeRule, Alternative, Who
from matching.facts import Facts
from matching.request import MatchRequest, Upcoming
from matching.table import EligibilityTable, Judged
from matching.views import views_of

HORIZON = Duration(years=1)


def change_dates(possible: Iterable[Alternative], facts: Facts) -> tuple[date | None, date | None]:
    """(opens_on, ends_on) by age alone, for a birth date that is known to the day; None where nothing changes.

    `possible` are the alternatives that fail in nothing but age: the first opening and the last ending count.
    """
    if facts.age is None or not facts.age.is_exact:
        return None, None
    spans = [_span(one.age, facts.age) for one in possible]
    on = facts.age.on
    open_now = [(start, end) for start, end in spans if start <= on and (end is None or on < end)]
    if open_now:
        return None, _continuous_end(open_now, spans)
    later = [start for start, _ in spans if start > on]
    return (min(later), None) if later else (None, None)


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


def upcoming_changes(request: MatchRequest, table: EligibilityTable, judged: Judged) -> tuple[Upcoming, ...]:
    """What ends and what opens within a year among the services that meet a wanted need, the soonest first."""
    age = request.facts.age
    if age is None or not age.is_exact:
        return ()
    until = HORIZON.after(request.on)
    changes = []
    for view in views_of(range(len(judged.rows)), table, judged):
        opens_on, ends_on = change_dates(view.possible, view.facts)
        for change, day in (("opens", opens_on), ("ends", ends_on)):
            if day is not None and request.on < day <= until and view.facts.age is not None:
                changes.append(Upcoming(view.service, change, day, _why(view.facts.age, day), view.service.leads_to))
    return tuple(sorted(changes, key=lambda item: (item.on, item.change, item.service.id)))


def _why(age: PersonAge, day: date) -> str:
    then = replace(age, on=day).completed()
    return f"turns {then.years}" if not then.months and not then.days else f"is {then} old"
