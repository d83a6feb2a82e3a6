"""What was found: a search box, filters, and the programs that fit."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, redirect, render_template, request
from marshmallow import ValidationError
from werkzeug.wrappers import Response as AnyResponse

from api.context import directory, today
from api.filters import allowed_services, facts_of
from api.problems import InvalidRequest
from api.schemas import Whole
from directory import Page
from search.find import MOST_CHARACTERS
from web.language import language, link
from web.site import site
from web.wording import copy_of

MOST_SHOWN = 30
OLDEST_YEARS = 120


@site.get("/search")
def search() -> Response:
    """The programs that fit what the address says."""
    typed = _typed(request.args)
    served = directory()
    messages: dict[str, str] = {}
    answer = None
    filters = _filters(typed, messages)
    try:
        facts = facts_of(filters, served, today())
        answer = served.search(typed["q"], facts, allowed_services({}, served), Page(today(), size=MOST_SHOWN))
    except InvalidRequest as error:
        messages["town"] = error.errors[0].message
    found = [copy_of(one.service, served.catalog, language(), today()) for one in answer.found] if answer else []
    page = render_template(
        "results.html", typed=typed, messages=messages, answer=answer, found=found, total=answer.total if answer else 0
    )
    return make_response(page, 422 if messages else 200)


@site.post("/search")
def send_search() -> AnyResponse:
    """What was typed comes in the body, so that a sensitive search is never in an address; others get one."""
    return redirect(link("search", **{name: value for name, value in _typed(request.form).items() if value}), 303)


def _typed(values: Any) -> dict[str, str]:
    return {name: values.get(name, "").strip()[:MOST_CHARACTERS] for name in ("q", "town", "age")}


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
