"""match(request, table) -> MatchResult: the whole catalog judged and ranked, the best explained.

Two stages: the table finds and orders (numpy, every service), then plain functions explain the few that are shown.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from catalog.model import Catalog, Kind, Service, Who
from matching.eligibility import Judgement, Verdict, judge
from matching.facts import Facts
from matching.questions import questions_for
from matching.reasons import missing_facts, reasons_for
from matching.request import (
    Match,
    MatchRequest,
    MatchResult,
    NeedSummary,
    Safety,
    Severity,
    UnmetNeed,
    WantedNeed,
)
from matching.table import EligibilityTable, Floats, Judged
from matching.transitions import change_dates, upcoming_changes

SAFETY_TEXT = (
    "If someone is in danger right now, call 911. "
    "To talk with someone at any hour, call or text 988, or dial 211 and press 1."
)
NEAREST_SHOWN = 3


def match(request: MatchRequest, table: EligibilityTable) -> MatchResult:
    """The services that meet any wanted need, judged for this person, best first.

    Pure: the day comes with the request; nothing is kept. The order is total: score, then id.
    """
    judged = _judge_for(request, table)
    parts = table.parts(request.facts, request.wanted, judged, request.on)
    scores = np.add.reduce(list(parts.values()))
    candidates = table.rows_of(want.need.id for want in request.wanted) & table.listed
    if not request.include_ineligible:
        candidates &= judged.verdicts > Verdict.INELIGIBLE
    order = _best_first(candidates, _order_keys(request, table, judged, scores), request.limit)
    return MatchResult(
        needs=_summaries(request, table, judged),
        matches=tuple(_explained(row, request, table, parts) for row in order),
        questions=questions_for(request, table, judged, lambda service: _judgement(service, request, table.catalog)),
        upcoming=upcoming_changes(request, table) if request.include_upcoming else (),
        unmet_needs=_unmet(request, table, judged, scores),
        safety=_safety(request, table, judged),
        total=int(candidates.sum()),
    )


def explain(request: MatchRequest, table: EligibilityTable, service: Service) -> Match:
    """The full account of one service for this person, whatever its verdict."""
    judged = _judge_for(request, table)
    parts = table.parts(request.facts, request.wanted, judged, request.on)
    return _explained(table.services.index(service), request, table, parts)


def facts_for(who: Who, facts: Facts) -> Facts:
    """Whose facts decide a need: the child's, or for needs of the caregiver's own, the caregiver's."""
    return facts.as_caregiver() if who is Who.CAREGIVER else facts


def _judge_for(request: MatchRequest, table: EligibilityTable) -> Judged:
    """Each service judged for the person whose need it meets; for several, by the best verdict."""
    judged = table.judge(request.facts)
    others = {want.who for want in request.wanted} - {Who.CHILD}
    if not others:
        return judged
    as_caregiver = table.judge(request.facts.as_caregiver())
    for_caregiver = table.rows_of(want.need.id for want in request.wanted if want.who is not Who.CHILD)
    for_child = table.rows_of(want.need.id for want in request.wanted if want.who is not Who.CAREGIVER)
    better = for_caregiver & (~for_child | (as_caregiver.verdicts > judged.verdicts))
    return Judged(
        np.where(better, as_caregiver.verdicts, judged.verdicts),
        np.where(better, as_caregiver.certainty, judged.certainty),
    )


def _is_urgent(want: WantedNeed) -> bool:
    return want.need.urgent or (want.severity is Severity.URGENT and want.need.parent == "safety")


def _order_keys(request: MatchRequest, table: EligibilityTable, judged: Judged, scores: Floats) -> Floats:
    """Scores, with verdicts in bands, and the hotlines for urgent safety needs above all."""
    keys: Floats = scores + (judged.verdicts == Verdict.INELIGIBLE) * -10.0
    urgent = [want.need.id for want in request.wanted if _is_urgent(want)]
    if urgent:
        keys = keys + (table.rows_of(urgent) & table.hotlines & (judged.verdicts > Verdict.INELIGIBLE)) * 10.0
    return keys


def _best_first(candidates: NDArray[np.bool_], keys: Floats, limit: int) -> list[int]:
    """Rows of the `limit` greatest keys among the candidates; equal keys in the order of rows, which is that of ids."""
    rows = np.flatnonzero(candidates)
    # Rounded, so that the last bit of a sum cannot decide between equals.
    chosen = np.round(keys[rows], 9)
    if len(rows) > limit:
        threshold = np.partition(chosen, len(rows) - limit)[len(rows) - limit]
        kept = chosen >= threshold
        rows, chosen = rows[kept], chosen[kept]
    order = np.argsort(-chosen, kind="stable")[:limit]
    return [int(row) for row in rows[order]]


