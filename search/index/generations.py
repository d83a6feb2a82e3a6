"""Generations of the index below one folder: built aside, moved into place in one step, cleared up when old.

What a generation holds is not decided here. A folder that others may enter is never trusted.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

GENERATIONS_KEPT = 2
BUILDING = ".building-"
REPLACED = ".old-"
MAX_BUILD_SECONDS = 3600  # seconds; a build older than this was cut off

Opened = TypeVar("Opened")


def must_be_ours(place: Path) -> None:
    """Raises PermissionError unless the folder is this user's and nobody else may enter it."""
    status = place.stat()
    if status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise PermissionError(f"{place} is not this user's alone")


def build_aside(place: Path, write: Callable[[Path], None], read: Callable[[Path], Opened]) -> Opened:
    """Write a generation in a folder of its own, read it as any other, and only then move it to `place`.

    Raises OSError when it cannot be written.
    """
    folder = place.parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=BUILDING, dir=folder))
    try:
        write(aside)
        built = read(aside)
        # Another process may do the same at any moment: then its copy serves the next to come, and this one us.
        with suppress(OSError):
            place.rename(aside.with_name(f"{REPLACED}{aside.name}"))
        with suppress(OSError):
            aside.rename(place)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    _clear_up(place)
    return built


def generations(folder: Path) -> list[Path]:
    """The generations below a folder, oldest first."""
    return [path for _, path in _by_age(folder) if not path.name.startswith(".")]


def _by_age(folder: Path) -> list[tuple[float, Path]]:
    ages: list[tuple[float, Path]] = []
    for path in folder.iterdir() if folder.exists() else ():
        # Another process may be clearing up.
        with suppress(OSError):
            ages.append((path.lstat().st_mtime, path))
    return sorted(ages)


def _clear_up(place: Path) -> None:
    """Remove what was replaced or left unfinished, and generations older than the last.

    A build under way elsewhere is left alone.
    """
    ages = _by_age(place.parent)
    kept = [path for _, path in ages if not path.name.startswith(".")]
    old = [path for path in kept[:-GENERATIONS_KEPT] if path != place]
    old += [path for _, path in ages if path.name.startswith(REPLACED)]
    old += [path for at, path in ages if path.name.startswith(BUILDING) and at < time.time() - MAX_BUILD_SECONDS]
    for path in old:
        with suppress(OSError):
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
