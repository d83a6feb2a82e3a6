"""The eligibility table: every service's rules in numpy columns, for judging and ranking the catalog at once.

Nothing is decided here. Each distinct rule is judged once (`matching.table.column`), and the answers are spread over
the candidates by code number. Only services that meet a wanted need are candidates, so the cost follows their number.

Shapes: S services in the order of their ids, A alternatives grouped by service, C candidates, B their alternatives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from catalog.model import Alternative, Catalog, Kind, Service, Who
from matching import ranking
from matching.eligibility import AGE, CIRCUMSTANCES, CRITERIA, RESIDENCE, Status, alternatives, judge_age
from matching.facts import Facts
from matching.narration import JudgedRule
from matching.request import WantedNeed
from matching.table.column import Coded, RuleColumn, Statuses, rule_column
from matching.table.proximity import ClosenessColumns

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Rows = NDArray[np.intp]

# A judgement's rank in one number, greater is better: unmet, then unknown, then age or residence unstated. There are
# fewer than ten criteria, so that no sum of one kind outweighs the next.
_UNMET, _UNKNOWN, _UNSTATED = -10_000, -10, -1
_LEAST_POSSIBLE = _UNMET // 2
_RESIDENCE = CRITERIA.index(RESIDENCE)


@dataclass(frozen=True, slots=True)
class Judged:
    """C services judged, each by its best alternative.

    Arrays are of length C; the last two fields are set where a need is the caregiver's.
    """

    rows: Rows  # the services
    ranks: NDArray[np.int32]
    verdicts: NDArray[np.int8]  # 0 ineligible, 1 uncertain, 2 eligible
    best: Rows  # the number of the alternative among all A
    certainty: Floats  # the share of the score; 0 for the ineligible
    made_for: Floats  # how much the met criteria show that it is made for this person
    statuses: tuple[Statuses, ...]  # for each criterion, the status of each distinct rule
    facts: Facts
    adult: Judged | None = None  # the same rows, judged for the caregiver
    takes_adult: Bools | None = None  # where that decided

    def side(self, index: int) -> Judged:
        """Whose judgement decided a service: this one, or the caregiver's where the need is theirs."""
        if self.adult is not None and self.takes_adult is not None and self.takes_adult[index]:
            return self.adult
        return self

    def sides(self) -> tuple[Judged, ...]:
        """This judgement, and the caregiver's where there is one."""
        return (self,) if self.adult is None else (self, self.adult)


