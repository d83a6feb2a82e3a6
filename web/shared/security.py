"""What every answer tells the browser it may do, and which forms are taken.

The pages need no script and no style but their own files, so nothing else is allowed to run. No page tells another
site where a visitor came from: a search for a shelter must not show in the shelter's statistics.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

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
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Two years, as the preload lists of browsers ask. Sent over HTTPS only: a laptop at 127.0.0.1 has none.
STRICT_TRANSPORT = "max-age=63072000; includeSubDomains"


def register(app: Flask) -> None:
    app.before_request(refuse_foreign_forms)
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """The same headers on pages, files, JSON and errors alike."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", STRICT_TRANSPORT)
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


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
        foreign = origin is not None and urlsplit(origin).netloc != request.host
    if foreign:
        abort(403)
