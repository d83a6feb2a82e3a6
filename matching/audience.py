"""Who a program is for, said to everyone: its rules in sentences, without judging any person.

Files list every way to be eligible in full. Here ways that differ in one point only are told as one, and what they
share is said once, so that a family reads two lines instead of eleven.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from catalog.format import say
from catalog.model import Alternative, Catalog, IncomeRule, Label, Service, Terms, Thresholds
from matching.eligibility import CRITERIA, Residence
from matching.facts import Facts
from matching.narration import Narrator

HOUSEHOLD = 4

IN_DOLLARS = Label(
    "In {year} that is up to ${dollars} a year for a family of {size}.",
    "En {year} eso es hasta ${dollars} al año para una familia de {size}.",
)

# One criterion and its rule; a way is met when all of its clauses are.
Clause = tuple[str, Hashable]
Clauses = tuple[Clause, ...]
Sentences = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to be eligible: all of `sentences` must hold, and one of `one_of` where there are any."""

    sentences: Sentences
    one_of: tuple[Sentences, ...] = ()


@dataclass(frozen=True, slots=True)
class Criteria:
    """`everyone` must meet these sentences, and one of `ways` beside them; no ways when there is nothing to choose.

    `states_age` is whether any way says something of age.
    """

    everyone: Sentences
    ways: tuple[Way, ...]
    states_age: bool


def criteria_of(service: Service, catalog: Catalog, language: str) -> Criteria:
    """The stated rules of a service in a language (en or es). Where it merely works is no rule, and is left out."""
    narrator = Narrator(Facts(), catalog, language)
    ways = merge_ways(tuple(_clauses(one)) for one in service.eligibility)
    shared = _shared(ways)
    rest = [tuple(one for one in way if one not in shared) for way in ways] if len(ways) > 1 else []
    return Criteria(
        _told(shared, narrator),
        tuple(_grouped(_told(way, narrator) for way in rest)),
        any(one.age is not None for one in service.eligibility),
    )


def _clauses(alternative: Alternative) -> Iterator[Clause]:
    for criterion in CRITERIA:
        rule = getattr(alternative, criterion.name)
        if isinstance(rule, Terms) and rule.all_of:
            yield from ((criterion.name, Terms((term,))) for term in rule.ids)
        elif rule is not None:
            yield criterion.name, rule


def merge_ways(ways: Iterable[Clauses]) -> list[Clauses]:
    """Ways that differ only in a list of terms become one with both lists: (A and X) or (B and X) is (A or B) and X."""
    merged = list(dict.fromkeys(ways))
    while (found := next(_joinable(merged), None)) is not None:
        first, second, joined = found
        merged[first] = joined
        del merged[second]
    return merged


def _joinable(ways: list[Clauses]) -> Iterator[tuple[int, int, Clauses]]:
    for first, second in combinations(range(len(ways)), 2):
        joined = _join(ways[first], ways[second])
        if joined is not None:
            yield first, second, joined


def _join(one: Clauses, other: Clauses) -> Clauses | None:
    mine = [clause for clause in one if clause not in other]
    theirs = [clause for clause in other if clause not in one]
    if len(mine) != 1 or len(theirs) != 1:
        return None
    (name, rule), (other_name, other_rule) = mine[0], theirs[0]
    if name != other_name or not isinstance(rule, Terms) or not isinstance(other_rule, Terms):
        return None
    either = Terms(tuple(dict.fromkeys((*rule.ids, *other_rule.ids))))
    return tuple((name, either) if clause == mine[0] else clause for clause in one)


def _shared(ways: list[Clauses]) -> Clauses:
    """What stands in every way. Nothing, when some way has no more than that: the rest would be said of no one."""
    if not ways:
        return ()
    shared = tuple(clause for clause in ways[0] if all(clause in way for way in ways))
    return shared if len(ways) == 1 or all(len(way) > len(shared) for way in ways) else ()


def _told(clauses: Clauses, narrator: Narrator) -> Sentences:
    return tuple(sentence for clause in clauses for sentence in _sentences(*clause, narrator))


def _sentences(name: str, rule: Any, narrator: Narrator) -> Iterator[str]:
    yield narrator.rule(name, Residence(rule, None) if name == "residence" else rule)
    if isinstance(rule, IncomeRule):
        yield from _in_dollars(rule, narrator.catalog.thresholds, narrator.language)


def _in_dollars(rule: IncomeRule, thresholds: Thresholds, language: str) -> Iterator[str]:
    """The limit for a family of four, by the newest guideline: few people know what the poverty level is."""
    if rule.up_to_fpl_percent is None or not thresholds.poverty:
        return
    guideline = thresholds.poverty[0]
    dollars = guideline.for_household(HOUSEHOLD) * rule.up_to_fpl_percent / 100
    yield say(IN_DOLLARS, language, year=guideline.year, dollars=f"{dollars:,.0f}", size=HOUSEHOLD)


def _grouped(ways: Iterable[Sentences]) -> Iterator[Way]:
    """Ways that begin alike are told under what they begin with."""
    begun: dict[str, list[Sentences]] = {}
    for first, *rest in ways:
        begun.setdefault(first, []).append(tuple(rest))
    for first, rests in begun.items():
        if len(rests) > 1 and all(rests):
            yield Way((first,), tuple(rests))
        else:
            yield from (Way((first, *rest)) for rest in rests)
