"""A person and their caregiver, as the facts that the matcher judges by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.errors import ErrorList
from api.v1.requests.age import read_age
from api.v1.requests.place import read_place
from catalog.ages import PersonAge
from catalog.model import GRADES, Catalog, Term
from matching.facts import Facts, Income, implied, ruled_out, terms_of, with_implied


@dataclass(frozen=True, slots=True)
class Caregiver:
    """What is known of the caregiver: the same for all people of a request."""

    age: PersonAge | None
    has: frozenset[str]  # ids of circumstances
    has_not: frozenset[str]


def read_caregiver(data: Mapping[str, Any], on: date, catalog: Catalog, errors: ErrorList) -> Caregiver:
    """Read the field `caregiver` of a request."""
    table = catalog.vocabulary.circumstances
    has = _known("caregiver", data, "circumstances", table, errors)
    has_not = _known("caregiver", data, "not_circumstances", table, errors)
    for term in sorted(set(has) & set(has_not)):
        errors.add("caregiver.not_circumstances", f"“{term}” is said to apply and not to apply.")
    return Caregiver(read_age("caregiver", data, on, errors), frozenset(has), frozenset(has_not))


def read_person(  # noqa: PLR0913, PLR0917 - what a person is read with
    path: str,
    person: Mapping[str, Any],
    age: PersonAge | None,
    caregiver: Caregiver,
    stated: Iterable[str],
    catalog: Catalog,
    errors: ErrorList,
) -> Facts:
    """The facts of one person. `stated` are circumstances that answers of an assessment state."""
    has, has_not = _read_terms(path, person, stated, catalog, errors)
    known = Facts(
        age=age,
        caregiver_age=caregiver.age,
        place=read_place(path, person, catalog.places, errors),
        has=has,
        has_not=has_not,
        insurance=_read_insurance(path, person, catalog, errors),
        income=_read_income(path, person, errors),
        grade=GRADES.index(person["grade"]) if "grade" in person else None,
        languages=tuple(_known(path, person, "languages", catalog.vocabulary.languages, errors)),
        caregiver_has=caregiver.has,
        caregiver_has_not=caregiver.has_not,
    )
    return with_implied(known, catalog)


def _read_terms(
    path: str, person: Mapping[str, Any], stated: Iterable[str], catalog: Catalog, errors: ErrorList
) -> tuple[frozenset[str], frozenset[str]]:
    """Conditions and circumstances that apply, and that do not."""
    vocabulary = catalog.vocabulary
    tables = {"conditions": vocabulary.conditions, "circumstances": vocabulary.circumstances}
    has, has_not = set(stated), set()
    for name, table in tables.items():
        has.update(_known(path, person, name, table, errors))
        has_not.update(_known(path, person, f"not_{name}", table, errors))
    terms = terms_of(catalog)
    for term in sorted(implied(has, terms) & ruled_out(has_not, terms)):
        name = "not_conditions" if term in vocabulary.conditions else "not_circumstances"
        errors.add(f"{path}.{name}", f"“{term}” is said to apply and not to apply.")
    return frozenset(has), frozenset(has_not)


# What an item of each list is called in a message.
_KINDS = {"conditions": "condition", "circumstances": "circumstance", "insurance": "insurance", "languages": "language"}


def _known(path: str, data: Mapping[str, Any], name: str, table: Mapping[str, Term], errors: ErrorList) -> list[str]:
    """The ids of a list that are in the table; the others are errors."""
    found = []
    for index, value in enumerate(data.get(name, [])):
        if value in table:
            found.append(value)
        else:
            errors.add_unknown(f"{path}.{name}.{index}", _KINDS[name.removeprefix("not_")], value, table)
    return found


def _read_insurance(
    path: str, person: Mapping[str, Any], catalog: Catalog, errors: ErrorList
) -> tuple[str, ...] | None:
    if "insurance" not in person:
        return None
    kinds = {key: term for key, term in catalog.vocabulary.insurance.items() if key != "any"}
    named = _known(path, person, "insurance", kinds, errors)
    if "uninsured" in named and len(named) > 1:
        errors.add(f"{path}.insurance", "Someone who is uninsured has no other insurance.")
    if not person["insurance"]:
        message = "Name the whole coverage, or [“uninsured”]; leave it out when it is not known."
        errors.add(f"{path}.insurance", message)
    return tuple(named)


def _read_income(path: str, person: Mapping[str, Any], errors: ErrorList) -> Income | None:
    income = person.get("income")
    if income is None:
        return None
    if "fpl_percent" in income and "annual" in income:
        errors.add(f"{path}.income", "Give “fpl_percent”, or “annual” with “household_size”, not both.")
    if "fpl_percent" not in income and "annual" not in income:
        errors.add(f"{path}.income", "Give “fpl_percent”, or “annual” with “household_size”.")
    return Income(income.get("fpl_percent"), income.get("annual"), income.get("household_size"))
