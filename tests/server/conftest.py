"""A real server, started once for each module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.served import Served, gunicorn


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, index: Path) -> Iterator[Served]:
    with gunicorn(tmp_path_factory.mktemp("served"), index) as running:
        yield running
