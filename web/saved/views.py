"""The list that a family keeps in its own browser, as a page, as a link and as a handout on paper."""

from __future__ import annotations

from flask import Response, make_response, render_template, request

from context import directory, today
from web.saved.saved_list import SavedList, qr_code, read_list
from web.shared.blueprint import site
from web.shared.language import language, link


@site.get("/list")
def my_list() -> str:
    """What the link carries; without anything in the link, the script fills in what this browser keeps."""
    shared = _read(request.args.get("s", ""))
    return render_template("my_list.html", shared=shared, is_shared="s" in request.args)


@site.post("/list")
def fill_my_list() -> Response:
    """The part of the page that lists what the browser keeps. Nothing of it is stored."""
    part = make_response(render_template("parts/kept.html", kept=_read(request.form.get("s", "")), own=True))
    part.headers["Cache-Control"] = "no-store"
    return part


@site.get("/list/handout")
def handout() -> str:
    """For paper: large telephone numbers, first steps, QR codes, and lines to write on."""
    kept = _read(request.args.get("s", ""))
    codes = {item.key: qr_code(link("service", key=item.key, _external=True)) for item in kept.items}
    return render_template("handout.html", kept=kept, codes=codes, on=today())


def _read(keys: str) -> SavedList:
    return read_list(keys, directory().catalog, language(), today())
