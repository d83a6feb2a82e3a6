"""Too many forms from one address: refused for a while, and nobody's address is written down."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.exceptions import TooManyRequests

from inquiries.limits import limiter
from inquiries.store import NOWHERE
from tests.inquiries.conftest import store_app

HERE, THERE = {"REMOTE_ADDR": "192.0.2.7"}, {"REMOTE_ADDR": "192.0.2.8"}


def limited_app(proxies: int = 0) -> Flask:
    app = store_app(NOWHERE, proxies)

    @app.route("/form", methods=["GET", "POST"])
    @limiter.limit("3 per hour", methods=["POST"])
    def form() -> str:
        return "taken"

    @app.get("/free")
    def free() -> str:
        return "free"

    @app.errorhandler(TooManyRequests)
    def too_many(error: TooManyRequests) -> tuple[str, int]:
        return f"wait {error.retry_after}", 429

    return app


@pytest.fixture
def app() -> Iterator[Flask]:
    yield limited_app()
    limiter.reset()


def test_the_fourth_form_in_an_hour_is_refused_and_told_how_long_to_wait(app: Flask) -> None:
    client = app.test_client()
    answers = [client.post("/form", environ_overrides=HERE) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    said, _, seconds = answers[-1].text.partition(" ")
    assert said == "wait"
    # An hour from the first, and a second at most for rounding up.
    assert 3590 <= int(seconds) <= 3601


def test_others_and_other_pages_are_free(app: Flask) -> None:
    client = app.test_client()
    for _ in range(4):
        client.post("/form", environ_overrides=HERE)
    assert client.post("/form", environ_overrides=THERE).status_code == 200
    assert client.get("/form", environ_overrides=HERE).status_code == 200
    assert {client.get("/free", environ_overrides=HERE).status_code for _ in range(50)} == {200}


def test_answers_say_nothing_of_limits_and_no_address_is_logged(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    for name in list(logging.root.manager.loggerDict):
        caplog.set_level(logging.DEBUG, logger=name)
    client = app.test_client()
    for _ in range(5):
        answer = client.post("/form", environ_overrides=HERE)
        assert not [name for name, _ in answer.headers if "limit" in name.lower()]
    assert answer.status_code == 429
    assert HERE["REMOTE_ADDR"] not in caplog.text


@pytest.mark.parametrize(("proxies", "expected"), [(0, [200, 200, 200, 429]), (1, [200, 200, 200, 200])])
def test_behind_a_web_server_of_our_own_visitors_are_told_apart(proxies: int, expected: list[int]) -> None:
    """What a stranger writes into the header counts for nothing unless a web server of our own stands in front."""
    client = limited_app(proxies).test_client()
    visitors = [{"X-Forwarded-For": f"198.51.100.{number}"} for number in range(4)]
    assert [client.post("/form", headers=one, environ_overrides=HERE).status_code for one in visitors] == expected
    limiter.reset()
