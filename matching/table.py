"""The eligibility table: every service's rules in numpy columns, for judging and ranking the whole catalog at once.

Nothing is decided here. Each distinct rule, area, date ... is judged once by the plain functions of
`matching.eligibility` and `matching.ranking`, and the answers are spread over the catalog by code number. So the two
ways of evaluating cannot differ in a rule, only in the spreading; a property test holds that to the plain way.

Shapes: S services (in the order of their ids), A alternatives (grouped by service), D distinct sets of rules.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from catalog.model import Catalog, Kind, Service
from matching import ranking
from matching.eligibility import CRITERIA, Criterion, Status, alternatives
from matching.facts import Facts
from matching.request import WantedNeed

T = TypeVar("T", bound=Hashable)
Codes = NDArray[np.int32]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# The rank of a judgement in one number, greater is better: verdict, then fewer unknowns, then fewer unstated.
_VERDICT, _UNKNOWN = 100, 10
_ALWAYS_SAID = tuple(number for number, criterion in enumerate(CRITERIA) if criterion.always_said)


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of values that repeat: `values[codes[row]]` is the value of a row."""

    values: tuple[Any, ...]
    codes: Codes

    @classmethod
    def of(cls, rows: Iterable[Hashable]) -> Coded:
        numbers: dict[Hashable, int] = {}
        codes = [numbers.setdefault(row, len(numbers)) for row in rows]
        return cls(tuple(numbers), np.array(codes, dtype=np.int32))

    def spread(self, function: Callable[[Any], float], dtype: Any = np.float64) -> NDArray[Any]:
        """`function` of each row, called once for each distinct value."""
        return np.array([function(value) for value in self.values], dtype=dtype)[self.codes]


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict (0 ineligible, 1 uncertain, 2 eligible) and certainty share of each service; arrays of length S."""

    verdicts: NDArray[np.int8]
    certainty: Floats


@dataclass(frozen=True)
class EligibilityTable:
    """The columns. Made once for a catalog, never changed."""

    catalog: Catalog
    services: tuple[Service, ...]
    rules: tuple[Coded, ...]  # for each criterion, over the D distinct sets of rules
    rule_sets: Codes  # (A,) the set of rules of each alternative
    starts: NDArray[np.intp]  # (S,) the first alternative of each service
    need_rows: dict[str, Codes]  # need -> the services filed under it
    need_counts: NDArray[np.int32]  # (S,)
    reaches: Coded  # (S,)
    freshness: Coded  # (S,) (assured date, confidence)
    age_fit: Floats  # (S,)
    hotlines: Bools  # (S,)
    listed: Bools  # (S,) not inactive or defunct

    @classmethod
    def build(cls, catalog: Catalog) -> EligibilityTable:
        services = tuple(catalog.services[key] for key in sorted(catalog.services))
        return cls.of_services(catalog, services)

    @classmethod
    def of_services(cls, catalog: Catalog, services: tuple[Service, ...]) -> EligibilityTable:
        rows = [
            tuple(criterion.rule(service, one) for criterion in CRITERIA)
            for service in services
            for one in alternatives(service)
        ]
        rule_sets = Coded.of(rows)
        counts = np.array([len(alternatives(service)) for service in services], dtype=np.intp)
        return cls(
            catalog=catalog,
            services=services,
            rules=tuple(Coded.of(values[number] for values in rule_sets.values) for number in range(len(CRITERIA))),
            rule_sets=rule_sets.codes,
            starts=np.concatenate(([0], np.cumsum(counts)[:-1])).astype(np.intp),
            need_rows=_need_rows(services),
            need_counts=np.array([len(service.needs) for service in services], dtype=np.int32),
            reaches=Coded.of(ranking.reaches(service) for service in services),
            freshness=Coded.of((_assured(service), service.confidence) for service in services),
            age_fit=np.array(
                [ranking.age_fit(tuple(one.age for one in alternatives(service))) for service in services]
            ),
            hotlines=np.array([service.kind is Kind.HOTLINE for service in services], dtype=np.bool_),
            listed=np.array(
                [service.status in ("active", "temporarily closed") for service in services], dtype=np.bool_
            ),
        )

    def judge(self, facts: Facts) -> Judged:
        """Every service judged for these facts, each by its best alternative."""
        statuses = [
            coded.spread(partial(_status, criterion, facts, self.catalog), np.int8)
            for criterion, coded in zip(CRITERIA, self.rules, strict=True)
        ]
        worst = np.minimum.reduce(statuses)
        unknown = np.add.reduce([status == Status.UNKNOWN for status in statuses], dtype=np.int16)
        unstated = np.add.reduce([statuses[number] == Status.UNSTATED for number in _ALWAYS_SAID], dtype=np.int16)
        ranks = np.minimum(worst, 2).astype(np.int16) * _VERDICT - unknown * _UNKNOWN - unstated
        best = np.maximum.reduceat(ranks[self.rule_sets], self.starts)
        return Judged(_verdict_of_rank(best), _CERTAINTY[best + _RANK_OFFSET])

    def need_share(self, wanted: Iterable[WantedNeed]) -> Floats:
        """The severity-weighted share of the wanted needs that each service meets; array of length S."""
        share = np.zeros(len(self.services))
        total = 0
        for want in wanted:
            total += want.severity
            share[self.need_rows.get(want.need.id, _NO_ROWS)] += want.severity
        return share / total if total else share

    def rows_of(self, needs: Iterable[str]) -> NDArray[np.bool_]:
        """Which services are filed under any of the needs; array of length S."""
        mask = np.zeros(len(self.services), dtype=np.bool_)
        for need in needs:
            mask[self.need_rows.get(need, _NO_ROWS)] = True
        return mask

    def parts(self, facts: Facts, wanted: tuple[WantedNeed, ...], judged: Judged, on: date) -> dict[str, Floats]:
        """The parts of the score, each already multiplied by its weight; arrays of length S."""
        share = self.need_share(wanted)
        met = np.zeros(len(self.services))
        for need in {want.need.id for want in wanted}:
            met[self.need_rows.get(need, _NO_ROWS)] += 1
        shares = {
            "needs": share,
            "certainty": judged.certainty,
            "closeness": self.reaches.spread(lambda where: ranking.closeness(where, facts.place, self.catalog)),
            "focus": met / self.need_counts,
            "age_fit": self.age_fit,
            "freshness": self.freshness.spread(lambda value: ranking.freshness(value[0], value[1], on)),
        }
        return {name: ranking.WEIGHTS[name] * shares[name] for name in ranking.WEIGHTS}


def _status(criterion: Criterion, facts: Facts, catalog: Catalog, rule: Any) -> Status:
    return criterion.judge(rule, facts, catalog)


_NO_ROWS: Codes = np.array([], dtype=np.int32)


def _need_rows(services: tuple[Service, ...]) -> dict[str, Codes]:
    rows: dict[str, list[int]] = {}
    for row, service in enumerate(services):
        for need in service.needs:
            rows.setdefault(need, []).append(row)
    return {need: np.array(numbers, dtype=np.int32) for need, numbers in rows.items()}


def _assured(service: Service) -> date | None:
    return service.assured_date.earliest if service.assured_date else None


# Ranks run from 0 - 8 unknown - 2 unstated to 2; they are looked up with this offset.
_RANK_OFFSET = len(CRITERIA) * _UNKNOWN + len(_ALWAYS_SAID)


def _verdict_of_rank(ranks: NDArray[np.int16]) -> NDArray[np.int8]:
    return np.ceil(ranks / _VERDICT).clip(0, 2).astype(np.int8)


def _certainty_table() -> Floats:
    table = np.zeros(_RANK_OFFSET + 2 * _VERDICT + 1)
    for verdict in (1, 2):
        for unknown in range(len(CRITERIA) + 1):
            for unstated in range(len(_ALWAYS_SAID) + 1):
                rank = verdict * _VERDICT - unknown * _UNKNOWN - unstated
                table[rank + _RANK_OFFSET] = ranking.certainty(verdict, unknown, unstated)
    return table


_CERTAINTY = _certainty_table()
