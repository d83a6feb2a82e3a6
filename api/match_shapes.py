"""How answers of the matcher look as JSON."""

from __future__ import annotations

from datetime import date
from typing import Any

from api import shapes
from catalog.model import Catalog
from matching.pathway import PathwayStep
from matching.request import Match, MatchRequest, MatchResult, Safety


def safety(first: Safety | None) -> dict[str, Any] | None:
    """Whom to call first, and what to say above everything else."""
    return {"text": first.text, "services": list(first.services)} if first else None


def match_answer(person: str | None, request: MatchRequest, result: MatchResult, catalog: Catalog) -> dict[str, Any]:
    """What was found for one person."""
    answer: dict[str, Any] = {"id": person} if person is not None else {}
    return answer | {
        "total": result.total,
        "needs": [
            {
                "need": summary.wanted.need.id,
                "label": summary.wanted.need.label.in_language(request.language),
                "severity": summary.wanted.severity.word,
                "who": summary.wanted.who.value,
                "from": list(summary.wanted.origins),
                "eligible": summary.eligible,
                "uncertain": summary.uncertain,
            }
            for summary in result.needs
        ],
        "matches": [match_shape(one, request.on, catalog) for one in result.matches],
        "questions": [{"fact": one.fact, "text": one.text, "settles": one.settles} for one in result.questions],
        "upcoming": [
            {
                "service": {"id": one.service.id, "name": one.service.name},
                "change": one.change,
                "on": one.on.isoformat(),
                "when": one.when,
                "why": one.why,
                "leads_to": list(one.leads_to),
            }
            for one in result.upcoming
        ],
        "unmet_needs": [
            {
                "need": one.need.id,
                "label": one.need.label.in_language(request.language),
                "nearest": [
                    {"service": shapes.service_summary(service, catalog, request.on), "relaxed": text}
                    for service, text in one.nearest
                ],
            }
            for one in result.unmet_needs
        ],
        "safety": safety(result.safety),
    }


def match_shape(one: Match, on: date, catalog: Catalog) -> dict[str, Any]:
    """One service for this person: verdict, score and the reason for each criterion."""
    return {
        "service": shapes.service_summary(one.service, catalog, on),
        "verdict": one.verdict.word,
        "needs_met": list(one.needs_met),
        "score": one.score,
        "score_parts": one.score_parts,
        "reasons": [
            {"criterion": reason.criterion, "status": reason.status.word, "text": reason.text, "source": reason.source}
            for reason in one.reasons
        ],
        "missing": list(one.missing),
        "to_confirm": list(one.to_confirm),
        "opens_on": one.opens_on.isoformat() if one.opens_on else None,
        "ends_on": one.ends_on.isoformat() if one.ends_on else None,
    }


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
