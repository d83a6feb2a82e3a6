"""Answers that a browser may keep for a while, and ask whether they still hold (ETag, 304).

An answer to GET follows from the catalog, the day, the address and the code: the tag is a digest of these, so that an
answer that still holds is not computed again. What tells of a sensitive need is never to be kept.
"""

from __future__ import annotations

import hashlib
from datetime import date
from functools import lru_cache
from typing import Any

from flask import Response, jsonify, request

from settings import ROOT

SECONDS = 300
# What an answer is made with. A change of it changes the answers.
_PARTS = ("api", "catalog", "directory", "matching", "search")


def unkept(**body: Any) -> Response:
    """An answer about a family, or of this moment: no cache may keep it."""
    response = jsonify(body)
    response.headers["Cache-Control"] = "no-store"
    return response


def kept(tag: str, *, public: bool = True, **body: Any) -> Response:
    """An answer that may be kept: by anyone when it is `public`, else by the browser that asked."""
    return _tagged(jsonify(body), tag, public=public)


def still_holds(tag: str, *, public: bool = True) -> Response | None:
    """304 when the one who asks has the answer of this tag; else None."""
    if request.if_none_match.contains_weak(tag):
        return _tagged(Response(status=304), tag, public=public)
    return None


def _tagged(response: Response, tag: str, *, public: bool) -> Response:
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = f"{'public' if public else 'private'}, max-age={SECONDS}"
    return response


def tag_of(version: str, on: date) -> str:
    """The tag of the answer to this request, from a version of the catalog, on a day."""
    whole = "\n".join((version, on.isoformat(), _code(), request.path, request.query_string.decode("latin-1")))
    return hashlib.sha256(whole.encode()).hexdigest()[:24]


@lru_cache(maxsize=1)
def _code() -> str:
    digest = hashlib.sha256()
    for part in _PARTS:
        for path in sorted((ROOT / part).glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()
