"""match(request, table) -> MatchResult: the catalog judged and ranked, the best explained.

Two stages: the table finds and orders every service that meets a wanted need (numpy), then plain functions explain the
few that are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

import numpy as np

from catalog.format import say
from catalog.model import Catalog, Service, Who
from matching import messages as wording
from matching.arrangement import arrange, choose_lines, lines_by_need, urgent_wants
from matching.eligibility import Status, Verdict
from matching.facts import Facts, implied, terms_of
from matching.narration import Narrator
from matching.next_questions import questions_for
from matching.plausibility import with_plausibility
from matching.request import (
    Match,
    MatchRequest,
    MatchResult,
    NeedSummary,
    Safety,
    UnmetNeed,
    WantedNeed,
)
from matching.table.rows import View, views_of
from matching.table.table import EligibilityTable, Floats, Judged, Rows
from matching.transitions import change_dates, upcoming_changes

NEAREST_SHOWN = 3
MAX_RELAXED = 200


def match(request: MatchRequest, table: EligibilityTable) -> MatchResult:
    """The services that meet any wanted need, judged for this person, best first.

    Pure: the day comes with the request; nothing is kept. The order is total: see `matching.arrangement`.
    """
    request = with_needs(request, table.catalog)
    rows = table.candidates(want.need.id for want in request.wanted)
    judged = judge_for(request, table, rows)
    parts = table.parts(judged, request.wanted, request.on)
    # Rounded, so that the last bit of a sum cannot decide between equals.
    scores: Floats = np.round(np.array(list(parts.values())).sum(axis=0), 9)
    lines_of = lines_by_need(request, table, judged, scores)
    lines = choose_lines(lines_of)
    order = arrange(request, table, judged, scores, lines)
    return MatchResult(
        needs=_summaries(request, table, judged),
        matches=_explained(order[: request.limit], request, table, judged, parts),
        questions=questions_for(table, judged, order, (want.need for want in request.wanted), request.language),
        upcoming=upcoming_changes(request, table, judged) if request.include_upcoming else (),
        unmet_needs=_unmet(request, table, judged, scores),
        safety=_safety(request, table, judged, lines_of),
        total=len(order),
    )


def explain(request: MatchRequest, table: EligibilityTable, service: Service) -> Match:
    """The full account of one service for this person, whatever its verdict."""
    request = with_needs(request, table.catalog)
    rows: Rows = np.array([table.services.index(service)], dtype=np.intp)
    judged = judge_for(request, table, rows)
    return _explained([0], request, table, judged, table.parts(judged, request.wanted, request.on))[0]


def judge_for(request: MatchRequest, table: EligibilityTable, rows: Rows) -> Judged:
    """Judge each service for the person whose need it meets; for several, by the better rank (the child's first).

    A rule about the child is judged by the child, whosever need it is: only a caregiver's personal need (a job, their
    own drug treatment) is judged by the caregiver alone.
    """
    judged = table.judge(request.facts, rows)
    if all(want.who is Who.CHILD for want in request.wanted):
        return judged
    adult = table.judge(request.facts.as_caregiver(), rows)
    for_adult = table.is_filed_under(rows, (want.need.id for want in request.wanted if want.who is not Who.CHILD))
    for_child = table.is_filed_under(
        rows, (want.need.id for want in request.wanted if not _is_of_caregiver_alone(want))
    )
    takes_adult = for_adult & (~for_child | (adult.ranks > judged.ranks))
    return replace(
        judged,
        ranks=np.where(takes_adult, adult.ranks, judged.ranks),
        verdicts=np.where(takes_adult, adult.verdicts, judged.verdicts),
        best=np.where(takes_adult, adult.best, judged.best),
        certainty=np.where(takes_adult, adult.certainty, judged.certainty),
        made_for=np.where(takes_adult, adult.made_for, judged.made_for),
        adult=adult,
        takes_adult=takes_adult,
    )


def _is_of_caregiver_alone(want: WantedNeed) -> bool:
    return want.who is Who.CAREGIVER and want.need.personal


def with_needs(request: MatchRequest, catalog: Catalog) -> MatchRequest:
    """The request with what its needs make known, and what nothing in it hints at."""
    stated = with_stated(request.facts, request.wanted, catalog)
    return replace(request, facts=with_plausibility(stated, (want.need.id for want in request.wanted), catalog))


def with_stated(facts: Facts, wanted: Iterable[WantedNeed], catalog: Catalog) -> Facts:
    """Add what asking for the needs makes known, of the person who has each need. What was denied stays denied."""
    terms = terms_of(catalog)
    of_child: set[str] = set()
    of_caregiver: set[str] = set()
    for want in wanted:
        for term in (*want.need.states.conditions, *want.need.states.circumstances):
            whose = {want.who, terms[term].who} if term in catalog.vocabulary.circumstances else {want.who}
            if whose != {Who.CHILD}:
                of_caregiver.add(term)
            if want.who is not Who.CAREGIVER:
                of_child.add(term)
    if not of_child and not of_caregiver:
        return facts
    return replace(
        facts,
        has=facts.has | (implied(of_child - facts.has_not, terms) - facts.has_not),
        caregiver_has=facts.caregiver_has
        | (implied(of_caregiver - facts.caregiver_has_not, terms) - facts.caregiver_has_not),
    )


def _explained(
    indexes: list[int], request: MatchRequest, table: EligibilityTable, judged: Judged, parts: dict[str, Floats]
) -> tuple[Match, ...]:
    """The accounts of these candidates, in this order."""
    scores = {name: np.round(values[indexes], 4).tolist() for name, values in parts.items()}
    wanted = {want.need.id for want in request.wanted}
    views = views_of(indexes, table, judged)
    narrators = {id(side.facts): Narrator(side.facts, table.catalog, request.language) for side in judged.sides()}
    return tuple(
        _account(view, wanted, {name: values[place] for name, values in scores.items()}, narrators[id(view.facts)])
        for place, view in enumerate(views)
    )


def _account(view: View, wanted: set[str], score_parts: dict[str, float], narrator: Narrator) -> Match:
    service = view.service
    opens_on, ends_on = change_dates(view.possible, view.facts)
    return Match(
        service=service,
        verdict=view.verdict,
        needs_met=tuple(need for need in service.needs if need in wanted),
        score=round(sum(score_parts.values()), 4),
        score_parts=score_parts,
        reasons=narrator.reasons(view.rules, view.source),
        missing=narrator.missing(view.rules) if view.verdict is Verdict.UNCERTAIN else (),
        to_confirm=(*service.confirm, *narrator.language_doubts(service)),
        opens_on=opens_on,
        ends_on=ends_on,
    )


def _summaries(request: MatchRequest, table: EligibilityTable, judged: Judged) -> tuple[NeedSummary, ...]:
    summaries = []
    for want in request.wanted:
        counts = np.bincount(judged.verdicts[table.is_filed_under(judged.rows, [want.need.id])], minlength=3)
        summaries.append(NeedSummary(want, int(counts[Verdict.ELIGIBLE]), int(counts[Verdict.UNCERTAIN])))
    return tuple(summaries)


def _unmet(request: MatchRequest, table: EligibilityTable, judged: Judged, scores: Floats) -> tuple[UnmetNeed, ...]:
    """For each need without an eligible service what is left: what one can ask, or the nearest, and the statewide way.

    A need whose only doubt is a fact that nobody told yet is not unmet: a question settles it.
    """
    unmet = []
    for need in dict.fromkeys(want.need for want in request.wanted):
        filed = np.flatnonzero(table.is_filed_under(judged.rows, [need.id]))
        verdicts = judged.verdicts[filed]
        if np.any(verdicts == Verdict.ELIGIBLE):
            continue
        ordered = filed[np.lexsort((-scores[filed], -verdicts))].tolist()
        nearest = _nearest(ordered, table, judged, request.language)
        if nearest is not None:
            unmet.append(UnmetNeed(need, nearest))
    return tuple(unmet)


def _nearest(
    indexes: list[int], table: EligibilityTable, judged: Judged, language: str
) -> tuple[tuple[Service, str], ...] | None:
    """At most three, each with what was relaxed: only the place. A program for other ages is no help, but noise.

    None where a fact that can be told may open a service: then nothing needs to be relaxed.
    """
    nearest = []
    for view in views_of(indexes[:MAX_RELAXED], table, judged):
        narrator = Narrator(view.facts, table.catalog, language)
        if view.verdict is Verdict.UNCERTAIN and narrator.missing(view.rules):
            return None
        reasons = narrator.reasons(view.rules, view.source)
        unknown = [reason for reason in reasons if reason.status is Status.UNKNOWN]
        unmet = [reason for reason in reasons if reason.status is Status.UNMET]
        if view.verdict is Verdict.UNCERTAIN:
            nearest.append((view.service, unknown[0].text))
        elif [reason.criterion for reason in unmet] == ["residence"]:
            nearest.append((view.service, unmet[0].text))
        if len(nearest) == NEAREST_SHOWN:
            break
    general = table.catalog.services.get("211-connecticut")
    if general is not None and general not in (service for service, _ in nearest):
        nearest = [*nearest[: NEAREST_SHOWN - 1], (general, say(wording.ASK_211, language))]
    return tuple(nearest)


def urgent_of(needs: Iterable[str], catalog: Catalog) -> tuple[WantedNeed, ...]:
    """Those needs that are urgent in themselves. A group of needs tells of nobody in danger."""
    known = (catalog.needs[one] for one in dict.fromkeys(needs) if one in catalog.needs)
    return tuple(WantedNeed(one) for one in known if one.urgent and one.parent is not None)


def safety_for(needs: Iterable[str], facts: Facts, table: EligibilityTable, on: date) -> Safety | None:
    """Whom to call first when someone asks for these needs; None when none of them is urgent in itself."""
    urgent = urgent_of(needs, table.catalog)
    return match(MatchRequest(on, facts, urgent, limit=1), table).safety if urgent else None


def _safety(
    request: MatchRequest, table: EligibilityTable, judged: Judged, lines_of: Mapping[str, list[int]]
) -> Safety | None:
    """The lines to call, in the order of use, and whom to call for the needs without one; None without urgent needs."""
    urgent = urgent_wants(request)
    if not urgent:
        return None
    services = [table.services[judged.rows[index]] for index in choose_lines(lines_of)]
    sentences = [say(wording.SAFETY, request.language)]
    for want in urgent:
        if not any(want.need.id in service.needs for service in services):
            own = [table.services[judged.rows[index]] for index in lines_of[want.need.id][:1]]
            sentences.append(_whom_to_call(want, own, request.language))
    return Safety(" ".join(dict.fromkeys(sentences)), tuple(service.id for service in services))


def _whom_to_call(want: WantedNeed, lines: list[Service], language: str) -> str:
    """One sentence: the need, and its own line where it has one, or else 211."""
    need = want.need.label.in_language(language)
    for line in lines:
        for phone in line.phones[:1]:
            return say(wording.OTHER_LINE, language, need=need, line=line.name, number=phone.number)
    return say(wording.NO_LINE, language, need=need)
