"""Fixtures of the catalog's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalog.small_catalog import SmallCatalog, small_catalog


@pytest.fixture
def small(tmp_path: Path) -> SmallCatalog:
    """A small catalog without a problem, in a folder of its own."""
    return small_catalog(tmp_path)
