"""What there is for a child of an age: programs made for it first, by kind of help, and what begins and ends next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from catalog.ages import Duration, PersonAge
from catalog.model import AgeRule, Service, Who
from directory import Directory, ServiceQuery
from matching.eligibility import Status, age_status, alternatives
from matching.facts import Facts
from matching.pathway import PATH_END, PathwayStep, pathway
from matching.ranking import age_fit
from web.browse.lists import ALL, Branch, branches, counts_of, everything, is_everywhere, pointers

AGES = range(PATH_END.years + 1)
SHOWN = 3
MAX_CHANGES = 6
# The fit (matching.ranking.age_fit) of limits that span 15 years or more.
WIDEST = 0.4


@dataclass(frozen=True, slots=True)
class Entries:
    """A group of needs, how many services may fit the age, and the first of those that are made for it."""

    branch: Branch
    services: tuple[Service, ...]


@dataclass(frozen=True, slots=True)
class ByAge:
    """`begins` and `ends` are what changes within a year for a child who turns this age today."""

    years: int
    total: int
    groups: tuple[Entries, ...]
    begins: tuple[PathwayStep, ...]
    ends: tuple[PathwayStep, ...]


def by_age(years: int, directory: Directory, on: date, language: str) -> ByAge:
    """What there is for a child of so many completed years. Raises ValueError for an age that is not in AGES."""
    if years not in AGES:
        raise ValueError(years)
    age = PersonAge.from_age(Duration(years), on)
    wanted = ServiceQuery(on=on, facts=Facts(age=age), per_page=1)
    results = directory.find(wanted)
    groups = branches(None, counts_of(results, "need"), directory.catalog, language)
    pointed_to = pointers(directory.catalog)
    shown: set[str] = set()
    entries = []
    for group in groups:
        found = everything(directory, replace(wanted, need=group.id, per_page=ALL))
        # A program that meets several needs is named once.
        news = (hit for hit in found if hit.id not in shown)
        worth = partial(_fit, age, directory.catalog.needs_under(group.id), pointed_to)
        first = tuple(sorted(news, key=worth, reverse=True)[:SHOWN])
        shown.update(item.id for item in first)
        entries.append(Entries(group, first))
    return ByAge(years, results.total, tuple(entries), *_changes(age, directory, on, language))


def _fit(
    age: PersonAge, needs: tuple[str, ...], pointed_to: Counter[str], service: Service
) -> tuple[bool, int, bool, int]:
    """How good a place to start it is where no town is known, greater is better: for all of Connecticut, made for the
    age, there for these needs above all, and pointed to by others.
    """
    made_for = max(_made_for(alternative.age, age) for alternative in alternatives(service))
    return is_everywhere(service), made_for, service.needs[0] in needs, pointed_to[service.id]


def _made_for(rule: AgeRule | None, age: PersonAge) -> int:
    """How far a rule is made for the age: not, for a part of the year, or for all of it.

    Limits as wide as a childhood tell as little of it as none.
    """
    if rule is None or rule.any or rule.who is not Who.CHILD or age_fit((rule,)) <= WIDEST:
        return 0
    return {Status.MET: 2, Status.UNKNOWN: 1}.get(age_status(rule, age), 0)


def _changes(
    age: PersonAge, directory: Directory, on: date, language: str
) -> tuple[tuple[PathwayStep, ...], tuple[PathwayStep, ...]]:
    """What begins and what ends before the next birthday or on it, for a child whose birthday is today."""
    birth = age.latest_birth
    until = Duration(PersonAge.from_birth_date(birth, on).completed().years + 1).after(birth)
    steps = pathway(birth, directory.table, on, language)
    begins = tuple(step for step in steps if on < step.begins_on <= until)
    ends = tuple(sorted((step for step in steps if step.now and step.ends_on and step.ends_on <= until), key=_ends_on))
    return begins[:MAX_CHANGES], ends[:MAX_CHANGES]


def _ends_on(step: PathwayStep) -> date:
    return step.ends_on or date.max
