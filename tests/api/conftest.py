"""The application over the small catalog, on one fixed day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from directory import HOME_ZONE
from inquiries.store import db
from tests.support.dates import TODAY
from tests.support.small_catalog import small_catalog

NOON = datetime.combine(TODAY, time(12), HOME_ZONE)


@pytest.fixture(scope="session")
def small_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The whole application over the small catalog, at noon of the day of the tests, with a database of its own."""
    folder = tmp_path_factory.mktemp("small")
    settings = replace(small_catalog(folder).settings(), database=f"sqlite:///{folder / 'kept' / 'directory.db'}")
    made = create_app(settings, lambda: NOON)
    assert made.test_cli_runner().invoke(args=["db", "upgrade"]).exit_code == 0
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def small_client(small_app: Flask) -> FlaskClient:
    return small_app.test_client()
