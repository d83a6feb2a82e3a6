"""Recorded answers: a request and the whole answer to it, in a file that is compared and can be renewed.

RENEW_RECORDINGS=1 writes the answers of today into the files instead of comparing them; then read the differences.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

RENEW = os.environ.get("RENEW_RECORDINGS") == "1"
# What of the headers is a promise. Others come from the server, or are checked for all routes together.
HEADERS = (
    "Content-Type",
    "Cache-Control",
    "ETag",
    "Location",
    "Allow",
    "Retry-After",
    "Vary",
    "Access-Control-Allow-Origin",
    "Access-Control-Allow-Methods",
    "Access-Control-Allow-Headers",
)


def read_recording(file: Path) -> dict[str, Any]:
    recording: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return recording


def write_recording(file: Path, recording: dict[str, Any]) -> None:
    file.write_text(written(recording), encoding="utf-8")


def written(recording: dict[str, Any]) -> str:
    """The recording as it stands in a file: fields in the order of the answer, one a line."""
    return json.dumps(recording, ensure_ascii=False, indent=1) + "\n"


def send(client: FlaskClient, request: dict[str, Any]) -> TestResponse:
    """Send a recorded request: `method`, `path` and, where it has them, `headers` and `json` or `text`."""
    more = {"json": request["json"]} if "json" in request else {"data": request.get("text")}
    return client.open(request["path"], method=request["method"], headers=request.get("headers"), **more)


def answer_of(response: TestResponse) -> dict[str, Any]:
    """The status, the headers that are promised and the body. Of a tag only the form counts."""
    headers = {name: response.headers[name] for name in HEADERS if name in response.headers}
    if "ETag" in headers:
        headers["ETag"] = re.sub(r'"[0-9a-f]{24}"', '"..."', headers["ETag"])
    if "Allow" in headers:
        headers["Allow"] = ", ".join(sorted(headers["Allow"].split(", ")))
    body = json.loads(response.text) if response.is_json else response.text
    return {"status": response.status_code, "headers": headers, "body": body}
