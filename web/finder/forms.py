"""The answer of one page of the finder, read from its form; what cannot be read is said kindly, field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from werkzeug.datastructures import MultiDict

from catalog.ages import PersonAge
from catalog.format import MONTHS, either
from catalog.places import UnknownPlaceError
from web.finder.session import Finder, Step, age_of, chosen
from web.shared.language import gettext, language

Form = MultiDict[str, str]
MAX_TEXT_LENGTH = 60
MONTHS_A_YEAR = 12
MAX_PEOPLE = 30


class WrongAnswersError(ValueError):
    """What is wrong, by the name of its field."""

    def __init__(self, messages: Mapping[str, str]) -> None:
        super().__init__()
        self.messages = messages


def read_answer(step: Step, form: Form, interview: Finder, *, forgiving: bool) -> tuple[str, ...]:
    """The answer as `FinderState` keeps it; nothing for a page left empty. Raises WrongAnswersError.

    `forgiving`: who goes back or changes the language loses what cannot be read, and is not held up.
    """
    try:
        return _READERS.get(step.kind, _read_choices)(step, form, interview)
    except WrongAnswersError:
        if forgiving:
            return ()
        raise


def _read_choices(step: Step, form: Form, interview: Finder) -> tuple[str, ...]:
    try:
        return chosen(step, form.getlist("answer"))
    except ValueError:
        raise WrongAnswersError({"answer": gettext("Choose from the answers below, or skip the question.")}) from None


def _read_town(step: Step, form: Form, interview: Finder) -> tuple[str, ...]:
    text = _text(form, "town")
    try:
        place = interview.place_of(text)
    except UnknownPlaceError as error:
        raise WrongAnswersError({"town": _unknown_town(error.near)}) from None
    except ValueError:
        raise WrongAnswersError({"town": gettext("A ZIP code has five digits, such as 06450.")}) from None
    return (text,) if place is not None else ()


def _unknown_town(near: tuple[str, ...]) -> str:
    if near:
        names = either(near, language())
        return gettext("We know no Connecticut town of this name. Did you mean %(names)s?", names=names)
    return gettext("We know no Connecticut town of this name. A ZIP code works too.")


def _read_age(step: Step, form: Form, interview: Finder) -> tuple[str, ...]:
    """The month of birth, or else the age in years; both must agree."""
    month = read_month(form, interview.on)
    years = _read_years(form, "years", interview.on)
    if month and years:
        born, old = age_of(month, interview.on), age_of(years, interview.on)
        if born is not None and old is not None and not _agree(born, old):
            raise WrongAnswersError(
                {"years": gettext("The age and the birth month do not agree. One of them is enough.")}
            )
    return month or years


def _agree(first: PersonAge, second: PersonAge) -> bool:
    return max(first.earliest_birth, second.earliest_birth) <= min(first.latest_birth, second.latest_birth)


def read_month(form: Form, on: date) -> tuple[str, ...]:
    """A month of birth from the fields `month` and `year`, such as 2020-03; nothing when both are empty.

    Raises WrongAnswersError.
    """
    month, year = _text(form, "month"), _text(form, "year")
    if not month and not year:
        return ()
    if not re.fullmatch(r"[0-9]{4}", year):
        raise WrongAnswersError({"year": gettext("Give the year with four digits, such as 2020.")})
    if not re.fullmatch(r"1[0-2]|0?[1-9]", month):
        raise WrongAnswersError({"month": gettext("Choose the month of birth.")})
    if (int(year), int(month)) > (on.year, on.month):
        raise WrongAnswersError({"year": gettext("This month is still to come. Check the year.")})
    answer = (f"{year}-{int(month):02}",)
    if age_of(answer, on) is None:
        raise WrongAnswersError({"year": gettext("This was too long ago. Check the year.")})
    return answer


def _read_years(form: Form, name: str, on: date) -> tuple[str, ...]:
    text = _text(form, name)
    if text and age_of((text,), on) is None:
        message = gettext("Give the age in whole years, such as 3. For a baby under 1 give 0.")
        raise WrongAnswersError({name: message})
    return (str(int(text)),) if text else ()


def _read_adult(step: Step, form: Form, interview: Finder) -> tuple[str, ...]:
    return _read_years(form, "years", interview.on)


def _read_income(step: Step, form: Form, interview: Finder) -> tuple[str, ...]:
    """Dollars a year, from dollars a month or a year, and the people who live on them."""
    dollars, people = _text(form, "dollars").replace(",", "").removeprefix("$").strip(), _text(form, "people")
    if not dollars and not people:
        return ()
    if not re.fullmatch(r"[0-9]{1,8}(\.[0-9]{0,2})?", dollars):
        raise WrongAnswersError({"dollars": gettext("Give an amount in dollars, such as 2500. A guess is fine.")})
    if not re.fullmatch(r"[0-9]{1,2}", people) or not 1 <= int(people) <= MAX_PEOPLE:
        raise WrongAnswersError({"people": gettext("Give how many people live on this money, such as 4.")})
    times = 1 if form.get("each") == "year" else MONTHS_A_YEAR
    return f"{float(dollars) * times:.2f}", str(int(people))


def month_names(language: str) -> tuple[str, ...]:
    """January to December, as they are chosen from a list."""
    return tuple(name.in_language(language).capitalize() for name in MONTHS)


def _text(form: Form, name: str) -> str:
    return form.get(name, "").strip()[:MAX_TEXT_LENGTH]


_READERS = {"town": _read_town, "age": _read_age, "caregiver_age": _read_adult, "income": _read_income}
