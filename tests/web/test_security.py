"""The same headers on every route, foreign forms refused, wrong addresses kind, nothing about a person in a cookie."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from web.shared.security import HEADERS, is_host

FORM = "application/x-www-form-urlencoded"
CHUNKED = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}

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
        open_to_all = address.startswith("/api/")
        expected = HEADERS | ({"Cross-Origin-Resource-Policy": "cross-origin"} if open_to_all else {})
        assert {name: answer.headers.get(name) for name in HEADERS} == expected
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
        {"Origin": "http://["},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://localhost@evil.example"},
        {"Origin": "http://localhost:8080"},
        {"Origin": "ftp://localhost"},
        {"Origin": ""},
        {"Origin": "x" * 2000},
    ],
)
def test_form_of_another_site_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    answer = client.post("/search", data={"q": "respite"}, headers=headers)
    assert answer.status_code == 403
    assert "came from another website" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://localhost"},
        {"Origin": "http://localhost:80"},
        {"Origin": "http://LOCALHOST"},
    ],
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


BAD_HOSTS = [
    "[",
    "a b",
    'a"><script>',
    "x" * 64,
    "a..b",
    "-a.example",
    "a.example:port",
    "a,b",
    "é.example",
    "a/b",
    ".",
]


@pytest.mark.parametrize("path", ["/", "/search?q=food", "/services/ct-wic", "/api/v1/needs", "/nothing"])
@pytest.mark.parametrize("host", [*BAD_HOSTS, "a." * 130 + "example", ""])
def test_a_host_that_is_none_is_refused_with_the_headers_of_every_answer(
    client: FlaskClient, path: str, host: str
) -> None:
    answer = client.get(path, environ_overrides={"HTTP_HOST": host})
    assert answer.status_code == 400
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert host not in answer.text or not host.strip(".")


@pytest.mark.parametrize(
    "host", ["localhost", "directory.example:8000", "my_service", "192.0.2.7", "[2001:db8::1]:443", "a.example."]
)
def test_other_hosts_are_fine(client: FlaskClient, host: str) -> None:
    assert client.get("/about", environ_overrides={"HTTP_HOST": host}).status_code == 200


@pytest.mark.parametrize(("protocol", "known"), [("HTTP/1.0", True), ("HTTP/1.1", False), ("", False)])
def test_only_old_programs_may_leave_the_host_out(protocol: str, known: bool) -> None:
    assert is_host(None, protocol) is known


def test_a_form_with_masses_of_fields_is_refused_unread(client: FlaskClient) -> None:
    answer = client.post("/search", data="&".join("a=1" for _ in range(60_000)), content_type=FORM)
    assert (answer.status_code, answer.mimetype) == (413, "text/html")
    assert client.post("/search", data="&".join("a=1" for _ in range(600)), content_type=FORM).status_code == 413
    assert client.post("/search", data="q=a" + "&a=1" * 60, content_type=FORM).status_code == 303


class BrokenBody(io.RawIOBase):
    """A body that breaks off, as web servers tell it: by an exception of their own."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        raise OSError("Invalid chunk size")


@pytest.mark.parametrize("path", ["/search", "/es/contact", "/api/v1/matches", "/api/v1/services/search"])
def test_a_body_that_breaks_off_is_a_bad_request(client: FlaskClient, path: str) -> None:
    broken = CHUNKED | {"wsgi.input": BrokenBody()}
    answer = client.post(path, data=b"a=1", content_type=FORM, environ_overrides=broken)
    assert answer.status_code == 400
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
