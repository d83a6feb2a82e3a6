"""Version 1 of the JSON API: views that read a request, call one function and shape its answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, jsonify, redirect, url_for
from flask_smorest import Blueprint
from marshmallow import RAISE
from werkzeug.exceptions import NotFound

from api import shapes
from api.context import directory, keeper, today
from api.filters import allowed_services
from api.parsing import Parser
from api.problems import FieldError, InvalidRequest, problem, unknown_name
from api.schemas import ExplainSchema, MatchSchema, ServicesQuerySchema
from matching.match import explain, match
from matching.request import Match, MatchRequest, MatchResult
from search.find import Query, find

blueprint = Blueprint(
    "v1", __name__, url_prefix="/api/v1", description="Find services, and match a family's needs to those that fit."
)

NOT_STORED = {"Cache-Control": "no-store"}


@blueprint.get("/services")
@blueprint.arguments(ServicesQuerySchema, location="query", unknown=RAISE)
@blueprint.response(200)
def list_services(query: dict[str, Any]) -> Response:
    """Search the directory by words, need, age and town."""
    served = directory()
    found = find(Query(query["q"], allowed_services(query, served, today())), served.catalog, served.index)
    start = (query["page"] - 1) * query["per_page"]
    items = [
        shapes.service_summary(one.service, served.catalog, today()) | {"why": list(one.why)}
        for one in found[start : start + query["per_page"]]
    ]
    needs = list(served.catalog.needs_under(query["need"])) if "need" in query else []
    return jsonify(
        total=len(found),
        page=query["page"],
        per_page=query["per_page"],
        query={"text": query["q"], "needs": needs},
        items=items,
    )


@blueprint.get("/services/<service_id>")
@blueprint.response(200)
def get_service(service_id: str) -> Any:
    """One service, whole. A former id leads to the id of today."""
    catalog = directory().catalog
    service = catalog.resolve(service_id)
    if service is None:
        error = unknown_name("id", "service", service_id, catalog.services)
        return problem(404, [error], "No service has this id.")
    if service.id != service_id:
        return redirect(url_for("v1.get_service", service_id=service.id), 301)
    return jsonify(shapes.service_detail(service, catalog, today()))


@blueprint.get("/organizations/<organization_id>")
@blueprint.response(200)
def get_organization(organization_id: str) -> Any:
    """One organization, with the ids of its services."""
    catalog = directory().catalog
    organization = catalog.organizations.get(organization_id)
    if organization is None:
        raise NotFound
    return jsonify(shapes.organization_detail(organization, catalog))


@blueprint.get("/needs")
@blueprint.response(200)
def list_needs() -> Response:
    """The needs taxonomy: groups and their needs, with labels, everyday words and how many services each has."""
    served = directory()
    counts = served.services_by_need
    needs = [shapes.need_term(need, counts.get(need.id, 0)) for need in served.catalog.needs.values()]
    return jsonify(version=served.catalog.version, needs=needs)


@blueprint.post("/matches")
@blueprint.arguments(MatchSchema)
@blueprint.response(200)
def match_needs(data: dict[str, Any]) -> Response:
    """Match needs and facts to services, each with a verdict and the reason for each criterion. Nothing is kept."""
    served = directory()
    requests = Parser(served.catalog, today()).match_requests(data)
    answers = [_match_answer(person, request, match(request, served.table)) for person, request in requests]
    about = {
        "on": requests[0][1].on.isoformat(),
        "catalog": {"version": served.catalog.version, "services": served.service_count},
    }
    body = about | ({"people": answers} if "people" in data else answers[0])
    response = jsonify(body)
    response.headers.update(NOT_STORED)
    return response


@blueprint.post("/matches/explain")
@blueprint.arguments(ExplainSchema)
@blueprint.response(200)
def explain_match(data: dict[str, Any]) -> Response:
    """Why does one service fit, or not? Every criterion of it, whatever the verdict."""
    served = directory()
    service = served.catalog.resolve(data["service"])
    if service is None:
        raise InvalidRequest([unknown_name("service", "service", data["service"], served.catalog.services)])
    if "people" in data:
        raise InvalidRequest([FieldError("people", "Explain one person at a time: use “person”.")])
    wanted = data | {"needs": data.get("needs") or [_asked(need) for need in service.needs]}
    _, request = Parser(served.catalog, today()).match_requests(wanted)[0]
    response = jsonify(
        on=request.on.isoformat(), match=_match_shape(explain(request, served.table, service), request.on)
    )
    response.headers.update(NOT_STORED)
    return response


def _asked(need: str) -> dict[str, str]:
    return {"need": need, "severity": "moderate", "who": "child", "help_wanted": "yes"}


def _match_answer(person: str | None, request: MatchRequest, result: MatchResult) -> dict[str, Any]:
    catalog = directory().catalog
    answer: dict[str, Any] = {"id": person} if person is not None else {}
    return answer | {
        "total": result.total,
        "needs": [
            {
                "need": summary.wanted.need.id,
                "label": summary.wanted.need.label.en,
                "severity": summary.wanted.severity.word,
                "who": summary.wanted.who.value,
                "from": list(summary.wanted.origins),
                "eligible": summary.eligible,
                "uncertain": summary.uncertain,
            }
            for summary in result.needs
        ],
        "matches": [_match_shape(one, request.on) for one in result.matches],
        "questions": [{"fact": one.fact, "text": one.text, "settles": one.settles} for one in result.questions],
        "upcoming": [
            {
                "service": {"id": one.service.id, "name": one.service.name},
                "change": one.change,
                "on": one.on.isoformat(),
                "why": one.why,
                "leads_to": list(one.leads_to),
            }
            for one in result.upcoming
        ],
        "unmet_needs": [
            {
                "need": one.need.id,
                "label": one.need.label.en,
                "nearest": [
                    {"service": shapes.service_summary(service, catalog, request.on), "relaxed": text}
                    for service, text in one.nearest
                ],
            }
            for one in result.unmet_needs
        ],
        "safety": {"text": result.safety.text, "services": list(result.safety.services)} if result.safety else None,
    }


def _match_shape(one: Match, on: date) -> dict[str, Any]:
    return {
        "service": shapes.service_summary(one.service, directory().catalog, on),
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


health = Blueprint("health", __name__, description="Is the service well?")


@health.get("/healthz")
@health.response(200)
def healthz() -> Response:
    """Which catalog is served, and why the newest one is not, when it was refused."""
    held = keeper()
    served = held.current
    response = jsonify(
        status="ok" if held.failure is None else "serving the last good catalog",
        catalog={"version": served.catalog.version, "services": served.service_count},
        failure=held.failure,
    )
    response.headers.update(NOT_STORED)
    return response
