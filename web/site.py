"""The pages as one blueprint, which stands in the house twice: English at /, Spanish at /es."""

from __future__ import annotations

from flask import Blueprint, Flask

from web import assets, errors, language, rendered, security
from web.language import gettext

site = Blueprint("site", __name__)


def register(app: Flask) -> None:
    """Pages in both languages, their files, their headers and their answers to wrong addresses."""
    # The views name themselves on `site` when they are read.
    import web.pages  # noqa: F401, PLC0415

    app.jinja_env.globals.update(ways=ways, footer_ways=footer_ways)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    language.register(app)
    rendered.register(app)
    assets.register(app)
    security.register(app)
    errors.register(app)
    app.register_blueprint(site, name="en")
    app.register_blueprint(site, name="es", url_prefix="/es")


def ways() -> list[tuple[str, str]]:
    """The main ways through the site: the name of each view and its label."""
    return [
        ("home", gettext("Search")),
        ("needs", gettext("Browse")),
        ("finder", gettext("Step by step")),
        ("pathway", gettext("By birth month")),
        ("my_list", gettext("My list")),
    ]


def footer_ways() -> list[tuple[str, str]]:
    return [
        ("contact", gettext("Ask us to call you")),
        ("about", gettext("About this directory")),
        ("privacy", gettext("Your privacy")),
        ("accessibility", gettext("Accessibility")),
        ("coverage", gettext("What the directory covers")),
    ]
