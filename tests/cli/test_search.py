"""flask search ... and flask index ...: what they print and their exit codes, over the small catalog."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app import create_app
from context import EXTENSION, home_time
from directory import DirectoryKeeper
from search.evaluation.ablation import BLEND_SWITCHES, ENCODER, INDEX_SWITCHES, SWITCHES
from search.index.whoosh_index import BUILT, POSTINGS
from search.scoring.scorer import FEATURES
from tests.support.catalogs import ask
from tests.support.small_catalog import SmallCatalog, small_catalog

FOOD = "community/food-bank.yaml"
SAFE = "legal/safe-line.yaml"
Run = Callable[..., Result]

QUERIES = """\
queries:
  - {q: pantry, lang: en, kind: name, relevant: [food-pantry]}
  - {q: me pega, lang: es, kind: everyday, relevant: [safe-line-hotline]}
  - {q: safe line, lang: en, kind: name, relevant: [food-pantry]}
  - {q: helicopter volcano, lang: en, kind: everyday, relevant: [food-pantry]}
  - {q: zebra, lang: en, kind: nothing}
"""


@pytest.fixture
def catalog(tmp_path: Path) -> SmallCatalog:
    small = small_catalog(tmp_path)
    # Whatever the day of the test, nothing is checked in its future.
    for name, day in ((FOOD, "2026-11-01"), (FOOD, "2026-11-02"), (SAFE, "2026-11-03")):
        small.change(name, f"assured_date: {day}", f"assured_date: {home_time().date()}")
    return small


@pytest.fixture
def app(catalog: SmallCatalog) -> Flask:
    return create_app(catalog.settings())


@pytest.fixture
def run(app: Flask) -> Run:
    def invoke(*words: str) -> Result:
        with app.app_context():
            return app.test_cli_runner().invoke(args=words)

    return invoke


@pytest.fixture
def queries(tmp_path: Path) -> str:
    path = tmp_path / "queries.yaml"
    path.write_text(QUERIES)
    return str(path)


def test_evaluate_counts_by_language_and_kind(run: Run, queries: str) -> None:
    result = run("search", "evaluate", "--queries", queries)
    assert result.exit_code == 0, result.output
    assert result.output == (
        "5 queries\n"
        "success@3 en        0.333\n"
        "success@3 es        1.000\n"
        "  en short           0.333\n"
        "  es short           1.000\n"
        "answerable but empty 1\n"
        "unanswerable, silent 1.000\n"
        "  everyday           0.500\n"
        "  name               0.500\n"
        "  nothing            1.000\n"
    )


def test_evaluate_prints_what_went_wrong_when_asked(run: Run, queries: str) -> None:
    plain = run("search", "evaluate", "--queries", queries).output
    result = run("search", "evaluate", "--wrong", "--queries", queries)
    assert result.exit_code == 0
    assert result.output.startswith(plain)
    lines = result.output.removeprefix(plain).splitlines()
    assert len(lines) == 2
    assert re.fullmatch(r"name +safe line  ->  safe-line-hotline.*", lines[0])
    assert re.fullmatch(r"everyday +helicopter volcano  ->  nothing", lines[1])


def test_evaluate_says_what_each_ingredient_is_worth(run: Run, queries: str) -> None:
    # A slip that only the speller puts right.
    with Path(queries).open("a") as file:
        file.write("  - {q: pantery, lang: es, kind: misspelled, relevant: [food-pantry]}\n")
    plain = run("search", "evaluate", "--queries", queries).output
    result = run("search", "evaluate", "--ablate", "--queries", queries)
    assert result.exit_code == 0, result.output
    head, _, whole, *rows = result.output.removeprefix(plain).splitlines()
    assert head == "| Without | English | Spanish | empty | silent |"
    assert whole == "| (nothing switched off) | 0.333 | 1.000 | 1 | 1.000 |"
    assert [row.split(" | ")[0].removeprefix("| ") for row in rows] == [
        ENCODER,
        *BLEND_SWITCHES,
        *SWITCHES,
        *INDEX_SWITCHES,
    ]
    # Here and there something gets worse.
    assert len({row.split(" | ", 1)[1] for row in rows}) > 1


def test_evaluate_of_an_unreadable_file_says_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("queries: [")
    result = run("search", "evaluate", "--queries", str(path))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "bad.yaml:1: " in result.stderr
    assert run("search", "evaluate", "--queries", str(tmp_path / "gone.yaml")).exit_code == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    ["food for kids summer", "pantry", "Food Pantry", "hungry", "kitchen soup", "helicopter", "the of", "me pega"],
)
@pytest.mark.parametrize("service_id", ["food-pantry", "meals-for-kids", "safe-line-hotline"])
def test_what_explain_says_sums_up_to_the_score(app: Flask, run: Run, words: str, service_id: str) -> None:
    result = run("index", "explain", words, service_id)
    assert result.exit_code == 0, result.output
    rows = [line.split() for line in result.stdout.splitlines()]
    parts = {row[0]: row for row in rows if row[2:3] == ["x"]}
    assert tuple(parts) == tuple(FEATURES)
    (total,) = (float(row[-1]) for row in rows if row[0] == "sum")
    assert total == pytest.approx(sum(float(row[-1]) for row in parts.values()), abs=0.1)
    assert all(float(row[1]) * float(row[3]) == pytest.approx(float(row[-1]), abs=0.1) for row in parts.values())
    (score,) = (float(row[-1]) for row in rows if row[0] == "score")
    keeper: DirectoryKeeper = app.extensions[EXTENSION]
    found = {each.service.id: each.score for each in ask(keeper.current, words).found}
    assert found.get(service_id, 0.0) == pytest.approx(score, abs=0.006)


def test_explain_understands_a_former_id(run: Run) -> None:
    assert run("index", "explain", "food", "old-pantry").stdout == run("index", "explain", "food", "food-pantry").stdout


def test_explain_of_an_unknown_service_exits_with_1(run: Run) -> None:
    result = run("index", "explain", "food", "nothing")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "There is no service “nothing”.\n")


def test_index_build_builds_it_and_says_where(run: Run, catalog: SmallCatalog) -> None:
    folder = catalog.settings().index
    result = run("index", "build")
    assert result.exit_code == 0, result.output
    (place,) = folder.iterdir()
    assert re.fullmatch(rf"3 services in \d+\.\d MB at {re.escape(str(place))}\n", result.output)
    built = (place / BUILT).stat().st_mtime_ns
    assert run("index", "build").output == result.output
    assert (place / BUILT).stat().st_mtime_ns == built
    (place / BUILT).unlink()
    assert run("index", "build").exit_code == 0
    assert (place / BUILT).is_file()


NONE_CURRENT = "None is of the catalog as it is now. It is built when the server starts, or by: flask index build\n"


def test_index_status_lists_what_there_is(run: Run, catalog: SmallCatalog) -> None:
    folder = catalog.settings().index
    assert (
        run("index", "status").output == f"0 in {folder}; the last 2 are kept.\nSentence encoder: ready\n{NONE_CURRENT}"
    )
    run("index", "build")
    (place,) = folder.iterdir()
    # 17:30 in universal time is half past noon at home.
    os.utime(place, (1_795_368_600,) * 2)
    result = run("index", "status")
    assert result.exit_code == 0
    line = rf"{place.name}  3 services  \d+\.\d MB  built 2026-11-22 12:30  of the catalog as it is now\n"
    assert re.fullmatch(
        rf"{line}1 in {re.escape(str(folder))}; the last 2 are kept\.\nSentence encoder: ready\n", result.output
    )


def test_index_status_tells_an_older_catalogs_index_apart(run: Run, catalog: SmallCatalog) -> None:
    run("index", "build")
    catalog.change(FOOD, "name: Food Pantry", "name: Food Shelf")
    output = run("index", "status").output
    assert "  of another catalog\n1 in " in output
    assert output.endswith(NONE_CURRENT)
    run("index", "build")
    assert re.search(
        r"of another catalog\n.* of the catalog as it is now\n2 in .*kept\.\nSentence encoder: ready\n$",
        run("index", "status").output,
    )


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda place: (place / BUILT).unlink(), "unknown services  .*  cannot be used: not finished, or damaged"),
        (lambda place: (place / BUILT).write_text("a b"), "unknown services  .*: not finished, or damaged"),
        (
            lambda place: (place / POSTINGS).write_bytes(b"x"),
            "3 services  .*  cannot be used: its postings were changed",
        ),
        (lambda place: (place / POSTINGS).unlink(), "3 services  .*  cannot be used: not finished, or damaged"),
        (lambda place: place.chmod(0o755), "unknown services  .*  cannot be used: others may enter its folder"),
    ],
)
def test_index_status_says_why_an_index_cannot_be_used(
    run: Run, catalog: SmallCatalog, harm: Callable[[Path], None], said: str
) -> None:
    run("index", "build")
    (place,) = catalog.settings().index.iterdir()
    harm(place)
    result = run("index", "status")
    assert result.exit_code == 0
    assert re.search(said, result.output)
    assert result.output.endswith(NONE_CURRENT)


def test_index_status_says_that_an_index_was_made_by_other_rules(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("index", "build")
    monkeypatch.setattr("search.index.status.RULES", "otherwise")
    assert "3 services" in run("index", "status").output
    assert "cannot be used: made by other rules" in run("index", "status").output


def test_index_status_works_on_a_broken_catalog(run: Run, catalog: SmallCatalog) -> None:
    run("index", "build")
    catalog.change(FOOD, "cost: free", "cost: fre")
    result = run("index", "status")
    assert result.exit_code == 0
    assert "3 services" in result.output


@pytest.mark.parametrize(
    "words", [("search", "evaluate"), ("index", "explain", "food", "food-pantry"), ("index", "build")]
)
def test_no_command_works_on_a_broken_catalog(run: Run, catalog: SmallCatalog, words: tuple[str, ...]) -> None:
    catalog.change(FOOD, "cost: free", "cost: fre")
    result = run(*words)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("community/food-bank.yaml:44: services.0.cost: unknown cost")
