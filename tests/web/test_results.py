"""Results: what stands in an address, what never does, and what a page says of a fit."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from catalog.model import Catalog

SENSITIVE = (
    "my husband hits me",
    "domestic violence",
    "my son wants to kill himself",
    "pills in her backpack",
    "is my daughter gay",
    "asilo",
    "mi novio me pega",
    "cutting herself",
)
OPEN = ("respite", "speech therapy 2 year old Meriden", "food pantry", "zapatos para la escuela", "IEP meeting")


@pytest.mark.parametrize("query", SENSITIVE)
def test_sensitive_search_is_answered_at_once_and_stands_in_no_address(client: FlaskClient, query: str) -> None:
    answer = client.post("/search", data={"q": query})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    addresses = re.findall(r'(?:href|action)="([^"]*)"', answer.text)
    assert [one for one in addresses if query.rsplit(maxsplit=1)[-1] in one] == []
    assert 'method="get"' not in answer.text


@pytest.mark.parametrize("query", OPEN)
def test_open_search_gets_an_address_of_its_own(client: FlaskClient, query: str) -> None:
    answer = client.post("/search", data={"q": query, "town": "", "age": " 6 "})
    assert answer.status_code == 303
    assert parse_qs(urlsplit(answer.location).query) == {"q": [query], "age": ["6"]}


def test_every_need_that_is_sensitive_is_asked_for_in_the_body_only(client: FlaskClient, catalog: Catalog) -> None:
    page = client.get("/search?town=Hartford").text
    assert "Private topics" in page
    for need in catalog.needs.values():
        if need.sensitive:
            assert f"need={need.id}" not in page
            assert f'<option value="{need.id}"' not in page
            answer = client.post("/search", data={"need": need.id})
            assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store"), need.id


def test_page_about_violence_offers_a_way_out_and_a_neutral_title(client: FlaskClient) -> None:
    page = client.post("/search", data={"need": "domestic-violence"}).text
    assert "<title>Information for families</title>" in page
    assert "data-exit" in page


def test_ordinary_page_offers_no_exit(client: FlaskClient) -> None:
    assert "data-exit" not in client.get("/search?q=respite").text


def test_fit_is_said_apart_from_what_may_fit(client: FlaskClient) -> None:
    page = client.get("/search?q=respite&town=Meriden&age=6").text
    assert "Looks like a fit" in page
    assert "May fit: ask about" in page
    assert "serves Meriden" in page


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ("town=Meridan", "town", "Did you mean Meriden"),
        ("town=1234", "town", "A ZIP code has five digits"),
        ("age=old", "age", "Give the age in years"),
        ("age=400", "age", "Give the age in years"),
    ],
)
def test_wrong_field_is_named_and_what_was_typed_stays(
    client: FlaskClient, query: str, field: str, message: str
) -> None:
    answer = client.get(f"/search?q=respite&{query}")
    assert answer.status_code == 422
    assert message in answer.text
    assert f'href="#{field}"' in answer.text
    assert f'aria-describedby="{field}-message"' in answer.text
    assert f'value="{query.partition("=")[2]}"' in answer.text


@pytest.mark.parametrize("name", ["need", "sector", "kind", "language", "insurance", "cost", "delivery"])
def test_unknown_choice_is_said_and_left_out(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/search?q=respite&{name}=nonsense")
    assert answer.status_code == 422
    assert "We do not know the choice “nonsense”" in answer.text


@pytest.mark.parametrize("page", ["0", "-3", "junk", "99999999999999999999", "٣"])
def test_strange_page_number_is_no_error(client: FlaskClient, page: str) -> None:
    assert client.get(f"/search?q=respite&page={page}").status_code == 200


def test_nearest_first_needs_a_town(client: FlaskClient) -> None:
    answer = client.get("/search?q=respite&sort=distance")
    assert answer.status_code == 422
    assert "give a town or ZIP code" in answer.text


def test_age_can_be_given_in_months_and_in_spanish(client: FlaskClient) -> None:
    for age in ("18 months", "18 meses", "2 años", "2 yrs"):
        assert client.get("/search", query_string={"q": "speech therapy", "age": age}).status_code == 200


def test_town_and_age_in_the_words_become_chips_that_can_be_taken_away(client: FlaskClient) -> None:
    page = client.get("/search?q=speech+therapy+2+year+old+Meriden").text
    assert "Lives in: Meriden" in page
    assert "Age: 2 years" in page
    assert 'href="/search?q=speech+therapy+2+year+old"' in page
    assert 'href="/search?q=speech+therapy+meriden"' in page


def test_empty_list_says_what_to_drop_and_offers_211(client: FlaskClient) -> None:
    page = client.get("/search?q=guitar+strings&town=Meriden").text
    assert "Nothing found" in page
    assert 'href="tel:211"' in page
    assert "Without the words" in page


def test_every_page_of_results_is_small(client: FlaskClient) -> None:
    for address in (
        "/search?q=help",
        "/es/search?town=Hartford&age=6",
        "/search?q=autism&age=3&town=Hartford",
        "/search",
    ):
        assert len(client.get(address).data) <= 60_000, address


def test_nothing_found_for_a_need_that_was_understood_leads_to_the_need(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": "speech therapy", "language": "so"}).text
    assert "Nothing found" in page
    assert "All for: Speech therapy" in page
    assert 'href="/search?need=speech-therapy"' in page
