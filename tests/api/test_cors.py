"""Pages of other sites: any may read what is public, some may send requests, and OPTIONS says what a route takes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from tests.support.small_catalog import SmallCatalog

EHR = "https://ehr.example"
GETS = ["/api/v1/needs", "/api/v1/services?q=food", "/api/v1/services/food-pantry", "/api/v1/openapi.json"]


@pytest.fixture
def listing(small: SmallCatalog) -> FlaskClient:
    """The application with a site listed in its settings."""
    return create_app(replace(small.settings(), api_origins=(EHR,))).test_client()


@pytest.mark.parametrize("address", [*GETS, "/api/v1/services/nothing-here", "/api/v1/nothing"])
@pytest.mark.parametrize("headers", [{}, {"Origin": "https://other.example"}, {"Origin": "null"}])
def test_any_page_may_read_what_is_public(small_client: FlaskClient, address: str, headers: dict[str, str]) -> None:
    answer = small_client.get(address, headers=headers)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("address", ["/", "/search?q=food", "/static/directory.css", "/healthz"])
def test_pages_for_people_may_be_read_by_our_own_only(small_client: FlaskClient, address: str) -> None:
    with small_client.get(address, headers={"Origin": EHR}) as answer:
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_listed_site_may_send_requests(listing: FlaskClient) -> None:
    asked = {"Origin": EHR, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    before = listing.options("/api/v1/matches", headers=asked)
    assert before.status_code == 200
    assert before.headers["Access-Control-Allow-Origin"] == EHR
    assert "POST" in before.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in before.headers["Access-Control-Allow-Headers"]
    for body, status in (({"needs": ["food"]}, 200), ({}, 422)):
        answer = listing.post("/api/v1/matches", json=body, headers={"Origin": EHR})
        assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (status, EHR)
        assert "Origin" in answer.vary


@pytest.mark.parametrize("origin", ["https://other.example", "http://ehr.example", "https://ehr.example.evil", "null"])
def test_another_site_may_not(listing: FlaskClient, origin: str) -> None:
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    for answer in (
        listing.options("/api/v1/matches", headers=asked),
        listing.post("/api/v1/matches", json={"needs": ["food"]}, headers={"Origin": origin}),
    ):
        assert answer.status_code == 200
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_reader_may_ask_whether_an_answer_still_holds(small_client: FlaskClient) -> None:
    asked = {"Origin": EHR, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match"}
    answer = small_client.options("/api/v1/needs", headers=asked)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]


def test_options_names_the_methods_of_this_route_alone(small_app: Flask, small_client: FlaskClient) -> None:
    for path, methods in {
        "/api/v1/services/search": {"POST", "OPTIONS"},
        "/api/v1/services/food-pantry": {"GET", "HEAD", "OPTIONS"},
        "/api/v1/pathway": {"GET", "HEAD", "POST", "OPTIONS"},
        "/api/v1/suggest": {"GET", "HEAD", "POST", "OPTIONS"},
    }.items():
        assert set(small_client.options(path).allow) == methods, path
