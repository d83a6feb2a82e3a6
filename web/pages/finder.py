"""Find help, step by step: one question a page."""

from __future__ import annotations

from flask import render_template

from web.site import site


@site.get("/find")
def finder() -> str:
    return render_template("home.html", groups=(), counts={})
