"""flask match: one person by options, or a file of requests, answered as the API answers them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click
from marshmallow import ValidationError
from rich.console import Console
from rich.progress import track

from api.errors import FieldError, InvalidRequestError, field_errors
from api.json import load_json
from api.v1.requests.match_request import PersonRequest, read_match_requests
from api.v1.requests.schemas import MatchSchema
from api.v1.responses.matches import person_answer
from catalog.ages import Duration
from cli.common import current_directory
from context import today
from directory import Directory
from matching.match import match
from matching.request import MatchResult


@click.command("match")
@click.option("--age", help="Such as 2y9m, 6y or 10m.")
@click.option("--birth-date", help="Such as 2024-02-29.")
@click.option("--town", help="A Connecticut town, village or ZIP code.")
@click.option("--need", "needs", multiple=True, help="A need or group of needs; may be repeated.")
@click.option("--condition", "conditions", multiple=True, help="Such as autism; may be repeated.")
@click.option("--limit", default=10, show_default=True, help="How many matches to show.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as the API gives it.")
@click.option(
    "--file",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Answer each line (a JSON request).",
)
def match_command(  # noqa: PLR0913, PLR0917 - one parameter for each option
    age: str | None,
    birth_date: str | None,
    town: str | None,
    needs: tuple[str, ...],
    conditions: tuple[str, ...],
    limit: int,
    as_json: bool,
    path: Path | None,
) -> None:
    """Match needs and facts to services that fit. Nothing is kept."""
    served = current_directory()
    if path is not None:
        _answer_file(path, served)
        return
    request = {"needs": list(needs), "limit": limit, "person": _person(age, birth_date, town, conditions)}
    try:
        ((asked, result),) = _answer(request, served)
    except InvalidRequestError as error:
        for problem in error.errors:
            click.echo(_error_line(problem), err=True)
        sys.exit(2)
    if as_json:
        click.echo(json.dumps(_as_json(asked, result, served), ensure_ascii=False, indent=2))
    else:
        _print(result)


def _person(age: str | None, birth_date: str | None, town: str | None, conditions: tuple[str, ...]) -> dict[str, Any]:
    person: dict[str, Any] = {}
    if age is not None:
        try:
            lived = Duration.parse(age)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--age") from None
        years, months = divmod(lived.years * 12 + lived.months, 12)
        person["age"] = {"years": years, "months": months} | ({"days": lived.days} if lived.days else {})
    if birth_date is not None:
        person["birth_date"] = birth_date
    if town is not None:
        person["zip" if town[:1].isdigit() else "town"] = town
    return person | ({"conditions": list(conditions)} if conditions else {})


def _answer(request: Mapping[str, Any], served: Directory) -> list[tuple[PersonRequest, MatchResult]]:
    """Each person of a request with what was found. Raises InvalidRequestError, as the API does."""
    try:
        data: Any = MatchSchema().load(request)
    except ValidationError as error:
        raise InvalidRequestError(list(field_errors(error.messages))) from None
    people = read_match_requests(data, served.catalog, served.phrases, today())
    return [(person, match(person.request, served.table)) for person in people]


def _as_json(asked: PersonRequest, result: MatchResult, served: Directory) -> dict[str, Any]:
    return person_answer(asked.id, asked.request, result, asked.unknown, served.catalog)


def _error_line(problem: FieldError) -> str:
    allowed = f" ({', '.join(problem.allowed)})" if problem.allowed else ""
    return f"{problem.field}: {problem.message}{allowed}"


def _print(result: MatchResult) -> None:
    console = Console(highlight=False, soft_wrap=True)
    if result.safety is not None:
        console.print(f"[bold]{result.safety.text}[/bold]\n")
    for number, match_ in enumerate(result.matches, start=1):
        console.print(
            f"{number}. [bold]{match_.service.name}[/bold]  ({match_.verdict.word}, {match_.score:.2f})", style=""
        )
        for reason in match_.reasons:
            console.print(f"   {reason.status.word:<8} {reason.text}", markup=False)
        phones = ", ".join(phone.number for phone in match_.service.phones)
        console.print(f"   {match_.service.next_step.text} {phones}".rstrip(), markup=False)
        if match_.ends_on or match_.opens_on:
            console.print(
                f"   {'Ends' if match_.ends_on else 'Opens'} on {match_.ends_on or match_.opens_on}.", markup=False
            )
    for question in result.questions:
        console.print(f"Ask next: {question.text} (settles {question.settles})", markup=False)
    for unmet in result.unmet_needs:
        console.print(f"Nothing found for {unmet.need.label.en}.", markup=False)
    console.print(f"{result.total} services may fit; {len(result.matches)} shown.", markup=False)


def _answer_file(path: Path, served: Directory) -> None:
    """One JSON answer a line on standard output, in the order of the file; progress on standard error."""
    # Not splitlines(): JSON may hold other line breaks, such as U+2028.
    lines = path.read_bytes().removesuffix(b"\n").split(b"\n")
    progress = track(lines, "Matching", console=Console(stderr=True), transient=True)
    failed = 0
    for number, line in enumerate(progress, start=1):
        if line.strip():
            answer = _answer_line(line, served)
            failed += "errors" in answer
            click.echo(json.dumps({"line": number} | answer, ensure_ascii=False))
    if failed:
        click.echo(f"{failed} of {len(lines)} lines could not be answered; see “errors” in their answers.", err=True)
        sys.exit(1)


def _answer_line(line: bytes, served: Directory) -> dict[str, Any]:
    try:
        found = _answer(load_json(line.decode("utf-8-sig")), served)
    except (UnicodeDecodeError, RecursionError):
        return _errors([FieldError("", "This line is not valid JSON.")])
    except InvalidRequestError as error:
        return _errors(error.errors)
    return {"people": [_as_json(asked, result, served) for asked, result in found]}


def _errors(errors: Iterable[FieldError]) -> dict[str, Any]:
    return {"errors": [error.as_json() for error in errors]}
