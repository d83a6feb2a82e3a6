"""The same headers on every route, foreign forms refused, wrong addresses kind, nothing about a person in a cookie."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from web.shared.security import HEADERS

ADDRESSES = (
    "/",
    "/es/",
    "/search?q=respite",
    "/search?town=nowhere",
    "/services/ct-wic",
    "/services/nothing-here",
    "/list",
    "/static/directory.css",
    "/static/missing.css",
    "/nothing/here",
    "/es/nada",
    "/api/v1/services",
    "/api/v1/services/nothing-here",
    "/api/v1/services?need=nonsense",
    "/api/v1/openapi.json",
    "/healthz",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_has_the_same_headers(client: FlaskClient, address: str) -> None:
    with client.get(address) as answer:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert "Set-Cookie" not in answer.headers
        assert "Cache-Control" in answer.headers


def test_nothing_but_own_files_may_run() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert policy.startswith("default-src 'none'")


def test_strict_transport_is_asked_for_over_https_only(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/").headers
    assert "max-age=63072000" in client.get("/", base_url="https://localhost").headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_form_of_another_site_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    answer = client.post("/search", data={"q": "respite"}, headers=headers)
    assert answer.status_code == 403
    assert "came from another website" in answer.text


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://localhost"}]
)
def test_own_form_is_taken(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/search", data={"q": "respite"}, headers=headers).status_code == 303


@pytest.mark.parametrize(
    ("address", "words"), [("/nothing/here", "There is no page here"), ("/es/nada", "Aquí no hay ninguna página")]
)
def test_wrong_address_helps_in_its_language(client: FlaskClient, address: str, words: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.mimetype == "text/html"
    assert words in answer.text
    assert 'role="search"' in answer.text
    assert 'href="tel:211"' in answer.text


def test_wrong_method_and_too_large_a_form_get_a_page(client: FlaskClient) -> None:
    answer = client.put("/search")
    assert (answer.status_code, answer.mimetype) == (405, "text/html")
    assert "Allow" in answer.headers
    answer = client.post("/search", data={"q": "x" * 3_000_000})
    assert (answer.status_code, answer.mimetype) == (413, "text/html")


def test_fault_of_our_own_gets_a_page_without_a_traceback(app: Flask, client: FlaskClient) -> None:
    keeper = app.extensions["directory"]
    app.extensions["directory"] = None
    try:
        answer = client.get("/search?q=secret")
        assert (answer.status_code, answer.mimetype) == (500, "text/html")
        assert "Traceback" not in answer.text
        assert "our fault" in answer.text
        assert client.get("/api/v1/needs").mimetype == "application/problem+json"
    finally:
        app.extensions["directory"] = keeper


def test_files_are_kept_for_good_by_their_digest(client: FlaskClient) -> None:
    page = client.get("/").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    for asked, kept in ((address, True), ("/static/directory.css", False)):
        with client.get(asked) as answer:
            assert ("immutable" in answer.headers["Cache-Control"]) is kept
