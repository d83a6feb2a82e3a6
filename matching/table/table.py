"""The eligibility table: every service's rules in numpy columns, for judging and ranking the catalog at once.

Nothing is decided here. Each distinct rule is judged once (`matching.table.column`), and the answers are spread over
the candidates by code number. Only services that meet a wanted need are candidates, so the cost follows their number.

Shapes: S services in the order of their ids, A alternatives grouped by service, C candidates, B their alternatives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from catalog.model import Alternative, Catalog, Kind, Service
from matching import ranking
from matching.eligibility import CRITERIA, RESIDENCE, Status, Verdict, alternatives
from matching.facts import Facts
from matching.narration import JudgedRule
from matching.request import WantedNeed
from matching.table.column import Coded, RuleColumn, Statuses, rule_column
from matching.table.proximity import ClosenessColumns

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Rows = NDArray[np.intp]

# A judgement's rank in one number, greater is better: unmet, then unknown, then age or residence unstated.
_UNMET, _UNKNOWN, _UNSTATED = -10_000, -10, -1
_LEAST_POSSIBLE = _UNMET // 2
_AGE = next(number for number, criterion in enumerate(CRITERIA) if criterion.name == "age")
_RESIDENCE = CRITERIA.index(RESIDENCE)


@dataclass(frozen=True, slots=True)
class Judged:
    """C services judged, each by its best alternative.

    `rows` are the services; `ranks`, `verdicts` (0 ineligible, 1 uncertain, 2 eligible) and `best` (the number of the
    alternative among all A) are of length C. `statuses` has, for each criterion, the status of each distinct rule.
    `adult` is the judgement of the same rows for the caregiver, and `takes_adult` (C) where it decided.
    """

    rows: Rows
    ranks: NDArray[np.int32]
    verdicts: NDArray[np.int8]
    best: Rows
    statuses: tuple[Statuses, ...]
    facts: Facts
    adult: Judged | None = None
    takes_adult: Bools | None = None

    def side(self, index: int) -> Judged:
        """Whose judgement decided a service: this one, or the caregiver's where the need is theirs."""
        if self.adult is not None and self.takes_adult is not None and self.takes_adult[index]:
            return self.adult
        return self

    def sides(self) -> tuple[Judged, ...]:
        """This judgement, and the caregiver's where there is one."""
        return (self,) if self.adult is None else (self, self.adult)

    @property
    def certainty(self) -> Floats:
        """The certainty share of the score, from the rank; array of length C."""
        return _CERTAINTY[np.maximum(self.ranks, _LEAST_RANK)]


class Looked(NamedTuple):
    """One alternative as judged: for each criterion the code of its rule and its status (by number).

    `but_for_age` is whether nothing but age can rule it out.
    """

    codes: list[int]
    statuses: list[int]
    but_for_age: bool


