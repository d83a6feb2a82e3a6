"""Random search for the weights of the search, with the queries of each fold left out once.

From the weights that are, one to three figures at a time are moved a little; what is not worse is kept. The same seeds
give the same weights. Takes about a second a step: an hour with the figures below. Nothing is written but what it
prints; the rounded means of the folds go into search/weights.py by hand.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import fields, replace
from functools import partial
from statistics import fmean
from typing import Any

from bench.search import ON
from bench.timing import table
from catalog.reading.yaml_reader import read_file
from directory import Directory, ServiceQuery, build_directory
from search.evaluation.evaluate import JudgedQuery, evaluate, judged_queries
from search.searcher import Searcher
from search.weights import WEIGHTS, Weights
from settings import ROOT, load_settings

FILES = ("queries.yaml", "queries-elsewhere.yaml")
FOLDS = 5
STEPS = 500
# A good answer is worth this by its place, none from the eleventh on; an empty answer costs.
PLACES = (1.0, 0.95, 0.85, 0.6, 0.45, 0.35, 0.3, 0.25, 0.2, 0.15)
EMPTY = -0.5
# What silence is worth beside answers, and from where on more of it is worth nothing.
SILENCE = 0.3
SILENT_ENOUGH = 0.88

# Figures that are moved while words and phrases are learned only once: not those of the table of need evidence.
MOVED = tuple(
    field.name
    for field in fields(Weights)
    if field.type == "float" and field.name not in ("smoothing", "evenness", "summary")
)


def run() -> None:
    served = build_directory(load_settings(), ON)
    queries = [query for name in FILES for query in judged_queries(read_file(ROOT / "tests" / "search" / name).value)]
    random.Random(1).shuffle(queries)
    found, rows = [], []
    for fold in range(FOLDS):
        best = _climb(served, [query for number, query in enumerate(queries) if number % FOLDS != fold], fold)
        found.append(best)
        left_out = evaluate(queries[fold::FOLDS], partial(_ask, _with(served, best)))
        rows.append([str(fold), *(f"{share:.3f}" for share in left_out.success.values()), f"{left_out.silent:.3f}"])
    table("Fifths left out", ["fold", "English", "Spanish", "silent"], rows)
    means = [[name, f"{fmean(getattr(hit, name) for hit in found):.3f}", f"{getattr(WEIGHTS, name)}"] for name in MOVED]
    table("Means of the folds", ["weight", "mean", "now"], means)


def _climb(served: Directory, queries: Sequence[JudgedQuery], seed: int) -> Weights:
    draw = random.Random(seed)
    best, value = WEIGHTS, _value(_with(served, WEIGHTS), queries)
    for _ in range(STEPS):
        moved: dict[str, Any] = {
            name: _moved(best, name, draw) for name in draw.sample(MOVED, draw.choice((1, 1, 2, 3)))
        }
        other = replace(best, **moved)
        worth = _value(_with(served, other), queries)
        if worth >= value:
            best, value = other, worth
    return best


def _moved(weights: Weights, name: str, draw: random.Random) -> float:
    """A figure by about a quarter more or less; of a part of one, not beyond it."""
    now: float = getattr(weights, name)
    moved = now * (1 + draw.gauss(0, 0.25))
    return max(moved, -1.0) if now < 0 else max(moved, 1e-6)


def _with(served: Directory, weights: Weights) -> Directory:
    old = served.searcher
    scorer = old.scorer.weighed(served.catalog, weights)
    searcher: Searcher = replace(old, scorer=scorer)
    return replace(served, searcher=searcher, service_search=replace(served.service_search, searcher=searcher))


def _ask(served: Directory, text: str) -> list[str]:
    return [found.service.id for found in served.find(ServiceQuery(on=ON, text=text)).found]


def _value(served: Directory, queries: Sequence[JudgedQuery]) -> float:
    answers: list[float] = []
    silent: list[bool] = []
    for query in queries:
        found = _ask(served, query.text)
        if query.relevant:
            answers.append(_worth(query, found))
        else:
            silent.append(not found)
    return fmean(answers) + SILENCE * min(fmean(silent), SILENT_ENOUGH)


def _worth(query: JudgedQuery, found: list[str]) -> float:
    if not found:
        return EMPTY
    places = (PLACES[place] for place, hit in enumerate(found[: len(PLACES)]) if hit in query.relevant)
    return next(places, 0.0)
