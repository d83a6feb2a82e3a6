"""flask catalog ...: check, read and count the catalog files."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections import Counter
from typing import Any

import click
from flask.cli import AppGroup
from rich.console import Console
from rich.table import Table

from api.v1.responses.services import service_detail
from catalog.freshness import is_stale
from catalog.model import SECTORS
from catalog.reading import starter
from catalog.reading.json_schema import organization_file_schema
from catalog.reading.loader import Loaded
from catalog.reading.problems import Grade, Problem
from catalog.statistics import CatalogStats, statistics
from cli.common import read, settings_of_app, sound_catalog
from cli.coverage import coverage_command
from context import today
from server import pid_file
from settings import ROOT, Settings

catalog_group = AppGroup("catalog", help="Check and read the catalog files.")
catalog_group.add_command(coverage_command)


@catalog_group.command("check")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github"]), default="text", help="For whom to print."
)
@click.option("--warnings/--no-warnings", default=False, help="Print each warning, not only how many.")
def check(form: str, warnings: bool) -> None:
    """Check every file; exit with 1 when there is an error."""
    settings, loaded, seconds = read()
    if form == "json":
        click.echo(json.dumps([_problem_json(problem) for problem in loaded.problems], ensure_ascii=False, indent=1))
    elif form == "github":
        for problem in loaded.problems:
            click.echo(_github_line(problem, settings))
    else:
        _print_check(loaded, warnings, seconds)
    sys.exit(1 if loaded.catalog is None else 0)


def _problem_json(problem: Problem) -> dict[str, Any]:
    return {
        "path": problem.path,
        "line": problem.line,
        "field": problem.field,
        "message": problem.message,
        "grade": problem.grade.value,
        "check": problem.check,
    }


def _github_line(problem: Problem, settings: Settings) -> str:
    """An annotation for a pull request. Data is escaped as the workflow commands ask."""
    path = settings.resources / problem.path if problem.path != "config.yaml" else ROOT / problem.path
    shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    field = f"{problem.field}: " if problem.field else ""
    message = f"{field}{problem.message}".replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")
    return f"::{problem.grade.value} file={shown},line={problem.line}::{message}"


def _print_check(loaded: Loaded, warnings: bool, seconds: float) -> None:
    for problem in loaded.problems:
        if problem.grade is Grade.ERROR or warnings:
            click.echo(str(problem))
    kinds = Counter(problem.check for problem in loaded.warnings)
    listed = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    hint = "" if warnings or not kinds else " Add --warnings to see them."
    click.echo(f"{len(loaded.errors)} errors, {len(loaded.warnings)} warnings{f' ({listed})' if listed else ''}.{hint}")
    if loaded.catalog is not None:
        total = len(loaded.catalog.services)
        click.echo(
            f"{total} services of {len(loaded.catalog.organizations)} organizations, {seconds:.2f} s of CPU time."
        )


@catalog_group.command("stats")
def stats() -> None:
    """What the catalog holds: by sector, need, age and town."""
    _print_stats(statistics(sound_catalog()))


def _print_stats(found: CatalogStats) -> None:
    console = Console(width=100 if not sys.stdout.isatty() else None, highlight=False)
    console.print(
        f"{found.services} services of {found.organizations} organizations; "
        f"{found.needs} needs in {found.groups} groups"
    )
    for title, rows in (
        ("Sector", found.by_sector),
        ("Kind", found.by_kind),
        ("Group of needs", found.by_group),
        ("Need", found.by_need),
        ("Age of the child", found.by_age),
    ):
        table = Table(title, "Services", box=None, pad_edge=False)
        table.columns[1].justify = "right"
        for name, count in rows:
            table.add_row(name, str(count))
        console.print(table, "")
    console.print(
        f"Towns: {found.towns_named} of {found.towns} are named in a residence rule, a service area or an address; "
        f"{found.statewide} services cover all of Connecticut or state no area."
    )
    if found.towns_unnamed:
        console.print(f"Not named: {', '.join(found.towns_unnamed)}")


@catalog_group.command("show")
@click.argument("service_id")
def show(service_id: str) -> None:
    """Everything about one service, as JSON; a former id is understood."""
    catalog = sound_catalog()
    service = catalog.resolve(service_id)
    if service is None:
        click.echo(f"There is no service “{service_id}”.", err=True)
        sys.exit(1)
    click.echo(f"{service.path}:{service.line}", err=True)
    click.echo(json.dumps(service_detail(service, catalog, today()), ensure_ascii=False, indent=2))


@catalog_group.command("stale")
def stale() -> None:
    """Services to check again, the longest unchecked first."""
    services = [service for service in sound_catalog().services.values() if is_stale(service, today())]
    services.sort(key=lambda item: (item.assured_date.text if item.assured_date else "", item.id))
    for service in services:
        when = service.assured_date.text if service.assured_date else "never"
        click.echo(f"{when:<10}  {service.id:<48}  {service.path}:{service.line}")
    click.echo(f"{len(services)} services to check again.")


@catalog_group.command("schema")
def schema() -> None:
    """The JSON Schema of an organization file, so that editors complete and check it."""
    click.echo(json.dumps(organization_file_schema(sound_catalog()), ensure_ascii=False, indent=1))


@catalog_group.command("new")
@click.argument("sector", type=click.Choice(SECTORS))
@click.argument("organization_id")
def new(sector: str, organization_id: str) -> None:
    """Write a commented starter file for an organization."""
    settings = settings_of_app()
    try:
        path = starter.write(settings.resources, sector, organization_id)
    except ValueError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(f"Wrote {path}. Fill it in, then run “flask catalog check”.")


@catalog_group.command("reload")
def reload() -> None:
    """Have a running server (make serve) take up the catalog files as they are now, if they are sound."""
    sound_catalog()
    path = pid_file.path_of(ROOT)
    process = pid_file.holder(path)
    if process is None:
        click.echo(f"The catalog is sound, but no server is running here ({path}).", err=True)
        sys.exit(1)
    try:
        os.kill(process, signal.SIGHUP)
    except OSError as error:
        click.echo(
            f"The catalog is sound, but the server (process {process}) cannot be told: {error.strerror}.", err=True
        )
        sys.exit(1)
    click.echo("The catalog is sound; the server is taking it up.")
