"""Find help, step by step: one question a page, and a plan at the end. Answers travel in the form; nothing is kept."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, current_app, make_response, render_template, request

from context import directory, today
from web.finder.forms import WrongAnswersError, month_names, read_answer
from web.finder.plan import Planner
from web.finder.session import DONE, Finder, FinderState, unpacked
from web.shared import signing
from web.shared.blueprint import site
from web.shared.language import language


@site.get("/find")
def finder() -> str:
    """What happens, how long it takes, and that nothing is kept."""
    return render_template("finder.html")


@site.post("/find")
def finder_step() -> Response:
    """What was told so far and the answer of this page come in the body; the next page, or the plan, goes back."""
    served = directory()
    planner = Planner(Finder(served.catalog, today()), served.table, language())
    try:
        before = _told(planner.interview)
    except ValueError:
        return _answer(render_template("finder.html", lost=True), 422)
    try:
        told = _moved(planner.interview, before)
    except WrongAnswersError as error:
        return _page(planner, before, before, error)
    return _page(planner, told, before)


def _seal() -> signing.Seal:
    return signing.Seal.of(signing.secret_key(current_app), "finder")


def _told(interview: Finder) -> FinderState:
    """Raises ValueError for a form that was not written here."""
    if "state" not in request.form:
        return FinderState()
    told = unpacked(_seal().open(request.form["state"]))
    if told.at != DONE and interview.step(told.at, "en") is None:
        raise ValueError("no such step.")
    return told


def _moved(interview: Finder, told: FinderState) -> FinderState:
    """One move: next, skip, back, plan, again (to what was skipped), to:STEP; else the same page again.

    What was chosen on the page counts for the first three. Raises WrongAnswersError when it cannot be read.
    """
    go = request.form.get("go", "next" if "state" in request.form else "")
    step = interview.step(told.at, language())
    if step is not None and go in ("next", "plan", "back"):
        given = read_answer(step, request.form, interview, forgiving=go == "back")
        told = told.answering(given) if given or go == "next" or told.at in told.answers else told
    if go == "skip":
        told = told.answering(())
    if go == "again":
        told = replace(told, skipped=told.skipped - set(interview.open_questions(told)))
    if go in ("next", "skip", "again"):
        return replace(told, at=interview.next_step(told))
    if go == "back":
        return replace(told, at=interview.previous_step(told) or told.at)
    wanted = DONE if go == "plan" else go.removeprefix("to:")
    known = wanted == DONE or interview.step(wanted, "en") is not None
    return replace(told, at=wanted) if known else told


def _page(planner: Planner, told: FinderState, before: FinderState, error: WrongAnswersError | None = None) -> Response:
    """The page of the step that the family is at. Hotlines come first, and openly where an answer just called for
    them."""
    help_now = planner.first_help(told)
    shown = {
        "told": told,
        "state": _seal().close(told.packed()),
        "help_now": help_now,
        "alarmed": help_now is not None and (told.at == DONE or help_now != planner.first_help(before)),
    }
    if told.at == DONE:
        plan = planner.plan(told)
        place = planner.interview.place(told)
        return _answer(
            render_template(
                "plan.html",
                plan=plan,
                place=place,
                open_questions=planner.interview.open_questions(told),
                on=today(),
                discreet=plan.guarded or help_now is not None,
                **shown,
            )
        )
    step = planner.interview.step(told.at, language())
    assert step is not None
    page = render_template(
        "finder_step.html",
        step=step,
        progress=planner.interview.progress(told),
        chosen=told.answers.get(step.code, ()),
        typed=request.form if error else {},
        messages=error.messages if error else {},
        months=month_names(language()),
        discreet=step.discreet or help_now is not None,
        **shown,
    )
    return _answer(page, 422 if error else 200)


def _answer(page: str, status: int = 200) -> Response:
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
