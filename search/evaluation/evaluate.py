"""How good the search is, on judged queries: success in the first three, empty answers, and noise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

FIRST = 3
# A query of so many words is short.
SHORT = 7


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query and the ids of every good answer; none for a query about nothing in the directory."""

    text: str
    language: str
    kind: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares from 0 to 1, and the queries that went wrong with what came first."""

    queries: int
    success: dict[str, float]
    by_kind: dict[str, float]
    empty: int
    silent: float
    wrong: tuple[tuple[JudgedQuery, tuple[str, ...]], ...]
    by_length: dict[str, float]  # "en short" and the like: SHORT words at most, or more


def judged_queries(data: Any) -> list[JudgedQuery]:
    """From the value of a YAML file: {queries: [{q, lang, kind, relevant}]}."""
    return [
        JudgedQuery(item["q"], item["lang"], item["kind"], frozenset(item.get("relevant") or ()))
        for item in data["queries"]
    ]


def evaluate(queries: Iterable[JudgedQuery], ask: Callable[[str], list[str]]) -> Quality:
    """Ask every query; `ask` gives the ids found, best first.

    success: by language, the share of answerable queries with a good answer among the first three. empty: answerable
    queries that found nothing. silent: the share of unanswerable queries that found nothing, as they should.
    """
    hits: dict[str, list[bool]] = defaultdict(list)
    kinds: dict[str, list[bool]] = defaultdict(list)
    lengths: dict[str, list[bool]] = defaultdict(list)
    silent: list[bool] = []
    wrong = []
    empty = 0
    count = 0
    for query in queries:
        count += 1
        found = ask(query.text)
        if not query.relevant:
            silent.append(not found)
            good = not found
        else:
            good = bool(query.relevant.intersection(found[:FIRST]))
            hits[query.language].append(good)
            lengths[f"{query.language} {'short' if len(query.text.split()) <= SHORT else 'long'}"].append(good)
            empty += not found
        kinds[query.kind].append(good)
        if not good:
            wrong.append((query, tuple(found[:FIRST])))
    return Quality(
        count,
        {language: _share(values) for language, values in sorted(hits.items())},
        {kind: _share(values) for kind, values in sorted(kinds.items())},
        empty,
        _share(silent),
        tuple(wrong),
        {length: _share(values) for length, values in sorted(lengths.items())},
    )


def _share(values: list[bool]) -> float:
    return sum(values) / len(values) if values else 1.0
