"""Ages and limits: exact to the day, also around 29 February and the ends of months.

300 drawn cases a property each time; 10,000 with LONG_TESTS=1.
"""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from catalog.ages import MAX_YEARS, Duration, PersonAge, completed_age
from catalog.format import duration_text
from tests.support.dates import TODAY

LONG = os.environ.get("LONG_TESTS") == "1"
drawn = settings(max_examples=10_000 if LONG else 300, deadline=None, database=None, derandomize=not LONG)

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
YEARS = st.builds(Duration, st.integers(0, 119))
MONTHS = st.builds(lambda months: Duration(0, months), st.integers(1, 119 * 12))
YEARS_AND_MONTHS = st.builds(Duration, st.integers(0, 118), st.integers(0, 11))
LENGTHS_OF_DAYS = st.builds(lambda days: Duration(0, 0, days), st.integers(1, 40_000))
AGES = st.one_of(YEARS, MONTHS, YEARS_AND_MONTHS, LENGTHS_OF_DAYS)
LIMITS = st.builds(Duration, st.integers(0, 100), st.integers(0, 30), st.integers(0, 800))


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("3y", Duration(3)),
        ("18m", Duration(0, 18)),
        ("6w", Duration(0, 0, 42)),
        ("45d", Duration(0, 0, 45)),
        ("2y9m", Duration(2, 9)),
        ("2y320d", Duration(2, 0, 320)),
        ("1y2m3w4d", Duration(1, 2, 25)),
        ("0d", Duration()),
        (" 5y ", Duration(5)),
        ("120y", Duration(120)),
    ],
)
def test_an_age_is_read_as_it_is_written(text: str, duration: Duration) -> None:
    assert Duration.parse(text) == duration


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "3",
        "y",
        "3Y",
        "3 years",
        "-3y",
        "3y-2m",
        "1.5y",
        "9m2y",
        "3y3y",
        "٣y",
        "3yx",
        "1000y",
        "birth",
        "3y\n2m",
    ],
)
def test_what_is_no_age_is_told_how_ages_are_written(text: str) -> None:
    with pytest.raises(ValueError, match="write an age as years, months, weeks and days"):
        Duration.parse(text)


@pytest.mark.parametrize("text", ["121y", "120y1d", "1441m", "999w999y", "99999d"])
def test_an_age_over_120_years_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"over 120 years|write an age"):
        Duration.parse(text)


def test_120_years_in_other_units_are_still_possible() -> None:
    assert Duration.parse("1440m") == Duration(0, 1440)


