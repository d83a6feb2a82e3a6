"""Too many forms from one address: refused for a while, and nobody's address is written down."""

from __future__ import annotations

import logging
import multiprocessing
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.exceptions import TooManyRequests

from inquiries import limits
from inquiries.limit_file import FileStorage
from inquiries.limits import FILE, MEMORY, address_key, limit_forms, limiter
from inquiries.store import NOWHERE
from tests.inquiries.conftest import store_app

HERE, THERE = {"REMOTE_ADDR": "192.0.2.7"}, {"REMOTE_ADDR": "192.0.2.8"}
STRANGERS = "198.51.100.8"


def limited_app(proxies: int = 0, storage: str = MEMORY) -> Flask:
    app = store_app(NOWHERE, proxies, storage)

    def form(**values: str) -> str:
        return "taken"

    limited = limit_forms("forms", "3 per hour")(form)
    app.add_url_rule("/form", "form", lambda: "form")
    for path in ("/form", "/other-form", "/es/form"):
        app.add_url_rule(path, path, limited, methods=["POST"])

    @app.get("/free")
    def free() -> str:
        return "free"

    @app.errorhandler(TooManyRequests)
    def too_many(error: TooManyRequests) -> tuple[str, int]:
        return f"wait {error.retry_after}", 429

    return app


def statuses(app: Flask, addresses: list[str], header: str = "") -> list[int]:
    """The statuses of one form after the other, from each of the addresses."""
    client = app.test_client()
    return [
        client.post(
            "/form",
            headers={header: address} if header else {},
            environ_overrides={"REMOTE_ADDR": "127.0.0.1" if header else address},
        ).status_code
        for address in addresses
    ]


@pytest.fixture
def app() -> Iterator[Flask]:
    yield limited_app()
    limiter.reset()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "limits.db"


def test_the_fourth_form_in_an_hour_is_refused_and_told_how_long_to_wait(app: Flask) -> None:
    client = app.test_client()
    answers = [client.post("/form", environ_overrides=HERE) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    said, _, seconds = answers[-1].text.partition(" ")
    assert said == "wait"
    # An hour from the first, and a second at most for rounding up.
    assert 3590 <= int(seconds) <= 3601


def test_forms_of_one_scope_are_counted_together(app: Flask) -> None:
    client = app.test_client()
    paths = ["/form", "/es/form", "/other-form", "/es/form"]
    answers = [client.post(path, environ_overrides=HERE).status_code for path in paths]
    assert answers == [200, 200, 200, 429]


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
    visitors = [f"198.51.100.{number}" for number in range(4)]
    assert statuses(limited_app(proxies), visitors, "X-Forwarded-For") == expected
    limiter.reset()


@pytest.mark.parametrize(
    "addresses",
    [
        [f"{STRANGERS}:{port}" for port in range(51, 55)],
        [f"2001:db8::{number}" for number in range(1, 5)],
        [f"[2001:db8:0:0:{number}::1]:443" for number in range(1, 5)],
        [STRANGERS, f"{STRANGERS}:1", f"::ffff:{STRANGERS}", f" {STRANGERS} "],
        ["nonsense", "999.1.1.1", "unknown", "_hidden"],
    ],
)
def test_ports_and_parts_of_a_network_make_no_new_visitor(addresses: list[str]) -> None:
    assert statuses(limited_app(1), addresses, "X-Forwarded-For") == [200, 200, 200, 429]
    limiter.reset()


def test_each_network_counts_for_itself() -> None:
    assert address_key("2001:db8:0:1::1") != address_key("2001:db8:0:2::1")
    assert address_key("198.51.100.8:80") == "198.51.100.8" != address_key("198.51.100.9")


def test_a_web_server_that_the_settings_do_not_know_is_told_of_once(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_warned", set())
    statuses(limited_app(), [STRANGERS] * 3, "X-Forwarded-For")
    told = [record.getMessage() for record in caplog.records if "proxies" in record.getMessage()]
    assert len(told) == 1 and STRANGERS not in told[0]
    limiter.reset()


@pytest.mark.parametrize(("proxies", "address"), [(1, "127.0.0.1"), (0, "8.8.8.8")])
def test_a_known_web_server_or_a_stranger_is_not_told_of(
    proxies: int, address: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_warned", set())
    client = limited_app(proxies).test_client()
    client.get("/free", headers={"X-Forwarded-For": STRANGERS}, environ_overrides={"REMOTE_ADDR": address})
    assert "proxies" not in caplog.text


def send_forms(file: str, key: bytes, forms: int) -> list[int]:
    """In a process of its own, as a worker of the web server is: it has the key of the process that started it."""
    limits._KEY = key
    return statuses(limited_app(storage=FILE + file), [STRANGERS] * forms)


def test_all_workers_count_together(file: Path) -> None:
    shares = [(str(file), limits._KEY, 2)] * 3
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        answers = [status for share in pool.starmap(send_forms, shares) for status in share]
    assert sorted(answers) == [200, 200, 200, 429, 429, 429]


def test_a_new_application_goes_on_counting(file: Path) -> None:
    assert statuses(limited_app(storage=FILE + str(file)), [STRANGERS] * 3) == [200, 200, 200]
    assert statuses(limited_app(storage=FILE + str(file)), [STRANGERS]) == [429]
    limiter.reset()
    assert statuses(limited_app(storage=FILE + str(file)), [STRANGERS]) == [200]


def test_the_file_holds_no_address_and_is_for_its_owner_only(file: Path) -> None:
    statuses(limited_app(storage=FILE + str(file)), [STRANGERS])
    assert STRANGERS.encode() not in file.read_bytes()
    assert (stat.S_IMODE(file.stat().st_mode), stat.S_IMODE(file.parent.stat().st_mode)) == (0o600, 0o700)


def test_what_no_longer_counts_is_deleted(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = FileStorage(FILE + str(file))
    assert [storage.acquire_entry("a", 2, 60) for _ in range(3)] == [True, True, False]
    assert storage.get_moving_window("a", 2, 60)[1] == 2
    monkeypatch.setattr("inquiries.limit_file.time.time", lambda: 1e11)
    assert storage.get_moving_window("a", 2, 60)[1] == 0
    assert storage.acquire_entry("b", 2, 60)
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT count(*) FROM hits").fetchone() == (1,)
    connection.close()


def test_without_the_file_each_process_counts_for_itself(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A folder stands where the file should be: forms are taken all the same, and limited."""
    assert statuses(limited_app(storage=FILE + str(tmp_path)), [STRANGERS] * 4) == [200, 200, 200, 429]
    assert "Each process counts for itself" in caplog.text and STRANGERS not in caplog.text


def test_without_redis_each_process_counts_for_itself() -> None:
    """Nobody listens at that port; or the package for Redis is not there."""
    assert statuses(limited_app(storage="redis://127.0.0.1:9/0"), [STRANGERS] * 4) == [200, 200, 200, 429]
    limited_app()
