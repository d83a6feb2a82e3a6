"""What each route answers is a promise: every recorded request gets the recorded answer, to the byte.

The requests stand in `recorded/`, one a file; docs/testing.md says how to renew the answers and how to add one.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

from tests.support.recordings import RENEW, answer_of, read_recording, send, write_recording, written

FILES = sorted((Path(__file__).parent / "recorded").glob("*.json"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_recorded_request_gets_the_recorded_answer(small_client: FlaskClient, file: Path) -> None:
    recording = read_recording(file)
    response = send(small_client, recording["request"])
    now = {"request": recording["request"], "response": answer_of(response)}
    if RENEW:
        write_recording(file, now)
    assert written(now) == file.read_text(encoding="utf-8")
    if response.mimetype == "application/json":
        assert response.data.rstrip() == orjson.dumps(now["response"]["body"])
    elif response.mimetype == "application/problem+json":
        assert response.text == json.dumps(now["response"]["body"], ensure_ascii=False) + "\n"


def test_each_method_of_each_route_has_a_recorded_answer_without_an_error(small_app: Flask) -> None:
    adapter = small_app.url_map.bind("localhost")
    recorded = set()
    for file in FILES:
        recording = read_recording(file)
        request = recording["request"]
        if recording["response"]["status"] == 200:
            try:
                rule, _ = adapter.match(re.sub(r"\?.*", "", request["path"]), request["method"], return_rule=True)
            except HTTPException:
                continue
            recorded.add((str(rule), request["method"]))
    routes = {
        (str(rule), method)
        for rule in small_app.url_map.iter_rules()
        if str(rule).startswith("/api/") or str(rule) in ("/healthz", "/readyz")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert routes - recorded == set()


@pytest.mark.parametrize("status", [200, 301, 404, 405, 422])
def test_each_kind_of_answer_is_recorded(status: int) -> None:
    assert status in {read_recording(file)["response"]["status"] for file in FILES}
