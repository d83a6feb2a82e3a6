"""The real directory, made once; the small catalog; and a maker of directories of a few services."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.loader import load_catalog
from catalog.model import Service
from directory import Directory
from settings import load_settings
from tests.catalog.small_catalog import SmallCatalog, small_catalog
from tests.days import TODAY
from tests.search.made import directory_over, with_services
from tests.search.made import small as read_small

Make = Callable[..., Directory]


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    settings = load_settings()
    catalog = load_catalog(settings.resources, settings.expectations, TODAY)
    return directory_over(catalog, tmp_path_factory.mktemp("index"))


@pytest.fixture
def small(tmp_path: Path) -> SmallCatalog:
    return small_catalog(tmp_path)


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """make(service(...), ...): a directory of these services; without any, of the small catalog's own."""
    base = read_small(small_catalog(tmp_path))

    def directory(*services: Service) -> Directory:
        return directory_over(with_services(base, *services) if services else base, tmp_path / "index")

    return directory
