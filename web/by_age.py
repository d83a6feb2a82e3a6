"""What there is for a child of an age: programs made for it first, by kind of help, and what begins and ends next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from catalog.ages import Duration, PersonAge
from catalog.model import AgeRule, Service, Who
from directory import Directory, Wanted
from matching.eligibility import Status, age_status, alternatives
from matching.facts import Facts
from matching.pathway import PATH_END, PathwayStep, pathway
from matching.ranking import age_fit
from web.browsing import ALL, Branch, branches, counts_of, everything

AGES = range(PATH_END.years + 1)
SHOWN = 3
MOST_CHANGES = 6
# The worst is 0, as for the statuses of `matching`: nothing stated, all ages, part of the year, the whole year.
_UNSTATED, _ALL_AGES, _IN_PART, _WHOLLY = range(4)


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
    wanted = Wanted(on=on, facts=Facts(age=age), per_page=1)
    results = directory.find(wanted)
    groups = branches(None, counts_of(results, "need"), directory.catalog, language)
    shown: set[str] = set()
    entries = []
    for group in groups:
        found = everything(directory, replace(wanted, need=group.id, per_page=ALL))
        # A program that meets several needs is named once.
        news = (one for one in found if one.id not in shown)
        first = tuple(sorted(news, key=partial(_fit, age, directory.catalog.needs_under(group.id)), reverse=True))[
            :SHOWN
        ]
        shown.update(one.id for one in first)
        entries.append(Entries(group, first))
    return ByAge(years, results.total, tuple(entries), *_changes(age, directory, on, language))


def _fit(age: PersonAge, needs: tuple[str, ...], service: Service) -> tuple[int, bool, bool, float]:
    """How good a place to start it is, greater is better: limits around the age, first of all for these needs, for all
    of Connecticut, and narrow limits.
    """
    rules = tuple(one.age for one in alternatives(service))
    level = max(_level(rule, age) for rule in rules)
    everywhere = service.service_area is not None and service.service_area.whole is not None
    return level, service.needs[0] in needs, everywhere, age_fit(rules)


def _level(rule: AgeRule | None, age: PersonAge) -> int:
    if rule is None:
        return _UNSTATED
    if rule.any or rule.who is not Who.CHILD:
        return _ALL_AGES
    return {Status.MET: _WHOLLY, Status.UNKNOWN: _IN_PART}.get(age_status(rule, age), _UNSTATED)


def _changes(
    age: PersonAge, directory: Directory, on: date, language: str
) -> tuple[tuple[PathwayStep, ...], tuple[PathwayStep, ...]]:
    """What begins and what ends before the next birthday or on it, for a child whose birthday is today."""
    birth = age.latest_birth
    until = Duration(PersonAge.from_birth_date(birth, on).completed().years + 1).after(birth)
    steps = pathway(birth, directory.table, on, language)
    begins = tuple(step for step in steps if on < step.begins_on <= until)
    ends = tuple(sorted((step for step in steps if step.now and step.ends_on and step.ends_on <= until), key=_ends_on))
    return begins[:MOST_CHANGES], ends[:MOST_CHANGES]


def _ends_on(step: PathwayStep) -> date:
    return step.ends_on or date.max
