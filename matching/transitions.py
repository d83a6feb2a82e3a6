"""Birthdays that change something: when a service opens to a person, when it ends, and what follows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from catalog.ages import Duration, PersonAge
from catalog.format import date_text, month_text, say
from catalog.model import AgeRule, Alternative, Who
from matching import messages as wording
from matching.eligibility import age_ends_on
from matching.facts import Facts
from matching.narration import age_text
from matching.request import MatchRequest, Upcoming
from matching.table.rows import views_of
from matching.table.table import EligibilityTable, Judged

HORIZON = Duration(years=1)
# A month of birth, or an age in months: near enough to announce "around March 2027".
MAX_SPAN_DAYS = 31


def change_dates(possible: Iterable[Alternative], facts: Facts) -> tuple[date | None, date | None]:
    """(opens_on, ends_on) by age alone, for a birth date that is known to the day; None where nothing changes.

    `possible` are the alternatives that fail in nothing but age, and of those the ones with the fewest other unknowns
    (`EligibilityTable.ways_by_age`): a side door that nobody may ever use hides no birthday. The first opening and the
    last ending count.
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
    return start, age_ends_on(rule, birth)


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
    """What ends and what opens within a year among the services that meet a wanted need, the soonest first.

    Nothing where the birth date is not known to the day or the month.
    """
    if _within_month(request.facts.age) is None:
        return ()
    until = HORIZON.after(request.on)
    changes = []
    for view in views_of(range(len(judged.rows)), table, judged):
        age = _within_month(view.facts.age)
        opens_on, ends_on = change_dates(view.possible, replace(view.facts, age=age))
        for change, day in (("opens", opens_on), ("ends", ends_on)):
            if day is not None and request.on < day <= until and age is not None:
                exact = view.facts.age == age
                when, why = _when(day, exact, request.language), _why(age, day, exact, request.language)
                changes.append(Upcoming(view.service, change, day, when, why, view.service.leads_to))
    return tuple(sorted(changes, key=lambda item: (item.on, item.change, item.service.id)))


def _within_month(age: PersonAge | None) -> PersonAge | None:
    """The age as if born on one day: the birth date, or for a span of at most 31 days a day late in it.

    An age in months is such a span too, and seldom that of a calendar month. The 28th is a day that every month has.
    """
    if age is None or age.is_exact:
        return age
    if (age.latest_birth - age.earliest_birth).days > MAX_SPAN_DAYS:
        return None
    day = age.latest_birth.replace(day=min(age.latest_birth.day, 28))
    return PersonAge(day, day, age.on)


def _when(day: date, exact: bool, language: str) -> str:
    if exact:
        return say(wording.ON_DAY, language, day=date_text(day, language))
    return say(wording.AROUND_MONTH, language, month=month_text(day, language))


def _why(age: PersonAge, day: date, exact: bool, language: str) -> str:
    then = replace(age, on=day).completed()
    if not exact:
        then = Duration(then.years, then.months)
    turns = not then.months and not then.days
    return say(wording.TURNS if turns else wording.IS_OLD, language, age=age_text(then, language))
