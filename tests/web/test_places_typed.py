"""A ZIP code with a slip in it: the page says how it was taken."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/search?q=food&town=60106", "Lives in: 60106 (outside Connecticut)"),
        ("/es/search?q=comida&town=60106", "Vive en: 60106 (fuera de Connecticut)"),
        ("/search?q=food&town=06390", "Lives in: 06390 (outside Connecticut)"),
    ],
)
def test_a_place_elsewhere_is_said_to_be_elsewhere(client: FlaskClient, address: str, words: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200 and words in answer.text


def test_a_place_in_the_state_is_not(client: FlaskClient) -> None:
    page = client.get("/search?q=food&town=06106").text
    assert "Lives in: 06106" in page and "outside Connecticut)" not in page


@pytest.mark.parametrize("town", ["00000", "1111111"])
def test_what_is_no_zip_code_is_refused_with_an_example(client: FlaskClient, town: str) -> None:
    answer = client.get(f"/search?q=food&town={town}")
    assert answer.status_code == 422 and "A ZIP code has five digits" in answer.text
    refused = client.get(f"/api/v1/services?q=food&town={town}")
    assert refused.status_code == 422 and "A ZIP code has five digits" in refused.text
