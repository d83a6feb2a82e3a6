"""flask inquiries: what it prints, what it changes, and its exit codes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from cli.inquiries import LABELS, inquiries_group
from inquiries.filing import close_inquiry, file_inquiry, find_inquiry, open_inquiries, open_reports, report_problem
from inquiries.model import Kind, Status
from inquiries.references import shown
from inquiries.schemas import FORMS as SCHEMAS
from inquiries.store import NOWHERE
from tests.inquiries.conftest import store_app
from tests.support.inquiry_forms import DESTINATION_CARE, FAMILY, FORMS, PHYSICIAN, REPORT

Run = Callable[..., Result]
# 23:30 on the 20th in Connecticut.
LATE = datetime(2026, 11, 21, 4, 30, tzinfo=UTC)


@pytest.fixture
def run(app: Flask) -> Run:
    app.cli.add_command(inquiries_group)

    def invoke(*words: str, typed: str = "") -> Result:
        return app.test_cli_runner().invoke(args=["inquiries", *words], input=typed)

    return invoke


def numbers(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [line.split()[0] for line in result.stdout.splitlines()[1:-1]]


def test_the_list_says_who_waits_and_whether_to_call(run: Run) -> None:
    first = file_inquiry(Kind.FAMILY, FAMILY | {"safe_to_call": "no"}, "a", LATE)
    second = file_inquiry(Kind.PHYSICIAN, PHYSICIAN, "b", LATE + timedelta(hours=1))
    result = run("list")
    assert numbers(result) == [shown(first), shown(second)]
    line = result.stdout.splitlines()[1]
    for said in ("2026-11-20 23:30", "family", "new", "Rosa Quetzal", "NO: e-mail only"):
        assert said in line
    assert result.stdout.endswith("2 inquiries.\n")


def test_the_list_is_narrowed_by_kind_status_and_day(run: Run) -> None:
    family = shown(file_inquiry(Kind.FAMILY, FAMILY, "a", LATE))
    physician = shown(file_inquiry(Kind.PHYSICIAN, PHYSICIAN, "b", LATE + timedelta(hours=1)))
    closed = file_inquiry(Kind.DESTINATION_CARE, DESTINATION_CARE, "c", LATE)
    close_inquiry(closed, "done")
    today = shown(file_inquiry(Kind.FAMILY, FAMILY, "d"))
    assert numbers(run("list", "--kind", "physician")) == [physician]
    assert numbers(run("list", "--status", "closed")) == [shown(closed)]
    # A day begins at midnight in Connecticut.
    assert numbers(run("list", "--since", "2026-11-21"))[:1] == [physician]
    assert numbers(run("list", "--since", "2026-11-20"))[:1] == [family]
    assert today in numbers(run("list", "--since", "1d"))
    assert today in numbers(run("list", "--since", "12h"))


@pytest.mark.parametrize("since", ["yesterday", "2026-13-01", "7", "-7d", "123456d"])
def test_a_day_that_cannot_be_read_is_explained(run: Run, since: str) -> None:
    result = run("list", "--since", since)
    assert result.exit_code == 2
    assert "such as 7d or 12h" in result.stderr


@pytest.mark.parametrize("kind", Kind)
def test_one_inquiry_is_shown_whole(run: Run, kind: Kind) -> None:
    number = file_inquiry(kind, FORMS[kind], "a", LATE)
    result = run("show", shown(number).lower())
    assert result.exit_code == 0
    for name, value in FORMS[kind].items():
        assert LABELS[name] in result.stdout
        lines = value if isinstance(value, list) else value.split("\n")
        assert all(line in result.stdout for line in lines)
    for label in {LABELS[name] for name in LABELS} - {LABELS[name] for name in FORMS[kind]}:
        assert not [line for line in result.stdout.splitlines() if line.startswith(f"{label} ")]


def test_every_field_of_a_form_has_a_label() -> None:
    assert set(LABELS) == {name for form in SCHEMAS.values() for name in form.fields} | {"note"}


def test_what_people_write_is_printed_as_text(run: Run) -> None:
    """Neither as markup of the table nor as orders to the terminal."""
    number = file_inquiry(Kind.FAMILY, FAMILY | {"name": "[red]Rosa[/red]", "need": "a\x1b[31mb [/nothing]"}, "a")
    for words in (["list"], ["show", number]):
        result = run(*words)
        assert result.exit_code == 0
        assert "[red]Rosa[/red]" in result.stdout
        assert "\x1b" not in result.stdout
    assert "[31mb [/nothing]" in run("show", number).stdout


def test_an_inquiry_is_taken_up_and_closed_with_a_note(run: Run) -> None:
    number = file_inquiry(Kind.FAMILY, FAMILY, "a")
    assert run("take", number).stdout == f"{shown(number)} is in progress.\n"
    assert find_inquiry(number).status is Status.IN_PROGRESS
    assert run("close", shown(number), "--note", "Called back.").stdout == f"{shown(number)} is closed.\n"
    assert (find_inquiry(number).status, find_inquiry(number).note) == (Status.CLOSED, "Called back.")
    assert "Called back." in run("show", number).stdout
    assert run("close", number).exit_code == 2


@pytest.mark.parametrize("words", [["show"], ["take"], ["close", "--note", "x"]])
def test_a_wrong_number_is_explained(run: Run, words: list[str]) -> None:
    for number, said in (("47KR-WXD5", "look for a slip"), ("47KR-WXD4", "No inquiry has this number")):
        result = run(words[0], number, *words[1:])
        assert result.exit_code == 1
        assert said in result.stderr


def test_reports_are_listed_and_closed(run: Run) -> None:
    report_problem(REPORT, LATE)
    result = run("reports")
    assert numbers(result) == ["1"]
    for said in ("2026-11-20 23:30", *REPORT.values()):
        assert said in result.stdout
    assert numbers(run("reports", "--close", "1")) == []
    assert open_reports() == []
    assert run("reports", "--close", "7").exit_code == 1


def test_purging_asks_first_and_keeps_a_year_when_nothing_is_said(run: Run) -> None:
    now = datetime.now(UTC)
    kept = file_inquiry(Kind.FAMILY, FAMILY, "a", now - timedelta(days=364))
    file_inquiry(Kind.FAMILY, FAMILY, "b", now - timedelta(days=366))
    told = "1 inquiries (1 not closed) and 0 reports"
    refused = run("purge", typed="n\n")
    assert refused.exit_code == 1
    assert f"Delete {told} for good?" in refused.stdout
    assert len(open_inquiries()) == 2
    assert f"Deleted {told}." in run("purge", typed="y\n").stdout
    assert [one.reference for one in open_inquiries()] == [kept]


def test_purging_without_a_question_for_a_timetable(run: Run) -> None:
    file_inquiry(Kind.FAMILY, FAMILY, "a", LATE - timedelta(days=90))
    assert run("purge", "--older-than", "2026-11-20", "--yes").stdout == (
        "Deleted 1 inquiries (1 not closed) and 0 reports.\n"
    )


@pytest.mark.parametrize("words", [["list"], ["show", "47KR-WXD4"], ["reports"], ["purge", "--yes"]])
def test_without_a_database_it_says_what_to_do(run: Run, database: Path, words: list[str]) -> None:
    database.unlink()
    result = run(*words)
    assert result.exit_code == 1
    assert "flask db upgrade" in result.stderr
    assert result.stdout == ""


def made_broken(tmp_path: Path, case: str) -> str:
    folder = tmp_path / "folder"
    folder.mkdir()
    garbage = tmp_path / "garbage.db"
    garbage.write_bytes(b"something else " * 100)
    below = garbage / "directory.db"
    return {"folder": f"sqlite:///{folder}", "garbage": f"sqlite:///{garbage}", "below": f"sqlite:///{below}"}.get(
        case, NOWHERE
    )


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("folder", "folder cannot be written: Is a directory."),
        ("garbage", "The database cannot be used: file is not a database."),
        ("below", "cannot be written: "),
        ("nowhere", "There is no database that can be used."),
    ],
)
def test_a_database_that_cannot_be_made_is_explained_in_a_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, case: str, said: str
) -> None:
    result = store_app(made_broken(tmp_path, case)).test_cli_runner().invoke(args=["db", "upgrade"])
    assert result.exit_code == 1
    (line,) = caplog.messages
    assert said in line
    assert "docs/configuration.md" in line
