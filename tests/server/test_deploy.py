"""What deploy/ offers fits the code. nginx's part is tried out in test_slow_clients.py."""

from __future__ import annotations

import re
from pathlib import Path

from server.worker import HEADERS
from settings import ROOT, load_settings
from web.shared.security import HEADERS as HEADERS_OF_PAGES

DEPLOY = ROOT / "deploy"


def test_the_settings_for_a_server_are_those_of_the_project_but_for_what_is_written() -> None:
    offered, ours = (
        load_settings({"DIRECTORY_CONFIG": str(path)}) for path in (DEPLOY / "config.yaml", ROOT / "config.yaml")
    )
    assert offered.resources.resolve() == ours.resources.resolve()
    assert offered.expectations == ours.expectations
    assert offered.proxies == 1
    written = (offered.index, offered.secret_file, Path(offered.database.removeprefix("sqlite:///")))
    assert all(str(path).startswith("/var/lib/directory/") for path in written)


def test_the_unit_starts_what_is_there_and_may_write_where_the_settings_say() -> None:
    unit = (DEPLOY / "systemd" / "directory.service").read_text(encoding="utf-8")
    options = dict(re.findall(r"^(\w+)=(.*)$", unit, re.MULTILINE))
    assert options["UMask"] == "0077"
    assert options["StateDirectory"] == options["RuntimeDirectory"] == "directory"
    named = re.findall(r"/srv/directory/([\w./-]+)", unit)
    assert {"deploy/config.yaml", ".venv/bin/gunicorn", ".venv/bin/flask"} == set(named)
    assert all(name.startswith(".venv/") or (ROOT / name).exists() for name in named)


def test_the_container_copies_what_is_there() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    copied = re.findall(r"^COPY (?!--)(\S+) ", text, re.MULTILINE)
    assert copied == ["requirements/run.txt", "."]
    assert all((ROOT / name).exists() for name in copied)
    assert "--require-hashes" in text


def test_what_is_refused_unread_has_the_headers_of_the_pages() -> None:
    assert {name for name in HEADERS_OF_PAGES if not any(line.startswith(f"{name}: ") for line in HEADERS)} == set()
