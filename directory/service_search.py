"""A list of services: filters, verdicts, order, facet counts, and what to drop when nothing is left.

The words are read by `search.searcher`, people are judged by `matching.table.table`; here both meet. Everything is
done in arrays over what the words find; only the services of the page are looked at one by one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.model import Catalog, Service
from catalog.places import fold
from directory.distance import ServiceDistances
from directory.query import RelaxedFilter, SearchResults, ServiceHit, ServiceQuery, TownNeededError
from directory.query_facts import known_facts, known_person, without_filter
from matching.eligibility import Verdict
from matching.facts import Facts
from matching.table.table import EligibilityTable, Judged
from matching.top_rows import best_first
from search.query.sensitive_words import SensitiveWords
from search.results.facets import Bools, FacetCount, Facets
from search.results.highlight import Highlighter, forms_by_language
from search.searcher import MAX_CHARACTERS, QueryResult, Searcher

FILTERS = ("need", "sector", "kind", "language", "insurance", "cost", "delivery")

# For words, what has less than this part of the best score is far from an answer, and shown only if more is asked for.
CLOSE_TO_BEST = 0.02
# So many are shown even so, where there are that many with at least the second part.
MIN_SHOWN = 30
NO_ANSWER = 0.0002

Keys = NDArray[np.float64]
Rows = NDArray[np.intp]

# By number: an enum's own lookup is slow.
_VERDICTS = tuple(Verdict)


@dataclass(frozen=True)
class FilteredServices:
    """The R listed services that the words find, and what narrows them further.

    `rows` (R,) are in the order in which equals stand: of their ids, or without words of their names. `masks` has, for
    each filter that is on, which of them it leaves (R,). `judged` is over `rows`, None when no one is known of.
    """

    wanted: ServiceQuery
    reading: QueryResult
    facts: Facts
    rows: Rows
    judged: Judged | None
    masks: Mapping[str, Bools]

    def left(self, without: str = "") -> Bools:
        """Which of the rows (R,) all filters leave, or all but one."""
        left = np.ones(len(self.rows), dtype=np.bool_)
        for name, mask in self.masks.items():
            if name != without:
                left &= mask
        return left

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that are on, with their values."""
        return {name: value for name in FILTERS if (value := getattr(self.wanted, name)) is not None}

    @property
    def is_filtered(self) -> bool:
        """Whether something was asked for beside the words."""
        return bool(self.chosen) or self.wanted.only_fits or self.wanted.facts != Facts()

    @property
    def names(self) -> Iterator[str]:
        """All that narrows the list beside the words, by the name of its field."""
        yield from self.chosen
        yield from (name for name, fact in (("town", self.facts.place), ("age", self.facts.age)) if fact is not None)
        yield from ("fits",) if self.wanted.only_fits else ()


