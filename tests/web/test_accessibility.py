"""WCAG 2.2 AA: axe on every kind of page, in both languages, at two widths, light and dark; no sideways scroll."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Page
from werkzeug.routing import MapAdapter

from tests.support.page_catalog import VISITS, Visit

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# axe leaves the size of targets out unless it is asked for.
RULES = {"runOnly": TAGS, "rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
# The rules that look at colours. All others see the same page in either scheme.
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
LANGUAGES = ("", "/es")
WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")
ALL_RULES = ((390, "light"), (1280, "dark"))
NARROWEST = 320
# A file, and a page whose address is known only when a form was sent; among the visits it is.
NO_ADDRESS = {"en.service_reminder", "en.contact_sent"}
UNFOLD = "document.querySelectorAll('details').forEach(one => { one.open = true; })"

every_page = pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.name)
each_language = pytest.mark.parametrize("language", LANGUAGES, ids=["en", "es"])


def wrong(page: Page, rules: dict[str, Any] = RULES) -> list[tuple[str, Any]]:
    """What axe finds on the page as it is: the rules, and where."""
    found = page.evaluate("rules => axe.run(rules)", rules)["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]


@each_language
@every_page
def test_axe_finds_nothing_and_nothing_scrolls_sideways(page: Page, visit: Visit, language: str) -> None:
    """All that is folded is open. One page is looked at in each width and scheme, and then at its narrowest.

    All rules are asked once at each width and once in each scheme; those about colours in all four.
    """
    page.emulate_media(reduced_motion="reduce")
    visit.go(page, language)
    page.evaluate(UNFOLD)
    page.evaluate(AXE_SCRIPT)
    seen = set()
    for width, scheme in product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        seen.add(page.evaluate("[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches].join()"))
        all_rules = (width, scheme) in ALL_RULES
        assert wrong(page, RULES if all_rules else COLOURS) == [], (width, scheme)
    assert seen == {"390,false", "390,true", "1280,false", "1280,true"}
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        ("<img src='/static/mark.svg'>", "image-alt"),
        ("<p>Too pale to read</p>", "color-contrast"),
        ("<p><a href='/1'>.</a><a href='/2'>.</a><a href='/3'>.</a></p>", "target-size"),
        ("<h6>Much too deep</h6>", "heading-order"),
    ],
)
def test_axe_would_find_something(page: Page, broken: str, rule: str) -> None:
    page.goto("/about")
    page.evaluate(AXE_SCRIPT)
    page.evaluate("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", broken)
    page.evaluate("document.querySelector('main').lastElementChild.style.color = '#bbb'")
    assert rule in {name for name, _ in wrong(page)}
    assert (rule in {name for name, _ in wrong(page, COLOURS)}) == (rule == "color-contrast")


def test_every_kind_of_page_is_visited(app: Flask) -> None:
    addresses: MapAdapter = app.url_map.bind("localhost")
    visited = {addresses.match(visit.path.partition("?")[0])[0] for visit in VISITS if visit.status != 404}
    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("en.") and "GET" in (rule.methods or ())
    }
    assert pages - visited == NO_ADDRESS
