"""What a real server writes holds nothing that a client sent, whatever it sent: neither words nor its address.

The tests in tests/api/test_privacy.py and tests/web look at our own code; gunicorn writes to the log before and after.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask

from server.worker import PATIENCE
from tests.support.served import Served, gunicorn

CANARY = "Quetzalcanary"
HOST = "Host: 127.0.0.1\r\n"


def written(served: Served) -> str:
    """The log, and every other file that the server made but its index of the catalog and the database."""
    files = [path for path in served.log.parent.rglob("*") if path.is_file() and "directory.db" not in path.name]
    return "".join(path.read_bytes().decode("latin-1") for path in files)


def requests_of(app: Flask) -> Iterator[bytes]:
    """Each route with the canary in its address, query, headers and body, in each of its methods."""
    for rule in app.url_map.iter_rules():
        path = rule.rule
        for name in rule.arguments:
            path = path.replace(f"<{name}>", CANARY).replace(f"<path:{name}>", CANARY)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            text = f"q={CANARY}&{CANARY}=1"
            for kind, body in (
                ("application/x-www-form-urlencoded", text),
                ("application/json", f'{{"{CANARY}": "{CANARY}", "needs": ["{CANARY}"]}}'),
                ("application/json", f'{{"{CANARY}'),
            ):
                yield (
                    f"{method} {path}?{text} HTTP/1.1\r\n{HOST}Connection: close\r\nContent-Type: {kind}\r\n"
                    f"Referer: http://{CANARY}/\r\nUser-Agent: {CANARY}\r\nCookie: {CANARY}=1\r\n"
                    f"X-Forwarded-For: {CANARY}\r\nSCRIPT_NAME: /{CANARY}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
                ).encode()


MALFORMED = {
    "letters that are not encoded": f"GET /search?q=ni\u00f1os+{CANARY} HTTP/1.1\r\n{HOST}\r\n",
    "a space in the address": f"GET /search?q=a {CANARY} HTTP/1.1\r\n{HOST}\r\n",
    "an old version": f"GET /search?q={CANARY} HTTP/0.9\r\n\r\n",
    "no version": f"GET /search?q={CANARY}\r\n\r\n",
    "a strange method": f"{CANARY}! /search HTTP/1.1\r\n{HOST}\r\n",
    "a bad header name": f"GET / HTTP/1.1\r\n{HOST}{CANARY} x: 1\r\n\r\n",
    "a bad header value": f"GET / HTTP/1.1\r\n{HOST}X: \0{CANARY}\r\n\r\n",
    "a folded header": f"GET / HTTP/1.1\r\n{HOST}X: 1\r\n {CANARY}\r\n\r\n",
    "a long address": f"GET /search?q={CANARY * 600} HTTP/1.1\r\n{HOST}\r\n",
    "a large header": f"GET / HTTP/1.1\r\n{HOST}X: {CANARY * 1000}\r\n\r\n",
    "many headers": f"GET / HTTP/1.1\r\n{HOST}" + "".join(f"X{n}: {CANARY}\r\n" for n in range(120)) + "\r\n",
    "a bad length": f"POST /contact HTTP/1.1\r\n{HOST}Content-Length: {CANARY}\r\n\r\n",
    "two ways to say the length": (
        f"POST /contact HTTP/1.1\r\n{HOST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{CANARY}"
    ),
    "a strange encoding": f"POST /contact HTTP/1.1\r\n{HOST}Transfer-Encoding: {CANARY}\r\n\r\n",
    "a bad chunk": (
        f"POST /contact?q={CANARY} HTTP/1.1\r\n{HOST}Content-Type: application/x-www-form-urlencoded\r\n"
        f"Transfer-Encoding: chunked\r\n\r\nZZ{CANARY}\r\n"
    ),
    "a bad chunk for a program": (
        f"POST /api/v1/matches?q={CANARY} HTTP/1.1\r\n{HOST}Content-Type: application/json\r\n"
        f"Transfer-Encoding: chunked\r\n\r\n{CANARY}\r\n"
    ),
    "a strange expectation": f"POST /contact HTTP/1.1\r\n{HOST}Expect: {CANARY}\r\nContent-Length: 1\r\n\r\nx",
    "a host with a long label": f"GET /services/{CANARY}?q={CANARY} HTTP/1.1\r\nHost: {'a' * 64}.example\r\n\r\n",
    "a strange host": f"GET /{CANARY}?q={CANARY} HTTP/1.1\r\nHost: [{CANARY}\r\n\r\n",
    "a strange origin": f"POST /search HTTP/1.1\r\n{HOST}Origin: http://[{CANARY}\r\nContent-Length: 3\r\n\r\nq=a",
    "a body cut short": f"POST /contact?q={CANARY} HTTP/1.1\r\n{HOST}Content-Length: 500\r\n\r\nname={CANARY}",
    "a header cut short": f"GET /search?q={CANARY} HTTP/1.1\r\nHo",
    "not HTTP at all": f"\x16\x03\x01{CANARY}\r\n\r\n",
    "the beginning of HTTP/2": f"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n{CANARY}",
}


@pytest.mark.slow
def test_nothing_that_was_sent_is_written_whatever_the_route(served: Served, app: Flask) -> None:
    sent = list(requests_of(app))
    assert len(sent) > 200
    answers = [served.send(each) for each in sent]
    assert all(answer.startswith(b"HTTP/1.1 ") for answer in answers)
    assert CANARY not in written(served)
    assert "127.0.0.1:" not in served.said().replace(f"http://127.0.0.1:{served.port}", "")


@pytest.mark.slow
@pytest.mark.parametrize("name", MALFORMED)
def test_nothing_of_a_request_that_cannot_be_read_is_written_or_sent_back(served: Served, name: str) -> None:
    before = len(served.said())
    answer = served.send(MALFORMED[name].encode())
    said = served.said()[before:]
    assert CANARY not in written(served)
    assert "127.0.0.1" not in said
    head, _, body = answer.partition(b"\r\n\r\n")
    assert CANARY.encode() not in body
    # Refused before our own code saw it.
    if b"text/plain" in head:
        for header in (b"Content-Security-Policy", b"X-Content-Type-Options: nosniff", b"Referrer-Policy"):
            assert header in head
    assert served.get("/healthz") == 200


@pytest.mark.slow
def test_a_query_with_letters_that_are_not_encoded_is_told_how_to_write_them(served: Served) -> None:
    answer = served.send(MALFORMED["letters that are not encoded"].encode()).decode()
    assert answer.startswith("HTTP/1.1 400 ")
    assert "must be encoded" in answer
    assert served.get(f"/api/v1/services?q={quote('niños')}") == 200


@pytest.mark.slow
def test_a_client_that_stops_in_the_middle_is_noted_without_what_it_sent(served: Served) -> None:
    beginnings = (
        f"GET /search?q={CANARY} HTTP/1.1\r\nHost: x\r\nX-",
        f"POST /contact?q={CANARY} HTTP/1.1\r\n{HOST}Content-Length: 500\r\n\r\nname={CANARY}",
    )
    clients = [socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE * 3) for _ in beginnings]
    began = time.monotonic()
    for client, beginning in zip(clients, beginnings, strict=True):
        client.sendall(beginning.encode())
    for client in clients:
        while client.recv(65536):
            pass
        client.close()
    assert PATIENCE - 1 < time.monotonic() - began < PATIENCE * 2
    assert CANARY not in written(served)


@pytest.mark.slow
def test_a_fault_of_our_own_is_noted_with_its_place_and_without_words(tmp_path: Path, index: Path) -> None:
    with gunicorn(tmp_path, index, app="tests.server.faulty_app:serve()") as faulty:
        for path in ("/fail", "/fail-in-answer", "/bad-header"):
            faulty.send(f"GET {path}?q={CANARY} HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n".encode())
    said = faulty.said()
    assert CANARY not in said
    assert [kind for kind in ("ValueError", "LookupError", "InvalidResponseHeader") if kind not in said] == []
    assert "faulty_app.py" in said
