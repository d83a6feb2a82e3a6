"""Clients that are slow on purpose, and how long others wait meanwhile."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.support.served import Served

# What each sends before it falls silent.
KINDS = {
    "idle": b"",
    "half a header": b"GET /search?q=food HTTP/1.1\r\nHost: 127.0.0.1\r\nX-",
    "half a body": b"POST /search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 500\r\n\r\nq=food",
}


@contextmanager
def slow_clients(port: int, kind: str, count: int) -> Iterator[None]:
    with ExitStack() as stack:
        for _ in range(count):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5))
            client.sendall(KINDS[kind])
        # What they sent is being read.
        time.sleep(0.5)
        yield


def longest_wait(served: Served, pages: int = 10, at_most: float = 60) -> float:
    """Seconds that the slowest of some pages took, asked one after the other."""
    waits = []
    for _ in range(pages):
        began = time.monotonic()
        assert served.get("/hotlines", at_most) == 200
        waits.append(time.monotonic() - began)
    return max(waits)
