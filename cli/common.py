"""What the commands share: the settings, the catalog, and an end with every problem named."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from typing import NoReturn

import click
from flask import current_app

from catalog.model import Catalog
from catalog.reading.loader import Loaded, read_catalog
from catalog.reading.problems import CatalogError, Problem
from context import EXTENSION, today
from directory import Directory
from settings import Settings


def settings_of_app() -> Settings:
    load: Callable[[], Settings] = current_app.extensions[EXTENSION].settings
    try:
        return load()
    except CatalogError as error:
        fail(error.problems)


def fail(problems: Iterable[Problem]) -> NoReturn:
    for problem in problems:
        click.echo(str(problem), err=True)
    sys.exit(1)


def read() -> tuple[Settings, Loaded, float]:
    settings = settings_of_app()
    start = time.process_time()
    loaded = read_catalog(settings.resources, settings.expectations, today())
    return settings, loaded, time.process_time() - start


def sound_catalog() -> Catalog:
    _, loaded, _ = read()
    if loaded.catalog is None:
        fail(loaded.errors)
    return loaded.catalog


def current_directory() -> Directory:
    """The directory as a server would serve it; ends with every problem named when the catalog is broken."""
    try:
        current: Directory = current_app.extensions[EXTENSION].current
    except CatalogError as error:
        fail(error.problems)
    return current
