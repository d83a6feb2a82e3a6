"""Questions that several tests put to the matching API."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.clients import body

DAY = "2026-11-21"
JSON = "application/json"


def post_match(client: FlaskClient, **request: Any) -> TestResponse:
    return client.post("/api/v1/matches", json=request)


def matched(client: FlaskClient, **request: Any) -> Any:
    """The answer to a sound match request, on one fixed day."""
    answer = post_match(client, **({"on": DAY} | request))
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == JSON
    return body(answer)


def verdicts(client: FlaskClient, **request: Any) -> dict[str, str]:
    """The verdict of each service, the ineligible too."""
    answer = matched(client, **({"limit": 1000, "include": ["ineligible"]} | request))
    return {one["service"]["id"]: one["verdict"] for one in answer["matches"]}


def severities(answer: Any) -> dict[str, str]:
    return {need["need"]: need["severity"] for need in answer["needs"]}


def refused(answer: TestResponse, status: int = 422) -> dict[str, Any]:
    """The errors of a problem detail by field; the first of each field."""
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    said = body(answer)
    assert said["status"] == status and said["type"] == "about:blank" and said["title"] and said["detail"]
    found: dict[str, Any] = {}
    for error in said.get("errors", []):
        assert set(error) <= {"field", "message", "allowed"} and error["message"]
        found.setdefault(error["field"], error)
    return found
