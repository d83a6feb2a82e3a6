"""What a question tells of a person, in fields and in words, and the same question with less."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from catalog.ages import PersonAge
from directory.query import ServiceQuery
from matching.facts import Facts, with_residence
from search.query.ages import AgeHint
from search.query.known import KnownPerson
from search.query.parse import ParsedQuery
from search.results.facets import NOT_STATED


def known_facts(wanted: ServiceQuery, understood: ParsedQuery, without: str = "") -> Facts:
    """The facts that were given, and what the words and the insurance filter say where they say nothing.

    The insurance may be taken as not known.
    """
    facts = wanted.facts
    age, place, insurance = facts.age, facts.place, facts.insurance
    if age is None and understood.age is not None:
        age = PersonAge.from_age(understood.age, wanted.on)
    if insurance is None and wanted.insurance not in (None, NOT_STATED):
        insurance = (wanted.insurance,)
    insurance = None if without == "insurance" else insurance
    return with_residence(replace(facts, age=age, place=place or understood.place, insurance=insurance))


def known_person(facts: Facts) -> KnownPerson:
    """What the facts tell the search, which else learns of a person by words alone."""
    age = facts.age
    days = None if age is None else AgeHint((age.on - age.latest_birth).days, (age.on - age.earliest_birth).days + 1)
    return KnownPerson(days, facts.place is not None, facts.has | facts.caregiver_has)


def without_filter(wanted: ServiceQuery, understood: ParsedQuery, name: str) -> ServiceQuery:
    """The same question without the words (q), the town, the age, that it must fit (fits), or a filter."""
    if name == "q":
        return replace(wanted, text="")
    if name == "fits":
        return replace(wanted, only_fits=False)
    if name == "town" and wanted.facts.place is not None:
        return replace(wanted, facts=replace(wanted.facts, place=None))
    if name == "age" and wanted.facts.age is not None:
        return replace(wanted, facts=replace(wanted.facts, age=None))
    if name in ("town", "age"):
        other = understood.age_words if name == "town" else understood.place_words
        return replace(wanted, text=" ".join(filter(None, (understood.text, other))))
    without: dict[str, Any] = {name: None}
    return replace(wanted, **without)
