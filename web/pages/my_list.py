"""The list that a family keeps in its own browser."""

from __future__ import annotations

from flask import render_template

from web.site import site


@site.get("/list")
def my_list() -> str:
    return render_template("home.html", groups=(), counts={})