class Looked(NamedTuple):
    """One alternative as judged: for each criterion the code of its rule and its status (by number).

    `but_for_age` is whether nothing but age can rule it out; `other_unknowns` counts what else is unknown.
    """

    codes: list[int]
    statuses: list[int]
    but_for_age: bool
    other_unknowns: int


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
    languages: Coded  # (S,)
    row_of: dict[str, int]
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
            languages=Coded.of(service.languages for service in services),
            row_of={service.id: row for row, service in enumerate(services)},
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
        counts = self._count(statuses, facts, members)
        places = self._first_best(_preferences(counts), starts) if len(rows) else starts
        best = counts.at(places)
        ranks = _ranks(best)
        verdicts = (ranks > _UNKNOWN).astype(np.int8) + (ranks > _LEAST_POSSIBLE).astype(np.int8)
        certainty = np.where(verdicts > 0, ranking.certainty(best.unknown, best.untold, best.unstated), 0.0)
        return Judged(rows, ranks, verdicts, members[places], certainty, best.made_for, statuses, facts)

    def _count(self, statuses: tuple[Statuses, ...], facts: Facts, members: Rows) -> _Counts:
        """What each of these alternatives fails in, lacks and meets."""
        unmet, unknown, unstated, untold = (np.zeros(len(members), dtype=np.int32) for _ in range(4))
        made_for = np.zeros(len(members))
        place_unknown = np.zeros(len(members), dtype=np.bool_)
        for criterion, column, of_rules in zip(CRITERIA, self.rules, statuses, strict=True):
            status = of_rules[column.codes[members]]
            unmet += status == Status.UNMET
            unknown += status == Status.UNKNOWN
            if criterion is RESIDENCE:
                place_unknown = status == Status.UNKNOWN
            if criterion.always_said:
                unstated += status == Status.UNSTATED
            if criterion.is_untold(facts):
                untold += status == Status.UNKNOWN
            if criterion.made_for:
                made_for = np.maximum(made_for, criterion.made_for * (status == Status.MET))
        return _Counts(unmet, unknown, unstated, untold, made_for, place_unknown)

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
        others = np.delete(statuses, CRITERIA.index(AGE), axis=0)
        but_age = (others.min(axis=0) > Status.UNMET).tolist()
        unknowns = ((others == Status.UNKNOWN).sum(axis=0) - self._of_participants(numbers, statuses)).tolist()
        found = zip(numbers.tolist(), codes.T.tolist(), statuses.T.tolist(), but_age, unknowns, strict=True)
        return {number: Looked(*each) for number, *each in found}

    def _of_participants(self, numbers: Rows, statuses: NDArray[np.int8]) -> NDArray[np.int8]:
        """1 where it is unknown whether the person is in the program already, else 0: that hides no last day."""
        column = self.rules[CRITERIA.index(CIRCUMSTANCES)]
        terms = self.catalog.vocabulary.circumstances
        of_rules = np.array(
            [rule is not None and all(terms[term].participant for term in rule.ids) for rule in column.values]
        )
        is_unknown = statuses[CRITERIA.index(CIRCUMSTANCES)] == Status.UNKNOWN
        found: NDArray[np.int8] = (of_rules[column.codes[numbers]] & is_unknown).astype(np.int8)
        return found

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

    def ways_by_age(self, row: int, looked: Mapping[int, Looked]) -> list[Alternative]:
        """The alternatives of a service that nothing but age can rule out, of those with the fewest other unknowns."""
        numbers = [number for number in self.alternative_numbers(row) if looked[number].but_for_age]
        fewest = min((looked[number].other_unknowns for number in numbers), default=0)
        return [self.alternative(number, row) for number in numbers if looked[number].other_unknowns == fewest]

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
        severities: dict[str, int] = {}
        for want in wanted:
            severities[want.need.id] = severities.get(want.need.id, 0) + want.severity
        greatest = max((want.severity for want in wanted), default=1)
        most_pressing, met, count = (np.zeros(len(rows)) for _ in range(3))
        for want in wanted:
            filed = _contains(self.need_rows.get(want.need.id, _NO_ROWS), rows)
            most_pressing = np.maximum(most_pressing, filed * (want.severity / greatest))
            met += filed * want.severity
        for need in severities:
            count += _contains(self.need_rows.get(need, _NO_ROWS), rows)
        shares = {
            "needs": ranking.needs_share(most_pressing, met, sum(severities.values())),
            "door": self._doors(judged, wanted, greatest),
            "certainty": judged.certainty,
            "closeness": self.closeness.shares(rows, judged.facts.place),
            "fit": ranking.fit(self.age_fit[rows], judged.made_for),
            "focus": count / np.maximum(1, self.need_counts[rows]),
            "freshness": self._freshness(on)[self.freshness.codes[rows]],
            "language": self._languages(judged.facts.languages)[self.languages.codes[rows]],
        }
        return {name: weight * shares[name] for name, weight in ranking.WEIGHTS.items()}

    def _doors(self, judged: Judged, wanted: tuple[WantedNeed, ...], greatest: int) -> Floats:
        """How much each service is where one starts for a wanted need, at the age of whoever has it (C,)."""
        shares = np.zeros(len(judged.rows))
        for want in wanted:
            for place, (service_id, age) in enumerate(front_doors(want, judged.facts)):
                index = self._index_of(service_id, judged.rows)
                if index is not None:
                    share = ranking.door_share(place, age) * want.severity / greatest
                    shares[index] = max(shares[index], share)
        return shares

    def _index_of(self, service_id: str, rows: Rows) -> int | None:
        """Where a service stands among these rows (ascending)."""
        row = self.row_of.get(service_id)
        if row is None:
            return None
        index = int(np.searchsorted(rows, row))
        return index if index < len(rows) and rows[index] == row else None

    def _languages(self, spoken: tuple[str, ...]) -> Floats:
        return np.array([ranking.language_share(stated, spoken) for stated in self.languages.values])

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


class _Counts(NamedTuple):
    """For each of some alternatives, how many criteria have a status; see Judgement in matching.eligibility."""

    unmet: NDArray[np.int32]
    unknown: NDArray[np.int32]
    unstated: NDArray[np.int32]
    untold: NDArray[np.int32]
    made_for: Floats
    place_unknown: Bools

    def at(self, places: Rows) -> _Counts:
        """The counts of the alternatives at these places."""
        return _Counts(
            self.unmet[places],
            self.unknown[places],
            self.unstated[places],
            self.untold[places],
            self.made_for[places],
            self.place_unknown[places],
        )


def _ranks(counts: _Counts) -> NDArray[np.int32]:
    """As Judgement.rank, in one number: of ineligible alternatives what they leave unstated is no matter."""
    ranks = _UNMET * counts.unmet + _UNKNOWN * counts.unknown
    return (ranks + np.where(counts.unmet > 0, 0, _UNSTATED * counts.unstated)).astype(np.int32)


def _preferences(counts: _Counts) -> NDArray[np.int32]:
    """As Judgement.preference: of uncertain alternatives the first, of those lacking nothing but the place if any."""
    uncertain = (counts.unmet == 0) & (counts.unknown > 0)
    only_place = counts.unknown == counts.place_unknown
    return np.where(uncertain, np.where(only_place, _UNKNOWN + 1, _UNKNOWN), _ranks(counts)).astype(np.int32)


def front_doors(want: WantedNeed, facts: Facts) -> Iterator[tuple[str, Status]]:
    """(service, status of its age) for each place where one starts for a need, the best first."""
    of_adult = want.who is Who.CAREGIVER and want.need.personal
    seen = facts.as_caregiver() if of_adult and not facts.of_caregiver else facts
    for door in want.need.start_with:
        yield door.service_id, Status.MET if door.age is None else judge_age(door.age, seen)
