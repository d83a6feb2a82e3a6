"""WCAG 2.2 AA: axe on every kind of page, in both languages, at two widths, light and dark; no sideways scroll."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.web.conftest import Site
from tests.web.visits import VISITS, Visit

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LANGUAGES = ("", "/es")
NARROWEST = 320


@pytest.fixture(scope="module", params=[(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")], ids=str)
def tab(request: pytest.FixtureRequest, browser: Browser, live: Site) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, base_url=live.address, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", LANGUAGES, ids=["en", "es"])
@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.name)
def test_axe_finds_nothing(tab: Page, visit: Visit, language: str) -> None:
    visit.go(tab, language)
    found = Axe().run(tab, options=RULES).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("language", LANGUAGES, ids=["en", "es"])
@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.name)
def test_nothing_scrolls_sideways_on_the_narrowest_screen(page: Page, visit: Visit, language: str) -> None:
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    visit.go(page, language)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST
