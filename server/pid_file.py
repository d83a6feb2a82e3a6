"""The file that says which process serves: held locked by it, so that a number left behind is never taken for it.

After a power cut the number may belong to any program, and a signal would end that. The lock goes with the process.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Mapping
from io import TextIOWrapper
from pathlib import Path


class AlreadyServingError(Exception):
    """Another server holds the file."""


def path_of(folder: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """Where the file is: in var below the folder of the service, or where DIRECTORY_PID_FILE says."""
    return Path(environment.get("DIRECTORY_PID_FILE") or folder / "var" / "gunicorn.pid")


def hold(path: Path) -> TextIOWrapper:
    """Write our number, and keep the file locked for as long as it stays open. Raises AlreadyServingError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise AlreadyServingError from None
    file.truncate()
    file.write(f"{os.getpid()}\n")
    file.flush()
    return file


def holder(path: Path) -> int | None:
    """The number of the process that serves now; None when there is none."""
    try:
        with path.open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(file.read())
    except (OSError, ValueError):
        pass
    return None
