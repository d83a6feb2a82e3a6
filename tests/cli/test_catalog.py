"""flask catalog ...: what it prints and its exit codes, over a small catalog; and the schema over the real one."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator

from app import create_app
from catalog.reading.files import organization_paths
from catalog.reading.json_schema import organization_file_schema
from catalog.reading.yaml_reader import read_file
from context import today
from settings import ROOT
from tests.support.catalogs import real_catalog
from tests.support.small_catalog import SmallCatalog, small_catalog

FOOD = "community/food-bank.yaml"
SAFE = "legal/safe-line.yaml"

Run = Callable[..., Result]


@pytest.fixture
def catalog(tmp_path: Path) -> SmallCatalog:
    """One service was checked today, one long ago, one never: whatever the day of the test."""
    small = small_catalog(tmp_path)
    small.change(FOOD, "assured_date: 2026-11-01", f"assured_date: {today()}")
    small.change(FOOD, "    assured_date: 2026-11-02\n", "")
    small.change(SAFE, "assured_date: 2026-11-03", "assured_date: 2020-01")
    return small


@pytest.fixture
def run(catalog: SmallCatalog) -> Run:
    runner = create_app(catalog.settings()).test_cli_runner()
    return lambda *words: runner.invoke(args=["catalog", *words])


def break_it(catalog: SmallCatalog) -> None:
    catalog.change(FOOD, "cost: free", "cost: fre")
    catalog.change(SAFE, "kind: hotline", "kind: 100%")


def test_check_of_a_sound_catalog_counts_and_exits_with_0(run: Run) -> None:
    result = run("check")
    assert result.exit_code == 0
    assert re.fullmatch(
        r"0 errors, 2 warnings \(2 stale\)\. Add --warnings to see them\.\n"
        r"3 services of 2 organizations, \d+\.\d\d s of CPU time\.\n",
        result.output,
    )


def test_check_prints_each_warning_when_asked(run: Run) -> None:
    result = run("check", "--warnings")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0].startswith("community/food-bank.yaml:68: warning: meals-for-kids.assured_date: never assured;")
    assert lines[1].startswith(
        "legal/safe-line.yaml:16: warning: safe-line-hotline.assured_date: last assured 2020-01;"
    )
    assert lines[2] == "0 errors, 2 warnings (2 stale)."


def test_check_of_a_broken_catalog_prints_every_error_and_exits_with_1(catalog: SmallCatalog, run: Run) -> None:
    break_it(catalog)
    result = run("check")
    assert result.exit_code == 1
    assert result.output == (
        "community/food-bank.yaml:44: services.0.cost: unknown cost “fre”. Did you mean free? "
        "Allowed: fee, free, insurance, sliding.\n"
        "legal/safe-line.yaml:7: services.0.kind: unknown kind “100%”. Allowed: guide, hotline, program.\n"
        "2 errors, 0 warnings.\n"
    )


def test_check_prints_json_for_programs(catalog: SmallCatalog, run: Run) -> None:
    result = run("check", "--format", "json")
    assert result.exit_code == 0
    assert [(problem["check"], problem["grade"]) for problem in json.loads(result.output)] == [("stale", "warning")] * 2
    break_it(catalog)
    result = run("check", "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.output)[1] == {
        "path": "legal/safe-line.yaml",
        "line": 7,
        "field": "services.0.kind",
        "message": "unknown kind “100%”. Allowed: guide, hotline, program.",
        "grade": "error",
        "check": "schema",
    }


def test_check_prints_annotations_for_a_pull_request(catalog: SmallCatalog, run: Run) -> None:
    result = run("check", "--format", "github")
    assert result.exit_code == 0
    assert result.output.startswith(f"::warning file={catalog.path(FOOD)},line=68::meals-for-kids.assured_date: never")
    break_it(catalog)
    catalog.path("needs.yaml").unlink()
    result = run("check", "--format", "github")
    assert result.exit_code == 1
    assert result.output.splitlines()[1:] == [
        f"::error file={catalog.path(SAFE)},line=7::services.0.kind: unknown kind “100%25”. "
        "Allowed: guide, hotline, program.",
        f"::error file={catalog.path('needs.yaml')},line=1::cannot be read: No such file or directory.",
    ]


def test_check_refuses_an_unknown_format(run: Run) -> None:
    assert run("check", "--format", "xml").exit_code == 2


def test_check_tells_what_is_wrong_with_the_settings(catalog: SmallCatalog, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog.change("config.yaml", "index: index", "indeks: index")
    monkeypatch.setenv("DIRECTORY_CONFIG", str(catalog.config))
    result = create_app().test_cli_runner().invoke(args=["catalog", "check"])
    assert result.exit_code == 1
    assert result.output == (
        "config.yaml:2: indeks: unknown field “indeks”. Did you mean index?"
        " Allowed: api_origins, database, expected, index, limits_storage, proxies, public_url, resources, secret.\n"
    )


@pytest.mark.parametrize("words", [["stats"], ["show", "food-pantry"], ["stale"], ["schema"], ["reload"]])
def test_no_command_works_on_a_broken_catalog(catalog: SmallCatalog, run: Run, words: list[str]) -> None:
    break_it(catalog)
    result = run(*words)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 2
    assert result.stderr.startswith("community/food-bank.yaml:44: services.0.cost: unknown cost")


def test_stats_count_by_sector_kind_need_age_and_town(run: Run) -> None:
    result = run("stats")
    assert result.exit_code == 0
    assert result.output.startswith("3 services of 2 organizations; 2 needs in 2 groups\n")
    rows = dict(line.rsplit(maxsplit=1) for line in result.output.splitlines() if re.search(r"\S +\d+$", line))
    assert {name: rows[name] for name in ("community", "legal", "medical")} == {
        "community": "2",
        "legal": "1",
        "medical": "0",
    }
    assert (rows["program"], rows["guide"], rows["hotline"]) == ("2", "0", "1")
    assert (rows["basics"], rows["food"], rows["domestic-violence"]) == ("2", "2", "1")
    assert (rows["0 to under 3"], rows["3 to under 6"], rows["18 to under 22"], rows["22 to under 26"]) == (
        *("1", "2", "2", "1"),
    )
    assert rows["ages not stated"] == "1"
    folded = " ".join(result.output.split())
    assert "Towns: 2 of 5 are named" in folded
    assert "2 services cover all of Connecticut or state no area." in folded
    assert "Not named: Bridgeport, Groton, West Hartford" in folded


def test_show_prints_a_service_and_where_it_stands(run: Run) -> None:
    result = run("show", "food-pantry")
    assert result.exit_code == 0
    assert result.stderr == "community/food-bank.yaml:9\n"
    shown = json.loads(result.stdout)
    assert (shown["id"], shown["name"]) == ("food-pantry", "Food Pantry")


def test_show_understands_a_former_id(run: Run) -> None:
    assert json.loads(run("show", "old-pantry").stdout) == json.loads(run("show", "food-pantry").stdout)


def test_show_of_an_unknown_service_exits_with_1(run: Run) -> None:
    result = run("show", "nothing")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "There is no service “nothing”.\n")


def test_stale_lists_services_the_longest_unchecked_first(run: Run) -> None:
    result = run("stale")
    assert result.exit_code == 0
    # A service that was never checked comes before all others.
    assert [line.split() for line in result.output.splitlines()] == [
        ["never", "meals-for-kids", "community/food-bank.yaml:68"],
        ["2020-01", "safe-line-hotline", "legal/safe-line.yaml:5"],
        ["2", "services", "to", "check", "again."],
    ]


def test_new_writes_a_starter_file_that_wants_only_to_be_filled_in(catalog: SmallCatalog, run: Run) -> None:
    result = run("new", "medical", "new-clinic")
    path = catalog.path("medical/new-clinic.yaml")
    assert result.exit_code == 0
    assert result.output == f"Wrote {path}. Fill it in, then run “flask catalog check”.\n"
    problems = run("check").output.splitlines()[:-1]
    assert [line.split(": ")[1] for line in problems] == [
        "organization.name",
        "services.0.name",
        "services.0.needs",
        "services.0.summary",
        "services.0.next_step.text",
        *("services.0.phones.0.label", "services.0.phones.0.number"),
        "services.0.sources.0.url",
    ]
    assert all("has no value" in line or "is empty" in line for line in problems)


def test_new_writes_over_nothing(catalog: SmallCatalog, run: Run) -> None:
    before = catalog.text(FOOD)
    result = run("new", "community", "food-bank")
    assert result.exit_code == 1
    assert result.stderr == f"{catalog.path(FOOD)} is there already; add the service to it.\n"
    assert catalog.text(FOOD) == before


@pytest.mark.parametrize("bad", ["Food-Bank", "../food", "a/b", "food bank", "", "food--bank", "é", "x\n"])
def test_new_refuses_what_is_no_id(catalog: SmallCatalog, run: Run, bad: str) -> None:
    files = sorted(catalog.folder.rglob("*"))
    result = run("new", "community", bad)
    assert result.exit_code == 1
    assert "is no id: use lower-case letters, digits and single hyphens." in result.stderr
    assert sorted(catalog.folder.rglob("*")) == files


def test_new_refuses_an_unknown_sector(run: Run) -> None:
    assert run("new", "religious", "new-church").exit_code == 2


@pytest.fixture
def pid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A server of the developer's own must not be disturbed by the tests."""
    monkeypatch.setenv("DIRECTORY_PID_FILE", str(tmp_path / "gunicorn.pid"))
    return tmp_path / "gunicorn.pid"


