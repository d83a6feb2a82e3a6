"""Light pages that ask nobody else for anything: bytes, requests, cookies, and what the browser complains about."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, Response

from tests.support.browser_pages import Seen
from tests.web.conftest import Site
from web.shared.assets import STATIC

HTML, ALL, STYLE, SCRIPT = 60_000, 120_000, 25_000, 10_000
QUERIES = (
    "q=respite&town=Meriden&age=6",
    "q=respite+autism&town=Meriden&age=6",
    "q=food&town=Hartford",
    "q=food+pantry",
    "q=diapers&age=1",
    "q=school",
    "q=school&page=2",
    "q=special+education+lawyer",
    "q=IEP&age=9&town=New+Haven",
    "q=counseling&age=15",
    "q=counseling&age=15&town=Waterbury&sort=distance",
    "q=my+son+cannot+sleep",
    "q=speech+therapy&age=18+months",
    "q=summer+camp&age=10",
    "q=help+with+rent&town=Bridgeport",
    "q=wheelchair",
    "q=autism",
    "q=autism&fits=eligible&age=4&town=Stamford",
    "q=transition+to+adult+life&age=17",
    "q=medical+transport&town=Norwich",
    "q=terapia+del+habla&age=3",
    "q=cupones+de+comida&town=06450",
    "town=Meriden",
    "town=Greenwich&age=0",
    "age=3",
    "need=school",
    "need=health&age=8&town=New+Britain",
    "need=mental-health&cost=free",
    "sector=state&page=3",
    "q=the+doctor+said+my+daughter+may+have+a+delay+and+I+do+not+know+whom+to+call+or+what+it+costs",
)


@pytest.mark.parametrize("language", ["", "/es"])
@pytest.mark.parametrize("query", QUERIES)
def test_page_of_results_is_light(client: FlaskClient, query: str, language: str) -> None:
    answer = client.get(f"{language}/search?{query}")
    assert answer.status_code == 200
    assert len(answer.data) <= HTML


def test_there_are_enough_queries_and_they_find_something(client: FlaskClient) -> None:
    assert len(set(QUERIES)) >= 30
    found = [client.get(f"/search?{query}").text.count('<article class="card">') for query in QUERIES]
    assert sum(count == 20 for count in found) >= len(QUERIES) // 2


@pytest.mark.parametrize("query", QUERIES[:3])
def test_page_of_results_and_all_that_it_loads_is_light(page: Page, query: str) -> None:
    """As it comes to a browser that has nothing yet, before any compression."""
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    page.goto(f"/search?{query}", wait_until="networkidle")
    sizes = {answer.url.partition("?")[0].rpartition("/")[2]: len(answer.body()) for answer in answers}
    assert {"search", "directory.css", "directory.js", "mark.svg"} <= set(sizes)
    assert sum(sizes.values()) < ALL


def test_one_stylesheet_and_little_script() -> None:
    assert [path.name for path in STATIC.rglob("*.css")] == ["directory.css"]
    assert (STATIC / "directory.css").stat().st_size <= STYLE
    assert sum(path.stat().st_size for path in STATIC.rglob("*.js")) <= SCRIPT


def test_nothing_is_larger_than_a_page_may_be() -> None:
    """No font, no picture that a family would wait for."""
    assert {path.suffix for path in STATIC.rglob("*") if path.is_file()} <= {".css", ".js", ".svg"}
    assert [path.name for path in STATIC.rglob("*") if path.is_file() and compressed(path) > ALL // 10] == []


def compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))


def test_no_page_asks_another_site_for_anything(seen: list[Seen], live: Site) -> None:
    foreign = {
        (page.name, one) for page in seen for one in page.requests if not one.startswith((live.address, "data:"))
    }
    assert foreign == set()
    assert all(page.requests for page in seen)


def test_no_page_leaves_a_cookie(seen: list[Seen]) -> None:
    assert [(page.name, page.cookies) for page in seen if page.cookies] == []


def test_browser_complains_about_no_page(seen: list[Seen]) -> None:
    """No error of a script, and nothing that the Content Security Policy had to stop."""
    assert [(page.name, page.complaints) for page in seen if page.complaints] == []
