"""How the suite runs on several cores: which test goes where, and what the workers share."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def sort_out(items: Iterable[pytest.Item]) -> None:
    """Mark tests in Chromium as such, and keep those on one worker that share what is dear to make."""
    for item in items:
        if not isinstance(item, pytest.Function):
            continue
        if "browser" in item.fixturenames:
            item.add_marker("browser")
        if (group := _group(item)) and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(group))


def _group(item: pytest.Function) -> str | None:
    if "seen" in item.fixturenames:
        return "seen"
    made = item._fixtureinfo.name2fixturedefs.values()
    of_module = any(definition.scope == "module" for definitions in made for definition in definitions)
    return item.path.name if of_module else None


def workers_folder(factory: pytest.TempPathFactory) -> Path:
    """A temporary folder that all workers of this run share."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold a lock that one process at a time can hold."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
