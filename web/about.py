"""What this directory is, how it decides, and what it promises: about, matching, privacy, accessibility, open data."""

from __future__ import annotations

from flask import render_template

from context import directory
from web.shared.blueprint import site


@site.get("/about")
def about() -> str:
    """What is in the directory, what is not, and how it is kept true."""
    return render_template("about.html", catalog=directory().catalog)


@site.get("/about/matching")
def about_matching() -> str:
    """How a program comes to fit, may fit, or does not."""
    return render_template("about_matching.html")


@site.get("/about/privacy")
def privacy() -> str:
    return render_template("about_privacy.html")


@site.get("/about/accessibility")
def accessibility() -> str:
    return render_template("about_accessibility.html")


@site.get("/about/data")
def about_data() -> str:
    """Where programs find the same facts."""
    return render_template("about_data.html", catalog=directory().catalog)
