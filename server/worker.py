"""A worker with threads that refuses what is not HTTP with one line in the log and an answer without an echo."""

from __future__ import annotations

import logging
import socket
import struct
from http import HTTPStatus
from typing import Any

from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

from server.quiet import without_words

log = logging.getLogger(__name__)

# How long a client may send or take nothing in the middle of a request, in seconds. One that has sent nothing at all
# waits in the poller, without a thread.
PATIENCE = 10
# By exception, where the answer is not 400.
STATUSES: dict[type[Exception], int] = {
    errors.LimitRequestLine: 414,
    errors.LimitRequestHeaders: 431,
    errors.ExpectationFailed: 417,
    errors.UnsupportedTransferCoding: 501,
    errors.ForbiddenProxyRequest: 403,
}
FAULT = 500
# Errors of gunicorn's parser that are no client's.
OURS = (errors.ConfigurationProblem, errors.InvalidResponseHeader, errors.InvalidResponseHeaderName)
# Those that every other answer has, too; see web/shared/security.py.
HEADERS = (
    "Connection: close",
    "Content-Type: text/plain; charset=utf-8",
    "Cache-Control: no-store",
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy: same-origin",
    "Cross-Origin-Resource-Policy: same-origin",
    "Permissions-Policy: camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Referrer-Policy: no-referrer",
    "X-Content-Type-Options: nosniff",
    "X-Frame-Options: DENY",
)
SENTENCES = {
    414: "This address is too long. Use fewer words.",
    500: "Something went wrong here, and it was noted. Please try again later.",
}
UNREADABLE = "This request could not be read. In an address, letters with accents and spaces must be encoded (%C3%B1)."


def status_of(error: Exception) -> int:
    """400 or its like for what a client sent; 500 for anything else."""
    for kind, status in STATUSES.items():
        if isinstance(error, kind):
            return status
    return 400 if isinstance(error, errors.ParseException) and not isinstance(error, OURS) else FAULT


def refusal(status: int) -> bytes:
    """The whole answer."""
    body = f"{SENTENCES.get(status, UNREADABLE)}\n".encode()
    lines = (f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *HEADERS, f"Content-Length: {len(body)}", "", "")
    return "\r\n".join(lines).encode("ascii") + body


def limit_patience(listener: socket.socket) -> None:
    """Every connection that it takes has the patience of the listener (Linux)."""
    for direction in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        listener.setsockopt(socket.SOL_SOCKET, direction, struct.pack("@ll", PATIENCE, 0))


class Worker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's worker with threads, for clients that are slow, broken or hostile."""

    def init_process(self) -> None:
        for listener in self.sockets:
            limit_patience(listener.sock)
        super().init_process()

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Answer what could not be read, or a fault of ours."""
        status = status_of(exc)
        if status == FAULT:
            log.error("Request failed: %s", without_words(exc))
        else:
            log.info("Request refused before it was read (%s, %d).", type(exc).__name__, status)
        try:
            client.sendall(refusal(status))
        except OSError:
            log.info("The client had gone.")
