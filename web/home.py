"""The start page: the search box and the ways in."""

from __future__ import annotations

from flask import render_template

from context import directory
from web.shared.blueprint import site
from web.shared.language import gettext


@site.get("/")
def home() -> str:
    """A search box, a tile for each group of needs, and the other ways to find help."""
    groups = [need for need in directory().catalog.needs.values() if need.parent is None]
    return render_template("home.html", groups=groups, ways_in=ways_in())


def ways_in() -> list[tuple[str, str]]:
    """The ways beside search and needs: the name of each view and its label."""
    return [
        ("finder", gettext("Answer a few questions, step by step")),
        ("ages", gettext("What is there for my child’s age?")),
        ("towns", gettext("What is there in my town?")),
        ("pathway", gettext("From birth to 26, by birth month")),
        ("hotlines", gettext("Hotlines")),
        ("guides", gettext("Guides to read")),
        ("care_coordinator", gettext("Who is my care coordinator?")),
        ("far_away", gettext("Coming from far away")),
        ("contact", gettext("Ask us to call you")),
    ]