@pytest.mark.parametrize("left", [None, "", "no number"])
def test_reload_without_a_server_says_so(run: Run, pid: Path, left: str | None) -> None:
    if left is not None:
        pid.write_text(left)
    result = run("reload")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == f"The catalog is sound, but no server is running here ({pid}).\n"


def test_reload_leaves_a_stranger_alone_that_has_the_number_of_a_dead_server(run: Run, pid: Path) -> None:
    with subprocess.Popen(["sleep", "60"]) as stranger:
        pid.write_text(str(stranger.pid))
        assert run("reload").exit_code == 1
        assert stranger.poll() is None
        stranger.kill()


def test_reload_tells_the_server_that_holds_the_file(run: Run, pid: Path) -> None:
    program = f"from pathlib import Path; import server.pid_file as p, signal; f = p.hold(Path({str(pid)!r})); " + (
        "signal.signal(signal.SIGHUP, lambda *_: exit(7)); print('ready', flush=True); signal.pause()"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=ROOT) as serving:
        assert serving.stdout is not None
        serving.stdout.readline()
        assert run("reload").exit_code == 0
        assert serving.wait(10) == 7


# The JSON Schema.


@cache
def real_schema() -> Draft202012Validator:
    schema = organization_file_schema(real_catalog())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_schema_prints_the_schema_of_this_catalog(catalog: SmallCatalog, run: Run) -> None:
    result = run("schema")
    assert result.exit_code == 0
    schema = json.loads(result.output)
    Draft202012Validator.check_schema(schema)
    service = schema["properties"]["services"]["items"]["properties"]
    assert service["needs"]["items"]["enum"] == ["food", "domestic-violence"]
    assert service["languages"]["items"]["enum"] == ["english", "spanish"]
    for name in (FOOD, SAFE):
        Draft202012Validator(schema).validate(read_file(catalog.path(name)).value)


