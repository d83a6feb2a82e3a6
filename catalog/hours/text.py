"""Opening hours in words, in English and Spanish: the weekly lines, and what is open now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from catalog.format import join, say
from catalog.hours.opening import HOME_ZONE, Opening, State, label_of
from catalog.model import Label, Service

DAYS = (
    Label("Monday", "lunes"),
    Label("Tuesday", "martes"),
    Label("Wednesday", "miércoles"),
    Label("Thursday", "jueves"),
    Label("Friday", "viernes"),
    Label("Saturday", "sábado"),
    Label("Sunday", "domingo"),
)
# Every such day.
EACH_DAY = (*DAYS[:5], Label("Saturday", "sábados"), Label("Sunday", "domingos"))
EVERY_DAY = Label("every day", "todos los días")
DAY_SPAN = Label("{first} to {last}", "de {first} a {last}")
SOME_DAYS = Label("{days}", "los {days}")

MORNING = Label("{clock} am", "{clock} a. m.")
AFTERNOON = Label("{clock} pm", "{clock} p. m.")
NOON = Label("noon", "12 del mediodía")
MIDNIGHT = Label("midnight", "12 de la medianoche")
TIME_SPAN = Label("{opens} to {closes}", "de {opens} a {closes}")
ALL_HOURS = Label("24 hours a day", "las 24 horas")
LINE = Label("{days}, {times}", "{days}, {times}")
LABELLED = Label("{label}: {line}", "{label}: {line}")

# A point of time, by how the hour is named in Spanish.
AT = {
    "one": Label("at {time}", "a la {time}"),
    "several": Label("at {time}", "a las {time}"),
    "noon": Label("at noon", "al mediodía"),
    "midnight": Label("at midnight", "a la medianoche"),
}
UNTIL = {
    "one": Label("until {time}", "hasta la {time}"),
    "several": Label("until {time}", "hasta las {time}"),
    "noon": Label("until noon", "hasta el mediodía"),
    "midnight": Label("until midnight", "hasta la medianoche"),
}
OPEN_ALWAYS = Label("Open day and night.", "Abierto de día y de noche.")
OPEN_UNTIL = Label("Open now, {until}.", "Abierto ahora, {until}.")
OPEN_UNTIL_DAY = Label("Open now, {until} on {day}.", "Abierto ahora, {until} del {day}.")
CLOSED = Label("Closed now.", "Cerrado ahora.")
OPENS_TODAY = Label("Closed now. Opens today {at}.", "Cerrado ahora. Abre hoy {at}.")
OPENS_TOMORROW = Label("Closed now. Opens tomorrow {at}.", "Cerrado ahora. Abre mañana {at}.")
OPENS_DAY = Label("Closed now. Opens {day} {at}.", "Cerrado ahora. Abre el {day} {at}.")
HOLIDAY_TODAY = Label(
    "Today is a holiday ({holiday}). It may be closed: call first.",
    "Hoy es día feriado ({holiday}). Puede estar cerrado: llame primero.",
)
HOLIDAY_THEN = Label("That day is a holiday ({holiday}): call first.", "Ese día es feriado ({holiday}): llame primero.")


def schedule_lines(service: Service, language: str = "en") -> tuple[str, ...]:
    """The weekly hours: "Monday to Friday, 8:30 am to 4:30 pm", "De lunes a viernes, de 8:30 a. m. a 4:30 p. m.".

    Hours of the same days and label are one line. Empty where the service has no schedules.
    """
    times: dict[tuple[Label | None, tuple[int, ...]], list[tuple[int, int]]] = {}
    for schedule in service.schedules:
        times.setdefault((label_of(schedule), schedule.weekdays), []).append((schedule.opens, schedule.closes))
    return tuple(_line(label, days, spans, language) for (label, days), spans in times.items())


def _line(label: Label | None, days: Sequence[int], spans: list[tuple[int, int]], language: str) -> str:
    hours = join((_span_text(opens, closes, language) for opens, closes in sorted(spans)), language)
    line = say(LINE, language, days=days_text(days, language), times=hours)
    line = say(LABELLED, language, label=label.in_language(language), line=line) if label else line
    return line[:1].upper() + line[1:]


def days_text(days: Sequence[int], language: str = "en") -> str:
    """Days of the week (0 is Monday): "Monday to Friday", "Sunday to Friday", "Monday and Thursday", "every day"."""
    if len(set(days)) == 7:
        return EVERY_DAY.in_language(language)
    runs = _runs(sorted(set(days)))
    named = [_run_text(run, language) for run in runs if len(run) > 2]
    rest = [EACH_DAY[day].in_language(language) for run in runs if len(run) <= 2 for day in run]
    if rest:
        named.append(say(SOME_DAYS, language, days=join(rest, language)))
    return join(named, language)


def _run_text(run: list[int], language: str) -> str:
    first, last = (DAYS[day].in_language(language) for day in (run[0], run[-1]))
    return say(DAY_SPAN, language, first=first, last=last)


def _runs(days: list[int]) -> list[list[int]]:
    """Days that follow one another; Sunday is followed by Monday."""
    firsts = [day for day in days if (day - 1) % 7 not in days]
    runs = []
    for first in firsts:
        length = next(length for length in range(1, 8) if (first + length) % 7 not in days)
        runs.append([(first + step) % 7 for step in range(length)])
    return runs


def _span_text(opens: int, closes: int, language: str) -> str:
    if (opens, closes) == (0, 24 * 60):
        return ALL_HOURS.in_language(language)
    return say(TIME_SPAN, language, opens=time_text(opens, language), closes=time_text(closes, language))


def time_text(minutes: int, language: str = "en") -> str:
    """A time of day, in minutes after midnight (0 to 1440): "8:30 am", "noon", "4 p. m."."""
    if minutes % (12 * 60) == 0:
        return (MIDNIGHT if minutes % (24 * 60) == 0 else NOON).in_language(language)
    hour, minute = divmod(minutes, 60)
    clock = f"{(hour - 1) % 12 + 1}:{minute:02}" if minute else f"{(hour - 1) % 12 + 1}"
    return say(MORNING if hour < 12 else AFTERNOON, language, clock=clock)


def opening_text(found: Opening, now: datetime, language: str = "en") -> str | None:
    """A sentence or two: "Open now, until 4:30 pm.", "Closed now. Opens Monday at 9 am."; None where it is unknown."""
    local = now.astimezone(HOME_ZONE)
    if found.state is State.OPEN:
        return _open_text(found.until, local, language)
    if found.state is State.CLOSED:
        said = _closed_text(found.opens, local, language)
        if found.holiday is not None:
            said += f" {say(HOLIDAY_THEN, language, holiday=found.holiday.in_language(language))}"
        return said
    return say(HOLIDAY_TODAY, language, holiday=found.holiday.in_language(language)) if found.holiday else None


def _open_text(until: datetime | None, now: datetime, language: str) -> str:
    if until is None:
        return OPEN_ALWAYS.in_language(language)
    said = _point_text(UNTIL, until, language)
    # Midnight ends the day before it. Beyond today the day must be named.
    last = (until - timedelta(minutes=1)).date()
    if last <= now.date():
        return say(OPEN_UNTIL, language, until=said)
    return say(OPEN_UNTIL_DAY, language, day=DAYS[last.weekday()].in_language(language), until=said)


def _closed_text(opens: datetime | None, now: datetime, language: str) -> str:
    if opens is None:
        return CLOSED.in_language(language)
    at, days = _point_text(AT, opens, language), (opens.date() - now.date()).days
    if days < 2:
        return say(OPENS_TOMORROW if days else OPENS_TODAY, language, at=at)
    return say(OPENS_DAY, language, day=DAYS[opens.weekday()].in_language(language), at=at)


def _point_text(templates: dict[str, Label], moment: datetime, language: str) -> str:
    minutes = moment.hour * 60 + moment.minute
    if minutes % (12 * 60) == 0:
        return templates["noon" if minutes else "midnight"].in_language(language)
    kind = "one" if moment.hour % 12 == 1 else "several"
    return say(templates[kind], language, time=time_text(minutes, language))
