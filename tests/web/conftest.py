"""The real application as a browser meets it: a server on a free port, and Chromium."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from bench.browser import ARGUMENTS, CHROMIUM
from catalog.model import Catalog
from directory import DirectoryKeeper
from inquiries.limits import limiter
from tests.support.browser_pages import Seen, look_at_all


@dataclass(frozen=True, slots=True)
class Site:
    """A running site: join `address` and a path."""

    address: str

    def at(self, path: str) -> str:
        return self.address + path


@pytest.fixture(scope="session")
def catalog(app: Flask) -> Catalog:
    keeper: DirectoryKeeper = app.extensions["directory"]
    return keeper.current.catalog


@pytest.fixture(scope="session")
def live(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The application on a port of its own, answering several requests at once; what it is sent is kept in a file."""
    keeper: DirectoryKeeper = app.extensions["directory"]
    file: Path = tmp_path_factory.mktemp("inquiries") / "directory.db"
    served = create_app(replace(keeper.settings(), database=f"sqlite:///{file}"))
    assert served.test_cli_runner().invoke(args=["db", "upgrade"]).exit_code == 0
    server = make_server("127.0.0.1", 0, served, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium. Set CHROMIUM to its path where it is not found; without it these tests are skipped, and say so."""
    if not CHROMIUM:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture
def nobody_wrote(app: Flask) -> None:
    """Nobody has sent a form lately."""
    with app.app_context():
        limiter.reset()


@pytest.fixture
def page(browser: Browser, live: Site, nobody_wrote: None) -> Iterator[Page]:
    """An empty tab of a phone's width, with nothing kept from other tests. Relative addresses are those of the site."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=live.address)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def seen(app: Flask, browser: Browser, live: Site) -> list[Seen]:
    """Every kind of page in both languages, as the browser saw it."""
    with app.app_context():
        limiter.reset()
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=live.address)
    pages = look_at_all(context)
    context.close()
    return pages
