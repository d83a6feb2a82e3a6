"""The database: how it is reached, and what happens when it is not.

The directory answers without it. To keep or read something then raises StoreUnavailableError, and no more is logged
than the kind of the fault: a message of a database may quote what a family typed.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from flask import current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from inquiries import messages
from inquiries.model import Base

log = logging.getLogger(__name__)

# An empty database in memory, in which nothing can be kept.
NOWHERE = "sqlite://"
FILE = "sqlite:///"
# How long to wait for another writer (also when it is only asked how the database is), and for a server to answer.
BUSY_SECONDS = 3.0
CHECK_SECONDS = 0.5
CONNECT_SECONDS = 3

# Its rows would be logged where everything is.
logging.getLogger("sqlalchemy.engine.Engine").disabled = True

# What was read stays readable after the transaction.
db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})


class StoreUnavailableError(Exception):
    """Nothing can be kept or read now: no database, no table, no space, no right, or another writer for too long.

    Its text is a sentence for people, and a key for translation.
    """

    def __init__(self) -> None:
        super().__init__(messages.CALL_INSTEAD)


class ValueTakenError(StoreUnavailableError):
    """A value that may be there once is there already; nothing was kept."""


@contextmanager
def transaction() -> Iterator[Session]:
    """All of it is kept, or nothing. Raises StoreUnavailableError; as Taken, when a value may be there once only."""
    session: Session = db.session()
    try:
        yield session
        session.commit()
    except IntegrityError:
        session.rollback()
        raise ValueTakenError from None
    except SQLAlchemyError as error:
        log.error("The database cannot be used: %s.", kind_of_fault(error))
        session.rollback()
        raise StoreUnavailableError from None
    except BaseException:
        session.rollback()
        raise


def kind_of_fault(error: SQLAlchemyError) -> str:
    """Such as “OperationalError SQLITE_BUSY” or “OperationalError 57P03”, without any value."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    return " ".join(filter(None, (type(error).__name__, code)))


def database_fault() -> str | None:
    """Return why nothing can be kept or read now, in a sentence; None when all is well. Changes nothing."""
    url = current_app.config["SQLALCHEMY_DATABASE_URI"]
    if url == NOWHERE:
        return "No database can be reached: nothing can be kept."
    try:
        if url.startswith(FILE):
            with closing(open_file(file_of(url), CHECK_SECONDS)) as connection:
                connection.execute("SELECT 1 FROM inquiries LIMIT 1")
                connection.execute("BEGIN IMMEDIATE")
                connection.rollback()
        else:
            with db.engine.connect() as session:
                session.execute(text("SELECT 1 FROM inquiries LIMIT 1"))
    except sqlite3.Error as error:
        return f"The database cannot be used: {error.sqlite_errorname}."
    except SQLAlchemyError as error:
        return f"The database cannot be used: {kind_of_fault(error)}."
    return None


def engine_settings(url: str) -> tuple[str, dict[str, Any]]:
    """The URL and the options of the engine. A URL that cannot be used is logged, and leads to NOWHERE."""
    if url.startswith(FILE):
        path = file_of(url)
        return url, {"creator": lambda: open_file(path), "hide_parameters": True}
    if url == NOWHERE:
        return url, {"hide_parameters": True}
    full = f"postgresql+psycopg://{url.partition('://')[2]}"
    try:
        make_url(full).get_dialect().import_dbapi()
    except ImportError:
        log.error(
            "PostgreSQL needs one more package: see “The database” in docs/configuration.md. Nothing can be kept."
        )
        return NOWHERE, {"hide_parameters": True}
    except (ValueError, SQLAlchemyError):
        log.error("The URL of the database cannot be read. See “database” in docs/configuration.md.")
        return NOWHERE, {"hide_parameters": True}
    waits = {"connect_timeout": CONNECT_SECONDS}
    return full, {"connect_args": waits, "pool_pre_ping": True, "hide_parameters": True}


def file_of(url: str) -> Path:
    return Path(url.removeprefix(FILE)).absolute()


def open_file(path: Path, busy_seconds: float | None = None) -> sqlite3.Connection:
    """A connection to a file that is there already: `make_file` makes it, so that it is nobody else's to read."""
    wait = BUSY_SECONDS if busy_seconds is None else busy_seconds
    connection = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=wait, check_same_thread=False)
    # Readers do not wait for a writer; what is deleted is overwritten.
    for pragma in ("journal_mode = wal", "foreign_keys = on", "secure_delete = on"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def make_file(path: Path) -> None:
    """An empty database file, readable by its owner only, in a folder of the same kind. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)
