"""flask index ...: the search index, which can be built again at any time."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from cli.common import settings_of_app, sound_catalog
from search.index import open_index

index_group = AppGroup("index", help="The search index, which can be built again at any time.")


@index_group.command("build")
def build_index() -> None:
    """Build the search index if it is missing or cannot be read."""
    settings = settings_of_app()
    opened = open_index(sound_catalog(), settings.index)
    click.echo(f"{opened.document_count()} services in {_size(opened.folder)} at {opened.folder}")


@index_group.command("status")
def index_status() -> None:
    """Which indexes there are."""
    folder = settings_of_app().index
    places = sorted(path for path in folder.glob("*") if path.is_dir()) if folder.exists() else []
    for place in places:
        click.echo(f"{place.name}  {_size(place)}")
    click.echo(f"{len(places)} in {folder}")


def _size(folder: Path) -> str:
    return f"{sum(path.stat().st_size for path in folder.rglob('*')) / 1e6:.1f} MB"
