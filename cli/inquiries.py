"""flask inquiries ...: what families and physicians asked for, and what visitors reported.

For the Center's staff, until there are pages for it. It prints what people wrote to the screen, and nowhere else.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import click
from flask.cli import AppGroup
from rich.console import Console
from rich.table import Table
from rich.text import Text

from directory import HOME_ZONE
from inquiries import filing as inquiries
from inquiries.filing import KEPT, UnknownInquiryError
from inquiries.model import Inquiry, Kind, SafeToCall, Status
from inquiries.references import shown
from inquiries.store import StoreUnavailableError

inquiries_group = AppGroup("inquiries", help="What people asked the Center, and what they reported.")

NO_DATABASE = "The database cannot be used. Run “flask db upgrade”; it makes the database, or says what is wrong."

KINDS = {Kind.FAMILY: "family", Kind.PHYSICIAN: "physician", Kind.DESTINATION_CARE: "Destination Care"}
CALLS = {SafeToCall.YES: "yes", SafeToCall.WRITE: "NO: e-mail or text only", SafeToCall.NO: "NO: e-mail only"}
LABELS = {
    "name": "Name",
    "practice": "Practice",
    "home": "Country or state",
    "phone": "Phone",
    "fax": "Fax",
    "email": "E-mail",
    "safe_to_call": "Safe to call",
    "best_time": "Best time",
    "language": "Language",
    "interpreter": "Interpreter wanted",
    "town": "Town",
    "child_age": "Age of the child",
    "travel_dates": "Travel dates",
    "family_agreed": "Family agreed",
    "need": "Asks for",
    "services": "Services",
    "note": "Note",
}


class Moment(click.ParamType[datetime]):
    """A day such as 2026-11-21, from midnight in Connecticut, or a time ago such as 7d or 12h."""

    name = "DAY"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        typed = str(value)
        if re.fullmatch(r"[0-9]{1,5}[dh]", typed):
            ago = timedelta(days=int(typed[:-1])) if typed.endswith("d") else timedelta(hours=int(typed[:-1]))
            return datetime.now(UTC) - ago
        try:
            return datetime.strptime(typed, "%Y-%m-%d").replace(tzinfo=HOME_ZONE)
        except ValueError:
            self.fail("Give a day such as 2026-11-21, or a time ago such as 7d or 12h.", param, ctx)


@contextmanager
def plainly() -> Iterator[None]:
    """What goes wrong is said in a sentence; exit code 1."""
    try:
        yield
    except StoreUnavailableError:
        click.echo(NO_DATABASE, err=True)
        sys.exit(1)
    except (UnknownInquiryError, ValueError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)


@inquiries_group.command("list")
@click.option("--kind", type=click.Choice([item.value for item in Kind]), help="Only these.")
@click.option(
    "--status", type=click.Choice([statu.value for statu in Status]), help="Only these; otherwise all not closed."
)
@click.option("--since", type=Moment(), help="Only those since a day, such as 2026-11-21 or 7d.")
@plainly()
def list_inquiries(kind: str | None, status: str | None, since: datetime | None) -> None:
    """Who waits for a call, the longest first."""
    found = inquiries.open_inquiries(Kind(kind) if kind else None, Status(status) if status else None, since)
    table = Table("Number", "Came in", "From", "Status", "Name", "Safe to call", box=None, pad_edge=False)
    for hit in found:
        row = (shown(hit.reference), when(hit.created_at), KINDS[hit.kind], spoken(hit.status), hit.name, call(hit))
        table.add_row(*map(Text, row))
    console().print(table)
    click.echo(f"{len(found)} inquiries.")


@inquiries_group.command("show")
@click.argument("reference", metavar="NUMBER")
@plainly()
def show(reference: str) -> None:
    """All that was written in one inquiry."""
    one = inquiries.find_inquiry(reference)
    table = Table(show_header=False, box=None, pad_edge=False)
    head = [("Number", shown(one.reference)), ("From", KINDS[one.kind]), ("Status", spoken(one.status))]
    head.append(("Came in", when(one.created_at)))
    for label, said in [*head, *written(one)]:
        table.add_row(Text(label), Text(said))
    console().print(table)


def written(inquiry: Inquiry) -> Iterator[tuple[str, str]]:
    """What was filled in, with a label for each."""
    for name, label in LABELS.items():
        value = getattr(inquiry, name)
        if name == "safe_to_call" and value is not None:
            yield label, call(inquiry)
        elif name == "services":
            yield from [(label, ", ".join(value))] if value else []
        elif value is not None:
            yield label, {True: "yes", False: "no"}.get(value, value)


@inquiries_group.command("take")
@click.argument("reference", metavar="NUMBER")
@plainly()
def take(reference: str) -> None:
    """Say that someone has begun to help."""
    one = inquiries.take_inquiry(reference)
    click.echo(f"{shown(one.reference)} is in progress.")


@inquiries_group.command("close")
@click.argument("reference", metavar="NUMBER")
@click.option("--note", required=True, help="How it ended, in a few words.")
@plainly()
def close(reference: str, note: str) -> None:
    """Say that it is done, and how it ended."""
    one = inquiries.close_inquiry(reference, note)
    click.echo(f"{shown(one.reference)} is closed.")


@inquiries_group.command("reports")
@click.option("--close", "number", type=int, help="Close the report with this number first.")
@plainly()
def reports(number: int | None) -> None:
    """What visitors say is wrong in the directory, and nobody has closed."""
    if number is not None:
        inquiries.close_report(number)
    found = inquiries.open_reports()
    table = Table("Number", "Came in", "Service", "What is wrong", "Answer to", box=None, pad_edge=False)
    for hit in found:
        row = (str(hit.id), when(hit.created_at), hit.service_id, hit.text, hit.contact or "")
        table.add_row(*map(Text, row))
    console().print(table)
    click.echo(f"{len(found)} reports.")


@inquiries_group.command("purge")
@click.option(
    "--older-than", type=Moment(), default=f"{KEPT.days}d", show_default=True, help="What came in before, such as 90d."
)
@click.option("--yes", is_flag=True, help="Do not ask first.")
@plainly()
def purge(older_than: datetime, yes: bool) -> None:
    """Delete old inquiries and reports for good, whatever became of them."""
    if not yes:
        due = inquiries.count_older(older_than)
        click.confirm(f"Delete {told(due)} for good?", abort=True)
    click.echo(f"Deleted {told(inquiries.purge(older_than))}.")


def told(counts: inquiries.Counts) -> str:
    return f"{counts.inquiries} inquiries ({counts.still_open} not closed) and {counts.reports} reports"


def console() -> Console:
    return Console(width=120 if not sys.stdout.isatty() else None, highlight=False)


def when(moment: datetime) -> str:
    """In Connecticut's time."""
    return moment.astimezone(HOME_ZONE).strftime("%Y-%m-%d %H:%M")


def spoken(status: Status) -> str:
    return status.value.replace("_", " ")


def call(inquiry: Inquiry) -> str:
    return CALLS[inquiry.safe_to_call] if inquiry.safe_to_call else ""
