"""Answers are as the OpenAPI document says, field by field: the recorded ones, and many over the real catalog."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.support.clients import body
from tests.support.openapi import closed, operation_at, problems_of
from tests.support.recordings import read_recording

FILES = sorted((Path(__file__).parent / "recorded").glob("*.json"))
DESCRIBED = [
    file
    for file in FILES
    if file.stem not in {"openapi", "unknown-address", "wrong-method", "service-former-id", "preflight"}
]


@pytest.fixture(scope="module")
def document() -> Any:
    recorded = read_recording(Path(__file__).parent / "recorded" / "openapi.json")
    return closed(recorded["response"]["body"])


@pytest.mark.parametrize("file", DESCRIBED, ids=lambda file: file.stem)
def test_a_recorded_answer_is_as_described(document: Any, file: Path) -> None:
    recording = read_recording(file)
    request, response = recording["request"], recording["response"]
    content_type = response["headers"]["Content-Type"]
    told = problems_of(document, request, response["status"], content_type, response["body"])
    assert told == []


def test_a_field_that_is_not_described_is_noticed(document: Any) -> None:
    recording = read_recording(Path(__file__).parent / "recorded" / "service.json")
    service = recording["response"]["body"]
    for wrong in (service | {"colour": "red"}, service | {"kind": "shop"}, service | {"phones": [{"label": "Desk"}]}):
        assert problems_of(document, recording["request"], 200, "application/json", wrong)


def test_every_answer_without_an_error_has_a_schema(document: Any) -> None:
    for path, operations in document["paths"].items():
        for method in set(operations) - {"parameters"}:
            response = operation_at(document, method, path)["responses"]["200"]
            assert response["content"]["application/json"]["schema"], path


def test_errors_are_described_as_problem_details(document: Any) -> None:
    for operations in document["paths"].values():
        for method in set(operations) - {"parameters"}:
            told = operations[method]["responses"]["default"]["$ref"].rpartition("/")[2]
            content = document["components"]["responses"][told]["content"]
            assert set(content) == {"application/problem+json"}
    problem = document["components"]["schemas"]["Problem"]
    assert set(problem["properties"]) == {"type", "title", "status", "detail", "errors"}


def test_every_answer_over_the_real_catalog_is_as_described(client: FlaskClient, document: Any) -> None:
    """All services and assessments, and lists and matches that use many parts of an answer."""
    ids = [item["id"] for item in body(client.get("/api/v1/services?per_page=100"))["items"]]
    assessments = [item["id"] for item in body(client.get("/api/v1/assessments"))["assessments"]]
    needs = [need["id"] for need in body(client.get("/api/v1/needs"))["needs"] if need["parent"]]
    chosen = random.Random(5)
    asked: list[tuple[str, str, Any]] = [("GET", "/api/v1/needs", None), ("GET", "/api/v1/suggest?q=a", None)]
    asked += [("GET", f"/api/v1/services/{service}", None) for service in ids]
    asked += [("GET", f"/api/v1/assessments/{assessment}", None) for assessment in assessments]
    asked += [("GET", f"/api/v1/services?need={need}&town=Hartford&per_page=50", None) for need in needs[::9]]
    asked += [("POST", "/api/v1/services/search", {"q": words}) for words in ("food", "he hits me", "zzzz", "comida")]
    for _ in range(10):
        person = {"age_months": chosen.randrange(260), "town": chosen.choice(["Hartford", "Union", "Stamford"])}
        wanted = {"needs": chosen.sample(needs, 3), "person": person, "include": ["ineligible", "upcoming"]}
        asked.append(("POST", "/api/v1/matches", wanted))
    for method, path, sent in asked:
        answer = client.open(path, method=method, json=sent) if sent else client.get(path)
        told = problems_of(
            document, {"method": method, "path": path}, answer.status_code, answer.mimetype or "", body(answer)
        )
        assert (answer.status_code, told) == (200, []), path
