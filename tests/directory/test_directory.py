"""A directory is swapped whole or not at all; a server does not start on a broken catalog."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

import app
from catalog.reading.problems import CatalogError
from directory import DirectoryKeeper, build_directory
from tests.support.dates import TODAY
from tests.support.small_catalog import SmallCatalog

FOOD = "community/food-bank.yaml"
SAFE = "legal/safe-line.yaml"


@pytest.fixture
def keeper(small: SmallCatalog) -> DirectoryKeeper:
    return DirectoryKeeper(small.settings, lambda: TODAY)


def test_the_directory_is_built_once_at_first_use(keeper: DirectoryKeeper) -> None:
    first = keeper.current
    assert first.service_count == 3
    assert keeper.current is first
    assert keeper.failure is None


def test_services_are_counted_by_need_and_by_group(keeper: DirectoryKeeper) -> None:
    assert keeper.current.services_by_need == {"food": 2, "basics": 2, "domestic-violence": 1, "safety": 1}


def test_a_reload_takes_up_what_has_changed(small: SmallCatalog, keeper: DirectoryKeeper) -> None:
    before = keeper.current
    small.change(FOOD, "name: Meals for Kids", "name: Summer Meals")
    assert keeper.current is before
    assert keeper.reload() is True
    after = keeper.current
    assert after is not before
    assert after.catalog.services["meals-for-kids"].name == "Summer Meals"
    assert before.catalog.services["meals-for-kids"].name == "Meals for Kids"
    assert after.catalog.version != before.catalog.version
    assert "summermeals" in after.searcher.scorer.names.rows
    assert "summermeals" not in before.searcher.scorer.names.rows


def test_a_reload_survives_whatever_it_meets(
    keeper: DirectoryKeeper, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    before = keeper.current

    def fail(*args: object) -> None:
        raise MemoryError

    monkeypatch.setattr("directory.keeper.load_catalog", fail)
    with caplog.at_level(logging.ERROR):
        assert keeper.reload() is False
    assert keeper.current is before
    assert keeper.failure == "The catalog cannot be read (MemoryError). The catalog read before is still served."
    assert "MemoryError" in caplog.text and "Traceback" not in caplog.text


def test_a_broken_catalog_changes_nothing_but_the_failure_and_is_logged_whole(
    small: SmallCatalog, keeper: DirectoryKeeper, caplog: pytest.LogCaptureFixture
) -> None:
    before = keeper.current
    small.change(FOOD, "cost: free", "cost: fre")
    small.change(SAFE, "kind: hotline", "kind: line")
    with caplog.at_level(logging.ERROR):
        assert keeper.reload() is False
    assert keeper.current is before
    assert keeper.failure == "The catalog has 2 errors. The catalog read before is still served."
    assert [record.getMessage().partition(": unknown")[0] for record in caplog.records] == [
        "community/food-bank.yaml:44: services.0.cost",
        "legal/safe-line.yaml:7: services.0.kind",
        "Catalog not reloaded. The catalog has 2 errors. The catalog read before is still served.",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["config.yaml", "needs.yaml", FOOD])
@pytest.mark.parametrize("data", [b"", b"\0", b"[" * 60_000, b"a: *b", b"\xff"])
def test_no_damage_of_any_file_takes_the_old_directory_away(
    small: SmallCatalog, keeper: DirectoryKeeper, name: str, data: bytes
) -> None:
    before = keeper.current
    sound = small.path(name).read_bytes()
    small.path(name).write_bytes(data)
    if (name, data) != ("config.yaml", b""):
        assert keeper.reload() is False
        assert keeper.current is before
        assert keeper.failure is not None
    small.path(name).write_bytes(sound)
    assert keeper.reload() is True
    assert keeper.failure is None
    assert keeper.current.catalog.version == before.catalog.version


def test_a_missing_folder_takes_the_old_directory_away_neither(small: SmallCatalog, keeper: DirectoryKeeper) -> None:
    before = keeper.current
    small.resources.rename(small.folder / "away")
    assert keeper.reload() is False
    assert keeper.current is before
    (small.folder / "away").rename(small.resources)
    assert keeper.reload() is True


def test_an_index_that_cannot_be_written_keeps_the_old_directory(small: SmallCatalog, keeper: DirectoryKeeper) -> None:
    before = keeper.current
    small.change(FOOD, "name: Meals for Kids", "name: Summer Meals")
    small.change("config.yaml", "index: index", "index: resources/needs.yaml/index")
    assert keeper.reload() is False
    assert keeper.current is before
    assert keeper.failure is not None
    assert keeper.failure.startswith("The search index cannot be written: Not a directory.")
    small.change("config.yaml", "index: resources/needs.yaml/index", "index: index")
    assert keeper.reload() is True
    assert keeper.failure is None


def test_a_first_reading_of_a_broken_catalog_raises_every_problem(small: SmallCatalog, keeper: DirectoryKeeper) -> None:
    small.change(FOOD, "cost: free", "cost: fre")
    with pytest.raises(CatalogError) as caught:
        _ = keeper.current
    assert [problem.field for problem in caught.value.problems] == ["services.0.cost"]
    small.change(FOOD, "cost: fre", "cost: free")
    assert keeper.current.service_count == 3


def test_equal_catalogs_make_equal_directories(small: SmallCatalog) -> None:
    one, two = (build_directory(small.settings(), TODAY) for _ in range(2))
    assert one.catalog == two.catalog
    assert one.searcher.index.folder == two.searcher.index.folder


# A server.


def test_a_server_starts_on_a_sound_catalog(small: SmallCatalog, monkeypatch: pytest.MonkeyPatch) -> None:
    # Whatever the day of the test, nothing is checked in its future.
    for name, day in ((FOOD, "2026-11-01"), (FOOD, "2026-11-02"), (SAFE, "2026-11-03")):
        small.change(name, f"assured_date: {day}", "assured_date: 2020")
    monkeypatch.setenv("DIRECTORY_CONFIG", str(small.config))
    served = app.serve()
    keeper: DirectoryKeeper = served.extensions["directory"]
    assert keeper.current.service_count == 3


def test_a_server_on_a_broken_catalog_lists_every_problem_and_exits_with_1(
    small: SmallCatalog, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    small.change(FOOD, "cost: free", "cost: fre")
    small.change(FOOD, "action: website", "action: web")
    small.change(SAFE, "kind: hotline", "kind: line")
    monkeypatch.setenv("DIRECTORY_CONFIG", str(small.config))
    with pytest.raises(SystemExit) as caught:
        app.serve()
    assert caught.value.code == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(": unknown")[0] for line in lines] == [
        "community/food-bank.yaml:44: services.0.cost",
        "community/food-bank.yaml:73: services.1.next_step.action",
        "legal/safe-line.yaml:7: services.0.kind",
        "The catalog has 3 errors. Correct them, then start again.",
    ]


def test_a_server_without_its_settings_says_so_and_exits_with_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DIRECTORY_CONFIG", str(tmp_path / "gone.yaml"))
    with pytest.raises(SystemExit) as caught:
        app.serve()
    assert caught.value.code == 1
    assert capsys.readouterr().err.startswith("gone.yaml:1: cannot be read: No such file or directory.\n")


def test_a_server_whose_index_cannot_be_written_says_so_and_exits_with_1(
    small: SmallCatalog, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, day in ((FOOD, "2026-11-01"), (FOOD, "2026-11-02"), (SAFE, "2026-11-03")):
        small.change(name, f"assured_date: {day}", "assured_date: 2020")
    small.change("config.yaml", "index: index", "index: resources/needs.yaml/index")
    monkeypatch.setenv("DIRECTORY_CONFIG", str(small.config))
    with pytest.raises(SystemExit) as caught:
        app.serve()
    assert caught.value.code == 1
    assert capsys.readouterr().err.startswith("The search index cannot be written: ")
