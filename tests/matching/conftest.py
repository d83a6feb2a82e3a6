"""The real catalog, read once for all tests of matching."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from catalog.model import Catalog
from catalog.reading.loader import load_catalog
from matching.table.table import EligibilityTable
from settings import load_settings


@cache
def real_catalog() -> Catalog:
    settings = load_settings({})
    return load_catalog(settings.resources, settings.expectations, date(2026, 7, 1))


@pytest.fixture(scope="session")
def table() -> EligibilityTable:
    return EligibilityTable.build(real_catalog())
