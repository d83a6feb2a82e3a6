"""The real catalog, read once for all tests of matching."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.loader import load_catalog
from matching.table import EligibilityTable
from settings import load_settings


@pytest.fixture(scope="session")
def table() -> EligibilityTable:
    settings = load_settings({})
    return EligibilityTable.build(load_catalog(settings.resources, settings.expectations, date(2026, 7, 1)))
