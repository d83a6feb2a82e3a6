"""The service under load, through gunicorn: searches while the catalog is swapped, and readers beside writers.

Each client is a process of its own, on the same machine: what is compared are two runs of this file, or the two rows of
one table, never figures of different machines.
"""

from __future__ import annotations

import http.client
import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from pathlib import Path
from urllib.parse import quote_plus, urlencode

import numpy as np

from bench.timing import table

PORT = 8912
ROOT = Path(__file__).parent.parent
CONFIG = """\
resources: {folder}/resources
index: {folder}/index
secret: {folder}/secret
database: sqlite:///{folder}/directory.db
limits_storage: {folder}/limits.db
proxies: 1
"""
SWAPS = 20
SWAP_SECONDS = 120  # a swap that takes longer is a fault
CLIENTS = 16
READERS, WRITERS = 50, 10
SECONDS = 20.0
WORDS = (
    "respite autism Meriden",
    "comida Hartford",
    "my 2 year old is not talking",
    "rent help",
    "iep meeting",
    "dentist",
)
FORM = {
    "name": "Ada",
    "phone": "860-555-0123",
    "safe_to_call": "yes",
    "town": "Meriden",
    "need": "A break now and then.",
}
# The entry that is changed for each swap, and the line that changes.
ENTRY, LINE = "community/diaper-bank-of-connecticut.yaml", "# Swap {number}\n"

Latencies = list[tuple[int, float]]  # status and seconds of each request


def run() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "resources", folder / "resources")
        (folder / "config.yaml").write_text(CONFIG.format(folder=folder))
        with _server(folder) as master:
            _show_swaps(folder, master)
            _show_writers()


def _show_swaps(folder: Path, master: int) -> None:
    rows = [["none", *_figures(_load(CLIENTS, 0)[0])]]
    stop = multiprocessing.Event()
    with multiprocessing.Pool(CLIENTS, _share, (stop,)) as pool:
        found = pool.map_async(_search, range(CLIENTS))
        for number in range(SWAPS):
            _swap(folder, master, number)
        stop.set()
        rows.append([str(SWAPS), *_figures([each for client in found.get() for each in client])])
    table(f"{CLIENTS} clients that search", ["swaps", "requests", "failed", "p50, ms", "p95, ms", "p99, ms"], rows)


def _show_writers() -> None:
    rows = []
    for readers, writers in ((READERS, 0), (0, WRITERS), (READERS, WRITERS)):
        read, written = _load(readers, writers)
        if readers:
            rows.append([f"{readers} readers", f"{writers} writers", *_figures(read)])
        if writers:
            rows.append([f"{writers} writers", f"{readers} readers", *_figures(written)])
    table("Searches and forms", ["clients", "beside", "requests", "failed", "p50, ms", "p95, ms", "p99, ms"], rows)


def _figures(found: Latencies) -> list[str]:
    milliseconds = np.array([1000 * seconds for _, seconds in found])
    failed = sum(status >= http.client.BAD_REQUEST for status, _ in found)
    return [f"{len(found):,}", str(failed), *(f"{np.percentile(milliseconds, part):.0f}" for part in (50, 95, 99))]


def _swap(folder: Path, master: int, number: int) -> None:
    """Change the catalog, ask for a reload, and wait until every worker answers from the new one."""
    before = _version()
    entry = folder / "resources" / ENTRY
    entry.write_text(LINE.format(number=number) + entry.read_text())
    os.kill(master, signal.SIGHUP)
    until = time.monotonic() + SWAP_SECONDS
    while _version() == before:
        if time.monotonic() > until:
            raise RuntimeError(f"swap {number} did not happen within {SWAP_SECONDS} seconds")
        time.sleep(0.1)


def _version() -> str:
    version: str = json.loads(_ask("GET", "/healthz")[1])["catalog"]["version"]
    return version


_stop = multiprocessing.Event()


def _share(stop: Event) -> None:
    """Give the event that ends the run to a client's process."""
    global _stop  # noqa: PLW0603 - a process of a pool is given what it shares only so
    _stop = stop


def _load(readers: int, writers: int) -> tuple[Latencies, Latencies]:
    """What so many clients of both kinds got in SECONDS."""
    stop = multiprocessing.Event()
    with multiprocessing.Pool(readers + writers, _share, (stop,)) as pool:
        read = [pool.apply_async(_search, (number,)) for number in range(readers)]
        written = [pool.apply_async(_send, (number,)) for number in range(writers)]
        time.sleep(SECONDS)
        stop.set()
        return [each for client in read for each in client.get()], [each for client in written for each in client.get()]


def _search(number: int) -> Latencies:
    return _repeat(lambda turn: _ask("GET", f"/search?q={quote_plus(WORDS[(number + turn) % len(WORDS)])}"))


def _send(number: int) -> Latencies:
    return _repeat(lambda turn: _ask("POST", "/contact", urlencode(FORM | {"token": f"{number}-{turn}"})))


def _repeat(ask: Callable[[int], tuple[int, bytes]]) -> Latencies:
    found: Latencies = []
    while not _stop.is_set():
        started = time.perf_counter()
        status, _ = ask(len(found))
        found.append((status, time.perf_counter() - started))
    return found


def _ask(method: str, path: str, body: str = "") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    # Each form comes from another sender, as the limit of forms is for each.
    headers = {"X-Forwarded-For": ".".join(str(random.randint(1, 223)) for _ in range(4))}
    if body:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@contextmanager
def _server(folder: Path) -> Iterator[int]:
    programs = Path(sys.executable).parent
    environment = os.environ | {
        "DIRECTORY_CONFIG": str(folder / "config.yaml"),
        "DIRECTORY_PID_FILE": str(folder / "gunicorn.pid"),
        "PORT": str(PORT),
        "WORKERS": "2",
    }
    subprocess.run([programs / "flask", "db", "upgrade"], cwd=ROOT, env=environment, check=True, capture_output=True)
    process = subprocess.Popen(
        [programs / "gunicorn", "app:serve()"], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL
    )
    try:
        _wait()
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _wait() -> None:
    until = time.monotonic() + SWAP_SECONDS
    while time.monotonic() < until:
        try:
            _ask("GET", "/healthz")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the server did not start")