def _judgement(service: Service, request: MatchRequest, catalog: Catalog) -> tuple[Judgement, Facts]:
    """The best alternative, and the facts that decided it."""
    whose = dict.fromkeys(want.who for want in request.wanted if want.need.id in service.needs)
    sides = {side for who in whose for side in _sides(who)} or {Who.CHILD}
    options = [facts_for(who, request.facts) for who in (Who.CHILD, Who.CAREGIVER) if who in sides]
    judged = [(judge(service, facts, catalog), facts) for facts in options]
    return max(judged, key=lambda pair: pair[0].verdict)


def _sides(who: Who) -> tuple[Who, ...]:
    return (Who.CHILD, Who.CAREGIVER) if who is Who.HOUSEHOLD else (who,)


def _explained(row: int, request: MatchRequest, table: EligibilityTable, parts: dict[str, Floats]) -> Match:
    service, catalog = table.services[row], table.catalog
    judgement, facts = _judgement(service, request, catalog)
    opens_on, ends_on = change_dates(service, facts, catalog)
    score_parts = {name: round(float(values[row]), 4) for name, values in parts.items()}
    wanted = {want.need.id for want in request.wanted}
    return Match(
        service=service,
        verdict=judgement.verdict,
        needs_met=tuple(need for need in service.needs if need in wanted),
        score=round(sum(score_parts.values()), 4),
        score_parts=score_parts,
        reasons=reasons_for(service, judgement, facts, catalog),
        missing=missing_facts(service, judgement, facts) if judgement.verdict is Verdict.UNCERTAIN else (),
        to_confirm=service.confirm,
        opens_on=opens_on,
        ends_on=ends_on,
    )


def _summaries(request: MatchRequest, table: EligibilityTable, judged: Judged) -> tuple[NeedSummary, ...]:
    summaries = []
    for want in request.wanted:
        rows = table.rows_of([want.need.id]) & table.listed
        counts = np.bincount(judged.verdicts[rows], minlength=3)
        summaries.append(NeedSummary(want, int(counts[Verdict.ELIGIBLE]), int(counts[Verdict.UNCERTAIN])))
    return tuple(summaries)


def _unmet(request: MatchRequest, table: EligibilityTable, judged: Judged, scores: Floats) -> tuple[UnmetNeed, ...]:
    """For each need without a possible service: the nearest that fail in one thing only, and what that is."""
    unmet = []
    for want in dict.fromkeys(want.need.id for want in request.wanted):
        rows = np.flatnonzero(table.rows_of([want]) & table.listed)
        if np.any(judged.verdicts[rows] > Verdict.INELIGIBLE):
            continue
        ordered = sorted(map(int, rows), key=lambda row: (-round(float(scores[row]), 9), row))
        unmet.append(UnmetNeed(table.catalog.needs[want], _nearest(ordered, request, table)))
    return tuple(unmet)


def _nearest(rows: list[int], request: MatchRequest, table: EligibilityTable) -> tuple[tuple[Service, str], ...]:
    nearest = []
    for row in rows:
        service = table.services[row]
        judgement, facts = _judgement(service, request, table.catalog)
        unmet = [reason for reason in reasons_for(service, judgement, facts, table.catalog) if reason.status == 0]
        # Only where the person lives is relaxed: a program for other ages is no help, and would be noise.
        if [reason.criterion for reason in unmet] == ["residence"]:
            nearest.append((service, unmet[0].text))
        if len(nearest) == NEAREST_SHOWN:
            break
    if not nearest and (general := table.catalog.services.get("211-connecticut")) is not None:
        nearest.append((general, "Nothing here fits this need. 211 can look further."))
    return tuple(nearest)


def _safety(request: MatchRequest, table: EligibilityTable, judged: Judged) -> Safety | None:
    urgent = [want.need.id for want in request.wanted if _is_urgent(want)]
    if not urgent:
        return None
    rows = np.flatnonzero(table.rows_of(urgent) & table.listed & (judged.verdicts > Verdict.INELIGIBLE))
    hotlines = [table.services[row] for row in rows if table.services[row].kind is Kind.HOTLINE]
    met = Counter({service.id: len(set(service.needs).intersection(urgent)) for service in hotlines})
    return Safety(SAFETY_TEXT, tuple(sorted(met, key=lambda key: (-met[key], key))))
