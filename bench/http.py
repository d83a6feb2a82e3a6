"""Requests a second through gunicorn: real answers against a bare Flask view that returns the same bytes."""

from __future__ import annotations

import http.client
import json
import multiprocessing
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.timing import table

PORT = 8911
CLIENTS = 4
SECONDS = 3.0
TURNS = 5
ROOT = Path(__file__).parent.parent

REQUEST = {
    "person": {"birth_date": "2020-05-17", "town": "Meriden", "conditions": ["autism"]},
    "needs": ["respite", {"need": "food", "severity": "high"}],
}
ASKED = {
    "POST /api/v1/matches": ("POST", "/api/v1/matches", json.dumps(REQUEST)),
    "GET /api/v1/services": ("GET", "/api/v1/services?q=respite+autism&town=Meriden", ""),
    "GET /search (a page of results)": ("GET", "/search?q=respite+autism&town=Meriden&age=6", ""),
}


def run() -> None:
    rows = []
    for name, (method, path, body) in ASKED.items():
        with tempfile.TemporaryDirectory() as folder:
            saved = Path(folder) / "answer"
            saved.write_bytes(b"{}")
            with _server(saved):
                saved.write_bytes(_ask(method, path, body))
            with _server(saved) as master:
                ours, bare = _take_turns((method, path, body), (method, "/bare", body))
                memory = _worker_memory(master)
            size = saved.stat().st_size
        share = f"{ours / bare:.2f}"
        rows.append([name, f"{size:,}", f"{ours:,.0f}", f"{bare:,.0f}", share, f"{memory:.0f}"])
    header = ["request", "bytes", "requests/s", "bare Flask view, requests/s", "share", "worker memory, MB"]
    table("Through gunicorn, two workers, real catalog", header, rows)


def _take_turns(one: tuple[str, str, str], other: tuple[str, str, str]) -> tuple[float, float]:
    """Requests a second of each, the median of several turns."""
    rates: list[list[float]] = [[], []]
    for _ in range(TURNS):
        for number, asked in enumerate((one, other)):
            rates[number].append(_rate(*asked))
    return statistics.median(rates[0]), statistics.median(rates[1])


def _rate(method: str, path: str, body: str) -> float:
    with multiprocessing.Pool(CLIENTS) as pool:
        counts = pool.starmap(_hammer, [(method, path, body)] * CLIENTS)
    return sum(counts) / SECONDS


def _hammer(method: str, path: str, body: str) -> int:
    """How many answers one client gets in SECONDS."""
    count = 0
    until = time.perf_counter() + SECONDS
    while time.perf_counter() < until:
        _ask(method, path, body)
        count += 1
    return count


def _ask(method: str, path: str, body: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    try:
        connection.request(method, path, body or None, {"Content-Type": "application/json"} if body else {})
        answer = connection.getresponse()
        data = answer.read()
    finally:
        connection.close()
    if answer.status != http.client.OK:
        raise RuntimeError(f"{path} answered {answer.status}")
    return data


@contextmanager
def _server(answer: Path) -> Iterator[int]:
    gunicorn = shutil.which("gunicorn", path=str(Path(sys.executable).parent)) or "gunicorn"
    environment = os.environ | {"BENCH_ANSWER": str(answer), "PORT": str(PORT), "WORKERS": "2"}
    environment["DIRECTORY_PID_FILE"] = str(answer.with_suffix(".pid"))
    process = subprocess.Popen(
        [gunicorn, "bench.http_app:serve_with_bare_view()"],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait()
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _wait() -> None:
    for _ in range(200):
        try:
            _ask("GET", "/healthz", "")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


def _worker_memory(master: int) -> float:
    """Resident memory of the largest worker, shared parts included, in MB (Linux only)."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        if re.search(rf"^PPid:\s+{master}$", text, re.MULTILINE) and (rss := re.search(r"VmRSS:\s+(\d+)", text)):
            found.append(int(rss[1]) / 1024)
    return max(found, default=0.0)
