"""How answers of the matcher look as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from api.v1.requests.needs import Unknown
from api.v1.responses.searches import safety_first
from api.v1.responses.services import service_summary
from catalog.model import Catalog
from matching.pathway import PathwayStep
from matching.request import Match, MatchRequest, MatchResult, NeedSummary, UnmetNeed, Upcoming


def person_answer(
    person_id: str | None, request: MatchRequest, result: MatchResult, unknown: Iterable[Unknown], catalog: Catalog
) -> dict[str, Any]:
    """What was found for one person."""
    answer: dict[str, Any] = {"id": person_id} if person_id is not None else {}
    return answer | {
        "total": result.total,
        "needs": [_need_summary(summary, request.language) for summary in result.needs],
        "matches": [match_detail(match, request.on, catalog) for match in result.matches],
        "questions": [
            {"fact": question.fact, "text": question.text, "settles": question.settles} for question in result.questions
        ],
        "upcoming": [_upcoming(change) for change in result.upcoming],
        "unmet_needs": [_unmet_need(unmet, request, catalog) for unmet in result.unmet_needs],
        "safety": safety_first(result.safety),
        "unknown": [unknown_item(item) for item in unknown],
    }


def match_detail(match: Match, on: date, catalog: Catalog) -> dict[str, Any]:
    """One service for this person: verdict, score and the reason for each criterion."""
    return {
        "service": service_summary(match.service, catalog, on),
        "verdict": match.verdict.word,
        "needs_met": list(match.needs_met),
        "score": match.score,
        "score_parts": match.score_parts,
        "reasons": [
            {"criterion": reason.criterion, "status": reason.status.word, "text": reason.text, "source": reason.source}
            for reason in match.reasons
        ],
        "missing": list(match.missing),
        "to_confirm": list(match.to_confirm),
        "opens_on": match.opens_on.isoformat() if match.opens_on else None,
        "ends_on": match.ends_on.isoformat() if match.ends_on else None,
    }


def unknown_item(item: Unknown) -> dict[str, Any]:
    return {"field": item.field, **item.given, "message": item.message}


def pathway_step(step: PathwayStep) -> dict[str, Any]:
    return {
        "service": {"id": step.service.id, "name": step.service.name, "needs": list(step.service.needs)},
        "begins_on": step.begins_on.isoformat(),
        "ends_on": step.ends_on.isoformat() if step.ends_on else None,
        "begins_at": step.begins_at,
        "ends_at": step.ends_at,
        "now": step.now,
        "leads_to": list(step.service.leads_to),
    }


def _need_summary(summary: NeedSummary, language: str) -> dict[str, Any]:
    wanted = summary.wanted
    return {
        "need": wanted.need.id,
        "label": wanted.need.label.in_language(language),
        "severity": wanted.severity.word,
        "who": wanted.who.value,
        "from": list(wanted.origins),
        "eligible": summary.eligible,
        "uncertain": summary.uncertain,
    }


def _upcoming(change: Upcoming) -> dict[str, Any]:
    return {
        "service": {"id": change.service.id, "name": change.service.name},
        "change": change.change,
        "on": change.on.isoformat(),
        "when": change.when,
        "why": change.why,
        "leads_to": list(change.leads_to),
    }


def _unmet_need(unmet: UnmetNeed, request: MatchRequest, catalog: Catalog) -> dict[str, Any]:
    return {
        "need": unmet.need.id,
        "label": unmet.need.label.in_language(request.language),
        "nearest": [
            {"service": service_summary(service, catalog, request.on), "relaxed": relaxed}
            for service, relaxed in unmet.nearest
        ],
    }
