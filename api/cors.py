"""Which pages of other sites may use the API from a browser (CORS), and what OPTIONS answers.

What follows from the public catalog alone may be read by any page. Requests with a body tell of a person: they are open
to the sites that config.yaml lists. No answer depends on who is signed in, so no cookie is ever asked for.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response, current_app, request

from catalog.reading.problems import CatalogError
from settings import Settings

PREFIX = "/api/"
EXTENSION = "api_origins"
OPEN_METHODS = ("GET", "HEAD")
PREFLIGHT = {
    "Access-Control-Allow-Headers": "Content-Type, If-None-Match",
    "Access-Control-Max-Age": "3600",
}
# What a page may read besides the body.
EXPOSED = "Allow, ETag, Retry-After"


def register(app: Flask, settings: Callable[[], Settings]) -> None:
    try:
        app.extensions[EXTENSION] = frozenset(settings().api_origins)
    except CatalogError:
        # Whoever reads the catalog says what is wrong with config.yaml.
        app.extensions[EXTENSION] = frozenset()
    app.before_request(answer_options)
    app.after_request(allow_origins)


def answer_options() -> Response | None:
    """Answer OPTIONS for a route of the API with its methods, and no other route's; None for other requests."""
    if request.method != "OPTIONS" or request.url_rule is None or not request.path.startswith(PREFIX):
        return None
    rules = [rule for rule in current_app.url_map.iter_rules() if rule.rule == request.url_rule.rule]
    response = Response()
    response.allow.update(method for rule in rules for method in rule.methods or ())
    return response


def allow_origins(response: Response) -> Response:
    """Say to browsers which pages may read an answer of the API, and which may send a request."""
    if not request.path.startswith(PREFIX):
        return response
    wanted = request.headers.get("Access-Control-Request-Method") if request.method == "OPTIONS" else request.method
    origin = request.headers.get("Origin", "")
    if wanted in OPEN_METHODS:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    else:
        response.vary.add("Origin")
        if origin not in current_app.extensions[EXTENSION]:
            return response
        response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = ", ".join(sorted(response.allow))
        response.headers.update(PREFLIGHT)
    return response
