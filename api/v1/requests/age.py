"""Ages as requests give them: a birth date, completed years, months and days, or whole months."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from api.errors import ErrorList, as_sentence
from catalog.ages import Duration, PersonAge


def read_age(path: str, data: Mapping[str, Any], on: date, errors: ErrorList) -> PersonAge | None:
    """The age of a person or caregiver from whatever is given; what is given twice must agree."""
    ages: dict[str, PersonAge] = {}
    for name, read in _WAYS.items():
        if name in data:
            try:
                ages[name] = read(data[name], on)
            except ValueError as error:
                errors.add(f"{path}.{name}", as_sentence(str(error)))
                return None
    if not ages:
        return None
    earliest = max(age.earliest_birth for age in ages.values())
    latest = min(age.latest_birth for age in ages.values())
    if earliest > latest:
        errors.add(f"{path}.{list(ages)[-1]}", f"This does not agree with “{next(iter(ages))}”.")
        return None
    return PersonAge(earliest, latest, on)


def read_whole_age(data: Mapping[str, Any], on: date) -> PersonAge | None:
    """The age in `age_months` or `age_years`, of which a request has one at most; None without either."""
    if "age_months" in data:
        return PersonAge.from_months(data["age_months"], on)
    if "age_years" in data:
        return PersonAge.from_age(Duration(data["age_years"]), on)
    return None


def _from_parts(age: Mapping[str, int], on: date) -> PersonAge:
    if not age:
        raise ValueError("give “years”, “months” or “days”.")
    return PersonAge.from_age(Duration(age.get("years", 0), age.get("months", 0), age.get("days", 0)), on)


# Field -> how its value gives an age on a day. Raises ValueError.
_WAYS: Mapping[str, Callable[[Any, date], PersonAge]] = {
    "birth_date": PersonAge.from_birth_date,
    "age": _from_parts,
    "age_months": PersonAge.from_months,
}
