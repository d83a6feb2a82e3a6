"""Forms that ask the Center to call."""

from __future__ import annotations

from flask import render_template

from web.site import site


@site.get("/contact")
def contact() -> str:
    return render_template("home.html", groups=(), counts={})
