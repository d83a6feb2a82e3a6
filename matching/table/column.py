"""One criterion over the whole catalog: its distinct rules, and the code number of the rule of each alternative.

`statuses` gives the status of each distinct rule for a family's facts. The general way calls the plain function of
`matching.eligibility` once for each rule. Age and terms, of which there are many distinct rules, have a way in numpy
that computes the very same; a property test holds them to the plain functions.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.ages import Duration, PersonAge
from catalog.model import AgeRule, Catalog, Terms, Who
from catalog.places import Place
from matching.eligibility import Criterion, Status, judge_residence
from matching.facts import Facts

Codes = NDArray[np.int32]
Statuses = NDArray[np.int8]

_UNMET, _UNKNOWN, _UNSTATED, _MET = (np.int8(status) for status in Status)


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of values that repeat: `values[codes[row]]` is the value of a row. `codes` is int32."""

    values: tuple[Any, ...]
    codes: Codes

    @classmethod
    def of(cls, rows: Iterable[Hashable]) -> Coded:
        numbers: dict[Hashable, int] = {}
        codes = [numbers.setdefault(row, len(numbers)) for row in rows]
        return cls(tuple(numbers), np.array(codes, dtype=np.int32))


@dataclass(frozen=True)
class RuleColumn:
    """A criterion's rules over the A alternatives. `statuses` has one entry for each distinct rule."""

    criterion: Criterion
    values: tuple[Any, ...]
    codes: Codes

    def statuses(self, facts: Facts, catalog: Catalog) -> Statuses:
        return np.array([self.criterion.judge(value, facts, catalog) for value in self.values], dtype=np.int8)


@dataclass(frozen=True)
class AgeColumn(RuleColumn):
    """Age rules: all limits are added to the birth dates at once."""

    limits: Limits = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "limits", Limits.of(self.values))

    def statuses(self, facts: Facts, catalog: Catalog) -> Statuses:
        found = self.limits.statuses(facts.age)
        for number in self.limits.by_hand:
            found[number] = self.criterion.judge(self.values[number], facts, catalog)
        return found


@dataclass(frozen=True)
class TermsColumn(RuleColumn):
    """Conditions or circumstances: each term is looked up once, then gathered by rule."""

    terms: tuple[str, ...] = field(init=False, repr=False)
    members: Codes = field(init=False, repr=False)
    starts: NDArray[np.intp] = field(init=False, repr=False)
    stated: NDArray[np.intp] = field(init=False, repr=False)
    all_of: NDArray[np.bool_] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        rules: list[tuple[int, Terms]] = [(row, rule) for row, rule in enumerate(self.values) if rule is not None]
        found = Coded.of(term for _, rule in rules for term in rule.ids)
        lengths = [len(rule.ids) for _, rule in rules]
        object.__setattr__(self, "terms", found.values)
        object.__setattr__(self, "members", found.codes)
        object.__setattr__(self, "starts", np.cumsum([0, *lengths[:-1]]).astype(np.intp) if rules else _NONE)
        object.__setattr__(self, "stated", np.array([row for row, _ in rules], dtype=np.intp))
        object.__setattr__(self, "all_of", np.array([rule.all_of for _, rule in rules], dtype=np.bool_))

    def statuses(self, facts: Facts, catalog: Catalog) -> Statuses:
        found = np.full(len(self.values), _UNSTATED)
        if len(self.stated):
            has = facts.has | facts.caregiver_has
            has_not = facts.has_not | facts.caregiver_has_not | facts.implausible
            each = [_MET if term in has else _UNMET if term in has_not else _UNKNOWN for term in self.terms]
            members = np.array(each, dtype=np.int8)[self.members]
            least, most = np.minimum.reduceat(members, self.starts), np.maximum.reduceat(members, self.starts)
            found[self.stated] = np.where(self.all_of, least, most)
        return found


