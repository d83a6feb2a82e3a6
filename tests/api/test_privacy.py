"""Nothing that a request says of a person is stored, logged, or told to anyone but its sender."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from app import create_app
from tests.support.clients import body
from tests.support.match_requests import JSON, post_match, refused
from tests.support.small_catalog import small_catalog

CANARY = "Quetzalcanary"

POSTS = {
    "/api/v1/matches": {"needs": ["food"]},
    "/api/v1/matches/explain": {"service": "ct-snap"},
    "/api/v1/assessments/ahc-hrsn/score": {"answers": {"88122-7": "LA28397-0"}},
}


@pytest.fixture
def everything(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """All that any logger says, down to DEBUG, also those that would be silent."""
    for name in list(logging.root.manager.loggerDict):
        caplog.set_level(logging.DEBUG, logger=name)
    caplog.set_level(logging.DEBUG)
    return caplog


@pytest.mark.parametrize("path", POSTS)
def test_answers_about_a_person_are_not_to_be_stored(client: FlaskClient, path: str) -> None:
    answer = client.post(path, json=POSTS[path])
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    wrong = client.post(path, json={"nonsense": 1})
    assert wrong.status_code == 422
    assert wrong.headers["Cache-Control"] == "no-store"


def test_a_pathway_is_not_to_be_stored(client: FlaskClient) -> None:
    answer = client.get("/api/v1/pathway?birth_date=2024-03-15")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get("/api/v1/pathway").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", POSTS)
def test_no_answer_sets_a_cookie(client: FlaskClient, path: str) -> None:
    assert "Set-Cookie" not in client.post(path, json=POSTS[path]).headers


def with_canary() -> list[tuple[str, dict[str, Any]]]:
    """(path, request): the canary once in each text field of each request, and as the name of a field."""
    person: list[dict[str, Any]] = [
        {name: CANARY} for name in ("id", "birth_date", "town", "zip", "state", "country", "grade", CANARY)
    ]
    person += [
        {name: [CANARY]}
        for name in (
            "languages",
            "insurance",
            "conditions",
            "not_conditions",
            "circumstances",
            "not_circumstances",
        )
    ]
    person += [{"age": {"years": CANARY}}, {"age_months": CANARY}, {"income": {"annual": CANARY}}]
    match: list[dict[str, Any]] = [{"person": one} for one in person]
    match += [{"people": [{"id": "a"} | one]} for one in person]
    match += [{"caregiver": {"birth_date": CANARY}}, {"caregiver": {"circumstances": [CANARY]}}]
    match += [{"needs": [CANARY]}, {"needs": [{"need": "food", "who": CANARY}]}, {"needs": [{"need": CANARY}]}]
    match += [{"words": f"food {CANARY}"}, {"words": CANARY}, {"on": CANARY}, {"include": [CANARY]}, {CANARY: 1}]
    match += [{"codes": [{"system": CANARY, "code": "Z59.41"}]}, {"codes": [{"system": "icd10cm", "code": CANARY}]}]
    answers: list[dict[str, Any]] = [{CANARY: "LA33-6"}, {"88122-7": CANARY}, {"88122-7": [CANARY]}, {CANARY: 3}]
    match += [{"assessment": {"instrument": "ahc-hrsn", "answers": one}} for one in answers]
    match += [{"assessment": {"instrument": CANARY, "answers": {}}}]
    asked = [("/api/v1/matches", {"needs": ["food"]} | one) for one in match]
    asked += [("/api/v1/matches/explain", {"service": "ct-snap"} | one) for one in match if "people" not in one]
    asked += [("/api/v1/matches/explain", {"service": CANARY})]
    asked += [("/api/v1/assessments/ahc-hrsn/score", {"answers": one}) for one in answers]
    return asked


def test_no_text_of_a_request_is_ever_logged(client: FlaskClient, everything: pytest.LogCaptureFixture) -> None:
    statuses = set()
    for path, asked in with_canary():
        answer = client.post(path, json=asked)
        assert answer.status_code in {200, 422}, answer.text
        statuses.add(answer.status_code)
        # Not in a header either: those are logged by web servers.
        assert CANARY not in str(answer.headers)
    client.post("/api/v1/matches", data=f'{{"{CANARY}"', content_type=JSON)
    client.post("/api/v1/matches", data=f'{{"{CANARY}": "\\ud800"}}', content_type=JSON)
    client.post("/api/v1/matches", data="[" * 100_000 + CANARY, content_type=JSON)
    client.post("/api/v1/matches", data=CANARY, content_type="text/plain")
    client.get("/api/v1/pathway", query_string={"birth_date": CANARY, CANARY: "1"})
    client.get("/api/v1/services", query_string={"q": CANARY, "town": CANARY})
    assert statuses == {200, 422}
    assert CANARY not in everything.text
    assert all(CANARY not in str(vars(record)) for record in everything.records)


def test_an_error_is_told_to_its_sender_and_to_no_one_after(client: FlaskClient) -> None:
    """The sender sees what was wrong; the next answers know nothing of it."""
    wrong = post_match(client, needs=[CANARY], person={"town": CANARY})
    assert CANARY in json.dumps(refused(wrong))
    for path, sound in POSTS.items():
        assert CANARY not in client.post(path, json=sound).text
        assert CANARY not in client.post(path, json={"nonsense": 1}).text
    for path in ("/healthz", "/api/v1/needs", "/api/v1/assessments", "/api/v1/nothing"):
        assert CANARY not in client.get(path).text


def test_the_id_of_a_person_comes_back_only_to_its_sender(client: FlaskClient) -> None:
    people = [{"id": CANARY, "town": "Hartford"}]
    answer = post_match(client, people=people, needs=["food"], limit=1)
    assert body(answer)["people"][0]["id"] == CANARY
    assert CANARY not in post_match(client, people=[{"id": "b"}], needs=["food"], limit=1).text


def broken_app(folder: Path) -> Flask:
    """An application of its own with a route that fails while it holds what was sent."""
    app = create_app(small_catalog(folder).settings())

    def fail() -> str:
        sent = request.get_json()
        told = f"cannot place {sent}"
        raise LookupError(told) from ValueError(told)

    app.add_url_rule("/api/v1/broken", "broken", fail, methods=["POST"])
    return app


def test_an_unexpected_error_is_answered_and_logged_without_the_request(
    tmp_path: Path, everything: pytest.LogCaptureFixture
) -> None:
    answer = broken_app(tmp_path).test_client().post("/api/v1/broken", json={"town": CANARY})
    assert refused(answer, 500) == {}
    said = answer.text + str(answer.headers)
    assert not any(word in said for word in (CANARY, "Traceback", "LookupError", "test_privacy", "cannot place"))
    (record,) = [one for one in everything.records if one.levelno >= logging.ERROR]
    # Enough to find the fault: its type and place.
    assert "LookupError" in record.getMessage() and "test_privacy" in record.getMessage()
    assert record.exc_info is None
    assert CANARY not in everything.text and "cannot place" not in everything.text
    assert all(CANARY not in str(vars(one)) for one in everything.records)
