"""Ways to look around: by need, sector, town and age; guides and hotlines."""

from __future__ import annotations

from flask import render_template

from web.site import site


@site.get("/needs")
def needs() -> str:
    return render_template("home.html", groups=(), counts={})


@site.get("/needs/<need_id>")
def need(need_id: str) -> str:
    return render_template("home.html", groups=(), counts={})
