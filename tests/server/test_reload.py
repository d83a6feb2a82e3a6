"""The server takes up a changed catalog when it is told to, once for as many times as it is told at once."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from server import pid_file
from settings import ROOT
from tests.support.served import Served, gunicorn


def reloads(served: Served) -> int:
    return len(re.findall("Serving catalog", served.said())) - 1


def wait_for_reloads(served: Served, least: int) -> None:
    until = time.monotonic() + 60
    while reloads(served) < least and time.monotonic() < until:
        time.sleep(0.1)


@pytest.mark.slow
def test_many_signals_at_once_are_one_or_two_reloads(served: Served) -> None:
    before = reloads(served)
    for _ in range(20):
        os.kill(served.master.pid, signal.SIGHUP)
        time.sleep(0.01)
    wait_for_reloads(served, before + 1)
    time.sleep(2)
    assert 1 <= reloads(served) - before <= 2
    assert served.get("/healthz") == 200


@pytest.mark.slow
def test_the_command_tells_the_server_and_a_second_server_is_refused(served: Served) -> None:
    before = reloads(served)
    environment = {**os.environ, "DIRECTORY_PID_FILE": str(served.pid_file)}
    flask = Path(sys.executable).parent / "flask"
    told = subprocess.run([flask, "catalog", "reload"], cwd=ROOT, env=environment, capture_output=True, check=False)
    assert told.returncode == 0
    wait_for_reloads(served, before + 1)
    assert reloads(served) == before + 1
    # Workers hold the lock, too: the number in the file is the master's.
    assert pid_file.holder(served.pid_file) == served.master.pid
    second = subprocess.run(
        [flask.with_name("gunicorn"), "app:serve()"], cwd=ROOT, env=environment, capture_output=True, check=False
    )
    assert second.returncode != 0
    assert f"Another server runs here already (process {served.master.pid}" in second.stderr.decode()


@pytest.mark.slow
def test_when_the_server_was_killed_nobody_holds_the_file(tmp_path: Path, index: Path) -> None:
    with gunicorn(tmp_path, index) as running:
        running.master.kill()
        running.master.wait()
        until = time.monotonic() + 20
        while pid_file.holder(running.pid_file) is not None and time.monotonic() < until:
            time.sleep(0.1)
        assert running.pid_file.read_text().strip() == str(running.master.pid)
        assert pid_file.holder(running.pid_file) is None


def test_the_file_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    with pid_file.hold(tmp_path / "var" / "gunicorn.pid"):
        assert (tmp_path / "var" / "gunicorn.pid").stat().st_mode & 0o777 == 0o600
        with pytest.raises(pid_file.AlreadyServingError):
            pid_file.hold(tmp_path / "var" / "gunicorn.pid")
    assert pid_file.holder(tmp_path / "var" / "gunicorn.pid") is None
