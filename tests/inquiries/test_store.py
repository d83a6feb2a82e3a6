"""The database itself: migrations, rights, many writers at once, and all the ways in which it can be missing."""

from __future__ import annotations

import logging
import multiprocessing
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.pool import Pool
from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect

from inquiries import store
from inquiries.filing import (
    close_inquiry,
    close_report,
    count_older,
    file_inquiry,
    find_inquiry,
    open_inquiries,
    open_reports,
    purge,
    report_problem,
    take_inquiry,
)
from inquiries.model import Base, Kind
from inquiries.store import NOWHERE, StoreUnavailableError, db, engine_settings, open_file
from tests.inquiries.conftest import store_app, upgraded
from tests.inquiries.test_filing import DAY
from tests.support.inquiry_forms import FAMILY, REPORT

CANARY = "Quetzalcanary"


@contextmanager
def serving(url: str) -> Iterator[Flask]:
    app = store_app(url)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names())


def test_the_migrations_make_the_tables_of_the_model_and_take_them_away(tmp_path: Path) -> None:
    upgraded(tmp_path / "new.db")
    with serving(f"sqlite:///{tmp_path / 'new.db'}"):
        assert tables() == {*Base.metadata.tables, "alembic_version"}
        flask_migrate.downgrade(revision="base")
        assert tables() == {"alembic_version"}
        flask_migrate.upgrade()
        assert tables() == {*Base.metadata.tables, "alembic_version"}


def test_the_migrations_and_the_model_agree(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_upgrading_twice_changes_nothing(database: Path) -> None:
    before = database.read_bytes()
    upgraded(database)
    assert database.read_bytes() == before


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_file_and_its_folder_are_for_the_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "directory.db"
    upgraded(path)
    assert (mode(path.parent), mode(path)) == (0o700, 0o600)
    with serving(f"sqlite:///{path}"):
        file_inquiry(Kind.FAMILY, FAMILY, "t")
        assert {mode(one) for one in path.parent.iterdir()} == {0o600}
        assert len(list(path.parent.iterdir())) == 3


def test_a_file_with_too_many_rights_loses_them(database: Path) -> None:
    database.chmod(0o666)
    upgraded(database)
    assert mode(database) == 0o600


def test_readers_do_not_wait_for_writers_and_keys_are_kept(app: Flask) -> None:
    with db.engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "secure_delete")
        }
    assert found == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 3000, "secure_delete": 1}


def missing(path: Path) -> None:
    path.unlink()


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def no_database(path: Path) -> None:
    path.write_bytes(b"something else " * 100)


def without_tables(path: Path) -> None:
    path.write_bytes(b"")


@pytest.fixture
def read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may write any file, so it is the connection that may not."""

    def open_to_read(path: Path, busy_seconds: float | None = None) -> sqlite3.Connection:
        connection = open_file(path, busy_seconds)
        connection.execute("PRAGMA query_only = on")
        return connection

    monkeypatch.setattr(store, "open_file", open_to_read)


def refuse_changes(path: Path) -> None:
    """As a constraint would that nobody thought of."""
    connection = sqlite3.connect(path)
    for table in ("inquiries", "reports"):
        for change in ("INSERT", "UPDATE"):
            connection.execute(
                f"CREATE TRIGGER no_{change}_{table} BEFORE {change} ON {table} BEGIN SELECT RAISE(FAIL, 'no'); END"
            )
    connection.close()


WRITING: list[Callable[[], object]] = [
    lambda: file_inquiry(Kind.FAMILY, FAMILY | {"name": CANARY}, CANARY),
    lambda: report_problem(REPORT | {"text": CANARY}),
]
READING: list[Callable[[], object]] = [
    open_inquiries,
    open_reports,
    lambda: find_inquiry("47KR-WXD4"),
    lambda: take_inquiry("47KR-WXD4"),
    lambda: close_inquiry("47KR-WXD4", CANARY),
    lambda: close_report(1),
    lambda: count_older(DAY),
    lambda: purge(DAY),
]


@pytest.mark.parametrize("spoil", [missing, a_folder, no_database, without_tables])
def test_without_a_database_everything_ends_in_one_error(
    database: Path, spoil: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    spoil(database)
    with serving(f"sqlite:///{database}"):
        for act in [*WRITING, *READING]:
            with pytest.raises(StoreUnavailableError, match="Please call us instead"):
                act()
    assert all(record.getMessage().startswith("The database cannot be used: ") for record in caplog.records)
    assert CANARY not in caplog.text


def test_a_missing_file_is_not_made_by_asking(tmp_path: Path) -> None:
    """It would be anyone's to read, and hide that the real one is gone."""
    with serving(f"sqlite:///{tmp_path / 'none.db'}"), pytest.raises(StoreUnavailableError):
        open_inquiries()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("read_only")
