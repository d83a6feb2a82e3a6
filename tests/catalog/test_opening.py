"""Opening hours: open now, until when, when next, in words; over weeks, midnights, changes of the clock, holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.hours.holidays import holiday
from catalog.hours.opening import HOME_ZONE, Opening, State, opening, openings
from catalog.hours.text import days_text, opening_text, schedule_lines, time_text
from catalog.model import Kind, Label, NextStep, Schedule, Service
from tests.support.catalogs import real_catalog

WEEKDAYS = (0, 1, 2, 3, 4)
ALL_DAYS = tuple(range(7))
OFFICE = Schedule(WEEKDAYS, 8 * 60 + 30, 16 * 60 + 30)
HOTLINE = Schedule(ALL_DAYS, 0, 1440, "Hotline", "Línea de ayuda")
MEAL = Schedule((2,), 12 * 60, 13 * 60, "Lunch", "Almuerzo")


def service(*schedules: Schedule) -> Service:
    return Service(
        id="made",
        organization_id="made",
        sector="community",
        kind=Kind.PROGRAM,
        name="Made",
        needs=(),
        summary="Made.",
        next_step=NextStep("call", "Call."),
        sources=(),
        path="made.yaml",
        line=1,
        schedules=schedules,
    )


def at(text: str) -> datetime:
    """A wall-clock time in Connecticut; 23 November 2026 is a Monday."""
    return datetime.fromisoformat(text).replace(tzinfo=HOME_ZONE)


def told(made: Service, text: str, language: str = "en") -> str | None:
    now = at(text)
    return opening_text(opening(made, now), now, language)


@pytest.mark.parametrize(
    ("now", "english", "spanish"),
    [
        ("2026-11-23 08:29", "Closed now. Opens today at 8:30 am.", "Cerrado ahora. Abre hoy a las 8:30 a. m."),
        ("2026-11-23 08:30", "Open now, until 4:30 pm.", "Abierto ahora, hasta las 4:30 p. m."),
        ("2026-11-23 16:29", "Open now, until 4:30 pm.", "Abierto ahora, hasta las 4:30 p. m."),
        ("2026-11-23 16:30", "Closed now. Opens tomorrow at 8:30 am.", "Cerrado ahora. Abre mañana a las 8:30 a. m."),
        ("2026-12-04 17:00", "Closed now. Opens Monday at 8:30 am.", "Cerrado ahora. Abre el lunes a las 8:30 a. m."),
        ("2026-12-06 23:59", "Closed now. Opens tomorrow at 8:30 am.", "Cerrado ahora. Abre mañana a las 8:30 a. m."),
        (
            "2026-11-26 10:00",
            "Today is a holiday (Thanksgiving). It may be closed: call first.",
            "Hoy es día feriado (Día de Acción de Gracias). Puede estar cerrado: llame primero.",
        ),
        (
            "2026-11-25 20:00",
            "Closed now. Opens tomorrow at 8:30 am. That day is a holiday (Thanksgiving): call first.",
            "Cerrado ahora. Abre mañana a las 8:30 a. m. Ese día es feriado (Día de Acción de Gracias): llame primero.",
        ),
        ("2026-11-26 20:00", "Closed now. Opens tomorrow at 8:30 am.", "Cerrado ahora. Abre mañana a las 8:30 a. m."),
    ],
)
def test_an_office_through_the_week(now: str, english: str, spanish: str) -> None:
    assert (told(service(OFFICE), now), told(service(OFFICE), now, "es")) == (english, spanish)


def test_without_schedules_nothing_is_known() -> None:
    made = service()
    assert opening(made, at("2026-11-23 12:00")) == Opening(State.UNKNOWN)
    assert told(made, "2026-11-23 12:00") is None and schedule_lines(made) == ()


def test_day_and_night_is_open_on_a_holiday_too() -> None:
    made = service(Schedule(ALL_DAYS, 0, 1440))
    assert opening(made, at("2026-12-25 03:00")) == Opening(State.OPEN)
    assert told(made, "2026-12-25 03:00", "es") == "Abierto de día y de noche."


def test_hours_past_midnight_are_joined() -> None:
    late = service(Schedule((4,), 20 * 60, 1440), Schedule((5,), 0, 2 * 60))
    assert told(late, "2026-12-04 23:30") == "Open now, until 2 am on Saturday."
    assert told(late, "2026-12-05 00:30") == "Open now, until 2 am."
    assert told(late, "2026-12-05 02:00", "es") == "Cerrado ahora. Abre el viernes a las 8 p. m."


def test_until_midnight_and_until_noon() -> None:
    made = service(Schedule((0,), 9 * 60, 12 * 60), Schedule((1,), 13 * 60, 1440))
    assert told(made, "2026-11-30 10:00", "es") == "Abierto ahora, hasta el mediodía."
    assert told(made, "2026-11-30 12:00", "es") == "Cerrado ahora. Abre mañana a la 1 p. m."
    assert told(made, "2026-12-01 13:00") == "Open now, until midnight."
    weekend = service(Schedule((5, 6), 0, 1440))
    assert told(weekend, "2026-12-05 12:00") == "Open now, until midnight on Sunday."
    assert told(weekend, "2026-12-03 12:00", "es") == "Cerrado ahora. Abre el sábado a la medianoche."


def test_the_hours_of_the_whole_service_go_before_those_of_a_part() -> None:
    assert opening(service(OFFICE, HOTLINE), at("2026-12-01 20:00")).state is State.CLOSED
    part = opening(service(MEAL, HOTLINE), at("2026-12-01 20:00"))
    assert (part.state, part.schedule_label) == (State.OPEN, Label("Hotline", "Línea de ayuda"))
    assert [one.state for one in openings(service(MEAL, HOTLINE), at("2026-12-01 20:00"))] == [State.CLOSED, State.OPEN]


def test_what_opens_first_is_told_when_all_is_closed() -> None:
    dinner = Schedule((1,), 17 * 60, 18 * 60, "Dinner")
    found = opening(service(MEAL, dinner), at("2026-12-01 09:00"))
    assert (found.schedule_label, found.opens) == (Label("Dinner", "Dinner"), at("2026-12-01 17:00"))


def test_a_time_of_any_zone_is_read_by_the_clock_of_connecticut() -> None:
    assert opening(service(OFFICE), datetime(2026, 11, 23, 13, 30, tzinfo=UTC)).state is State.OPEN
    assert opening(service(OFFICE), datetime(2026, 11, 23, 13, 29, tzinfo=UTC)).state is State.CLOSED
    assert opening(service(OFFICE), datetime(2026, 7, 1, 12, 30, tzinfo=UTC)).state is State.OPEN
    with pytest.raises(ValueError, match="zone"):
        opening(service(OFFICE), datetime(2026, 11, 23, 13, 30))


def test_opening_hours_stay_where_they_are_when_the_clock_changes() -> None:
    sunday = service(Schedule((6,), 60, 4 * 60))
    # 8 March 2026: 2 am becomes 3 am. 1 November 2026: 2 am becomes 1 am again.
    for day in ("2026-03-08", "2026-11-01"):
        assert told(sunday, f"{day} 00:59") == "Closed now. Opens today at 1 am."
        assert told(sunday, f"{day} 01:30") == "Open now, until 4 am."
        assert told(sunday, f"{day} 03:30") == "Open now, until 4 am."
        assert told(sunday, f"{day} 04:00") == "Closed now. Opens Sunday at 1 am."
    again = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert again.astimezone(HOME_ZONE).fold == 1
    assert opening_text(opening(sunday, again), again) == "Open now, until 4 am."


schedules = st.lists(
    st.tuples(st.sets(st.integers(0, 6), min_size=1), st.integers(0, 95), st.integers(1, 96)).map(
        lambda drawn: Schedule(tuple(sorted(drawn[0])), 15 * min(drawn[1], drawn[2] - 1), 15 * drawn[2])
    ),
    min_size=1,
    max_size=4,
)


@given(schedules, st.integers(0, 7 * 24 * 12))
@settings(max_examples=300, deadline=None)
def test_now_agrees_with_the_week_looked_through_by_hand(made: list[Schedule], step: int) -> None:
    """Weeks without holiday or change of clock, in steps of five minutes."""
    now = at("2026-08-03 00:00") + timedelta(minutes=5 * step)

    def is_open(moment: datetime) -> bool:
        minutes = moment.hour * 60 + moment.minute
        return any(moment.weekday() in one.weekdays and one.opens <= minutes < one.closes for one in made)

    found = opening(service(*made), now)
    assert (found.state is State.OPEN) == is_open(now)
    following = (now + timedelta(minutes=5 * ahead) for ahead in range(1, 7 * 24 * 12 + 1))
    changes = next((moment for moment in following if is_open(moment) != is_open(now)), None)
    if changes is None:
        assert found == Opening(State.OPEN)
    else:
        turn = changes.replace(minute=changes.minute - changes.minute % 5)
        assert (found.until or found.opens) == turn


@pytest.mark.parametrize(
    ("made", "english", "spanish"),
    [
        ((OFFICE,), ["Monday to Friday, 8:30 am to 4:30 pm"], ["De lunes a viernes, de 8:30 a. m. a 4:30 p. m."]),
        ((HOTLINE,), ["Hotline: every day, 24 hours a day"], ["Línea de ayuda: todos los días, las 24 horas"]),
        (
            (Schedule(WEEKDAYS, 540, 720), Schedule(WEEKDAYS, 780, 840)),
            ["Monday to Friday, 9 am to noon and 1 pm to 2 pm"],
            ["De lunes a viernes, de 9 a. m. a 12 del mediodía y de 1 p. m. a 2 p. m."],
        ),
        (
            (Schedule((0, 2, 3, 4), 480, 990), Schedule((1,), 480, 1110)),
            ["Wednesday to Friday and Monday, 8 am to 4:30 pm", "Tuesday, 8 am to 6:30 pm"],
            ["De miércoles a viernes y los lunes, de 8 a. m. a 4:30 p. m.", "Los martes, de 8 a. m. a 6:30 p. m."],
        ),
        ((Schedule((5,), 540, 630),), ["Saturday, 9 am to 10:30 am"], ["Los sábados, de 9 a. m. a 10:30 a. m."]),
        (
            (Schedule((4, 5), 1200, 1440),),
            ["Friday and Saturday, 8 pm to midnight"],
            ["Los viernes y sábados, de 8 p. m. a 12 de la medianoche"],
        ),
    ],
)
def test_hours_in_words(made: tuple[Schedule, ...], english: list[str], spanish: list[str]) -> None:
    assert list(schedule_lines(service(*made))) == english
    assert list(schedule_lines(service(*made), "es")) == spanish


@pytest.mark.parametrize(
    ("days", "english", "spanish"),
    [
        ((0, 1, 2, 3, 4, 6), "Sunday to Friday", "de domingo a viernes"),
        ((0, 3), "Monday and Thursday", "los lunes y jueves"),
        ((0, 2, 4), "Monday, Wednesday and Friday", "los lunes, miércoles y viernes"),
        ((0, 1), "Monday and Tuesday", "los lunes y martes"),
        ((0, 4, 5, 6), "Friday to Monday", "de viernes a lunes"),
        (ALL_DAYS, "every day", "todos los días"),
        ((5, 6), "Saturday and Sunday", "los sábados y domingos"),
    ],
)
def test_days_in_words(days: tuple[int, ...], english: str, spanish: str) -> None:
    assert (days_text(days), days_text(days, "es")) == (english, spanish)


def test_times_in_words() -> None:
    times = (0, 5, 60, 719, 720, 725, 780, 1439, 1440)
    assert [time_text(minutes) for minutes in times] == [
        "midnight", "12:05 am", "1 am", "11:59 am", "noon", "12:05 pm", "1 pm", "11:59 pm", "midnight",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-01-01", "New Year's Day"),
        ("2026-01-19", "Martin Luther King Jr. Day"),
        ("2026-02-12", "Lincoln Day"),
        ("2026-02-16", "Presidents' Day"),
        ("2026-04-03", "Good Friday"),
        ("2027-03-26", "Good Friday"),
        ("2038-04-23", "Good Friday"),
        ("2026-05-25", "Memorial Day"),
        ("2026-06-19", "Juneteenth"),
        ("2026-07-03", "Independence Day"),
        ("2026-07-04", "Independence Day"),
        ("2027-07-05", "Independence Day"),
        ("2026-09-07", "Labor Day"),
        ("2026-10-12", "Columbus Day"),
        ("2026-11-11", "Veterans Day"),
        ("2026-11-26", "Thanksgiving"),
        ("2026-12-25", "Christmas Day"),
        ("2027-12-31", "New Year's Day"),
        ("2023-01-02", "New Year's Day"),
        ("2026-11-27", None),
        ("2026-04-05", None),
        ("2026-12-24", None),
    ],
)
def test_holidays_by_their_rules(day: str, name: str | None) -> None:
    found = holiday(date.fromisoformat(day))
    assert (found.en if found else None) == name


def test_a_year_has_twelve_holidays_and_their_substitutes() -> None:
    for year in range(2024, 2060):
        first = date(year, 1, 1)
        kept = [found for ahead in range(365) if (found := holiday(first + timedelta(days=ahead)))]
        assert 12 <= len(kept) <= 18
        assert len({one.en for one in kept}) == 13


@pytest.mark.slow
def test_every_service_with_schedules_can_be_told_at_any_hour() -> None:
    with_hours = [one for one in real_catalog().services.values() if one.schedules]
    assert len(with_hours) >= 55
    for one in with_hours:
        for language in ("en", "es"):
            assert all(line[0] == line[0].upper() and "None" not in line for line in schedule_lines(one, language))
        for hours in range(0, 7 * 24, 5):
            now = at("2026-11-23 00:15") + timedelta(hours=hours)
            found = opening(one, now)
            assert opening_text(found, now) and opening_text(found, now, "es")
            assert found.state is not State.UNKNOWN or found.holiday is not None


def test_every_label_of_hours_has_spanish_words() -> None:
    schedules = [one for service in real_catalog().services.values() for one in service.schedules if one.label]
    assert [one.label for one in schedules if one.label_es is None and one.label != "Stamford"] == []