@pytest.mark.parametrize(
    "path", list(organization_paths(ROOT / "resources")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_the_schema_accepts_every_real_organization_file(path: Path) -> None:
    errors = [f"{error.json_path}: {error.message[:200]}" for error in real_schema().iter_errors(read_file(path).value)]
    assert errors == []


@pytest.mark.parametrize(
    ("where", "key", "value"),
    [
        ((), "servicess", []),
        (("organization",), "nmae", "x"),
        (("services", 0), "sumary", "x"),
        (("services", 0, "next_step"), "txt", "x"),
        (("services", 0, "eligibility", 0), "residense", "statewide"),
        (("services", 0, "eligibility", 0, "age"), "form", "3y"),
        (("services", 0, "eligibility", 0, "not"), "condition", ["x"]),
        (("services", 0, "service_area"), "town", ["Hartford"]),
        (("services", 0), "cost", "fre"),
        (("services", 0), "needs", ["foot"]),
        (("services", 0), "languages", ["klingon"]),
        (("services", 0), "phones", "860-522-4636"),
        (("services", 0, "service_area"), "towns", ["Boston"]),
        (("services", 0), "id", "Food Pantry"),
        (("services", 0, "eligibility", 0), "age", "all"),
        (("services", 0), "summary", None),
    ],
)
def test_the_schema_refuses_what_the_catalog_refuses(
    small: SmallCatalog, where: tuple[str | int, ...], key: str, value: Any
) -> None:
    catalog = small.read().catalog
    assert catalog is not None
    validator = Draft202012Validator(organization_file_schema(catalog))
    document: Any = read_file(small.path(FOOD)).value
    validator.validate(document)
    part = document
    for step in where:
        part = part[step]
    part[key] = value
    assert not validator.is_valid(document)


@pytest.mark.parametrize("name", ["name", "needs", "summary", "next_step", "sources", "id"])
def test_the_schema_wants_what_the_catalog_wants(small: SmallCatalog, name: str) -> None:
    catalog = small.read().catalog
    assert catalog is not None
    document: Any = read_file(small.path(FOOD)).value
    del document["services"][0][name]
    assert not Draft202012Validator(organization_file_schema(catalog)).is_valid(document)


def test_coverage_names_what_is_missing(run: Run) -> None:
    result = run("coverage")
    assert result.exit_code == 0
    assert "Services that may fit, by age in years; in brackets how many state such an age." in result.output
    assert re.search(r"^food +1 \(1\) +2 \(2\)", result.output, re.MULTILINE)
    assert re.search(r"^Bridgeport +\d+ ", result.output, re.MULTILINE)


def test_coverage_of_one_need_or_one_town(run: Run) -> None:
    of_need = run("coverage", "--need", "basics").output
    assert "food" in of_need and "domestic-violence" not in of_need and "Town" not in of_need
    of_town = run("coverage", "--town", "Hartford").output
    assert re.search(r"Services local to Hartford: 1; 2 others are wider or name no place\.", of_town)
    assert "Need " not in of_town and re.search(r"^basics +\d", of_town, re.MULTILINE)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--need", "foood"], "there is no need “foood”"),
        (["--town", "Hartfort"], "Did you mean Hartford"),
        (["--town", "0610"], "a ZIP code has five digits"),
        (["--town", "10001"], "no Connecticut town has the ZIP code 10001."),
    ],
)
def test_coverage_of_something_unknown_says_so(run: Run, options: list[str], said: str) -> None:
    result = run("coverage", *options)
    assert result.exit_code == 2 and said in " ".join(result.stderr.split())
