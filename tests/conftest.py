"""The real application over the real catalog, made once."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from settings import Settings, load_settings


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    real = load_settings()
    index: Path = tmp_path_factory.mktemp("index")
    return create_app(Settings(real.resources, index, real.expectations))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
