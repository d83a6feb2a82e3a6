"""What was found: a search box, filters, and the programs that fit, each with its reasons in a line."""

from __future__ import annotations

from flask import Response, jsonify, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from context import directory, today
from web.search.form import SearchForm, to_query
from web.search.page import ResultsPage, show
from web.shared.blueprint import site
from web.shared.labels import sorts
from web.shared.language import language, link

MAX_SUGGESTED = 8
_SUGGESTED = ("service", "need")


@site.get("/search")
def search() -> Response:
    """The programs that fit what the address says."""
    return _page(_shown(SearchForm.read(request.args)))


@site.post("/search")
def send_search() -> AnyResponse:
    """What was typed comes in the body. A sensitive search is answered at once and stands in no address."""
    asked = SearchForm.read(request.form)
    shown = _shown(asked)
    if shown.sensitive or shown.messages:
        return _page(shown)
    return redirect(link("search", **asked.but(page=asked.page)), 303)


@site.post("/suggest")
def suggest() -> Response:
    """Names of programs and needs that go on from what was typed: a list of labels."""
    found = directory().suggest(request.form.get("q", ""), 2 * MAX_SUGGESTED, language())
    response = jsonify([hit.label for hit in found if hit.type in _SUGGESTED][:MAX_SUGGESTED])
    response.headers["Cache-Control"] = "no-store"
    return response


def _shown(asked: SearchForm) -> ResultsPage:
    wanted, messages = to_query(asked, directory(), today())
    return show(asked, wanted, messages, directory(), language())


def _page(shown: ResultsPage) -> Response:
    page = render_template("results.html", shown=shown, asked=shown.asked, sorts=sorts(), discreet=shown.discreet)
    response = make_response(page, 422 if shown.messages else 200)
    if shown.sensitive:
        response.headers["Cache-Control"] = "no-store"
    return response
