"""GET /api/v1/openapi.json: a sound description of every route."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator

from api.fields import ApiSchema
from api.v1.requests import schemas
from tests.support.clients import body


@pytest.fixture
def document(client: FlaskClient) -> Any:
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200 and answer.mimetype == "application/json"
    return body(answer)


def test_the_document_is_valid_openapi_3_1(document: Any) -> None:
    assert document["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_every_route_of_the_api_is_described_with_each_of_its_methods(app: Flask, document: Any) -> None:
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/") or rule.rule in ("/healthz", "/readyz")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    described = {
        (path, method) for path, found in document["paths"].items() for method in found if method != "parameters"
    }
    # The document does not describe itself.
    assert described == routes - {("/api/v1/openapi.json", "get")}
    assert len(described) == 16


def test_every_operation_says_what_it_does(document: Any) -> None:
    for found in document["paths"].values():
        for method, operation in found.items():
            if method != "parameters":
                assert operation["summary"] and "200" in operation["responses"]


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("/api/v1/matches", schemas.MatchSchema),
        ("/api/v1/matches/explain", schemas.ExplainSchema),
        ("/api/v1/assessments/{assessment_id}/score", schemas.ScoreSchema),
        ("/api/v1/services/search", schemas.ServicesSearchSchema),
    ],
)
def test_a_body_is_described_with_all_its_fields(document: Any, path: str, schema: type[ApiSchema]) -> None:
    shape = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
    described = document["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
    fields = schema().fields
    assert set(described["properties"]) == set(fields)
    assert set(described.get("required", [])) == {name for name, field in fields.items() if field.required}


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("/api/v1/pathway", schemas.PathwayQuerySchema),
        ("/api/v1/services", schemas.ServicesQuerySchema),
        ("/api/v1/suggest", schemas.SuggestQuerySchema),
    ],
)
def test_a_query_is_described_with_all_its_fields(document: Any, path: str, schema: type[ApiSchema]) -> None:
    parameters = document["paths"][path]["get"]["parameters"]
    fields = schema().fields
    assert {(one["name"], one["in"], one["required"]) for one in parameters} == {
        (name, "query", field.required) for name, field in fields.items()
    }
    assert fields
