"""The path from birth to 26 for a birth month."""

from __future__ import annotations

from flask import render_template

from web.site import site


@site.get("/pathway")
def pathway() -> str:
    return render_template("home.html", groups=(), counts={})
