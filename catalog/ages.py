"""Ages and age limits, exact to the day. Pure date arithmetic; decides nothing about any one program.

A limit is a `Duration` counted from the day of birth: years and months first, then days. A day that a month does not
have becomes the first of the next month, so a child born on 29 February has a birthday on 1 March in common years
(docs/decisions/0003-ages.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

MAX_YEARS = 120
_PATTERN = re.compile(r"(?:(\d{1,3})y)?(?:(\d{1,4})m)?(?:(\d{1,3})w)?(?:(\d{1,5})d)?", re.ASCII)
_REFERENCE = date(2001, 1, 1)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of life: `years`, `months` and `days` (weeks are kept as days). Written 3y, 18m, 2y9m, 6w, 2y320d."""

    years: int = 0
    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read `2y9m`, `45d`, ... Raises ValueError with a sentence for the curator."""
        match = _PATTERN.fullmatch(text.strip())
        if match is None or not text.strip():
            raise ValueError("write an age as years, months, weeks and days, such as 3y, 18m, 2y9m, 6w or 45d.")
        years, months, weeks, days = (int(part or 0) for part in match.groups())
        duration = cls(years, months, weeks * 7 + days)
        if duration.after(_REFERENCE) > _REFERENCE.replace(year=_REFERENCE.year + MAX_YEARS):
            raise ValueError(f"an age over {MAX_YEARS} years is not possible.")
        return duration

    def after(self, day: date) -> date:
        """The first day on which someone born on `day` has reached this age."""
        return _add(day, self.years * 12 + self.months, self.days)

    def next_step(self) -> Duration:
        """This age plus one of its smallest unit: "through 18y" ends before 19y, "through 30d" before 31d."""
        if self.days:
            return Duration(self.years, self.months, self.days + 1)
        if self.months:
            return Duration(self.years, self.months + 1)
        return Duration(self.years + 1)

    def approximate_days(self) -> int:
        """Length in days for someone born on 1 January 2001: good for comparing limits, not for verdicts."""
        return (self.after(_REFERENCE) - _REFERENCE).days

    def whole_months(self) -> int:
        """Whole months, rounded down: 2y320d is 34."""
        return self.years * 12 + self.months + int(self.days / 30.4375)

    def short(self) -> str:
        """As a curator writes it: 2y320d."""
        parts = ((self.years, "y"), (self.months, "m"), (self.days, "d"))
        return "".join(f"{count}{unit}" for count, unit in parts if count) or "0y"


@lru_cache(maxsize=8192)
def _add(day: date, months: int, days: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        reached = date(year, month + 1, day.day)
    except ValueError:
        # 29, 30 or 31 in a shorter month: the first of the month after it.
        year, month = divmod(year * 12 + month + 1, 12)
        reached = date(year, month + 1, 1)
    return reached + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class PersonAge:
    """What is known of a person's age on one day: the earliest and latest day on which they can have been born.

    A birth date gives one day. "2 years" gives a year of days: from the 2nd to before the 3rd birthday.
    """

    earliest_birth: date
    latest_birth: date
    on: date

    @classmethod
    def from_birth_date(cls, birth_date: date, on: date) -> PersonAge:
        """Raises ValueError for a birth date after `on` or more than 120 years before it."""
        if birth_date > on:
            raise ValueError("the birth date is in the future.")
        if Duration(MAX_YEARS).after(birth_date) <= on:
            raise ValueError(f"the birth date is more than {MAX_YEARS} years ago.")
        return cls(birth_date, birth_date, on)

    @classmethod
    def from_birth_month(cls, year: int, month: int, on: date) -> PersonAge:
        """Born on any day of a month, at the latest on `on`.

        Raises ValueError for a month after that of `on`, a month more than 120 years ago, or no month at all.
        """
        first = date(year, month, 1)
        oldest = cls.from_birth_date(first, on)
        return cls(oldest.earliest_birth, min(Duration(months=1).after(first) - timedelta(days=1), on), on)

    @classmethod
    def from_age(cls, age: Duration, on: date) -> PersonAge:
        """An age in completed years, or months, or days: any birth date for which that is so on `on`.

        Raises ValueError for an age over 120 years.
        """
        return cls._between(age, age.next_step(), on)

    @classmethod
    def from_months(cls, months: int, on: date) -> PersonAge:
        """An age in completed months: 24 is two years and less than one month more. Raises ValueError as `from_age`."""
        return cls._between(Duration(months=months), Duration(months=months + 1), on)

    @classmethod
    def _between(cls, reached: Duration, not_reached: Duration, on: date) -> PersonAge:
        if reached.years * 12 + reached.months > MAX_YEARS * 12:
            raise ValueError(f"an age over {MAX_YEARS} years is not possible.")
        latest = _latest_birth(reached, on)
        earliest = _latest_birth(not_reached, on) + timedelta(days=1)
        return cls(min(earliest, latest), latest, on)

    @property
    def is_exact(self) -> bool:
        return self.earliest_birth == self.latest_birth

    def reached(self, limit: Duration) -> bool | None:
        """Return whether the person has reached `limit`: True, False, or None where the known age straddles it."""
        youngest = limit.after(self.latest_birth) <= self.on
        oldest = limit.after(self.earliest_birth) <= self.on
        return youngest if youngest == oldest else None

    def completed(self) -> Duration:
        """Completed years, months and days (of the youngest the person can be), for a sentence to read."""
        return completed_age(self.latest_birth, self.on)


def completed_age(birth: date, on: date) -> Duration:
    """The age in completed years, months and days of someone born on `birth`, on the day `on`."""
    months = (on.year - birth.year) * 12 + on.month - birth.month + 1
    while _add(birth, months, 0) > on:
        months -= 1
    return Duration(months // 12, months % 12, (on - _add(birth, months, 0)).days)


def _latest_birth(age: Duration, on: date) -> date:
    """The latest birth date whose owner has reached `age` on `on`."""
    months = age.years * 12 + age.months
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    guess = date(max(year, 1), month + 1, min(on.day, 28)) + timedelta(days=8 - age.days)
    while age.after(guess) > on:
        guess -= timedelta(days=1)
    return guess
