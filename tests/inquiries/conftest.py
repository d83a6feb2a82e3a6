"""An application with a database of its own, brought to the newest migration, and nothing else in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask

import inquiries
from inquiries.store import db
from settings import Settings, load_settings


def store_app(database: str, proxies: int = 0, limits_storage: str = "memory://") -> Flask:
    """As the real one reaches its database, without pages and catalog."""
    app = Flask(__name__)
    real = load_settings()
    given = Settings(real.resources, real.index, real.expectations, database, proxies, limits_storage=limits_storage)
    inquiries.register(app, lambda: given)
    return app


def upgraded(path: Path) -> Flask:
    app = store_app(f"sqlite:///{path}")
    with app.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()
    return app


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("database") / "empty.db"
    upgraded(path)
    return path


@pytest.fixture
def database(tmp_path: Path, empty_database: Path) -> Path:
    """A database without rows, to be written to."""
    path = tmp_path / "directory.db"
    shutil.copy(empty_database, path)
    return path


@pytest.fixture
def app(database: Path) -> Iterator[Flask]:
    made = store_app(f"sqlite:///{database}")
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()
