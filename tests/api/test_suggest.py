"""GET /api/v1/suggest over the real catalog."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.support.clients import body


def suggested(client: FlaskClient, query: str) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1/suggest?{query}")
    assert answer.status_code == 200
    found: list[dict[str, Any]] = body(answer)["suggestions"]
    return found


def test_programs_needs_and_towns_are_suggested(client: FlaskClient) -> None:
    assert {"type": "town", "id": "Meriden", "label": "Meriden", "sensitive": False} in suggested(client, "q=merid")
    assert "ct-birth-to-three" in [one["id"] for one in suggested(client, "q=birth+to+th")]
    assert suggested(client, "q=wic")[0]["type"] == "service"
    assert suggested(client, "q=comida&lang=es")[0] == suggested(client, "q=COMIDA&lang=es")[0]
    assert [one["type"] for one in suggested(client, "q=comida&lang=es")].count("need") >= 1


def test_no_more_than_wanted_are_suggested(client: FlaskClient) -> None:
    assert len(suggested(client, "q=c")) == 8
    assert len(suggested(client, "q=c&limit=3")) == 3
    assert suggested(client, "") == suggested(client, "q=%20") == []


@pytest.mark.parametrize("text", ["domestic+viol", "merid"])
def test_what_is_being_typed_is_not_to_be_kept(client: FlaskClient, text: str) -> None:
    answer = client.get(f"/api/v1/suggest?q={text}")
    assert body(answer)["suggestions"]
    assert answer.headers["Cache-Control"] == "no-store" and "ETag" not in answer.headers


@pytest.mark.parametrize(
    ("query", "field"), [("q=a&limit=0", "limit"), ("q=a&limit=21", "limit"), ("q=a&lang=fr", "lang"), ("w=a", "w")]
)
def test_a_wrong_field_is_named(client: FlaskClient, query: str, field: str) -> None:
    answer = client.get(f"/api/v1/suggest?{query}")
    assert answer.status_code == 422
    assert [error["field"] for error in body(answer)["errors"]] == [field]


@pytest.mark.parametrize(
    "text", ["*", "(((", "[a TO z]", "NOT " * 200, "\x00a", "\u202eabc", "a" * 10_000, "\ud800", "%", "食品"]
)
def test_hostile_texts_get_an_ordinary_answer(client: FlaskClient, text: str) -> None:
    assert len(suggested(client, "q=" + quote(text, errors="surrogatepass"))) <= 8
