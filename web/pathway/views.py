"""The path from birth to 26 for a birth month. The month comes in the body: a birth date stands in no address."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, make_response, render_template, request

from context import directory, today
from web.finder.forms import WrongAnswersError, month_names, read_month
from web.finder.session import age_of
from web.pathway.timeline import path_of
from web.shared.blueprint import site
from web.shared.language import gettext, language


@site.get("/pathway")
def pathway() -> str:
    """Asks for the birth month."""
    return _form({})


@site.post("/pathway")
def pathway_view() -> Response:
    """What starts, ends and follows for a child born in that month."""
    try:
        month = read_month(request.form, today())
        if not month:
            return _no_store(_form({"month": gettext("Choose the month and give the year of birth.")}), 422)
    except WrongAnswersError as error:
        return _no_store(_form(error.messages), 422)
    age = age_of(month, today())
    assert age is not None
    path = path_of(age, directory().table, language())
    return _no_store(
        render_template("pathway_view.html", path=path, typed=request.form, months=month_names(language()))
    )


def _form(messages: Mapping[str, str]) -> str:
    return render_template(
        "pathway.html", messages=messages, typed=request.form, months=month_names(language()), latest=today().year
    )


def _no_store(page: str, status: int = 200) -> Response:
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
