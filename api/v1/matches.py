"""Matches: the services that fit a family's needs and facts, each with its reasons."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response

from api.caching import no_store
from api.errors import FieldError, InvalidRequestError, unknown_name
from api.v1.blueprint import blueprint
from api.v1.requests import needs
from api.v1.requests.match_request import read_match_requests
from api.v1.requests.schemas import ExplainSchema, MatchSchema
from api.v1.responses.match_schemas import ExplanationSchema, MatchAnswerSchema
from api.v1.responses.matches import match_detail, person_answer, unknown_item
from context import directory, today
from directory.danger_help import help_in_danger, needs_in_danger
from matching.match import explain, match
from matching.request import MatchRequest, MatchResult
from search.danger import DangerReading


@blueprint.post("/matches")
@blueprint.arguments(MatchSchema())
@blueprint.response(200, MatchAnswerSchema)
def match_needs(data: dict[str, Any]) -> Response:
    """Match needs and facts to services, each with a verdict and the reason for each criterion. Nothing is kept."""
    served = directory()
    danger = served.danger.find(_told(data))
    if danger is not None:
        urgent = [
            needs.as_wanted(want.need.id) | {"severity": "urgent"} for want in needs_in_danger(danger, served.table)
        ]
        data = data | {"needs": [*data.get("needs", []), *urgent]}
    asked = read_match_requests(data, served.catalog, served.phrases, today())
    answers = [
        person_answer(person.id, person.request, _matched(person.request, danger), person.unknown, served.catalog)
        for person in asked
    ]
    about = {
        "on": asked[0].request.on.isoformat(),
        "catalog": {"version": served.catalog.version, "services": served.service_count},
    }
    return no_store(about | ({"people": answers} if "people" in data else answers[0]))


def _told(data: dict[str, Any]) -> str:
    """All that was told in words: `words`, and answers of an assessment that are text."""
    answers = (data.get("assessment") or {}).get("answers", {}).values()
    return ". ".join([data.get("words", ""), *(answer for answer in answers if isinstance(answer, str))])


def _matched(request: MatchRequest, danger: DangerReading | None) -> MatchResult:
    """The answer of the matcher; in danger, with the lines to call for it."""
    table = directory().table
    result = match(request, table)
    if danger is None:
        return result
    return replace(result, safety=help_in_danger(danger, request.facts, table, request.on, request.language).safety)


@blueprint.post("/matches/explain")
@blueprint.arguments(ExplainSchema())
@blueprint.response(200, ExplanationSchema)
def explain_match(data: dict[str, Any]) -> Response:
    """Explain why one service fits or does not: every criterion of it, whatever the verdict."""
    served = directory()
    service = served.catalog.resolve(data["service"])
    if service is None:
        raise InvalidRequestError([unknown_name("service", "service", data["service"], served.catalog.services)])
    if "people" in data:
        raise InvalidRequestError([FieldError("people", "Explain one person at a time: use “person”.")])
    if not any(data.get(name) for name in needs.FIELDS):
        data = data | {"needs": [needs.as_wanted(need) for need in service.needs]}
    (asked,) = read_match_requests(data, served.catalog, served.phrases, today())
    found = match_detail(explain(asked.request, served.table, service), asked.request.on, served.catalog)
    unknown = [unknown_item(item) for item in asked.unknown]
    return no_store({"on": asked.request.on.isoformat(), "match": found, "unknown": unknown})
