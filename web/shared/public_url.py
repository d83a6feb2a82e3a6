"""The address under which the public knows the site, in links that leave it: QR codes, letters, calendars.

Without it such links say what the request called the site in its Host header. Whoever sends a request writes that as
they like, and a web server in front may put its own name for this one there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask

from catalog.reading.problems import CatalogError
from settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class PublicUrl:
    """Every request counts as one to the public address, whatever it says itself."""

    def __init__(self, application: WSGIApplication, url: str) -> None:
        self.application = application
        parts = urlsplit(url)
        self.scheme, self.host = parts.scheme, parts.netloc

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["wsgi.url_scheme"], environ["HTTP_HOST"] = self.scheme, self.host
        return self.application(environ, start_response)


def register(app: Flask, settings: Callable[[], Settings]) -> None:
    """To be called before what reads the headers of web servers in front: what is set here counts more."""
    try:
        url = settings().public_url
    except CatalogError:
        # Whoever reads the catalog says what is wrong with config.yaml.
        return
    if url:
        app.wsgi_app = PublicUrl(app.wsgi_app, url)  # type: ignore[method-assign]
