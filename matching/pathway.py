"""The whole path from birth to 26: which programs begin and end when, for a birth date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from catalog.ages import MAX_YEARS, Duration, completed_age
from catalog.format import duration_text
from catalog.model import Service, Who
from matching.eligibility import age_ends_on, alternatives
from matching.table.table import EligibilityTable

PATH_END = Duration(years=26)


@dataclass(frozen=True, slots=True)
class PathwayStep:
    """One span of ages of a service, in days of this person's life. `ends_on` is the first day without it.

    `begins_at` and `ends_at` give the age in words; `now` is whether the day asked for lies in the span.
    """

    service: Service
    begins_on: date
    ends_on: date | None
    begins_at: str
    ends_at: str | None
    now: bool


def pathway(birth_date: date, table: EligibilityTable, on: date, language: str = "en") -> tuple[PathwayStep, ...]:
    """Every program with a stated limit of the child's age between birth and 26, in the order in which they begin.

    Spans of one service that touch are one step. Programs for all ages, or that state none, are no steps of a path.
    Raises ValueError for a birth date after `on` or more than 120 years before.
    """
    if birth_date > on:
        raise ValueError("the birth date is in the future.")
    if Duration(MAX_YEARS).after(birth_date) <= on:
        raise ValueError(f"the birth date is more than {MAX_YEARS} years ago.")
    path_end = PATH_END.after(birth_date)
    steps = [
        _step(service, (start, end), birth_date, on, language)
        for row, service in enumerate(table.services)
        if table.listed[row]
        for start, end in _spans(service, birth_date)
        if start < path_end
    ]
    return tuple(sorted(steps, key=lambda step: (step.begins_on, step.ends_on or date.max, step.service.id)))


def _spans(service: Service, birth: date) -> list[tuple[date, date | None]]:
    """The joined age spans that a service states for the child."""
    spans = []
    for one in alternatives(service):
        rule = one.age
        if rule is None or rule.any or rule.who is not Who.CHILD:
            # A way in for parents or for all ages beside one for children leaves the children's span as it is.
            continue
        start = rule.start.after(birth) if rule.start else birth
        spans.append((start, age_ends_on(rule, birth)))
    joined: list[tuple[date, date | None]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], span[1] or date.max)):
        if joined and (joined[-1][1] is None or start <= joined[-1][1]):
            first, last = joined[-1]
            joined[-1] = first, None if last is None or end is None else max(last, end)
        else:
            joined.append((start, end))
    return joined


def _step(service: Service, span: tuple[date, date | None], birth: date, on: date, language: str) -> PathwayStep:
    start, end = span
    return PathwayStep(
        service=service,
        begins_on=start,
        ends_on=end,
        begins_at=duration_text(completed_age(birth, start), language),
        ends_at=duration_text(completed_age(birth, end), language) if end else None,
        now=start <= on and (end is None or on < end),
    )
