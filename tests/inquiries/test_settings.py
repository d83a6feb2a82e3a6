"""Where the database is, as config.yaml and the environment say."""

from __future__ import annotations

from pathlib import Path

import pytest

import app as app_module
from catalog.reading.problems import CatalogError
from inquiries.store import NOWHERE
from settings import ROOT, load_settings
from tests.support.small_catalog import SmallCatalog, small_catalog


@pytest.fixture
def small(tmp_path: Path) -> SmallCatalog:
    return small_catalog(tmp_path)


def database(small: SmallCatalog, **environment: str) -> str:
    return load_settings({"DIRECTORY_CONFIG": str(small.config)} | environment).database


def configure(small: SmallCatalog, line: str) -> None:
    small.config.write_text(f"{small.config.read_text()}\n{line}\n")


def test_it_is_a_file_beside_the_rest_unless_something_else_is_said(small: SmallCatalog) -> None:
    assert load_settings({}).database == f"sqlite:///{ROOT / 'var' / 'directory.db'}"
    assert database(small) == f"sqlite:///{small.config.parent / 'var' / 'directory.db'}"
    assert database(small, DATABASE_URL="") == database(small)


def test_a_file_is_found_from_the_folder_of_the_config_file(small: SmallCatalog) -> None:
    configure(small, "database: sqlite:///kept/people.db")
    assert database(small) == f"sqlite:///{small.config.parent / 'kept' / 'people.db'}"
    assert database(small, DATABASE_URL="sqlite:////srv/people.db") == "sqlite:////srv/people.db"


@pytest.mark.parametrize("url", ["postgresql://u:p@db.example.org/x", "postgres://db.example.org/x"])
def test_the_environment_goes_first(small: SmallCatalog, url: str) -> None:
    assert database(small, DATABASE_URL=url) == url


@pytest.mark.parametrize("url", ["mysql://u:secret@db/x", "sqlite://", "sqlite:///", "secret", "postgresql://"])
def test_other_databases_are_refused_and_passwords_not_repeated(small: SmallCatalog, url: str) -> None:
    with pytest.raises(CatalogError) as error:
        database(small, DATABASE_URL=url)
    (problem,) = error.value.problems
    assert "DATABASE_URL: must begin with sqlite:///" in str(problem)
    assert "secret" not in str(problem)
    configure(small, f"database: {url}")
    with pytest.raises(CatalogError, match="1 error") as error:
        database(small)
    assert "database: must begin with" in str(error.value.problems[0])


def test_settings_that_are_shown_hide_the_password(small: SmallCatalog) -> None:
    url = "postgresql://u:hunter2@db.example.org/x"
    shown = repr(load_settings({"DIRECTORY_CONFIG": str(small.config), "DATABASE_URL": url}))
    assert "hunter2" not in shown


@pytest.mark.parametrize(("line", "proxies"), [("", 0), ("proxies: 2", 2)])
def test_web_servers_in_front_are_counted(small: SmallCatalog, line: str, proxies: int) -> None:
    configure(small, line)
    assert small.settings().proxies == proxies


def test_a_broken_config_file_keeps_the_application_from_nothing_but_keeping(
    small: SmallCatalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that “flask catalog check” can say what is wrong with it."""
    configure(small, "database: nonsense")
    monkeypatch.setenv("DIRECTORY_CONFIG", str(small.config))
    made = app_module.create_app()
    assert made.config["SQLALCHEMY_DATABASE_URI"] == NOWHERE
    result = made.test_cli_runner().invoke(args=["catalog", "check"])
    assert result.exit_code == 1
    assert "database: must begin with" in result.output
