"""Pages for people. For now one page that searches, and one for each service; the public directory builds on these."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from marshmallow import ValidationError
from werkzeug.exceptions import NotFound

from api.context import directory, today
from api.filters import allowed_services, facts_of
from api.problems import InvalidRequest, answer_http
from api.schemas import Whole
from catalog.checks import is_call_first
from catalog.model import Catalog, Service
from directory import Page
from matching.reasons import ages_text
from search.find import MOST_CHARACTERS

blueprint = Blueprint("pages", __name__)

MOST_SHOWN = 30
OLDEST_YEARS = 120


@blueprint.get("/")
def home() -> Response:
    """The search box, and what was found."""
    typed = {name: request.args.get(name, "").strip()[:MOST_CHARACTERS] for name in ("q", "town", "age")}
    served = directory()
    messages: dict[str, str] = {}
    answer = None
    if any(typed.values()):
        filters = _filters(typed, messages)
        try:
            facts = facts_of(filters, served, today())
            answer = served.search(typed["q"], facts, allowed_services({}, served), Page(today(), size=MOST_SHOWN))
        except InvalidRequest as error:
            messages["town"] = " ".join([error.errors[0].message, *_nearest(error)])
    groups = [need for need in served.catalog.needs.values() if need.parent is None]
    page = render_template(
        "home.html",
        typed=typed,
        messages=messages,
        searched=any(typed.values()) and not messages,
        corrected=answer.understood.text if answer and answer.corrected_from else None,
        total=answer.total if answer else 0,
        found=[card(one.service, served.catalog) for one in answer.found] if answer else [],
        groups=groups,
    )
    return make_response(page, 422 if messages else 200)


@blueprint.get("/services/<service_id>")
def service(service_id: str) -> Any:
    """All that a family needs to know of one service."""
    catalog = directory().catalog
    one = catalog.resolve(service_id)
    if one is None:
        return make_response(render_template("missing.html"), 404)
    if one.id != service_id:
        return redirect(url_for("pages.service", service_id=one.id), 301)
    related = {
        name: [catalog.services[other] for other in getattr(one, name)] for name in ("part_of", "leads_to", "see_also")
    }
    return render_template("service.html", **card(one, catalog), related=related)


def card(one: Service, catalog: Catalog) -> dict[str, Any]:
    """What a page shows of a service beside its own fields."""
    return {
        "service": one,
        "organization": catalog.organizations[one.organization_id],
        "ages": [ages_text(rule.age) for rule in one.eligibility if rule.age is not None],
        "call_first": is_call_first(one, today()),
    }


def _filters(typed: dict[str, str], messages: dict[str, str]) -> dict[str, Any]:
    filters: dict[str, Any] = {}
    if typed["town"]:
        filters["town"] = typed["town"]
    if typed["age"]:
        try:
            filters["age_years"] = Whole(0, OLDEST_YEARS, strict=False).deserialize(typed["age"])
        except ValidationError:
            messages["age"] = "Give the age in whole years, such as 3."
    return filters


def _nearest(error: InvalidRequest) -> list[str]:
    near = error.errors[0].allowed
    return [f"Did you mean {' or '.join(near)}?"] if near else []


@blueprint.app_errorhandler(404)
def missing(error: NotFound) -> Response:
    """A wrong address: a page that helps for people, a problem for programs."""
    if request.path.startswith("/api/"):
        return answer_http(error)
    return make_response(render_template("missing.html"), 404)
