"""The start page: the search box and the ways in."""

from __future__ import annotations

from flask import render_template

from api.context import directory
from web.site import site


@site.get("/")
def home() -> str:
    """A search box, a tile for each group of needs, and the other ways to find help."""
    served = directory()
    groups = [need for need in served.catalog.needs.values() if need.parent is None]
    return render_template("home.html", groups=groups, counts=served.services_by_need)
