"""What a view may reach: the directory that is served now, and the day and time in Connecticut."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from flask import current_app

from directory import HOME_ZONE, Directory, DirectoryKeeper

EXTENSION = "directory"
CLOCK = "clock"
DATABASE_FAULT = "database_fault"

# Gives the time in Connecticut (aware).
Clock = Callable[[], datetime]
# Gives a sentence on why nothing can be kept in the database, or None.
DatabaseFault = Callable[[], str | None]


def keeper() -> DirectoryKeeper:
    held: DirectoryKeeper = current_app.extensions[EXTENSION]
    return held


def directory() -> Directory:
    return keeper().current


def home_time() -> datetime:
    """The time in Connecticut (aware), by the clock of this machine."""
    return datetime.now(HOME_ZONE)


def now() -> datetime:
    """The time by the clock of the application (aware); outside of one, by that of this machine."""
    clock: Clock = current_app.extensions[CLOCK] if current_app else home_time
    return clock()


def today() -> date:
    """The day by the same clock."""
    return now().date()


def database_fault() -> str | None:
    """Why nothing can be kept in the database now, in a sentence; None when all is well."""
    check: DatabaseFault = current_app.extensions[DATABASE_FAULT]
    return check()
