"""A file in which all workers of one machine count together: a storage for the package `limits`.

It holds for how long each hash still counts, and nothing else. Where it cannot be used, each process counts for itself
in memory: a form must never be lost over a limit.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from limits.storage import MemoryStorage, MovingWindowSupport, Storage

log = logging.getLogger(__name__)

SCHEME = "limits-file"
BUSY_SECONDS = 1.0
_TABLE = "CREATE TABLE IF NOT EXISTS hits (key TEXT NOT NULL, at REAL NOT NULL, until REAL NOT NULL)"


class FileStorage(Storage, MovingWindowSupport):
    """Counts in a SQLite file, given as limits-file:///path. The moving window is the one strategy that is used."""

    STORAGE_SCHEME = [SCHEME]

    def __init__(self, uri: str = "", wrap_exceptions: bool = False, **options: Any) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self.path = Path(uri.removeprefix(f"{SCHEME}://"))
        self.memory = MemoryStorage()

    @property
    def base_exceptions(self) -> type[Exception]:
        return sqlite3.Error

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count `amount` more, unless that would be more than `limit` within `expiry` seconds."""
        now = time.time()
        try:
            with self._writing() as connection:
                connection.execute("DELETE FROM hits WHERE until <= ?", (now,))
                if _count(connection, key, now) + amount > limit:
                    return False
                connection.executemany("INSERT INTO hits VALUES (?, ?, ?)", [(key, now, now + expiry)] * amount)
                return True
        except (sqlite3.Error, OSError) as error:
            self._say_why(error)
            return self.memory.acquire_entry(key, limit, expiry, amount)

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """The time of the first hit that still counts, and how many do."""
        now = time.time()
        try:
            with self._writing() as connection:
                found = connection.execute("SELECT min(at) FROM hits WHERE key = ? AND until > ?", (key, now))
                first = found.fetchone()[0]
                return (now if first is None else first), _count(connection, key, now)
        except (sqlite3.Error, OSError) as error:
            self._say_why(error)
            return self.memory.get_moving_window(key, limit, expiry)

    def check(self) -> bool:
        try:
            with self._writing():
                return True
        except (sqlite3.Error, OSError):
            return False

    def reset(self) -> int | None:
        self.memory.reset()
        if not self.path.exists():
            return 0
        with self._writing() as connection:
            return connection.execute("DELETE FROM hits").rowcount

    def clear(self, key: str) -> None:
        self.memory.clear(key)
        with self._writing() as connection:
            connection.execute("DELETE FROM hits WHERE key = ?", (key,))

    # Of the other strategies, which are not used here.

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        raise NotImplementedError

    def get(self, key: str) -> int:
        raise NotImplementedError

    def get_expiry(self, key: str) -> float:
        raise NotImplementedError

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction on the file. It is made when it is first needed, readable by its owner only."""
        if not self.path.exists():
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        with closing(sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
            # What is lost when the machine stops is a count of an hour.
            connection.execute("PRAGMA synchronous = off")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_TABLE)
            yield connection
            connection.execute("COMMIT")

    def _say_why(self, error: Exception) -> None:
        code = getattr(error, "sqlite_errorname", None) or type(error).__name__
        log.warning("Limits cannot be counted in the file (%s). Each process counts for itself.", code)


def _count(connection: sqlite3.Connection, key: str, now: float) -> int:
    found = connection.execute("SELECT count(*) FROM hits WHERE key = ? AND until > ?", (key, now))
    return int(found.fetchone()[0])
