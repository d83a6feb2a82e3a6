"""Version 1 of the JSON API: views that read a request, call one function and shape its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, redirect, url_for
from marshmallow import RAISE
from werkzeug.exceptions import NotFound

from api import assessment_shapes, match_shapes, shapes
from api.caching import kept, still_holds, tag_of, unkept
from api.filters import TOWN_NEEDED, wanted_of
from api.json_body import Blueprint
from api.parsing import Parser, refuse_far_day
from api.problems import FieldError, InvalidRequest, not_listed, unknown_name
from api.schemas import (
    ExplainSchema,
    MatchSchema,
    PathwayQuerySchema,
    ScoreSchema,
    ServicesQuerySchema,
    ServicesSearchSchema,
    SuggestQuerySchema,
)
from catalog.ages import PersonAge
from context import directory, keeper, today
from directory import SearchResults, TownNeededError
from matching.assessments.scoring import score
from matching.match import explain, match, safety_for
from matching.pathway import pathway

blueprint = Blueprint(
    "v1", __name__, url_prefix="/api/v1", description="Find services, and match a family's needs to those that fit."
)


@blueprint.get("/services")
@blueprint.arguments(ServicesQuerySchema(), location="query", unknown=RAISE)
@blueprint.response(200)
def list_services(query: dict[str, Any]) -> Response:
    """Search the directory by words, need, age, town and other filters."""
    tag = tag_of(directory().catalog.version, today())
    if (same := still_holds(tag, public=False)) is not None:
        return same
    results, body = _found(query)
    return unkept(**body) if results.sensitive else kept(tag, public=False, **body)


@blueprint.post("/services/search")
@blueprint.arguments(ServicesSearchSchema())
@blueprint.response(200)
def search_services(query: dict[str, Any]) -> Response:
    """The same search, for what shall stand in no address."""
    return unkept(**_found(query)[1])


def _found(query: dict[str, Any]) -> tuple[SearchResults, dict[str, Any]]:
    served = directory()
    wanted = wanted_of(query, served, today())
    try:
        results = served.find(wanted)
    except TownNeededError:
        raise InvalidRequest([FieldError("sort", TOWN_NEEDED)]) from None
    needs = (wanted.need or "", *(need for need, _ in results.understood.needs))
    safety = safety_for(needs, results.facts, served.table, wanted.on)
    return results, shapes.service_list(results, wanted, served.catalog) | {"safety": match_shapes.safety(safety)}


@blueprint.get("/suggest")
@blueprint.arguments(SuggestQuerySchema(), location="query", unknown=RAISE)
@blueprint.response(200)
def suggest(query: dict[str, Any]) -> Response:
    """Programs, needs and towns whose names go on from what was typed."""
    served = directory()
    tag = tag_of(served.catalog.version, today())
    if (same := still_holds(tag, public=False)) is not None:
        return same
    found = served.suggest(query["q"], query["limit"], query["lang"])
    shown = [{"type": one.type, "id": one.id, "label": one.label, "sensitive": one.sensitive} for one in found]
    if any(one.sensitive for one in found):
        return unkept(suggestions=shown)
    return kept(tag, public=False, suggestions=shown)


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
    if service.confidential or any(catalog.needs[need].sensitive for need in service.needs[:1]):
        return unkept(**shapes.service_detail(service, catalog, today()))
    return _of_catalog(lambda: shapes.service_detail(service, catalog, today()))


@blueprint.get("/organizations/<organization_id>")
@blueprint.response(200)
def get_organization(organization_id: str) -> Any:
    """One organization, with the ids of its services."""
    catalog = directory().catalog
    organization = catalog.organizations.get(organization_id)
    if organization is None:
        raise NotFound
    return _of_catalog(lambda: shapes.organization_detail(organization, catalog))


@blueprint.get("/needs")
@blueprint.response(200)
def list_needs() -> Response:
    """The needs taxonomy: groups and their needs, with labels, everyday words and how many services each has."""
    return _of_catalog(lambda: shapes.taxonomy(directory().catalog, directory().services_by_need))


def _of_catalog(body: Callable[[], dict[str, Any]]) -> Response:
    """An answer that follows from the catalog and the day alone."""
    tag = tag_of(directory().catalog.version, today())
    return still_holds(tag) or kept(tag, **body())


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
    return _of_catalog(lambda: {"assessments": [assessment_shapes.assessment_summary(one) for one in assessments]})


@blueprint.get("/assessments/<assessment_id>")
@blueprint.response(200)
def get_assessment(assessment_id: str) -> Any:
    """One assessment: questions and answers, with labels where its terms allow them."""
    assessments = directory().catalog.assessments
    if assessment_id not in assessments:
        return not_listed("assessment", assessment_id, assessments)
    return _of_catalog(lambda: assessment_shapes.assessment_detail(assessments[assessment_id]))


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
        steps = pathway(birth_date, served.table, on, query["language"])
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
