"""Matching against the bare numpy comparison of age, need and town over the same services, and against plain Python."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
from numpy.typing import NDArray

from bench.generate import generated_catalog
from bench.timing import side_by_side, table
from catalog.ages import Duration, PersonAge
from catalog.model import Catalog
from catalog.places import Place
from catalog.reading.loader import load_catalog
from directory import keep_out_of_collection
from matching.eligibility import alternatives, judge
from matching.facts import Facts, with_residence
from matching.match import match
from matching.request import MatchRequest, WantedNeed
from matching.table.table import EligibilityTable
from settings import load_settings

ON = date(2026, 11, 21)
SIZES = (500, 5_000, 50_000, 500_000)
PLAIN_UP_TO = 50_000


@dataclass(frozen=True)
class Bare:
    """The least that any matcher must do: one age span, one town and one need for each alternative, in months."""

    low: NDArray[np.int32]
    high: NDArray[np.int32]
    towns: NDArray[np.bool_]  # (towns, alternatives)
    needs: NDArray[np.bool_]  # (needs, alternatives)

    def run(self, months: int, town: int, need: int) -> NDArray[np.intp]:
        fits = (self.low <= months) & (self.high > months) & self.towns[town] & self.needs[need]
        return np.flatnonzero(fits)


def bare(table_: EligibilityTable, catalog: Catalog) -> tuple[Bare, dict[str, int], dict[str, int]]:
    towns = {name: number for number, name in enumerate(catalog.places.towns)}
    needs = {name: number for number, name in enumerate(table_.need_rows)}
    rows = [(service, alternative) for service in table_.services for alternative in alternatives(service)]
    low = [row.age.start.whole_months() if row.age and row.age.start else 0 for _, row in rows]
    high = [row.age.end.whole_months() if row.age and row.age.end else 9999 for _, row in rows]
    town_fits = np.ones((len(towns), len(rows)), dtype=np.bool_)
    need_fits = np.zeros((len(needs), len(rows)), dtype=np.bool_)
    for column, (service, row) in enumerate(rows):
        area = row.residence or service.service_area
        if area is not None and area.towns:
            town_fits[:, column] = False
            town_fits[[towns[town] for town in area.towns], column] = True
        need_fits[[needs[need] for need in service.needs], column] = True
    return Bare(np.array(low, np.int32), np.array(high, np.int32), town_fits, need_fits), towns, needs


def the_request(catalog: Catalog) -> MatchRequest:
    age = PersonAge.from_birth_date(date(2020, 5, 17), ON)
    facts = with_residence(Facts(age=age, place=Place(town="Meriden"), has=frozenset({"autism"})))
    return MatchRequest(ON, facts, (WantedNeed(catalog.needs["respite"]),))


def run() -> None:
    settings = load_settings()
    real = load_catalog(settings.resources, settings.expectations, ON)
    rows = []
    for size in SIZES:
        catalog = generated_catalog(real, size)
        started = time.perf_counter()
        eligibility = EligibilityTable.build(catalog)
        built = time.perf_counter() - started
        request = the_request(catalog)
        compared, towns, needs = bare(eligibility, catalog)
        months = Duration(6, 6).whole_months()
        contestants: dict[str, Callable[[], object]] = {
            "bare": partial(compared.run, months, towns["Meriden"], needs["respite"]),
            "match": partial(match, request, eligibility),
        }
        keep_out_of_collection()
        medians = side_by_side(contestants, rounds=15 if size > PLAIN_UP_TO else 40)
        plain = _plain(request, catalog) if size <= PLAIN_UP_TO else None
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rows.append(
            [
                f"{size:,}",
                f"{medians['bare']:.3f}",
                f"{medians['match']:.2f}",
                f"{medians['match'] / medians['bare']:.1f}",
                f"{plain:,.0f}" if plain else "not run",
                f"{1000 * built:,.0f}",
                f"{memory:,.0f}",
            ]
        )
    header = [
        "services",
        "bare numpy, ms",
        "match, ms",
        "ratio",
        "plain Python, ms",
        "table built, ms",
        "peak memory, MB",
    ]
    table("Matching: all criteria, ranking, the top 20 explained", header, rows)


def _plain(request: MatchRequest, catalog: Catalog) -> float:
    started = time.perf_counter()
    for service in catalog.services.values():
        judge(service, request.facts, catalog)
    return 1000 * (time.perf_counter() - started)
