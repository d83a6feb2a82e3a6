"""The site over plain http under a name that is not localhost, as a laptop in an office serves it: own forms work.

Browsers send Sec-Fetch-Site to https and to this machine alone; everywhere else the Origin of a form is all there is.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from bench.browser import ARGUMENTS, CHROMIUM
from tests.support.page_catalog import moved
from tests.web.conftest import Site

HOST = "directory.example"
FOREIGN = "other.example"
FORM = '<form method="post" action="{action}"><input name="q" value="food"><button>Go</button></form>'


@pytest.fixture(scope="module")
def page(browser: Browser, live: Site) -> Iterator[Page]:
    """A tab of a browser to which both names lead to this machine, at the start page under the first name."""
    port = urlsplit(live.address).port
    rules = f"--host-resolver-rules=MAP {HOST} 127.0.0.1, MAP {FOREIGN} 127.0.0.1"
    other = browser.browser_type.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, rules])
    context = other.new_context(base_url=f"http://{HOST}:{port}")
    yield context.new_page()
    other.close()


def test_the_search_box_works(page: Page) -> None:
    page.goto("/")
    box = page.locator('form[role="search"] [name="q"]').first
    box.fill("diapers")
    moved(page, lambda: box.press("Enter"))
    assert urlsplit(page.url).hostname == HOST and "/search" in page.url
    assert page.locator("h1").first.inner_text()
    assert "came from another website" not in page.content()


@pytest.mark.parametrize("address", ["/contact", "/contact/physician", "/contact/far-away", "/pathway"])
def test_a_form_is_taken(page: Page, address: str) -> None:
    """It is sent empty: what comes back is the form with what is missing, not a refusal."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('main form').forEach(form => form.noValidate = true)")
    with page.expect_response(lambda answer: answer.request.method == "POST") as sent:
        page.locator("main form[method=post] button").first.click()
    assert sent.value.status in (200, 303, 422)
    assert "origin" not in sent.value.request.headers or HOST in sent.value.request.headers["origin"]


def test_a_form_of_another_site_is_refused(page: Page) -> None:
    page.goto("/")
    action = page.url + "search"
    page.route(
        f"http://{FOREIGN}/**", lambda route: route.fulfill(body=FORM.format(action=action), content_type="text/html")
    )
    page.goto(f"http://{FOREIGN}/form")
    with page.expect_response(lambda answer: answer.request.method == "POST") as sent:
        page.locator("button").click()
    assert sent.value.status == 403


def test_another_site_does_not_learn_the_address(page: Page) -> None:
    page.goto("/search?q=respite")
    page.route(f"http://{FOREIGN}/**", lambda route: route.fulfill(body="there", content_type="text/html"))
    with page.expect_request(f"http://{FOREIGN}/there") as sent:
        page.evaluate(f"location.href = 'http://{FOREIGN}/there'")
    assert "referer" not in sent.value.headers
