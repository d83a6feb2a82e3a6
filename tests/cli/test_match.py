"""flask match: what it prints and its exit codes, over the real catalog."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from app import create_app
from settings import Settings, load_settings
from tests.support.small_catalog import small_catalog

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def app(index: Path) -> Flask:
    real = load_settings()
    return create_app(Settings(real.resources, index, real.expectations))


@pytest.fixture
def run(app: Flask) -> Run:
    def invoke(*words: str) -> Result:
        # As the flask command does before it calls one of ours.
        with app.app_context():
            return app.test_cli_runner().invoke(args=["match", *words])

    return invoke


def test_it_prints_each_match_with_its_reasons(run: Run) -> None:
    result = run("--age", "2y", "--need", "food", "--need", "early-intervention", "--town", "Hartford", "--limit", "3")
    assert result.exit_code == 0, result.output
    assert [line[:2] for line in result.stdout.splitlines() if line[:1].isdigit() and line[1:2] == "."] == [
        "1.",
        "2.",
        "3.",
    ]
    assert "eligible, 0." in result.stdout
    assert "   met      " in result.stdout
    assert result.stdout.count("Ask next: ") <= 5
    assert "services may fit; 3 shown." in result.stdout.splitlines()[-1]
    assert result.stderr == ""


def test_hotlines_and_what_to_do_in_danger_come_first(run: Run) -> None:
    result = run("--need", "domestic-violence", "--limit", "1")
    assert result.exit_code == 0
    assert "call 911" in result.stdout.splitlines()[0]


def test_a_need_without_help_is_said(run: Run) -> None:
    result = run("--need", "psychosis", "--age", "5y")
    assert result.exit_code == 0
    assert "Nothing found for " in result.stdout


def answer_of(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_json_is_the_answer_of_the_api(run: Run, app: Flask) -> None:
    words = ["--birth-date", "2024-03-15", "--town", "New Britain", "--need", "food", "--need", "autism"]
    found = answer_of(run(*words, "--condition", "autism", "--limit", "5", "--json"))
    person = {"birth_date": "2024-03-15", "town": "New Britain", "conditions": ["autism"]}
    sent = {"person": person, "needs": ["food", "autism"], "limit": 5}
    asked = app.test_client().post("/api/v1/matches", json=sent).get_json()
    assert found == {key: value for key, value in asked.items() if key not in ("on", "catalog")}


def test_an_age_is_written_as_in_the_catalog(run: Run) -> None:
    def found(age: str) -> Any:
        return answer_of(run("--age", age, "--need", "early-intervention", "--json"))

    assert found("26m") == found("2y2m")
    assert found("26m") != found("2y9m")


def test_a_zip_code_may_stand_for_the_town(run: Run) -> None:
    found = [answer_of(run("--town", place, "--need", "food", "--json")) for place in ("06106", "Hartford")]
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--age", "two", "--need", "food"], "--age"),
        (["--age", "", "--need", "food"], "--age"),
        (["--age", "121y", "--need", "food"], "--age"),
        (["--birth-date", "2999-01-01", "--need", "food"], "person.birth_date: The birth date is in the future."),
        (["--birth-date", "1.2.2020", "--need", "food"], "person.birth_date: "),
        (["--town", "Hartfrod", "--need", "food"], "(Hartford"),
        (["--town", "0610", "--need", "food"], "person.zip: "),
        (["--need", "foood"], "needs.0: There is no need “foood”. Did you mean food?"),
        (["--need", "food", "--condition", "autsm"], "person.conditions.0: "),
        (["--need", "food", "--limit", "0"], "limit: "),
        (["--need", "food", "--limit", "many"], "--limit"),
        ([], "needs: Give at least one need"),
        (["--file", "no-such-file.jsonl"], "--file"),
        (["--file", "."], "--file"),
    ],
)
def test_a_wrong_option_is_told_with_exit_code_2(run: Run, words: list[str], told: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert told in result.stderr
    assert "Traceback" not in result.stderr


def test_a_broken_catalog_is_told_with_exit_code_1(tmp_path: Path) -> None:
    small = small_catalog(tmp_path)
    small.change("community/food-bank.yaml", "cost: free", "cost: fre")
    app = create_app(small.settings())
    with app.app_context():
        result = app.test_cli_runner().invoke(args=["match", "--need", "food"])
    assert result.exit_code == 1
    assert "food-bank.yaml" in result.stderr and "cost" in result.stderr


def file_of(folder: Path, *lines: str | bytes) -> str:
    path = folder / "requests.jsonl"
    path.write_bytes(b"".join((line.encode() if isinstance(line, str) else line) + b"\n" for line in lines))
    return str(path)


def test_a_file_is_answered_line_by_line(run: Run, tmp_path: Path, app: Flask) -> None:
    people = {"people": [{"id": "a", "age_months": 3}, {"id": "b"}], "needs": ["diapers"], "limit": 1}
    lines = ['{"needs": ["food"], "limit": 2, "person": {"id": "é"}}', "", json.dumps(people)]
    result = run("--file", file_of(tmp_path, *lines))
    assert result.exit_code == 0, result.output
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert (first["line"], second["line"]) == (1, 3)
    assert [one["id"] for one in first["people"]] == ["é"] and len(first["people"][0]["matches"]) == 2
    asked = app.test_client().post("/api/v1/matches", json=people).get_json()
    assert second["people"] == asked["people"]


def test_wrong_lines_are_told_and_the_others_answered(run: Run, tmp_path: Path) -> None:
    good = '{"needs": ["food"], "limit": 1}'
    bad: list[str | bytes] = [
        "not json",
        "[1]",
        '{"needs": ["foood"]}',
        '{"needs": ["food"], "limit": NaN}',
        '{"needs": ["food"], "needs": ["food"]}',
        '{"\\ud800": 1}',
        "[" * 100_000,
        b"\xff\xfe",
        '{"needs": [1' + "0" * 5000 + "]}",
    ]
    result = run("--file", file_of(tmp_path, good, *bad, good))
    assert result.exit_code == 1
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["line"] for one in answers] == list(range(1, len(bad) + 3))
    assert "people" in answers[0] and "people" in answers[-1]
    for one in answers[1:-1]:
        assert set(one) == {"line", "errors"} and all(error["message"] for error in one["errors"])
    assert answers[3]["errors"][0]["field"] == "needs.0" and "food" in answers[3]["errors"][0]["allowed"]
    assert f"{len(bad)} of {len(bad) + 2} lines" in result.stderr
    assert "Traceback" not in result.stderr


def test_only_a_line_feed_ends_a_line(run: Run, tmp_path: Path) -> None:
    """A file of Windows, with a mark at its start; and a line separator inside a text."""
    path = file_of(tmp_path, "\ufeff" + '{"needs": ["food"], "limit": 1, "person": {"id": "a\u2028b"}}\r')
    result = run("--file", path)
    assert result.exit_code == 0, result.output
    (line,) = result.stdout.rstrip("\n").split("\n")
    assert json.loads(line)["people"][0]["id"] == "a\u2028b"


def test_an_empty_file_has_no_answers(run: Run, tmp_path: Path) -> None:
    result = run("--file", file_of(tmp_path))
    assert (result.exit_code, result.stdout) == (0, "")
