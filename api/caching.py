"""Cache headers of answers: ETag and 304 for what follows from the catalog, no-store for what tells of a family.

An answer to GET follows from the catalog, the day, the address and the code: its tag is a digest of these, so that an
answer that still holds is not computed again. What tells of a sensitive need is never to be kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from flask import Response, jsonify, request

from settings import ROOT

MAX_AGE_SECONDS = 300
# What an answer is made with. A change of it changes the answers.
_PARTS = ("api", "catalog", "directory", "matching", "search")


def no_store(body: dict[str, Any]) -> Response:
    """An answer about a family, or of this moment: no cache may keep it."""
    response = jsonify(body)
    response.headers["Cache-Control"] = "no-store"
    return response


def cacheable(etag: str, body: dict[str, Any], *, public: bool = True) -> Response:
    """An answer that may be kept: by anyone when it is `public`, else by the browser that asked."""
    return _tagged(jsonify(body), etag, public=public)


def not_modified(etag: str, *, public: bool = True) -> Response | None:
    """A 304 response if the client's If-None-Match equals `etag`, else None."""
    if request.if_none_match.contains_weak(etag):
        return _tagged(Response(status=304), etag, public=public)
    return None


def cacheable_unless_same(etag: str, build: Callable[[], dict[str, Any]]) -> Response:
    """A 304 response if the client has this answer, else the answer that `build` makes, for anyone to keep."""
    return not_modified(etag) or cacheable(etag, build())


def etag_of(version: str, on: date) -> str:
    """The tag of the answer to this request, from a version of the catalog, on a day."""
    whole = "\n".join((version, on.isoformat(), _code_digest(), request.path, request.query_string.decode("latin-1")))
    return hashlib.sha256(whole.encode()).hexdigest()[:24]


def _tagged(response: Response, etag: str, *, public: bool) -> Response:
    response.set_etag(etag, weak=True)
    response.headers["Cache-Control"] = f"{'public' if public else 'private'}, max-age={MAX_AGE_SECONDS}"
    return response


@lru_cache(maxsize=1)
def _code_digest() -> str:
    digest = hashlib.sha256()
    for part in _PARTS:
        for path in sorted((ROOT / part).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()
