"""The real catalog, read once for all tests of matching."""

from __future__ import annotations

import pytest

from matching.table.table import EligibilityTable
from tests.support.catalogs import real_catalog


@pytest.fixture(scope="session")
def table() -> EligibilityTable:
    return EligibilityTable.build(real_catalog())