@dataclass(frozen=True)
class EligibilityTable:
    """The columns. Made once for a catalog, never changed."""

    catalog: Catalog
    services: tuple[Service, ...]
    rules: tuple[RuleColumn, ...]  # for each criterion, over the A alternatives
    starts: Rows  # (S + 1,) the first alternative of each service, and the end
    need_rows: dict[str, Rows]  # need -> the services filed under it, ascending
    need_counts: NDArray[np.int32]  # (S,)
    closeness: ClosenessColumns
    freshness: Coded  # (S,) (assured date, confidence)
    age_fit: Floats  # (S,)
    hotlines: Bools  # (S,)
    listed: Bools  # (S,) not inactive or defunct

    @classmethod
    def build(cls, catalog: Catalog) -> EligibilityTable:
        return cls.of_services(catalog, tuple(catalog.services[key] for key in sorted(catalog.services)))

    @classmethod
    def of_services(cls, catalog: Catalog, services: tuple[Service, ...]) -> EligibilityTable:
        pairs = [(service, one) for service in services for one in alternatives(service)]
        counts = [len(alternatives(service)) for service in services]
        return cls(
            catalog=catalog,
            services=services,
            rules=tuple(rule_column(one, (one.rule(*pair) for pair in pairs)) for one in CRITERIA),
            starts=np.cumsum([0, *counts]).astype(np.intp),
            need_rows=_need_rows(services),
            need_counts=np.array([len(service.needs) for service in services], dtype=np.int32),
            closeness=ClosenessColumns.of(services, catalog),
            freshness=Coded.of((_assured(service), service.confidence) for service in services),
            age_fit=np.array(
                [ranking.age_fit(tuple(one.age for one in alternatives(service))) for service in services]
            ),
            hotlines=np.array([service.kind is Kind.HOTLINE for service in services], dtype=np.bool_),
            listed=np.array([service.is_listed for service in services], dtype=np.bool_),
        )

    def judge(self, facts: Facts, rows: Rows | None = None) -> Judged:
        """These services (all by default) judged for these facts, each by its best alternative."""
        if rows is None:
            rows = np.arange(len(self.services))
        members, starts = self._alternatives_of(rows)
        statuses = tuple(column.statuses(facts, self.catalog) for column in self.rules)
        ranks = np.zeros(len(members), dtype=np.int32)
        for criterion, column, status in zip(CRITERIA, self.rules, statuses, strict=True):
            ranks += _penalties(status, criterion.always_said)[column.codes[members]]
        if not len(rows):
            return Judged(rows, ranks, np.zeros(0, dtype=np.int8), members, statuses, facts)
        # Of ineligible alternatives what they leave unstated is no matter (Judgement.rank).
        ranks = np.where(ranks > _LEAST_POSSIBLE, ranks, ranks // _UNKNOWN * _UNKNOWN).astype(np.int32)
        # Of uncertain alternatives the first is preferred, of those with nothing but the place unknown if there are any
        # (Judgement.preference).
        place_unknown = (statuses[_RESIDENCE] == Status.UNKNOWN)[self.rules[_RESIDENCE].codes[members]]
        only_place = ranks - _UNKNOWN * place_unknown > _UNKNOWN
        uncertain = (ranks > _LEAST_POSSIBLE) & (ranks <= _UNKNOWN)
        preferences = np.where(uncertain, np.where(only_place, _UNKNOWN + 1, _UNKNOWN), ranks)
        places = self._first_best(preferences, starts)
        best_ranks = ranks[places]
        return Judged(rows, best_ranks, _verdicts(best_ranks), members[places], statuses, facts)

    def _alternatives_of(self, rows: Rows) -> tuple[Rows, Rows]:
        """The numbers of the alternatives of these services (B,), and where each service's begin among them (C,)."""
        first, counts = self.starts[rows], self.starts[rows + 1] - self.starts[rows]
        starts = np.cumsum(counts) - counts
        return np.repeat(first - starts, counts) + np.arange(counts.sum()), starts

    @staticmethod
    def _first_best(preferences: NDArray[np.int32], starts: Rows) -> Rows:
        """The place of each service's first alternative with the greatest preference, among the B (C,)."""
        counts = np.diff(np.append(starts, len(preferences)))
        is_best = preferences == np.repeat(np.maximum.reduceat(preferences, starts), counts)
        places = np.where(is_best, np.arange(len(preferences)), len(preferences))
        found: Rows = np.minimum.reduceat(places, starts)
        return found

    def alternative(self, number: int, row: int) -> Alternative:
        """The alternative with this number, of the service in this row."""
        return alternatives(self.services[row])[number - int(self.starts[row])]

    def look(self, rows: Iterable[int], judged: Judged) -> dict[int, Looked]:
        """How each alternative of some services was judged, by alternative number."""
        numbers = np.array([number for row in rows for number in self.alternative_numbers(row)], dtype=np.intp)
        codes = np.array([column.codes[numbers] for column in self.rules])
        statuses = np.array([status[of] for status, of in zip(judged.statuses, codes, strict=True)])
        but_age = np.delete(statuses, _AGE, axis=0).min(axis=0) > Status.UNMET
        found = zip(numbers.tolist(), codes.T.tolist(), statuses.T.tolist(), but_age.tolist(), strict=True)
        return {number: Looked(*each) for number, *each in found}

    def rules_of(self, looked: Looked) -> tuple[JudgedRule, ...]:
        """The criteria of an alternative with their rules, as judged; those that it does not use are left out."""
        each = zip(self.rules, looked.codes, looked.statuses, strict=True)
        return tuple(
            JudgedRule(column.criterion, column.values[code], _STATUSES[status], code)
            for column, code, status in each
            if status != Status.UNSTATED or column.criterion.always_said
        )

    def alternative_numbers(self, row: int) -> range:
        return range(int(self.starts[row]), int(self.starts[row + 1]))

    def failing_only_in_age(self, row: int, looked: Mapping[int, Looked]) -> list[Alternative]:
        """The alternatives of a service that nothing but age can rule out."""
        return [self.alternative(number, row) for number in self.alternative_numbers(row) if looked[number].but_for_age]

    def candidates(self, needs: Iterable[str]) -> Rows:
        """The listed services filed under any of the needs, ascending."""
        found = [self.need_rows[need] for need in dict.fromkeys(needs) if need in self.need_rows]
        if not found:
            return _NO_ROWS
        rows = found[0] if len(found) == 1 else np.unique(np.concatenate(found))
        return rows[self.listed[rows]]

    def is_filed_under(self, rows: Rows, needs: Iterable[str]) -> Bools:
        """Which of these rows (ascending) are filed under any of the needs; array of length C."""
        mask = np.zeros(len(rows), dtype=np.bool_)
        for need in needs:
            mask |= _contains(self.need_rows.get(need, _NO_ROWS), rows)
        return mask

    def parts(self, judged: Judged, wanted: tuple[WantedNeed, ...], on: date) -> dict[str, Floats]:
        """The parts of the score, each already multiplied by its weight; arrays of length C."""
        rows = judged.rows
        share, met = np.zeros(len(rows)), np.zeros(len(rows))
        for need in dict.fromkeys(want.need.id for want in wanted):
            filed = _contains(self.need_rows.get(need, _NO_ROWS), rows)
            share += filed * sum(want.severity for want in wanted if want.need.id == need)
            met += filed
        shares = {
            "needs": share / max(1, sum(want.severity for want in wanted)),
            "certainty": judged.certainty,
            "closeness": self.closeness.shares(rows, judged.facts.place),
            "focus": met / np.maximum(1, self.need_counts[rows]),
            "age_fit": self.age_fit[rows],
            "freshness": self._freshness(on)[self.freshness.codes[rows]],
        }
        return {name: ranking.WEIGHTS[name] * shares[name] for name in ranking.WEIGHTS}

    def _freshness(self, on: date) -> Floats:
        return np.array([ranking.freshness(assured, sure, on) for assured, sure in self.freshness.values])


# By code: an enum's own lookup is slow.
_STATUSES = tuple(Status)

_NO_ROWS: Rows = np.array([], dtype=np.intp)


def _contains(ascending: Rows, rows: Rows) -> Bools:
    """Which of `rows` stand in `ascending`."""
    if not len(ascending):
        return np.zeros(len(rows), dtype=np.bool_)
    places = np.searchsorted(ascending, rows)
    return np.asarray(ascending[np.minimum(places, len(ascending) - 1)] == rows)


def _need_rows(services: tuple[Service, ...]) -> dict[str, Rows]:
    rows: dict[str, list[int]] = {}
    for row, service in enumerate(services):
        for need in service.needs:
            rows.setdefault(need, []).append(row)
    return {need: np.array(numbers, dtype=np.intp) for need, numbers in rows.items()}


def _assured(service: Service) -> date | None:
    return service.assured_date.earliest if service.assured_date else None


def _penalty_table(always_said: bool) -> NDArray[np.int32]:
    by_status = {Status.UNMET: _UNMET, Status.UNKNOWN: _UNKNOWN, Status.UNSTATED: _UNSTATED if always_said else 0}
    return np.array([by_status.get(status, 0) for status in Status], dtype=np.int32)


_PENALTIES = {said: _penalty_table(said) for said in (True, False)}


def _penalties(statuses: Statuses, always_said: bool) -> NDArray[np.int32]:
    return _PENALTIES[always_said][statuses]


def _verdicts(ranks: NDArray[np.int32]) -> NDArray[np.int8]:
    return (ranks > _UNKNOWN).astype(np.int8) + (ranks > _LEAST_POSSIBLE).astype(np.int8)


# Ranks of possible services run from -8 unknown - 2 unstated to 0: read from the end of this table, by negative index.
_LEAST_RANK = len(CRITERIA) * _UNKNOWN + 2 * _UNSTATED - 1


def _certainty_table() -> Floats:
    table = np.zeros(1 - _LEAST_RANK)
    for rank in range(_LEAST_RANK + 1, 1):
        unknown, unstated = divmod(-rank, -_UNKNOWN)
        verdict = Verdict.UNCERTAIN if unknown else Verdict.ELIGIBLE
        table[rank] = ranking.certainty(verdict, unknown, unstated)
    return table


_CERTAINTY = _certainty_table()
