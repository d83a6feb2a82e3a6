"""What every answer tells the browser it may do, and which requests are read at all.

The pages need no script and no style but their own files, so nothing else is allowed to run. No page tells another
site where a visitor came from: a search for a shelter must not show in the shelter's statistics. Within the site the
address is told, for without it browsers would not say either that a form comes from here (`Origin: null`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, Response, abort, request
from werkzeug.exceptions import HTTPException

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Two years, as the preload lists of browsers ask. Sent over HTTPS only: a laptop at 127.0.0.1 has none.
STRICT_TRANSPORT = "max-age=63072000; includeSubDomains"


# The longest list of check boxes has 60; a form with more fields than this was not made here.
MAX_FORM_FIELDS = 500
HOST = re.compile(
    r"(?:(?!-)[A-Za-z0-9_-]{1,63}(?<!-)\.)*(?!-)[A-Za-z0-9_-]{1,63}(?<!-)\.?(?::[0-9]{1,5})?"
    r"|\[[0-9A-Fa-f:.]{2,45}\](?::[0-9]{1,5})?"
)
MAX_HOST = 255


def register(app: Flask) -> None:
    app.before_request(read_body)
    app.before_request(refuse_foreign_forms)
    app.after_request(add_headers)
    app.wsgi_app = HostCheck(app.wsgi_app)  # type: ignore[method-assign]


class HostCheck:
    """Answers 400 to a request whose Host header names no host, before anything is made of it."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if is_host(environ.get("HTTP_HOST"), environ.get("SERVER_PROTOCOL", "")):
            return self.application(environ, start_response)
        body = b"Bad Request: the Host header is missing or names no host.\n"
        headers = HEADERS | {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
        start_response("400 Bad Request", [*headers.items(), ("Content-Length", str(len(body)))])
        return [body]


def is_host(text: str | None, protocol: str) -> bool:
    """Whether this is a host with or without a port. Before HTTP/1.1 it may be left out."""
    if text is None:
        return protocol == "HTTP/1.0"
    return len(text) <= MAX_HOST and HOST.fullmatch(text) is not None


def add_headers(response: Response) -> Response:
    """The same headers on pages, files, JSON and errors alike."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", STRICT_TRANSPORT)
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def read_body() -> None:
    """Read the body before anything is made of it: what is broken on its way is a 400, too many fields are a 413."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    try:
        data = request.get_data(cache=True)
    except HTTPException:
        raise
    except Exception:  # noqa: BLE001 - each web server has exceptions of its own for a body that breaks off
        abort(400)
    if request.mimetype == "application/x-www-form-urlencoded" and data.count(b"&") >= MAX_FORM_FIELDS:
        abort(413)


def refuse_foreign_forms() -> None:
    """Forms sent by another site's page are refused. The API takes JSON, which no foreign page can send unasked.

    Browsers say where a form comes from (Sec-Fetch-Site, else Origin); programs that say neither are let through.
    """
    if request.method != "POST" or request.path.startswith("/api/"):
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None:
        foreign = site not in ("same-origin", "none")
    else:
        foreign = origin is not None and not is_own(origin, request.host)
    if foreign:
        abort(403)


def is_own(origin: str, host: str) -> bool:
    """Whether an origin (https://host) is that of this host. The usual port of each scheme may be left out."""
    match = re.fullmatch(r"(https?)://([^/?#@\s]+)", origin.strip().lower())
    if match is None:
        return False
    usual = {"http": ":80", "https": ":443"}[match[1]]
    return match[2].removesuffix(usual) == host.lower().removesuffix(usual)