@pytest.mark.parametrize(
    ("limit", "born", "reached"),
    [
        ("18y", date(2004, 2, 29), date(2022, 3, 1)),
        ("20y", date(2004, 2, 29), date(2024, 2, 29)),
        ("1m", date(2025, 1, 28), date(2025, 2, 28)),
        ("1m", date(2025, 1, 29), date(2025, 3, 1)),
        ("1m", date(2025, 1, 30), date(2025, 3, 1)),
        ("1m", date(2025, 1, 31), date(2025, 3, 1)),
        ("1m", date(2024, 1, 29), date(2024, 2, 29)),
        ("1m", date(2024, 1, 30), date(2024, 3, 1)),
        ("1m", date(2025, 3, 31), date(2025, 5, 1)),
        ("1m", date(2025, 12, 31), date(2026, 1, 31)),
        ("11m", date(2025, 1, 31), date(2025, 12, 31)),
        ("12m", date(2025, 1, 31), date(2026, 1, 31)),
        ("6w", date(2025, 1, 1), date(2025, 2, 12)),
        ("2y320d", date(2022, 2, 28), date(2025, 1, 13)),
        ("1y1d", date(2023, 2, 28), date(2024, 2, 29)),
        ("1y1m1d", date(2023, 1, 31), date(2024, 3, 2)),
        ("0d", date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_a_limit_is_reached_on_this_day(limit: str, born: date, reached: date) -> None:
    assert Duration.parse(limit).after(born) == reached


@pytest.mark.parametrize(
    ("age", "after"),
    [
        (Duration(18), Duration(19)),
        (Duration(0), Duration(1)),
        (Duration(2, 11), Duration(2, 12)),
        (Duration(0, 18), Duration(0, 19)),
        (Duration(0, 0, 30), Duration(0, 0, 31)),
        (Duration(2, 1, 6), Duration(2, 1, 7)),
    ],
)
def test_the_next_step_is_one_more_of_the_smallest_unit(age: Duration, after: Duration) -> None:
    assert age.next_step() == after


@pytest.mark.parametrize(
    ("age", "words", "short", "months"),
    [
        (Duration(1), "1 year", "1y", 12),
        (Duration(2, 9), "2 years 9 months", "2y9m", 33),
        (Duration(2, 0, 320), "2 years 320 days", "2y320d", 34),
        (Duration(0, 0, 42), "6 weeks", "42d", 1),
        (Duration(0, 0, 7), "1 week", "7d", 0),
        (Duration(1, 0, 7), "1 year 7 days", "1y7d", 12),
        (Duration(0, 0, 45), "45 days", "45d", 1),
        (Duration(0, 1, 1), "1 month 1 day", "1m1d", 1),
        (Duration(), "birth", "0y", 0),
    ],
)
def test_an_age_in_words_and_in_short_and_in_months(age: Duration, words: str, short: str, months: int) -> None:
    assert (duration_text(age), age.short(), age.whole_months()) == (words, short, months)


def test_a_birth_date_is_one_day() -> None:
    age = PersonAge.from_birth_date(date(2020, 5, 1), TODAY)
    assert age.is_exact
    assert (age.earliest_birth, age.latest_birth) == (date(2020, 5, 1), date(2020, 5, 1))


def test_a_birth_date_today_is_a_newborn_and_tomorrow_is_refused() -> None:
    assert PersonAge.from_birth_date(TODAY, TODAY).reached(Duration()) is True
    with pytest.raises(ValueError, match="in the future"):
        PersonAge.from_birth_date(TODAY + timedelta(days=1), TODAY)


def test_a_birth_date_120_years_ago_is_refused_and_a_day_later_is_not() -> None:
    born = TODAY.replace(year=TODAY.year - MAX_YEARS)
    with pytest.raises(ValueError, match="more than 120 years ago"):
        PersonAge.from_birth_date(born, TODAY)
    assert PersonAge.from_birth_date(born + timedelta(days=1), TODAY).completed().years == 119


def test_an_age_in_years_is_a_year_of_birth_dates() -> None:
    age = PersonAge.from_age(Duration(2), TODAY)
    assert (age.earliest_birth, age.latest_birth) == (date(2023, 11, 22), date(2024, 11, 21))
    assert not age.is_exact


def test_an_age_in_months_is_a_month_of_birth_dates() -> None:
    age = PersonAge.from_age(Duration(0, 18), TODAY)
    assert (age.earliest_birth, age.latest_birth) == (date(2025, 4, 22), date(2025, 5, 21))


def test_an_age_in_days_is_one_birth_date() -> None:
    age = PersonAge.from_age(Duration(0, 0, 10), TODAY)
    assert (age.earliest_birth, age.latest_birth) == (date(2026, 11, 11), date(2026, 11, 11))
    assert age.is_exact


def test_an_age_over_120_years_is_impossible() -> None:
    with pytest.raises(ValueError, match="over 120 years"):
        PersonAge.from_age(Duration(120, 1), TODAY)
    assert PersonAge.from_age(Duration(120), TODAY).reached(Duration(120)) is True


def test_nobody_knows_whether_a_limit_within_the_known_year_is_reached() -> None:
    two = PersonAge.from_age(Duration(2), TODAY)
    assert two.reached(Duration(2)) is True
    assert two.reached(Duration(2, 9)) is None
    assert two.reached(Duration(2, 0, 1)) is None
    assert two.reached(Duration(3)) is False


def test_a_limit_is_reached_on_the_birthday_and_not_the_day_before() -> None:
    born = date(2008, 11, 21)
    assert PersonAge.from_birth_date(born, TODAY).reached(Duration(18)) is True
    assert PersonAge.from_birth_date(born + timedelta(days=1), TODAY).reached(Duration(18)) is False


def test_the_completed_age_of_someone_known_by_years_is_that_of_the_youngest() -> None:
    assert PersonAge.from_age(Duration(2), TODAY).completed() == Duration(2)


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2004, 2, 29), date(2022, 2, 28), Duration(17, 11, 30)),
        (date(2004, 2, 29), date(2022, 3, 1), Duration(18)),
        (date(2025, 1, 31), date(2025, 2, 28), Duration(0, 0, 28)),
        (date(2025, 1, 31), date(2025, 3, 1), Duration(0, 1, 0)),
        (date(2024, 11, 21), date(2026, 11, 20), Duration(1, 11, 30)),
        (date(2026, 11, 21), date(2026, 11, 21), Duration()),
    ],
)
def test_the_completed_age_in_years_months_and_days(born: date, on: date, age: Duration) -> None:
    assert completed_age(born, on) == age


