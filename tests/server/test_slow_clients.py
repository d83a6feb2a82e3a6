"""Clients that are slow stop nobody, with nginx in front as without it; what nginx says when the service is down.

pytest tests/server/test_slow_clients.py -s prints how long others waited.
"""

from __future__ import annotations

import http.client
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from server.worker import PATIENCE
from settings import ROOT
from tests.support.served import Served, free_port, gunicorn
from tests.support.slow_clients import KINDS, longest_wait, slow_clients

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
# Longer than any page takes on a busy machine, shorter than the patience with a slow client.
MAX_WAIT = 5
MAIN = """\
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr emerg;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    upstream directory {{ server 127.0.0.1:{service}; }}
    server {{
        listen 127.0.0.1:{port};
        include {conf};
    }}
}}
"""
each_kind = pytest.mark.parametrize("kind", KINDS)
each_count = pytest.mark.parametrize("count", [2, 40])

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory, index: Path) -> Iterator[Served]:
    """A server that believes one proxy."""
    with gunicorn(tmp_path_factory.mktemp("behind"), index, proxies=1) as running:
        yield running


@pytest.fixture(scope="module")
def front(behind: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with nginx(tmp_path_factory.mktemp("nginx"), behind) as running:
        yield running


@contextmanager
def nginx(folder: Path, service: Served) -> Iterator[Served]:
    """nginx before the service, with the configuration that we offer. `log` is what nginx wrote."""
    if NGINX is None:
        pytest.skip("nginx is not installed (Debian: apt-get install nginx)")
    config, log = folder / "nginx.conf", folder / "log"
    running = replace(service, port=free_port(), log=log)
    conf = ROOT / "deploy" / "nginx" / "service.conf"
    config.write_text(MAIN.format(folder=folder, service=service.port, port=running.port, conf=conf))
    with (
        log.open("wb") as output,
        subprocess.Popen([NGINX, "-p", folder, "-c", config], stdout=output, stderr=output) as process,
    ):
        try:
            _wait_until_it_answers(running)
            yield running
        finally:
            process.terminate()


def _wait_until_it_answers(served: Served) -> None:
    for _ in range(100):
        try:
            served.get("/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(served.said())


@each_count
@each_kind
def test_slow_clients_stop_nobody(served: Served, kind: str, count: int) -> None:
    with slow_clients(served.port, kind, count):
        waited = longest_wait(served)
    print(f"\nthe service alone, {count} x {kind}: {waited:.2f} s")  # noqa: T201
    assert waited < MAX_WAIT


@each_count
@each_kind
def test_slow_clients_stop_nobody_behind_nginx(front: Served, kind: str, count: int) -> None:
    with slow_clients(front.port, kind, count):
        waited = longest_wait(front)
    print(f"\nbehind nginx, {count} x {kind}: {waited:.2f} s")  # noqa: T201
    assert waited < MAX_WAIT


def test_slow_clients_are_sent_away_in_the_end(served: Served) -> None:
    with slow_clients(served.port, "half a header", 80):
        # One worker may have got them all: then its threads are taken, and given back when patience ends.
        assert longest_wait(served, pages=3) < 2 * PATIENCE + MAX_WAIT
    assert longest_wait(served) < MAX_WAIT


def test_forms_work_behind_nginx_and_their_limit_counts_each_visitor(front: Served, behind: Served) -> None:
    """The address that a visitor claims to have is not believed."""
    connection = http.client.HTTPConnection("127.0.0.1", front.port, timeout=20)
    form = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": "198.51.100.7"}
    connection.request("POST", "/search", "q=food", form)
    answer = connection.getresponse()
    assert answer.status in (200, 302, 303)
    assert "127.0.0.1" not in (answer.headers["Location"] or "")
    answer.read()
    connection.request("GET", "/search?q=food", headers={"SCRIPT_NAME": "/elsewhere"})
    page = connection.getresponse()
    assert page.status == 200
    assert b"/elsewhere" not in page.read()
    connection.close()


def test_nginx_writes_nothing_of_what_was_asked(front: Served) -> None:
    canary = "Quetzalcanary"
    for path in (f"/search?q={canary}", f"/{canary}", f"/search?q={canary * 700}"):
        front.send(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    front.send(f"GET /search?q={canary} HTTP/1.1\r\nHost: x\r\nX: \x00\r\n\r\n".encode())
    assert front.log.read_bytes() == b""


def test_nginx_tells_whom_to_call_when_the_service_is_down(tmp_path: Path, behind: Served) -> None:
    with nginx(tmp_path, replace(behind, port=free_port())) as front:
        connection = http.client.HTTPConnection("127.0.0.1", front.port, timeout=20)
        connection.request("GET", "/")
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
    assert answer.status == 503
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert all(number in text for number in ("tel:911", "tel:988", "tel:211"))
