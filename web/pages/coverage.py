"""Where the directory has something, and where it has nothing."""

from __future__ import annotations

from flask import render_template

from web.site import site


@site.get("/coverage")
def coverage() -> str:
    return render_template("home.html", groups=(), counts={})
