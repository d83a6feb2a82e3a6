"""The list that a family keeps: in the browser, as a link, on paper."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from catalog.model import Catalog
from web.shared.privacy import number_of

KEYS = "ct-birth-to-three,ct-wic"


def test_link_carries_the_list(client: FlaskClient, catalog: Catalog) -> None:
    page = client.get(f"/list?s={KEYS}").text
    for key in KEYS.split(","):
        service = catalog.resolve(key)
        assert service is not None
        assert f"/services/{service.id}" in page


def test_sensitive_service_stands_in_the_link_by_number_only(client: FlaskClient, catalog: Catalog) -> None:
    service = next(one for one in catalog.services.values() if "domestic-violence" in one.needs and one.is_listed)
    page = client.get(f"/list?s={number_of(service.id)}").text
    assert service.name.split("(", maxsplit=1)[0] in page.replace("&#39;", "'").replace("&amp;", "&")
    assert f"s={service.id}" not in page
    assert f"/services/{service.id}" not in page


def test_what_is_no_longer_listed_is_counted(client: FlaskClient) -> None:
    assert "2 more are no longer listed." in client.get("/list?s=ct-birth-to-three,gone-one,gone-two").text
    assert "Nothing on this list" in client.get("/list?s=gone-one").text


@pytest.mark.parametrize("junk", [",,,", "a" * 5000, "<script>", "%00", "../../etc/passwd", ",".join("x" * 3000)])
def test_junk_in_the_link_is_no_error(client: FlaskClient, junk: str) -> None:
    for path in ("/list", "/list/handout", "/es/list"):
        answer = client.get(path, query_string={"s": junk})
        assert answer.status_code == 200
        assert "<script>" not in answer.text


def test_part_of_the_list_is_never_kept(client: FlaskClient) -> None:
    answer = client.post("/list", data={"s": KEYS})
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<html" not in answer.text


def test_handout_has_a_number_a_first_step_a_code_and_lines_for_notes(client: FlaskClient) -> None:
    page = client.get(f"/es/list/handout?s={KEYS}").text
    assert page.count('class="qr"') == 2
    assert "Primer paso" in page
    assert 'class="call" href="tel:' in page
    assert "Qué me dijeron" in page


def test_list_lives_in_the_browser(page: Page) -> None:
    page.goto("/services/ct-birth-to-three")
    page.locator("[data-keep]").first.click()
    page.goto("/list")
    page.locator(".card").wait_for()
    assert page.locator(".card").count() == 1
    assert page.locator("nav [data-list-count]").text_content() == " (1)"
    assert page.context.cookies() == []
    page.locator("[data-clear]").click()
    page.get_by_text("Your list is empty").wait_for()


def test_shared_list_can_be_taken_over(page: Page) -> None:
    page.goto(f"/list?s={KEYS}")
    page.locator("[data-keep-all]").click()
    page.wait_for_url("**/list")
    page.locator(".card").nth(1).wait_for()
    assert page.locator(".card").count() == 2


def test_exit_leaves_at_once_and_stays_out_of_the_way_back(page: Page) -> None:
    page.route("https://www.weather.gov/**", lambda route: route.fulfill(body="weather"))
    page.goto("/")
    page.locator("select, input[name=q]").first.fill("my husband hits me")
    page.keyboard.press("Enter")
    page.locator("[data-exit]").wait_for()
    page.wait_for_load_state("load")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("https://www.weather.gov/")
    page.go_back()
    assert "husband" not in page.content()