@drawn
@given(born=DAYS, later=st.integers(0, 800), limit=LIMITS)
def test_who_is_born_later_reaches_a_limit_no_earlier(born: date, later: int, limit: Duration) -> None:
    assert limit.after(born) <= limit.after(born + timedelta(days=later))


@drawn
@given(born=DAYS, limit=LIMITS, days=st.integers(0, 400))
def test_a_greater_limit_is_reached_no_earlier(born: date, limit: Duration, days: int) -> None:
    assert limit.after(born) <= Duration(limit.years, limit.months, limit.days + days).after(born)
    assert limit.after(born) < limit.next_step().after(born)


@drawn
@given(age=AGES, on=DAYS)
def test_who_is_of_an_age_has_reached_it_and_not_the_next(age: Duration, on: date) -> None:
    person = PersonAge.from_age(age, on)
    assert person.reached(age) is True
    assert person.reached(age.next_step()) is False


@drawn
@given(months=st.integers(0, 1439), on=DAYS)
def test_who_is_of_an_age_in_months_is_not_a_month_older(months: int, on: date) -> None:
    person = PersonAge.from_months(months, on)
    assert person.reached(Duration(0, months)) is True
    assert person.reached(Duration(0, months + 1)) is False
    assert Duration(0, months).after(person.latest_birth + timedelta(days=1)) > on
    assert Duration(0, months + 1).after(person.earliest_birth - timedelta(days=1)) <= on


@drawn
@given(age=AGES, on=DAYS)
def test_the_birth_dates_of_an_age_are_all_that_there_are(age: Duration, on: date) -> None:
    person = PersonAge.from_age(age, on)
    assert age.after(person.latest_birth + timedelta(days=1)) > on
    assert age.next_step().after(person.earliest_birth - timedelta(days=1)) <= on


@drawn
@given(age=AGES, on=DAYS, limit=LIMITS)
def test_an_answer_holds_for_every_birth_date_that_is_possible(age: Duration, on: date, limit: Duration) -> None:
    person = PersonAge.from_age(age, on)
    span = (person.latest_birth - person.earliest_birth).days
    births = {person.earliest_birth + timedelta(days=round(span * step / 12)) for step in range(13)}
    answers = {PersonAge(birth, birth, on).reached(limit) for birth in births}
    known = person.reached(limit)
    assert answers == {known} if known is not None else answers == {True, False}


@drawn
@given(born=DAYS, on=DAYS)
def test_the_completed_age_after_birth_is_the_day_itself(born: date, on: date) -> None:
    assume(born <= on)
    age = completed_age(born, on)
    assert age.after(born) == on
    assert 0 <= age.months < 12
    assert 0 <= age.days < 31
    assert Duration(age.years, age.months + 1).after(born) > on


@drawn
@given(born=DAYS, on=DAYS)
def test_the_completed_age_leads_back_to_the_birth_date(born: date, on: date) -> None:
    assume(born <= on)
    person = PersonAge.from_age(completed_age(born, on), on)
    assert person.earliest_birth <= born <= person.latest_birth


@drawn
@given(age=LIMITS)
def test_an_age_written_short_is_read_again(age: Duration) -> None:
    assert Duration.parse(age.short()) == age


def test_a_birth_month_is_any_of_its_days_to_today() -> None:
    on = date(2026, 11, 21)
    february = PersonAge.from_birth_month(2024, 2, on)
    assert (february.earliest_birth, february.latest_birth) == (date(2024, 2, 1), date(2024, 2, 29))
    this_month = PersonAge.from_birth_month(2026, 11, on)
    assert (this_month.earliest_birth, this_month.latest_birth) == (date(2026, 11, 1), on)
    december = PersonAge.from_birth_month(2025, 12, on)
    assert december.latest_birth == date(2025, 12, 31)


@pytest.mark.parametrize(("year", "month"), [(2026, 12), (1900, 1), (2020, 13), (2020, 0)])
def test_a_birth_month_must_be_a_possible_one(year: int, month: int) -> None:
    with pytest.raises(ValueError, match=r"\."):
        PersonAge.from_birth_month(year, month, date(2026, 11, 21))