@dataclass(frozen=True)
class ResidenceColumn(RuleColumn):
    """Residence rules. There are few places, so the answers for each are kept: they say nothing of who asked."""

    by_place: PlaceMemo = field(default_factory=lambda: PlaceMemo(), repr=False)  # noqa: PLW0108 - the class stands below

    def statuses(self, facts: Facts, catalog: Catalog) -> Statuses:
        statuses: Statuses = self.by_place.get(facts.place, partial(self._judge_all, catalog))
        return statuses

    def _judge_all(self, catalog: Catalog, place: Place | None) -> Statuses:
        facts = Facts(place=place)
        return np.array([judge_residence(rule, facts, catalog) for rule in self.values], dtype=np.int8)


ABROAD = Place(country="abroad")


class PlaceMemo:
    """What was computed for each place: 169 towns, the states, and abroad. Bounded, and about places only."""

    def __init__(self) -> None:
        self._found: dict[Place | None, Any] = {}

    def get(self, place: Place | None, compute: Callable[[Place | None], Any]) -> Any:
        # No rule tells one other country from another.
        key = ABROAD if place is not None and place.country else place
        if key not in self._found:
            self._found[key] = compute(key)
        return self._found[key]


@dataclass(frozen=True)
class Limits:
    """The start and end of each of N age rules, in months and days; `by_hand` are rules judged one by one."""

    months: NDArray[np.int64]  # (2, N) starts, ends
    days: NDArray[np.int64]  # (2, N)
    bounded: NDArray[np.bool_]  # (2, N)
    fixed: Statuses  # (N,) the status where the age does not matter, else -1
    by_hand: tuple[int, ...]

    @classmethod
    def of(cls, rules: tuple[AgeRule | None, ...]) -> Limits:
        ends = [[rule.start if rule else None for rule in rules], [rule.end if rule else None for rule in rules]]
        by_hand = [
            number
            for number, rule in enumerate(rules)
            if rule is not None and (rule.who is not Who.CHILD or rule.school_year_of is not None)
        ]
        fixed = [_UNSTATED if rule is None else _MET if rule.any else np.int8(-1) for rule in rules]
        return cls(
            months=np.array([[_months(limit) for limit in side] for side in ends], dtype=np.int64),
            days=np.array([[limit.days if limit else 0 for limit in side] for side in ends], dtype=np.int64),
            bounded=np.array([[limit is not None for limit in side] for side in ends], dtype=np.bool_),
            fixed=np.array(fixed, dtype=np.int8),
            by_hand=tuple(by_hand),
        )

    def statuses(self, age: PersonAge | None) -> Statuses:
        if age is None:
            return np.where(self.fixed >= 0, self.fixed, _UNKNOWN)
        youngest = self._reached(age.latest_birth, age.on)
        oldest = youngest if age.is_exact else self._reached(age.earliest_birth, age.on)
        # A side without a limit is no obstacle: started, and never too old.
        started_surely, started_maybe = youngest[0] | ~self.bounded[0], oldest[0] | ~self.bounded[0]
        over_surely, over_maybe = youngest[1] & self.bounded[1], oldest[1] & self.bounded[1]
        unmet = ~started_maybe | over_surely
        met = started_surely & ~over_maybe
        found = np.where(unmet, _UNMET, np.where(met, _MET, _UNKNOWN))
        return np.where(self.fixed >= 0, self.fixed, found)

    def _reached(self, birth: date, on: date) -> NDArray[np.bool_]:
        """Whether each limit is reached: as `Duration.after`, a missing day of a month is the first of the next."""
        month = np.datetime64(f"{birth:%Y-%m}") + self.months
        by_day = month.astype("datetime64[D]") + (birth.day - 1)
        after = np.minimum(by_day, (month + 1).astype("datetime64[D]")) + self.days
        return np.asarray(after <= np.datetime64(on))


def _months(limit: Duration | None) -> int:
    return limit.years * 12 + limit.months if limit else 0


_NONE = np.array([], dtype=np.intp)

_SPECIAL: dict[str, type[RuleColumn]] = {
    "age": AgeColumn,
    "residence": ResidenceColumn,
    "conditions": TermsColumn,
    "circumstances": TermsColumn,
}


def rule_column(criterion: Criterion, rules: Iterable[Hashable]) -> RuleColumn:
    """The column of a criterion, in the fastest form there is for it."""
    coded = Coded.of(rules)
    return _SPECIAL.get(criterion.name, RuleColumn)(criterion, coded.values, coded.codes)
