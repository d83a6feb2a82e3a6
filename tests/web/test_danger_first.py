"""A search that tells of danger: the lines to call stand first, and the words stand in no address."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

LONG = (
    "I work nights at the warehouse and my mother watches the kids, we moved here from Georgia in the spring and the"
    " rent went up twice, so I am looking for a bigger apartment in New Britain near the school, and also it is hard to"
    " say this but last night my husband put his hands around my throat and I do not know what to do"
)


def test_a_long_story_is_read_to_its_end(client: FlaskClient) -> None:
    response = client.post("/search", data={"q": LONG})
    assert response.status_code == 200
    assert "CT Safe Connect" in response.text
    assert response.text.index("CT Safe Connect") < response.text.index('id="programs"')


@pytest.mark.parametrize("words", ["she swallowed a button battery", "mi niño se tomó el cloro"])
def test_what_tells_of_danger_stands_in_no_address_and_is_not_kept(client: FlaskClient, words: str) -> None:
    response = client.post("/search", data={"q": words})
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert "1-800-222-1222" in response.text


def test_the_lines_are_those_for_the_age(client: FlaskClient) -> None:
    child = client.post("/search", data={"q": "he wants to die", "age": "12"}).text
    adult = client.post("/search", data={"q": "he wants to die", "age": "30"}).text
    box = slice(0, child.index('id="programs"'))
    assert "Mobile Crisis" in child[box]
    assert "ACTION Line" not in child[box]
    assert "ACTION Line" in adult[: adult.index('id="programs"')]


def test_what_only_sounds_like_danger_alarms_nobody(client: FlaskClient) -> None:
    response = client.get("/search?q=this+commute+kills+me")
    assert "You are not alone" not in response.text


def safety_of(client: FlaskClient, address: str, asked: dict[str, Any]) -> dict[str, Any]:
    response = client.post(address, json=asked)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.get_json()
    safety: dict[str, Any] = answer["safety"]
    return safety


def test_programs_look_for_danger_too(client: FlaskClient) -> None:
    found = safety_of(client, "/api/v1/services/search", {"q": LONG})
    assert found["services"][0] == "ct-safe-connect"
    asked = {"words": "she says she wants to die", "person": {"age": {"years": 14}}}
    assert safety_of(client, "/api/v1/matches", asked)["services"][:2] == ["988-ct", "mobile-crisis"]


def test_answers_in_text_are_read_for_danger(client: FlaskClient) -> None:
    asked = {
        "needs": [{"need": "food"}],
        "assessment": {"instrument": "hunger-vital-sign", "answers": {"other": "my dad beats me"}},
    }
    assert "dcf-careline" in safety_of(client, "/api/v1/matches", asked)["services"]
