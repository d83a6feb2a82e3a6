"""Version 1 of the JSON API: views that read a request, call one function and shape its answer."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, redirect, url_for
from marshmallow import RAISE
from werkzeug.exceptions import NotFound

from api import assessment_shapes, match_shapes, shapes
from api.context import directory, keeper, today
from api.filters import wanted_of
from api.json_body import Blueprint
from api.parsing import Parser, refuse_far_day
from api.problems import FieldError, InvalidRequest, not_listed, unknown_name
from api.schemas import ExplainSchema, MatchSchema, PathwayQuerySchema, ScoreSchema, ServicesQuerySchema
from catalog.ages import PersonAge
from matching.assessment import score
from matching.match import explain, match
from matching.pathway import pathway

blueprint = Blueprint(
    "v1", __name__, url_prefix="/api/v1", description="Find services, and match a family's needs to those that fit."
)


def unkept(**body: Any) -> Response:
    """An answer about a family, or of this moment: no cache may keep it."""
    response = jsonify(body)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/services")
@blueprint.arguments(ServicesQuerySchema(), location="query", unknown=RAISE)
@blueprint.response(200)
def list_services(query: dict[str, Any]) -> Response:
    """Search the directory by words, need, age and town."""
    served = directory()
    wanted = wanted_of(query, served, today())
    results = served.find(wanted)
    return jsonify(shapes.service_list(results, wanted, served.catalog))


@blueprint.get("/services/<service_id>")
@blueprint.response(200)
def get_service(service_id: str) -> Any:
    """One service, whole. A former id leads to the id of today."""
    catalog = directory().catalog
    service = catalog.resolve(service_id)
    if service is None:
        return not_listed("service", service_id, catalog.services)
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
@blueprint.arguments(MatchSchema())
@blueprint.response(200)
def match_needs(data: dict[str, Any]) -> Response:
    """Match needs and facts to services, each with a verdict and the reason for each criterion. Nothing is kept."""
    served = directory()
    requests = Parser(served.catalog, today(), served.phrases).match_requests(data)
    answers = [
        match_shapes.match_answer(person, request, match(request, served.table), served.catalog)
        for person, request in requests
    ]
    about = {
        "on": requests[0][1].on.isoformat(),
        "catalog": {"version": served.catalog.version, "services": served.service_count},
    }
    body = about | ({"people": answers} if "people" in data else answers[0])
    return unkept(**body)


@blueprint.post("/matches/explain")
@blueprint.arguments(ExplainSchema())
@blueprint.response(200)
def explain_match(data: dict[str, Any]) -> Response:
    """Why does one service fit, or not? Every criterion of it, whatever the verdict."""
    served = directory()
    service = served.catalog.resolve(data["service"])
    if service is None:
        raise InvalidRequest([unknown_name("service", "service", data["service"], served.catalog.services)])
    if "people" in data:
        raise InvalidRequest([FieldError("people", "Explain one person at a time: use “person”.")])
    named = any(data.get(name) for name in ("needs", "assessment", "codes", "words"))
    wanted = data if named else data | {"needs": [_asked(need) for need in service.needs]}
    _, request = Parser(served.catalog, today(), served.phrases).match_requests(wanted)[0]
    found = explain(request, served.table, service)
    return unkept(on=request.on.isoformat(), match=match_shapes.match_shape(found, request.on, served.catalog))


def _asked(need: str) -> dict[str, str]:
    return {"need": need, "severity": "moderate", "who": "child", "help_wanted": "yes"}


@blueprint.get("/assessments")
@blueprint.response(200)
def list_assessments() -> Response:
    """The needs assessments that are understood, and what may be shown of each."""
    assessments = directory().catalog.assessments.values()
    return jsonify(assessments=[assessment_shapes.assessment_summary(one) for one in assessments])


@blueprint.get("/assessments/<assessment_id>")
@blueprint.response(200)
def get_assessment(assessment_id: str) -> Any:
    """One assessment: questions and answers, with labels where its terms allow them."""
    assessments = directory().catalog.assessments
    if assessment_id not in assessments:
        return not_listed("assessment", assessment_id, assessments)
    return jsonify(assessment_shapes.assessment_detail(assessments[assessment_id]))


@blueprint.post("/assessments/<assessment_id>/score")
@blueprint.arguments(ScoreSchema())
@blueprint.response(200)
def score_assessment(data: dict[str, Any], assessment_id: str) -> Any:
    """Answers in, needs out, with what each answer contributed. Unknown codes are reported, never guessed."""
    catalog = directory().catalog
    if assessment_id not in catalog.assessments:
        return not_listed("assessment", assessment_id, catalog.assessments)
    age = PersonAge.from_months(data["age_months"], today()) if "age_months" in data else None
    scored = score(catalog.assessments[assessment_id], data["answers"], catalog, age)
    return unkept(**assessment_shapes.scored(scored, catalog))


@blueprint.get("/pathway")
@blueprint.arguments(PathwayQuerySchema(), location="query", unknown=RAISE)
@blueprint.response(200)
def get_pathway(query: dict[str, Any]) -> Response:
    """The path from birth to 26 for a birth date: which programs begin and end when, and what leads to what."""
    served = directory()
    birth_date = query["birth_date"]
    on = query.get("on", today())
    refuse_far_day(on)
    try:
        steps = pathway(birth_date, served.table, on)
    except ValueError as error:
        raise InvalidRequest([FieldError("birth_date", str(error).capitalize())]) from None
    return unkept(birth_date=birth_date.isoformat(), steps=[match_shapes.pathway_step(one) for one in steps])


health = Blueprint("health", __name__, description="Is the service well?")


@health.get("/healthz")
@health.response(200)
def healthz() -> Response:
    """Which catalog is served, and why the newest one is not, when it was refused."""
    held = keeper()
    served = held.current
    return unkept(
        status="ok" if held.failure is None else "serving the last good catalog",
        catalog={"version": served.catalog.version, "services": served.service_count},
        failure=held.failure,
    )