@dataclass(frozen=True)
class ServiceSearch:
    """What finding needs, made once for a catalog of S services."""

    searcher: Searcher
    table: EligibilityTable
    facets: Facets
    nearby: ServiceDistances
    highlighter: Highlighter
    telling: SensitiveWords
    by_name: Rows  # (S,) the rows in the order of the names
    name_keys: Keys  # (S,) greater for a name that stands earlier
    assured: Keys  # (S,) the day of the last check, as a number; -1 where there was none

    @classmethod
    def build(cls, searcher: Searcher, table: EligibilityTable) -> ServiceSearch:
        services = table.services
        by_name = np.array(sorted(range(len(services)), key=lambda row: _name_key(services[row])), dtype=np.intp)
        return cls(
            searcher,
            table,
            Facets.build(table.catalog, services),
            ServiceDistances.build(table),
            Highlighter(services),
            SensitiveWords.build(table.catalog),
            by_name,
            -np.argsort(by_name).astype(np.float64),
            np.array([one.assured_date.earliest.toordinal() if one.assured_date else -1.0 for one in services]),
        )

    @property
    def catalog(self) -> Catalog:
        return self.table.catalog

    def find(self, wanted: ServiceQuery) -> SearchResults:
        """See `Directory.find`."""
        reading = self.searcher.read(wanted.text, known_person(wanted.facts))
        narrowed = self._narrow(wanted, reading)
        left = narrowed.left()
        total = int(left.sum())
        relevance = self._relevance(narrowed)
        start = wanted.per_page * (wanted.page - 1)
        places = self._ordered(narrowed, left, relevance, start + wanted.per_page)[start:]
        return SearchResults(
            found=tuple(self._found(places, narrowed, relevance)),
            total=total,
            page=wanted.page,
            pages=math.ceil(total / wanted.per_page),
            understood=reading.understood,
            corrected_from=reading.corrected_from,
            shortened=reading.shortened,
            characters_used=min(len(wanted.text), MAX_CHARACTERS),
            words_used=len(reading.words),
            facets=self._facets(narrowed),
            relaxed=() if total else self._relaxed(narrowed),
            sensitive=self._is_sensitive(wanted, reading),
            facts=narrowed.facts,
            judged=narrowed.judged,
            places=tuple(places),
            more=int(narrowed.left("close").sum()) - total,
        )

    def _narrow(self, wanted: ServiceQuery, reading: QueryResult, without: str = "") -> FilteredServices:
        """The masks of all filters. The insurance of the person may be taken as not known."""
        facts = known_facts(wanted, reading.understood, without)
        rows = self._rows(reading)
        chosen = ((name, getattr(wanted, name)) for name in FILTERS)
        masks = {name: self.facets.mask(name, value)[rows] for name, value in chosen if value is not None}
        judged = self.table.judge(facts, rows) if facts != Facts() or wanted.only_fits else None
        if judged is not None:
            masks["possible"] = judged.verdicts > Verdict.INELIGIBLE
        if judged is not None and wanted.only_fits:
            masks["fits"] = judged.verdicts == Verdict.ELIGIBLE
        filtered = FilteredServices(wanted, reading, facts, rows, judged, masks)
        if reading.understood.text and not wanted.more:
            masks["close"] = self._close_to_best(filtered)
        return filtered

    def _close_to_best(self, filtered: FilteredServices) -> Bools:
        """Which of the rows (R,) are close to the best that this person may use.

        No filter that can be chosen counts here: so a count beside a choice is what is found with it.
        """
        relevance = self._relevance(filtered)
        possible = np.sort(relevance[self._possible(filtered)])[::-1]
        if not len(possible):
            return np.ones(len(relevance), dtype=np.bool_)
        enough = possible[MIN_SHOWN - 1] if len(possible) >= MIN_SHOWN else 0.0
        close: Bools = relevance >= max(min(CLOSE_TO_BEST * possible[0], enough), NO_ANSWER * possible[0])
        return close

    def _possible(self, filtered: FilteredServices) -> Bools:
        """Which of the rows (R,) no stated rule leaves out, whatever the insurance, which can be chosen as a filter."""
        facts = known_facts(filtered.wanted, filtered.reading.understood, "insurance")
        if facts == Facts():
            return np.ones(len(filtered.rows), dtype=np.bool_)
        judged = filtered.judged if facts == filtered.facts else self.table.judge(facts, filtered.rows)
        assert judged is not None
        possible: Bools = judged.verdicts > Verdict.INELIGIBLE
        return possible

    def _rows(self, reading: QueryResult) -> Rows:
        if not reading.understood.text:
            return self.by_name[reading.matched[self.by_name]]
        return np.flatnonzero(reading.matched)

    def _without(self, name: str, narrowed: FilteredServices) -> FilteredServices:
        """What is narrowed without one filter, which may still be among the masks."""
        return self._narrow(narrowed.wanted, narrowed.reading, name) if name == "insurance" else narrowed

    def _ordered(self, narrowed: FilteredServices, left: Bools, relevance: Keys, limit: int) -> list[int]:
        """Where among the rows the first `limit` of those left stand. Equals of any order stand by relevance."""
        places = np.flatnonzero(left)
        if narrowed.wanted.sort == "relevance":
            return best_first(places, relevance, limit)
        places = places[np.argsort(-relevance[places], kind="stable")]
        return best_first(places, self._sort_keys(narrowed), limit)

    def _relevance(self, narrowed: FilteredServices) -> Keys:
        """The score of the words, or else how much the wanted need is a service's own; more for what is near (R,)."""
        rows, need = narrowed.rows, narrowed.wanted.need
        worth = narrowed.reading.scores[rows]
        if not narrowed.reading.understood.text and need is not None:
            columns = self.searcher.scorer.columns.need_worth
            each = [columns[one][rows] for one in self.catalog.needs_under(need) if one in columns]
            worth = np.maximum.reduce(each) if each else worth
        if narrowed.facts.place is not None:
            # Squared: what is made for the town comes before what is as fitting but for all, or far away.
            worth = worth * np.square(0.5 + self.table.closeness.shares(rows, narrowed.facts.place)).astype(np.float32)
        # Rounded, so that the last bit of a sum cannot decide between equals.
        return np.round(worth, 4).astype(np.float64)

    def _sort_keys(self, narrowed: FilteredServices) -> Keys:
        """Greater is first (R,): the nearest, the first by name, or the one checked last. Raises TownNeeded."""
        sort, place, rows = narrowed.wanted.sort, narrowed.facts.place, narrowed.rows
        if sort != "distance":
            return (self.assured if sort == "assured" else self.name_keys)[rows]
        if place is None or place.town is None:
            raise TownNeededError
        return np.nan_to_num(-self.nearby.miles(rows, place), nan=-np.inf)

    def _found(self, places: list[int], narrowed: FilteredServices, relevance: Keys) -> Iterator[ServiceHit]:
        judged, reading = narrowed.judged, narrowed.reading
        rows = narrowed.rows[places]
        miles = self.nearby.miles(rows, narrowed.facts.place).tolist()
        wanted = forms_by_language(reading.words)
        for place, row, far in zip(places, rows.tolist(), miles, strict=True):
            yield ServiceHit(
                self.table.services[row],
                score=float(relevance[place]) if reading.understood.text else 0.0,
                why=self.searcher.why(row, reading),
                verdict=_VERDICTS[judged.verdicts[place]] if judged else None,
                distance_miles=None if math.isnan(far) else round(far),
                serves_town=self.nearby.serves(place, judged) if judged else None,
                highlight=self.highlighter.highlight(row, wanted) if reading.words else None,
            )

    def _facets(self, narrowed: FilteredServices) -> dict[str, tuple[FacetCount, ...]]:
        chosen = narrowed.chosen
        own = {name: self._mask(self._without(name, narrowed), name) for name in chosen}
        counted = self.facets.count(self._mask(narrowed), own, chosen)
        if narrowed.judged is not None:
            counted["verdict"] = _verdict_counts(narrowed.judged, narrowed.left("fits"), narrowed.wanted.only_fits)
        return {name: tuple(counts) for name, counts in counted.items()}

    def _mask(self, narrowed: FilteredServices, without: str = "") -> Bools:
        """What is left, as a mask of all services (S,)."""
        mask = np.zeros(len(self.by_name), dtype=np.bool_)
        mask[narrowed.rows[narrowed.left(without)]] = True
        return mask

    def _relaxed(self, narrowed: FilteredServices) -> tuple[RelaxedFilter, ...]:
        """What to drop, the most helpful first; every filter at once when no single one helps.

        Each is asked for as it would be if it were dropped: so as many are then found.
        """
        wanted, understood = narrowed.wanted, narrowed.reading.understood
        names = list(narrowed.names)
        # Without words and filters, all there is would be found: that is no help.
        if narrowed.is_filtered and understood.text:
            names.append("q")
        each = [RelaxedFilter(name, self._count(without_filter(wanted, understood, name))) for name in names]
        helpful = sorted((item for item in each if item.total), key=lambda item: (item.drop == "q", -item.total))
        if names and all(item.drop == "q" for item in helpful):
            by_words = self._count(ServiceQuery(on=wanted.on, text=understood.text))
            helpful += [RelaxedFilter("all", by_words)] if by_words else []
        return tuple(helpful)

    def _count(self, wanted: ServiceQuery) -> int:
        """How many services would be found."""
        reading = self.searcher.read(wanted.text, known_person(wanted.facts))
        return int(self._narrow(wanted, reading).left().sum())

    def _is_sensitive(self, wanted: ServiceQuery, reading: QueryResult) -> bool:
        """Whether the words or the need filter tell of a sensitive need, or name a service for one."""
        named = (self.table.services[row] for row in reading.named)
        needs = {*reading.needs, *(one.needs[0] for one in named if one.needs), *filter(None, [wanted.need])}
        return self.telling.any_in(reading.words) or any(self.catalog.needs[need].sensitive for need in needs)


def _verdict_counts(judged: Judged, left: Bools, only_fits: bool) -> list[FacetCount]:
    counts = np.bincount(judged.verdicts[left], minlength=len(Verdict)).tolist()
    return [
        FacetCount(verdict.word, counts[verdict], only_fits and verdict is Verdict.ELIGIBLE)
        for verdict in (Verdict.ELIGIBLE, Verdict.UNCERTAIN)
    ]


def _name_key(service: Service) -> tuple[str, str]:
    return fold(service.name), service.id
