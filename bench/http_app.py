"""The real application with one more route: a bare view that answers with the bytes it was given. For bench/http.py."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask, Response

from app import serve


def serve_with_bare_view() -> Flask:
    app = serve()
    answer = Path(os.environ["BENCH_ANSWER"]).read_bytes()

    def bare() -> Response:
        return Response(answer, mimetype="application/json")

    app.add_url_rule("/bare", "bare", bare, methods=["GET", "POST"])
    return app
