"""flask index ...: the search index, which can be built again at any time, and why a service ranks where it does."""

from __future__ import annotations

import sys
from datetime import datetime

import click
from flask.cli import AppGroup

from catalog.reading.loader import catalog_version
from cli.common import current_directory, settings_of_app, sound_catalog
from directory import HOME_ZONE
from search.index.generations import GENERATIONS_KEPT
from search.index.status import Generation, generations_in, looked_at
from search.index.whoosh_index import open_index
from search.meaning.encoder import encoder_status

index_group = AppGroup("index", help="The search index, which can be built again at any time.")


@index_group.command("build")
def build_index() -> None:
    """Build the search index if it is missing or cannot be read."""
    settings = settings_of_app()
    opened = open_index(sound_catalog(), settings.index)
    click.echo(f"{opened.document_count()} services in {_megabytes(looked_at(opened.folder))} at {opened.folder}")


@index_group.command("status")
def index_status() -> None:
    """Which indexes there are, how large and how old, and whether one is of the catalog as it is now."""
    settings = settings_of_app()
    version = catalog_version(settings.resources)
    found = generations_in(settings.index)
    for generation in found:
        click.echo(_line(generation, version))
    click.echo(f"{len(found)} in {settings.index}; the last {GENERATIONS_KEPT} are kept.")
    click.echo(f"Sentence encoder: {encoder_status()}")
    if not any(_is_current(generation, version) for generation in found):
        click.echo("None is of the catalog as it is now. It is built when the server starts, or by: flask index build")


def _line(generation: Generation, version: str) -> str:
    services = f"{generation.stamp.services} services" if generation.stamp else "unknown services"
    built = datetime.fromtimestamp(generation.built, HOME_ZONE)
    state = "of the catalog as it is now" if _is_current(generation, version) else "of another catalog"
    if generation.wrong:
        state = f"cannot be used: {generation.wrong}"
    return f"{generation.place.name}  {services}  {_megabytes(generation)}  built {built:%Y-%m-%d %H:%M}  {state}"


def _is_current(generation: Generation, version: str) -> bool:
    return generation.wrong is None and generation.stamp is not None and generation.stamp.catalog == version


def _megabytes(generation: Generation) -> str:
    return f"{generation.size / 1e6:.1f} MB"


@index_group.command("explain")
@click.argument("words")
@click.argument("service_id")
def explain(words: str, service_id: str) -> None:
    """Why a service ranks where it does for these words: word by word, and by need and name."""
    served = current_directory()
    service = served.catalog.resolve(service_id)
    if service is None:
        click.echo(f"There is no service “{service_id}”.", err=True)
        sys.exit(1)
    for line in served.searcher.account(words, service.id):
        click.echo(line)
