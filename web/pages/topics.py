"""Pages about one question each: guides, hotlines, the care coordinator, and coming from far away."""

from __future__ import annotations

from flask import render_template

from api.context import directory, today
from catalog.model import Kind
from directory import Wanted
from web.browsing import ALL, everything, guide_shelves, hotline_shelves, is_always_open, is_text_number
from web.language import language
from web.pages.browse import copied
from web.site import site


@site.get("/guides")
def guides() -> str:
    """All guides to read, by theme."""
    found = everything(directory(), Wanted(on=today(), kind=Kind.GUIDE, per_page=ALL))
    shelves = guide_shelves(found, directory().catalog, language())
    return render_template("guides.html", shelves=shelves, total=len(found), copied=copied)


@site.get("/hotlines")
def hotlines() -> str:
    """All numbers to call or text, the most urgent first."""
    found = everything(directory(), Wanted(on=today(), kind=Kind.HOTLINE, per_page=ALL))
    shelves = hotline_shelves(found, directory().catalog, language())
    return render_template(
        "hotlines.html", shelves=shelves, copied=copied, is_text_number=is_text_number, is_always_open=is_always_open
    )
