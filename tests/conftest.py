"""The real application and directory, made once; the small catalog; a maker of directories of a few services."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from bench.browser import CHROMIUM
from catalog.model import Service
from directory import Directory
from search.index.whoosh_index import open_index
from settings import Settings, load_settings
from tests.support.catalogs import Make, directory_over, real_catalog, with_services
from tests.support.catalogs import small as read_small
from tests.support.running import locked, sort_out
from tests.support.small_catalog import SmallCatalog, small_catalog

NO_BROWSER = "CHROMIUM IS NOT HERE: no test of the pages in a browser is run. See docs/testing.md."


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    sort_out(items)


def pytest_report_header() -> str | None:
    return None if CHROMIUM else NO_BROWSER


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not CHROMIUM:
        terminalreporter.section("Left out", red=True, bold=True)
        terminalreporter.line(NO_BROWSER)


@pytest.fixture(scope="session")
def index() -> Path:
    """A folder with the index of the real catalog: the first worker builds it, the others find it there.

    It outlives the run, for encoding all texts takes half a minute. What has changed since then is built anew.
    """
    folder = Path(__file__).parent.parent / ".pytest_cache" / "index"
    folder.parent.mkdir(exist_ok=True)
    with locked(folder.with_suffix(".lock")):
        open_index(real_catalog(), folder)
    return folder


@pytest.fixture(scope="session")
def app(index: Path) -> Flask:
    real = load_settings()
    return create_app(Settings(real.resources, index, real.expectations))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def real(index: Path) -> Directory:
    """The directory over the real catalog."""
    return directory_over(real_catalog(), index)


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
