"""One service: who it is for, what it costs, how to start, and how we know."""

from __future__ import annotations

from flask import abort, make_response, redirect, render_template
from werkzeug.wrappers import Response

from api.context import directory, today
from web.addresses import needs_exit, service_at, service_key
from web.language import language, link
from web.site import site
from web.wording import copy_of


@site.get("/services/<key>")
def service(key: str) -> Response:
    """All that a family needs to know of one service."""
    catalog = directory().catalog
    one = service_at(key, catalog)
    if one is None:
        abort(404)
    if (proper := service_key(one, catalog)) != key:
        return redirect(link("service", key=proper), 301)
    related = {
        name: [copy_of(catalog.services[other], catalog, language(), today()) for other in getattr(one, name)]
        for name in ("part_of", "leads_to", "see_also")
    }
    page = render_template(
        "service.html", item=copy_of(one, catalog, language(), today()), related=related, discreet=needs_exit(one)
    )
    return make_response(page)
