"""The real application and directory, made once; the small catalog; a maker of directories of a few services."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from catalog.model import Service
from catalog.reading.loader import load_catalog
from directory import Directory
from settings import Settings, load_settings
from tests.support.catalogs import Make, directory_over, with_services
from tests.support.catalogs import small as read_small
from tests.support.dates import TODAY
from tests.support.small_catalog import SmallCatalog, small_catalog


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    real = load_settings()
    index: Path = tmp_path_factory.mktemp("index")
    return create_app(Settings(real.resources, index, real.expectations))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    """The directory over the real catalog."""
    settings = load_settings()
    catalog = load_catalog(settings.resources, settings.expectations, TODAY)
    return directory_over(catalog, tmp_path_factory.mktemp("index"))


@pytest.fixture
def small(tmp_path: Path) -> SmallCatalog:
    """A small catalog without a problem, in a folder of its own."""
    return small_catalog(tmp_path)


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """make(service(...), ...): a directory of these services; without any, of the small catalog's own."""
    base = read_small(small_catalog(tmp_path))

    def directory(*services: Service) -> Directory:
        return directory_over(with_services(base, *services) if services else base, tmp_path / "index")

    return directory
