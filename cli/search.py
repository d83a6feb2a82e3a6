"""flask search ...: how good the search is."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from catalog.reading.yaml_reader import UnreadableFileError, read_file
from cli.common import current_directory
from context import today
from directory import Directory, ServiceQuery
from search.evaluation.ablation import BLEND_SWITCHES, ENCODER, INDEX_SWITCHES, SWITCHES, without
from search.evaluation.evaluate import JudgedQuery, Quality, evaluate, judged_queries
from search.index.documents import LANGUAGES
from settings import ROOT

search_group = AppGroup("search", help="Measure the search.")

QUERIES = ROOT / "tests" / "search" / "queries.yaml"
SETS = (QUERIES, QUERIES.with_name("queries-held-out.yaml"), QUERIES.with_name("queries-stories.yaml"))


def ask(directory: Directory, text: str) -> list[str]:
    """Ids of the first page for a query without filters."""
    answer = directory.find(ServiceQuery(on=today(), text=text))
    return [found.service.id for found in answer.found]


@search_group.command("evaluate")
@click.option(
    "--queries",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    default=SETS,
    help="Judged queries (YAML).",
)
@click.option("--wrong", is_flag=True, help="Print each query that went wrong, with what came first.")
@click.option("--ablate", is_flag=True, help="Ask again with each ingredient switched off, and print a table.")
def evaluate_search(queries: tuple[Path, ...], wrong: bool, ablate: bool) -> None:
    """Ask every judged query, and say how many found a good answer among the first three."""
    served = current_directory()
    for path in queries:
        if len(queries) > 1:
            click.echo(f"{path.name}:")
        _evaluate_set(served, path, wrong, ablate)


def _evaluate_set(served: Directory, queries: Path, wrong: bool, ablate: bool) -> None:
    try:
        data: Any = read_file(queries).value
    except UnreadableFileError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    quality = evaluate(judged_queries(data), partial(ask, served))
    _print(quality)
    if ablate:
        _ablate(served, judged_queries(data), quality)
    if wrong:
        for query, first in quality.wrong:
            click.echo(f"{query.kind:<13} {query.text}  ->  {', '.join(first) or 'nothing'}")


def _ablate(served: Directory, queries: list[JudgedQuery], whole: Quality) -> None:
    click.echo("| Without | English | Spanish | empty | silent |")
    click.echo("| --- | --- | --- | --- | --- |")
    click.echo(_row("(nothing switched off)", whole))
    for name in (ENCODER, *BLEND_SWITCHES, *SWITCHES, *INDEX_SWITCHES):
        finder = replace(served.service_search, searcher=without(served.searcher, name))
        other = replace(served, searcher=finder.searcher, service_search=finder)
        click.echo(_row(name, evaluate(queries, partial(ask, other))))


def _row(name: str, quality: Quality) -> str:
    shares = (quality.success.get(language, 0.0) for language in LANGUAGES)
    return f"| {name} | {' | '.join(f'{share:.3f}' for share in shares)} | {quality.empty} | {quality.silent:.3f} |"


def _print(quality: Quality) -> None:
    click.echo(f"{quality.queries} queries")
    for language, share in quality.success.items():
        click.echo(f"success@3 {language}        {share:.3f}")
    for length, share in quality.by_length.items():
        click.echo(f"  {length:<18} {share:.3f}")
    click.echo(f"answerable but empty {quality.empty}")
    click.echo(f"unanswerable, silent {quality.silent:.3f}")
    for kind, share in quality.by_kind.items():
        click.echo(f"  {kind:<18} {share:.3f}")
