"""The order of matches: by score, but lines to call first in danger, and something early for every wanted need."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest

import numpy as np

from catalog.model import Catalog, Service
from matching.eligibility import Status, Verdict
from matching.request import MatchRequest, Severity, WantedNeed
from matching.table.table import EligibilityTable, Floats, Judged, Rows, front_doors

MAX_LINES = 3
# Among the first so many every wanted need has its best service, as far as there is room.
FIRST_PAGE = 10


def is_urgent(want: WantedNeed) -> bool:
    """Whether it puts lines to call first: urgent in itself, or about safety and pressing."""
    return want.need.urgent or (want.severity is Severity.URGENT and want.need.parent == "safety")


def urgent_wants(request: MatchRequest) -> list[WantedNeed]:
    """The wants that put lines to call first, in the order of the request."""
    return [want for want in request.wanted if is_urgent(want)]


def lines_by_need(
    request: MatchRequest, table: EligibilityTable, judged: Judged, scores: Floats
) -> dict[str, list[int]]:
    """For each urgent need its lines to call as indexes of `judged`, in the order of use."""
    return {want.need.id: _lines_for(want, table, judged, scores) for want in urgent_wants(request)}


def choose_lines(by_need: Mapping[str, list[int]]) -> list[int]:
    """At most three lines to call first: the first of each urgent need, then the second of each."""
    by_turns = [index for turn in zip_longest(*by_need.values()) for index in turn if index is not None]
    return list(dict.fromkeys(by_turns))[:MAX_LINES]


def _lines_for(want: WantedNeed, table: EligibilityTable, judged: Judged, scores: Floats) -> list[int]:
    """The lines for one need, in the order of use: its front doors at this age, or else the others by score.

    Only what a person of this age in this place may call; among the others an eligible line before an uncertain one.
    """
    filed = table.is_filed_under(judged.rows, [want.need.id]) & table.hotlines[judged.rows]
    doors = _doors_at_age(want, judged)
    indexes = [
        index
        for index in np.flatnonzero(filed & (judged.verdicts > Verdict.INELIGIBLE)).tolist()
        if _is_about(table.services[judged.rows[index]], want, doors, table.catalog)
    ]

    def order_of_use(index: int) -> tuple[int, bool, int, float, int]:
        service = table.services[judged.rows[index]]
        place = doors.index(service.id) if service.id in doors else len(doors)
        is_uncertain = bool(judged.verdicts[index] != Verdict.ELIGIBLE)
        return place, is_uncertain, service.needs.index(want.need.id), -float(scores[index]), index

    in_order = sorted(indexes, key=order_of_use)
    return [index for index in in_order if table.services[judged.rows[index]].id in doors] or in_order


def _doors_at_age(want: WantedNeed, judged: Judged) -> list[str]:
    """The front doors of a need that are open at the age.

    Where the age is not known and the need may be an adult's own, what is for everyone comes before what is for an age.
    """
    doors = [door for door in front_doors(want, judged.facts) if door[1] is not Status.UNMET]
    if want.need.personal:
        doors.sort(key=lambda door: door[1] is Status.UNKNOWN)
    return [service_id for service_id, _ in doors]


def _is_about(line: Service, want: WantedNeed, doors: list[str], catalog: Catalog) -> bool:
    """Whether a line is there for a need: for its group first of all, and for the need itself before most others.

    A legal aid line also helps after violence at home, but nobody calls it in danger.
    """
    is_of_group = catalog.needs[line.needs[0]].parent == want.need.parent
    return is_of_group and (line.id in doors or want.need.id in line.needs[:2])


def arrange(
    request: MatchRequest, table: EligibilityTable, judged: Judged, scores: Floats, lines: list[int]
) -> list[int]:
    """All services to show, as indexes of `judged`, in their order.

    The lines to call; in danger what is eligible and made for the place; then by score, the ineligible last; equals by
    id. Every wanted need has its best possible service among the first ten.
    """
    possible = judged.verdicts > Verdict.INELIGIBLE
    tiers = possible.astype(np.int8)
    urgent = [want.need.id for want in urgent_wants(request)]
    if urgent:
        local = table.closeness.are_local(judged.rows, judged.facts.place)
        in_danger = table.is_filed_under(judged.rows, urgent) & (judged.verdicts == Verdict.ELIGIBLE)
        tiers[in_danger & local & ~table.hotlines[judged.rows]] = 2
    order: Rows = np.lexsort((-scores, -tiers))
    shown = order if request.include_ineligible else order[possible[order]]
    rest = [index for index in shown.tolist() if index not in set(lines)]
    return _with_every_need(request, table, judged, [*lines, *rest])


def _with_every_need(request: MatchRequest, table: EligibilityTable, judged: Judged, order: list[int]) -> list[int]:
    """The order with the best possible service of each wanted need moved among the first ten, as far as there is room.

    The most pressing needs come first; what has to go down is the lowest that no need holds there.
    """
    held: list[int] = []
    for want in sorted(request.wanted, key=lambda want: -want.severity):
        filed = table.is_filed_under(judged.rows, [want.need.id]) & (judged.verdicts > Verdict.INELIGIBLE)
        held.extend(_best_of_need([index for index in order if filed[index]], judged))
    first, later = order[:FIRST_PAGE], order[FIRST_PAGE:]
    for index in dict.fromkeys(held):
        movable = [place for place, other in enumerate(first) if other not in held]
        if index in later and movable:
            later.remove(index)
            later.insert(0, first.pop(movable[-1]))
            first.append(index)
    return [*first, *later]


def _best_of_need(in_order: list[int], judged: Judged) -> list[int]:
    """The first eligible service for a need, or else the first uncertain one; none where nothing is possible."""
    eligible = [index for index in in_order if judged.verdicts[index] == Verdict.ELIGIBLE]
    return (eligible or in_order)[:1]
