"""From columns back to values: the few judged services that are to be explained, one by one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from catalog.model import Alternative, Service
from matching.eligibility import Verdict
from matching.facts import Facts
from matching.narration import JudgedRule
from matching.table.table import EligibilityTable, Judged


class View(NamedTuple):
    """A judged service: the rules of its best alternative, their source, and whose facts decided.

    `possible` are the alternatives that fail in nothing but age, with the fewest other unknowns.
    """

    service: Service
    verdict: Verdict
    rules: tuple[JudgedRule, ...]
    source: str
    possible: list[Alternative]
    facts: Facts


def views_of(indexes: Iterable[int], table: EligibilityTable, judged: Judged) -> list[View]:
    """The services at these places of `judged`, in this order."""
    places = list(indexes)
    rows = judged.rows[places].tolist()
    looked = {id(side): table.look(rows, side) for side in judged.sides()}
    best, verdicts = judged.best[places].tolist(), judged.verdicts[places].tolist()
    views = []
    for index, row, number, verdict in zip(places, rows, best, verdicts, strict=True):
        side = judged.side(index)
        found = looked[id(side)]
        views.append(
            View(
                table.services[row],
                Verdict(verdict),
                table.rules_of(found[number]),
                table.alternative(number, row).source,
                table.ways_by_age(row, found),
                side.facts,
            )
        )
    return views
