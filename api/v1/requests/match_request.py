"""From the JSON of a match request to the matcher's values: names looked up, contradictions found, errors named.

Whatever is wrong with a name or a fact is told at once, and nothing is computed. Codes and answers that are merely not
known here are no errors (see `api.v1.requests.needs`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.errors import ErrorList, FieldError, InvalidRequestError
from api.v1.requests.age import read_age
from api.v1.requests.needs import Unknown, needs_of_person, read_sources
from api.v1.requests.person import read_caregiver, read_person
from catalog.model import Catalog
from matching.request import MatchRequest
from search.query.parse import NeedPhrases

# Of all people of one request together: an answer of 20,000 took 0.9 seconds and 19 MB.
MAX_MATCHES = 5_000
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True, slots=True)
class PersonRequest:
    """What is asked for one person. `id` is the sender's own; `unknown` was not understood, and counts for nothing."""

    id: str | None
    request: MatchRequest
    unknown: tuple[Unknown, ...] = ()


def read_match_requests(
    data: Mapping[str, Any], catalog: Catalog, phrases: NeedPhrases, today: date
) -> list[PersonRequest]:
    """One request for each person. Raises InvalidRequestError with every error.

    `today` is the day to judge for when the request names none.
    """
    errors = ErrorList()
    on = data.get("on", today)
    refuse_far_day(on)
    people = _people(data, errors)
    caregiver = read_caregiver(data.get("caregiver", {}), on, catalog, errors)
    sources = read_sources(data, catalog, phrases, errors)
    options = {
        "limit": data["limit"],
        "include_ineligible": "ineligible" in data.get("include", []),
        "include_upcoming": "upcoming" in data.get("include", []),
        "language": data["language"],
    }
    found = []
    for path, person in people:
        age = read_age(path, person, on, errors)
        wanted, stated, unknown = needs_of_person(sources, age, catalog)
        facts = read_person(path, person, age, caregiver, stated, catalog, errors)
        found.append(PersonRequest(person.get("id"), MatchRequest(on, facts, wanted, **options), unknown))
    _refuse_repeated_ids(people, errors)
    _refuse_too_many(len(people), data["limit"], errors)
    errors.raise_if_any()
    return found


def refuse_far_day(on: date) -> None:
    """Raises InvalidRequestError for a day to judge for that is not in 2000 to 2099."""
    if not FIRST_DAY <= on <= LAST_DAY:
        raise InvalidRequestError([FieldError("on", f"This must be a day from {FIRST_DAY} to {LAST_DAY}.")])


def _people(data: Mapping[str, Any], errors: ErrorList) -> list[tuple[str, Mapping[str, Any]]]:
    """(path in the request, person) for each person."""
    if "people" not in data:
        return [("person", data.get("person", {}))]
    if "person" in data:
        errors.add("people", "Give “person” or “people”, not both.")
    if not data["people"]:
        errors.add("people", "Give at least one person.")
    for index, person in enumerate(data["people"]):
        if "id" not in person:
            errors.add(f"people.{index}.id", "Each of several people needs an id of your own.")
    return [(f"people.{index}", person) for index, person in enumerate(data["people"])]


def _refuse_repeated_ids(people: list[tuple[str, Mapping[str, Any]]], errors: ErrorList) -> None:
    seen: set[str] = set()
    for path, person in people:
        person_id = person.get("id")
        if person_id is not None and person_id in seen:
            errors.add(f"{path}.id", "Two people have this id.")
        seen.add(person_id or "")


def _refuse_too_many(people: int, limit: int, errors: ErrorList) -> None:
    if people > 1 and people * limit > MAX_MATCHES:
        errors.add(
            "limit", f"For {people} people at once give at most {MAX_MATCHES // people}, or ask for fewer people."
        )
