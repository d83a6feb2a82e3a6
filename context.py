"""What a view may reach: the directory that is served now, and the day and time in Connecticut."""

from __future__ import annotations

from datetime import date, datetime

from flask import current_app

from directory import HOME_ZONE, Directory, DirectoryKeeper

EXTENSION = "directory"


def keeper() -> DirectoryKeeper:
    held: DirectoryKeeper = current_app.extensions[EXTENSION]
    return held


def directory() -> Directory:
    return keeper().current


def now() -> datetime:
    """The time by the clock of Connecticut (aware)."""
    return datetime.now(HOME_ZONE)


def today() -> date:
    return now().date()
