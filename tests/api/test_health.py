"""What the service says of itself when a part of it does not work."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from flask import Flask

from app import create_app
from inquiries.store import db
from tests.support.clients import body
from tests.support.match_requests import refused
from tests.support.small_catalog import SmallCatalog


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "directory.db"


@pytest.fixture
def well(small: SmallCatalog, file: Path) -> Iterator[Flask]:
    """An application of which every part works."""
    made = create_app(replace(small.settings(), database=f"sqlite:///{file}"))
    assert made.test_cli_runner().invoke(args=["db", "upgrade"]).exit_code == 0
    yield made
    with made.app_context():
        db.engine.dispose()


def health(app: Flask) -> Any:
    """The answer of /healthz, which is 200 whatever does not work."""
    answer = app.test_client().get("/healthz")
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    return body(answer)


def faults(app: Flask) -> set[str]:
    return set(refused(app.test_client().get("/readyz"), 503))


def test_when_all_is_well_both_say_so(well: Flask) -> None:
    said = health(well)
    assert (said["status"], said["failure"], said["index"], said["database"]) == ("ok", None, "ok", "ok")
    assert body(well.test_client().get("/readyz")) == said


def test_a_locked_database_is_told_soon(well: Flask, file: Path) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        start = monotonic()
        said = health(well)
        assert "SQLITE_BUSY" in said["database"] and said["status"] == "not everything works"
        assert monotonic() - start < 2
        assert faults(well) == {"database"}
        other.rollback()
    assert health(well)["database"] == "ok"


@pytest.mark.parametrize("content", [None, b"something else " * 100, b""])
def test_a_database_that_is_gone_or_broken_is_told(well: Flask, file: Path, content: bytes | None) -> None:
    for path in file.parent.iterdir():
        path.unlink()
    if content is not None:
        file.write_bytes(content)
    assert "cannot be used" in health(well)["database"]
    assert faults(well) == {"database"}
    assert file.exists() is (content is not None)


def test_an_index_that_is_gone_is_told(well: Flask) -> None:
    folder = well.extensions["directory"].current.searcher.index.folder
    folder.rename(folder.with_name("elsewhere"))
    assert health(well)["index"] != "ok"
    assert faults(well) == {"index"}


def test_a_catalog_that_was_refused_is_told(well: Flask, small: SmallCatalog) -> None:
    health(well)
    small.change("community/food-bank.yaml", "name: Food Pantry", "nam: Food Pantry")
    assert not well.extensions["directory"].reload()
    said = health(well)
    assert said["status"] == "serving the last good catalog" and said["failure"]
    assert faults(well) == {"catalog"}
