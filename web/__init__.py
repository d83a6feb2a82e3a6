"""Pages for people: one folder for each journey, and what they share in `web.shared`."""

from __future__ import annotations

from flask import Flask

from web import about, home
from web.browse import topics
from web.browse import views as browse
from web.contact import report
from web.contact import views as contact
from web.coverage import views as coverage
from web.finder import views as finder
from web.pathway import views as pathway
from web.saved import views as saved
from web.search import views as search
from web.service import views as service
from web.shared import assets, errors, fragments, language, menu, security
from web.shared.blueprint import site

# Each of these modules names its views on the blueprint when it is imported.
VIEWS = (about, browse, contact, coverage, finder, home, pathway, report, saved, search, service, topics)


def register(app: Flask) -> None:
    """Register the pages in both languages (/ and /es), their files, headers and error pages on `app`."""
    app.jinja_env.globals.update(ways=menu.main_menu, footer_ways=menu.footer_menu)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for part in (language, fragments, assets, security, errors):
        part.register(app)
    app.register_blueprint(site, name="en")
    app.register_blueprint(site, name="es", url_prefix="/es")
