"""What a real server answers to requests that are broken below HTTP: it reads bodies before our own code does."""

from __future__ import annotations

import pytest

from tests.support.served import Served
from web.shared.security import HEADERS

CHUNKED = "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n"
REQUESTS = {
    "a broken chunk": f"POST /search HTTP/1.1\r\nHost: a\r\n{CHUNKED}\r\nZZ\r\nq=a\r\n0\r\n\r\n",
    "a broken chunk to the API": f"POST /api/v1/matches HTTP/1.1\r\nHost: a\r\n{CHUNKED}\r\nZZ\r\n{{}}\r\n0\r\n\r\n",
    "a long label": f"GET /services/ct-wic HTTP/1.1\r\nHost: {'x' * 64}\r\nConnection: close\r\n\r\n",
    "no host": "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
    "a strange host": "GET / HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n",
}


@pytest.mark.parametrize("name", REQUESTS)
def test_a_broken_request_is_a_bad_request_with_the_headers_of_every_answer(served: Served, name: str) -> None:
    answer = served.send(REQUESTS[name].encode()).decode("utf-8", "replace")
    assert answer.startswith("HTTP/1.1 400 "), answer[:200]
    assert "Traceback" not in answer + served.said()
    assert [header for header, value in HEADERS.items() if f"{header}: {value}\r\n" not in answer] == []


def test_an_origin_that_is_none_is_a_foreign_one(served: Served) -> None:
    head = "POST /search HTTP/1.1\r\nHost: a\r\nOrigin: http://[\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    answer = served.send(f"{head}Content-Length: 3\r\nConnection: close\r\n\r\nq=a".encode())
    assert answer.startswith(b"HTTP/1.1 403 ")


def test_two_workers_share_one_limit(served: Served) -> None:
    body = "name=Ana&phone=860-555-0123&need=Respite&safe_to_call=yes"
    statuses = []
    for number in range(14):
        path = "/contact" if number % 2 else "/es/contact"
        head = f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        sent = f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}"
        statuses.append(int(served.send(sent.encode()).split()[1]))
    assert statuses == [303] * 10 + [429] * 4
