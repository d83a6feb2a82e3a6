"""A real gunicorn with the project's own settings, on a free port, with everything that it writes in one folder."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app import create_app
from settings import ROOT, load_settings

START_SECONDS = 60
CONFIG = """\
resources: {resources}
index: {index}
secret: {folder}/secret
database: sqlite:///{folder}/directory.db
limits_storage: {folder}/limits.db
proxies: {proxies}
"""


@dataclass(frozen=True, slots=True)
class Served:
    """`master` is the process of gunicorn; `log` holds all that it and its workers wrote."""

    port: int
    master: subprocess.Popen[bytes]
    log: Path
    pid_file: Path

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def get(self, path: str, seconds: float = 20) -> int:
        """The status of a page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()

    def send(self, data: bytes, seconds: float = 20) -> bytes:
        """All that comes back for these bytes, until the server closes or is silent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as connection:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            parts = []
            while part := connection.recv(65536):
                parts.append(part)
        return b"".join(parts)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@contextmanager
def gunicorn(
    folder: Path, index: Path, resources: Path = ROOT / "resources", proxies: int = 0, app: str = "app:serve()"
) -> Iterator[Served]:
    """It runs while the block does. What was logged stays in the folder."""
    config = folder / "config.yaml"
    config.write_text(CONFIG.format(resources=resources, index=index, folder=folder, proxies=proxies))
    port, log, pid_file = free_port(), folder / "log", folder / "gunicorn.pid"
    environment = {
        **os.environ,
        **{"DIRECTORY_CONFIG": str(config), "DIRECTORY_PID_FILE": str(pid_file), "PORT": str(port), "WORKERS": "2"},
    }
    programs = Path(sys.executable).parent
    with_tables = create_app(load_settings({"DIRECTORY_CONFIG": str(config)}))
    assert with_tables.test_cli_runner().invoke(args=["db", "upgrade"]).exit_code == 0
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [programs / "gunicorn", app], cwd=ROOT, env=environment, stdout=output, stderr=output
        ) as master,
    ):
        served = Served(port, master, log, pid_file)
        try:
            _wait_for(served)
            yield served
        finally:
            master.terminate()
            master.wait(60)


def _wait_for(served: Served) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and served.master.poll() is None:
        try:
            served.get("/healthz", 5)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the server did not start:\n{served.said()}")