def test_a_database_that_cannot_be_written_can_be_read(database: Path, caplog: pytest.LogCaptureFixture) -> None:
    with serving(f"sqlite:///{database}"):
        for act in WRITING:
            with pytest.raises(StoreUnavailableError):
                act()
        assert (open_inquiries(), open_reports()) == ([], [])
    assert "The database cannot be used: OperationalError SQLITE_READONLY." in caplog.text


def test_a_refused_change_keeps_nothing(database: Path) -> None:
    refuse_changes(database)
    with serving(f"sqlite:///{database}"):
        for act in WRITING:
            with pytest.raises(StoreUnavailableError):
                act()
        assert (open_inquiries(), open_reports()) == ([], [])


def test_another_writer_is_waited_for_and_then_given_up(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.1)
    other = sqlite3.connect(database)
    other.execute("BEGIN IMMEDIATE")
    with serving(f"sqlite:///{database}"):
        with pytest.raises(StoreUnavailableError):
            file_inquiry(Kind.FAMILY, FAMILY, "t")
        assert open_inquiries() == []
        other.rollback()
        other.close()
        # The next one finds it free again.
        assert find_inquiry(file_inquiry(Kind.FAMILY, FAMILY, "t")).name == FAMILY["name"]


def test_a_database_in_nowhere_keeps_nothing() -> None:
    with serving(NOWHERE):
        for act in [*WRITING, *READING]:
            with pytest.raises(StoreUnavailableError):
                act()


@pytest.mark.parametrize("url", ["postgres://user:secret@db.example.org/directory", "postgresql://db.example.org/x"])
def test_postgresql_is_reached_by_its_url(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sqlalchemy.dialects.postgresql.psycopg.PGDialect_psycopg.import_dbapi", lambda: None)
    full, options = engine_settings(url)
    assert full == f"postgresql+psycopg://{url.split('://')[1]}"
    assert options == {"connect_args": {"connect_timeout": 3}, "pool_pre_ping": True, "hide_parameters": True}


def test_a_url_that_cannot_be_read_leads_nowhere_and_is_not_repeated(caplog: pytest.LogCaptureFixture) -> None:
    assert engine_settings("postgresql://user:secret@db:port/x")[0] == NOWHERE
    assert "docs/configuration.md" in caplog.text
    assert "secret" not in caplog.text


def test_without_the_package_for_postgresql_it_says_which(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert engine_settings("postgresql://user:secret@db.example.org/x")[0] == NOWHERE
    assert "one more package: see “The database” in docs/configuration.md" in caplog.text


@pytest.fixture
def everything(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """All that any logger says, also those that would be silent."""
    for name in list(logging.root.manager.loggerDict):
        caplog.set_level(logging.DEBUG, logger=name)
    caplog.set_level(logging.DEBUG)
    return caplog


def test_nothing_that_was_typed_is_logged(database: Path, everything: pytest.LogCaptureFixture) -> None:
    """Neither when it is kept, nor when it is sent twice, nor when the database refuses it."""
    typed = FAMILY | dict.fromkeys(("name", "best_time", "language", "town", "child_age", "need"), CANARY)
    with serving(f"sqlite:///{database}"):
        for token in (CANARY, CANARY, "other"):
            number = file_inquiry(Kind.FAMILY, typed, token)
        close_inquiry(number, CANARY)
        report_problem(REPORT | {"text": CANARY, "contact": CANARY})
        purge(DAY)
        refuse_changes(database)
        for act in WRITING:
            with pytest.raises(StoreUnavailableError):
                act()
    said = everything.text + "".join(str(vars(record)) for record in everything.records)
    assert everything.records
    for private in (CANARY, FAMILY["phone"], FAMILY["email"], number):
        assert private not in said


def file_many(database: str, writer: str, forms: int) -> list[str]:
    with serving(f"sqlite:///{database}"):
        return [file_inquiry(Kind.FAMILY, FAMILY, f"{writer} {number}") for number in range(forms)]


def four_writers(database: str, writers: Sequence[str], forms: int) -> list[list[str]]:
    """In a process of its own, as a worker of the web server is."""
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(file_many, [database] * 4, writers, [forms] * 4))


@pytest.fixture(scope="module")
def two_processes() -> Iterator[Pool]:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        yield pool


@pytest.mark.slow
def test_eight_writers_at_once_lose_nothing(database: Path, two_processes: Pool) -> None:
    shares = [(str(database), writers, 50) for writers in ("abcd", "efgh")]
    answers = two_processes.starmap(four_writers, shares, chunksize=1)
    filed = [number for process in answers for writer in process for number in writer]
    assert len(set(filed)) == len(filed) == 400
    with serving(f"sqlite:///{database}"):
        assert {one.reference for one in open_inquiries()} == set(filed)


@pytest.mark.slow
def test_the_same_form_from_eight_writers_at_once_is_one_inquiry(database: Path, two_processes: Pool) -> None:
    answers = two_processes.starmap(four_writers, [(str(database), "aaaa", 20)] * 2, chunksize=1)
    assert len({tuple(writer) for process in answers for writer in process}) == 1
    with serving(f"sqlite:///{database}"):
        assert len(open_inquiries()) == 20
