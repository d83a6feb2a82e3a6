"""flask catalog coverage: needs by age and towns by group of needs, with what is missing named."""

from __future__ import annotations

import sys

import click
from flask.cli import with_appcontext
from rich.console import Console
from rich.table import Table

from catalog.model import Catalog
from catalog.places import UnknownPlaceError
from cli.common import sound_catalog
from context import today
from matching.coverage import BANDS, Coverage, NeedCoverage, TownCoverage, coverage
from matching.table.table import EligibilityTable


@click.command("coverage")
@click.option("--need", help="Only this need, or the needs of this group.")
@click.option("--town", help="Only this Connecticut town, village or ZIP code, group by group.")
@with_appcontext
def coverage_command(need: str | None, town: str | None) -> None:
    """Where the directory has something and where it has nothing: needs by age, and towns."""
    catalog = sound_catalog()
    needs = _needs(need, catalog)
    name = _town(town, catalog)
    found = coverage(EligibilityTable.build(catalog), today())
    console = Console(width=110 if not sys.stdout.isatty() else None, highlight=False)
    if town is None or need is not None:
        _print_needs([item for item in found.needs if item.need.id in needs], console)
    if name is not None:
        _print_town(next(item for item in found.towns if item.town.name == name), found, console)
    elif need is None:
        _print_towns(found, console)


def _needs(need: str | None, catalog: Catalog) -> tuple[str, ...]:
    if need is None:
        return tuple(catalog.needs)
    if need not in catalog.needs:
        raise click.BadParameter(f"there is no need “{need}”; see “flask catalog stats”.", param_hint="--need")
    return catalog.needs_under(need)


def _town(town: str | None, catalog: Catalog) -> str | None:
    if town is None:
        return None
    try:
        place = catalog.places.place_of_zip(town) if town[:1].isdigit() else None
        name = place.town if place is not None else catalog.places.town(town).name
    except UnknownPlaceError as error:
        near = f" Did you mean {' or '.join(error.near)}?" if error.near else ""
        raise click.BadParameter(f"{error}{near}", param_hint="--town") from None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--town") from None
    if name is None:
        raise click.BadParameter(f"no Connecticut town has the ZIP code {town}.", param_hint="--town")
    return name


def _print_needs(needs: list[NeedCoverage], console: Console) -> None:
    console.print("Services that may fit, by age in years; in brackets how many state such an age.")
    table = Table("Need", *(band.text for band in BANDS), box=None, pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    for need in needs:
        pairs = zip(need.may_fit, need.stated, strict=True)
        table.add_row(need.need.id, *(f"{may_fit} ({stated})" if may_fit else "-" for may_fit, stated in pairs))
    console.print(table)
    for need in needs:
        if need.gaps:
            console.print(f"Nothing for {need.need.id} at {', '.join(band.text for band in need.gaps)}.")
    console.print()


def _print_towns(found: Coverage, console: Console) -> None:
    console.print(f"Services local to each town; {found.wide} others are wider or name no place.")
    table = Table("Town", "Local", "Nothing local in", box=None, pad_edge=False)
    table.columns[1].justify = "right"
    for town in found.towns:
        table.add_row(town.town.name, str(town.services), ", ".join(group.id for group in town.gaps))
    console.print(table)


def _print_town(town_coverage: TownCoverage, found: Coverage, console: Console) -> None:
    console.print(
        f"Services local to {town_coverage.town.name}: {town_coverage.services}; "
        f"{found.wide} others are wider or name no place."
    )
    table = Table("Group of needs", "Local", box=None, pad_edge=False)
    table.columns[1].justify = "right"
    for group, count in town_coverage.by_group:
        table.add_row(group.id, str(count) if count else "-")
    console.print(table)
