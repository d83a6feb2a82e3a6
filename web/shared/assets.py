"""Addresses of style sheet, script and pictures: each carries a digest of its file, so browsers keep it for good."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, url_for

STATIC = Path(__file__).parent.parent / "static"
FOR_GOOD = "public, max-age=31536000, immutable"


@cache
def digest(name: str) -> str:
    """Eight letters that change with the file. Raises OSError for a file that is not there."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:8]


def asset(name: str) -> str:
    return _address(name, request.root_path)


@cache
def _address(name: str, root: str) -> str:
    """`root` is where the application stands on its host: the address begins with it."""
    return url_for("static", filename=name, v=digest(name))


def keep_for_good(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code == 200 and "v" in request.args:
        response.headers["Cache-Control"] = FOR_GOOD
    return response


def register(app: Flask) -> None:
    app.jinja_env.globals.update(asset=asset)
    app.after_request(keep_for_good)
