"""Words that tell of one person go into no address, whatever is looked for."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from web.shared.privacy import tells_of_a_person

PERSONAL = [
    "Jane Smith dob 3/15/2019 autism",
    "born 2019-03-15 speech therapy",
    "3.15.19",
    "March 15, 2019 diapers",
    "15 de marzo de 2019 pañales",
    "May 3rd 2020",
    "food 860-555-0123",
    "(860) 555-0123",
    "8605550123 call me",
    "860\u2011555\u20110123",
    "555-0123",
    "123-45-6789",
    "write to ana@example.org",
]
ORDINARY = [
    "food 06106",
    "food 06106-1234",
    "speech therapy for my 3 year old",
    "9-12 grade",
    "24/7 hotline",
    "211",
    "988",
    "birth to three 0-3",
    "section 8",
    "may 2 children come",
    "summer camp 2026",
    "ages 6-12",
]


@pytest.mark.parametrize("text", PERSONAL)
def test_dates_numbers_and_addresses_tell_of_a_person(client: FlaskClient, text: str) -> None:
    assert tells_of_a_person(text)
    answer = client.post("/search", data={"q": text})
    assert answer.status_code == 200
    assert (answer.headers["Cache-Control"], "Location" in answer.headers) == ("no-store", False)


@pytest.mark.parametrize("text", ORDINARY)
def test_ages_places_and_lines_do_not(text: str) -> None:
    assert not tells_of_a_person(text)
