"""Is it open now, until when, and when next: from the schedules of a service and the wall clock of Connecticut.

Nothing is guessed. Without schedules it is unknown; so it is on a holiday, when a schedule that is not round the clock
says "open". Schedules of one label (a hotline, a meal) are looked at together, apart from those of another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from catalog.hours.holidays import holiday
from catalog.model import Label, Schedule, Service

HOME_ZONE = ZoneInfo("America/New_York")
DAYS_AHEAD = 7
_DAY = timedelta(days=1)


class State(StrEnum):
    """Return whether it is open."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Opening:
    """What is open now. Times are wall-clock times in Connecticut (aware).

    `until` is when it closes; None with state open means day and night. `opens` is when a closed one opens next.
    `schedule_label` is what the hours are for (that of a Schedule), where they are not for the whole service.
    `holiday` is the holiday that makes it doubtful: of today, or of the day of `opens`.
    """

    state: State
    until: datetime | None = None
    opens: datetime | None = None
    schedule_label: Label | None = None
    holiday: Label | None = None


def opening(service: Service, now: datetime) -> Opening:
    """The service as a whole: its hours without a label, else whatever is open, else whatever opens first.

    `now` is an aware time of any zone. Raises ValueError for one without a zone.
    """
    found = openings(service, now)
    whole = next((hit for hit in found if hit.schedule_label is None), None)
    if whole is not None or not found:
        return whole or Opening(State.UNKNOWN)
    order = (State.OPEN, State.UNKNOWN, State.CLOSED)
    return min(found, key=lambda item: (order.index(item.state), item.opens or now))


def openings(service: Service, now: datetime) -> tuple[Opening, ...]:
    """Return one opening for each label of the schedules, in their order."""
    if now.tzinfo is None:
        raise ValueError("give the time with its zone.")
    local = now.astimezone(HOME_ZONE)
    groups: dict[Label | None, list[Schedule]] = {}
    for schedule in service.schedules:
        groups.setdefault(label_of(schedule), []).append(schedule)
    return tuple(_opening(label, schedules, local) for label, schedules in groups.items())


def label_of(schedule: Schedule) -> Label | None:
    """Return what the hours are for, in both languages; the English words where there are no Spanish ones."""
    return Label(schedule.label, schedule.label_es or schedule.label) if schedule.label else None


def _opening(label: Label | None, schedules: list[Schedule], now: datetime) -> Opening:
    if is_round_the_clock(schedules):
        return Opening(State.OPEN, schedule_label=label)
    spans = _spans(schedules, now)
    end = next((end for start, end in spans if start <= now < end), None)
    today = holiday(now.date())
    if end is not None:
        state = State.OPEN if today is None else State.UNKNOWN
        return Opening(state, until=end, schedule_label=label, holiday=today)
    opens = next((start for start, _ in spans if start > now), None)
    return Opening(
        State.CLOSED, opens=opens, schedule_label=label, holiday=holiday(opens.date()) if opens is not None else None
    )


def is_round_the_clock(schedules: Iterable[Schedule]) -> bool:
    """Return whether each day of the week is open from midnight to midnight."""
    whole = {
        day for schedule in schedules if (schedule.opens, schedule.closes) == (0, 24 * 60) for day in schedule.weekdays
    }
    return len(whole) == 7


def _spans(schedules: list[Schedule], now: datetime) -> list[tuple[datetime, datetime]]:
    """The hours from yesterday to a week ahead, in order; those that touch, as at midnight, are one."""
    spans: list[tuple[datetime, datetime]] = []
    for ahead in range(-1, DAYS_AHEAD + 1):
        midnight = datetime.combine(now.date() + ahead * _DAY, time(), HOME_ZONE)
        for schedule in schedules:
            if midnight.weekday() in schedule.weekdays:
                # Adding minutes to a time of a zone moves the hands of the clock, whatever the season does that day.
                spans.append(
                    (midnight + timedelta(minutes=schedule.opens), midnight + timedelta(minutes=schedule.closes))
                )
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
