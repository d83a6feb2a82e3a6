"""The real application with views that fail in ways that ours should not. For tests/server/test_log.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flask import Flask, Response, request

from app import serve as serve_real


def serve() -> Flask:
    app = serve_real()
    inner = app.wsgi_app

    def fail() -> str:
        raise ValueError(f"the words were {request.args['q']}")

    def fail_in_answer() -> Response:
        def parts(words: str) -> Iterator[bytes]:
            yield b"begin"
            raise LookupError(words)

        return Response(parts(request.url), mimetype="text/plain")

    def with_bad_header(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/bad-header":
            return inner(environ, start)
        start("200 OK", [("X-Words", f"a\r\n{environ['QUERY_STRING']}")])
        return [b"x"]

    app.add_url_rule("/fail", "fail", fail)
    app.add_url_rule("/fail-in-answer", "fail_in_answer", fail_in_answer)
    app.wsgi_app = with_bad_header  # type: ignore[method-assign, assignment]
    return app
