"""The days on which offices in Connecticut are often closed: federal and state legal holidays, by rule.

Federal holidays: 5 U.S.C. 6103. State holidays: Connecticut General Statutes § 1-4, which adds Lincoln Day and a day of
fasting that is Good Friday. A holiday of a fixed date that falls on a Saturday is also kept on the Friday before it,
one on a Sunday on the Monday after. Whether a program closes on it is another matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from catalog.model import Label

_SATURDAY, _SUNDAY = 5, 6

_FIXED = (
    (1, 1, Label("New Year's Day", "Año Nuevo")),
    (2, 12, Label("Lincoln Day", "Día de Lincoln")),
    (6, 19, Label("Juneteenth", "Juneteenth (19 de junio)")),
    (7, 4, Label("Independence Day", "Día de la Independencia")),
    (11, 11, Label("Veterans Day", "Día de los Veteranos")),
    (12, 25, Label("Christmas Day", "Navidad")),
)
# Month, weekday (0 is Monday), which one of the month; -1 is the last.
_MONDAYS_AND_THANKSGIVING = (
    (1, 0, 3, Label("Martin Luther King Jr. Day", "Día de Martin Luther King Jr.")),
    (2, 0, 3, Label("Presidents' Day", "Día de los Presidentes")),
    (5, 0, -1, Label("Memorial Day", "Día de los Caídos (Memorial Day)")),
    (9, 0, 1, Label("Labor Day", "Día del Trabajo")),
    (10, 0, 2, Label("Columbus Day", "Día de Colón (Columbus Day)")),
    (11, 3, 4, Label("Thanksgiving", "Día de Acción de Gracias")),
)
_GOOD_FRIDAY = Label("Good Friday", "Viernes Santo")


def holiday(day: date) -> Label | None:
    """The holiday that is kept on this day, or None."""
    return _holidays(day.year).get(day)


@lru_cache(maxsize=64)
def _holidays(year: int) -> dict[date, Label]:
    """Every day of the year on which a holiday is kept; New Year's Day of the next year may be kept in this one."""
    kept = [*_dated(year), *_dated(year + 1)]
    found = {substitute: name for day, name in kept if (substitute := _substitute(day)).year == year}
    found |= {_nth(year, month, weekday, which): name for month, weekday, which, name in _MONDAYS_AND_THANKSGIVING}
    found[_easter(year) - timedelta(days=2)] = _GOOD_FRIDAY
    # The day itself last: it is the holiday, whatever else is kept on it.
    return found | {day: name for day, name in kept if day.year == year}


def _dated(year: int) -> Iterator[tuple[date, Label]]:
    for month, day, name in _FIXED:
        yield date(year, month, day), name


def _substitute(day: date) -> date:
    return day + timedelta(days={_SATURDAY: -1, _SUNDAY: 1}.get(day.weekday(), 0))


def _nth(year: int, month: int, weekday: int, which: int) -> date:
    """The `which`-th such weekday of a month, from its end where negative."""
    if which > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
    last = date(year, month + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the rule of its full moon (Gauss, corrected for each century)."""
    century = year // 100
    golden = year % 19
    # The age of the moon on 1 January, corrected for skipped leap days and for the drift of the lunar cycle.
    age = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    age -= (age // 28) * (1 - (29 // (age + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + age + 2 - century + century // 4) % 7
    past = age - weekday
    month = 3 + (past + 40) // 44
    return date(year, month, past + 28 - 31 * (month // 4))
