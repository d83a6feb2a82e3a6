"""What this directory is, and what it promises."""

from __future__ import annotations

from flask import render_template

from web.site import site


@site.get("/about")
def about() -> str:
    return render_template("home.html", groups=(), counts={})


@site.get("/about/privacy")
def privacy() -> str:
    return render_template("home.html", groups=(), counts={})


@site.get("/about/accessibility")
def accessibility() -> str:
    return render_template("home.html", groups=(), counts={})
