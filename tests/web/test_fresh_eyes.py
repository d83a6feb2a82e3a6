"""Found by using the pages as families, as someone in danger, and as an attacker do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page

from app import create_app
from catalog.places import Place, Reach
from catalog.reading.problems import CatalogError
from context import today
from directory import Directory, DirectoryKeeper, ServiceQuery
from matching.facts import Facts, with_residence
from matching.request import MatchRequest, WantedNeed
from settings import load_settings
from web.search.fit import fits_in
from web.service.schema_org import structured
from web.shared.crisis_lines import FIRST_MATCHES, first_help
from web.shared.service_card import card_of

# What the first number to call must be. A mistake here costs more than anywhere else.
IN_DANGER = (
    ("i want to die", "988"),
    ("kill myself", "988"),
    ("i dont want to live anymore", "988"),
    ("my son wants to kill himself", "988"),
    ("my daughter says she wants to die", "988"),
    ("quiero morirme", "988"),
    ("my husband hits me", "888-774-2900"),
    ("he checks my phone", "888-774-2900"),
    ("mi esposo me pega", "888-774-2900"),
    ("my boyfriend hits me", "888-774-2900"),
    ("my dad hits me", "800-842-2288"),
    ("i was raped", "888-999-5545"),
)


@pytest.mark.parametrize("prefix", ["", "/es"])
@pytest.mark.parametrize(("words", "number"), IN_DANGER)
def test_in_danger_the_hotline_comes_first(client: FlaskClient, words: str, number: str, prefix: str) -> None:
    answer = client.post(f"{prefix}/search", data={"q": words})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    main = answer.text.split("<main", 1)[1]
    first = main.split('class="phones', 1)[1].split("</ul>", 1)[0]
    assert number in first


def test_hotlines_of_other_needs_do_not_come_between(app: Flask) -> None:
    keeper: DirectoryKeeper = app.extensions["directory"]
    served: Directory = keeper.current
    wanted = tuple(WantedNeed(served.catalog.needs[one]) for one in ("immigration", "food", "domestic-violence"))
    found = first_help(MatchRequest(today(), Facts(), wanted, FIRST_MATCHES), served.table)
    assert found is not None
    assert found.hotlines[0].service.id == "ct-safe-connect"
    assert all("domestic-violence" in one.service.needs for one in found.hotlines)


@pytest.mark.parametrize("words", ["diapers", "speech therapy", "no food for tomorrow", "kill lice"])
def test_without_danger_nothing_is_shouted(client: FlaskClient, words: str) -> None:
    assert "You are not alone" not in client.post("/search", data={"q": words}, follow_redirects=True).text


@pytest.mark.parametrize("words", ["my parents kicked me out", "i ran away", "scared to go home"])
def test_page_for_a_need_that_may_be_dangerous_is_discreet(client: FlaskClient, words: str) -> None:
    page = client.post("/search", data={"q": words}).text
    assert "<title>Information for families</title>" in page
    assert "data-exit" in page


@pytest.mark.parametrize(
    "query", ["endpoint=x", "_external=1&_scheme=javascript", "_anchor=x", "_method=POST", "self=1&key=2", "q=%ff&q=a"]
)
@pytest.mark.parametrize("page", ["/", "/search", "/services/ct-wic", "/es/towns/meriden"])
def test_address_gives_no_orders_to_its_own_links(client: FlaskClient, page: str, query: str) -> None:
    answer = client.get(f"{page}?{query}")
    assert answer.status_code == 200
    other = answer.text.split('<div class="tongue"><a href="', 1)[1].split('"', 1)[0]
    assert other.startswith("/")
    assert client.get(other.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize("town", ["Meriden", "New Haven", "Union"])
def test_serves_a_town_is_said_only_of_what_comes_to_it(app: Flask, town: str) -> None:
    keeper: DirectoryKeeper = app.extensions["directory"]
    served: Directory = keeper.current
    rows = [row for row, one in enumerate(served.table.services) if one.is_listed]
    services = [served.table.services[row] for row in rows]
    place = Place(town=town)
    with app.test_request_context("/"):
        fits = fits_in(served.table.judge(with_residence(Facts(place=place))), rows, served.table, "en")
    said = {one.id: fit.met for one, fit in zip(services, fits, strict=True)}
    for one in services:
        if f"serves {town}" in said[one.id]:
            areas = [one.service_area] if one.service_area else [way.residence for way in one.eligibility]
            assert Reach.YES in [served.catalog.places.covers(area, place) for area in areas if area], one.id
            assert one.service_area or any(area.whole != "any" for area in areas if area), one.id
    assert said["bradley-airport-sunflower"] == ("open to families from anywhere",)


def test_program_whose_area_leaves_a_town_out_does_not_serve_it(app: Flask) -> None:
    keeper: DirectoryKeeper = app.extensions["directory"]
    facts = with_residence(Facts(place=Place(town="New Haven")))
    found = keeper.current.find(ServiceQuery(on=today(), text="wic", facts=facts)).found
    serves = {one.service.id: one.serves_town for one in found}
    assert "wic-bristol-hospital" not in serves
    assert serves.get("wic-meriden") is not True
    assert serves["ct-wic"] is True


@pytest.fixture(scope="module")
def public(app: Flask) -> FlaskClient:
    """A client of a site that is known as https://help.example.org."""
    keeper: DirectoryKeeper = app.extensions["directory"]
    return create_app(replace(keeper.settings(), public_url="https://help.example.org", proxies=1)).test_client()


@pytest.mark.slow
@pytest.mark.parametrize("headers", [{}, {"Host": "evil.example"}, {"X-Forwarded-Proto": "http"}])
@pytest.mark.parametrize(
    "address", ["/services/ct-wic", "/services/ct-wic/reminder.ics", "/list?s=ct-wic", "/list/handout?s=ct-wic"]
)
def test_links_that_leave_the_site_begin_with_its_public_address(
    public: FlaskClient, address: str, headers: dict[str, str]
) -> None:
    answer = public.get(address, headers=headers)
    assert answer.status_code == 200
    assert "evil.example" not in answer.text
    if "handout" not in address:
        assert "https://help.example.org/" in answer.text
    assert "max-age=" in answer.headers["Strict-Transport-Security"]


def test_redirect_keeps_to_the_public_address(public: FlaskClient) -> None:
    assert public.get("/es", headers={"Host": "evil.example"}).headers["Location"] == "https://help.example.org/es/"


def test_form_of_the_public_address_is_taken(public: FlaskClient) -> None:
    for origin, status in (("https://help.example.org", 303), ("https://evil.example", 403)):
        answer = public.post("/search", data={"q": "food"}, headers={"Origin": origin, "Host": "evil.example"})
        assert answer.status_code == status


@pytest.mark.parametrize("url", ["help.example.org", "https://help.example.org/", "ftp://a.example", "https://a b", ""])
def test_wrong_public_address_is_named(tmp_path: Path, url: str) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(f'public_url: "{url}"\n', encoding="utf-8")
    with pytest.raises(CatalogError) as error:
        load_settings({"DIRECTORY_CONFIG": str(file)})
    assert "public_url" in str(error.value.problems[0])


def test_search_sent_by_a_form_goes_on_in_the_other_language(client: FlaskClient) -> None:
    page = client.post("/search", data={"q": "suicide", "town": "Meriden"}).text
    form = page.split('<div class="tongue">', 1)[1].split("</div>", 1)[0]
    assert 'action="/es/search"' in form
    assert 'name="q" value="suicide"' in form
    assert 'name="town" value="Meriden"' in form
    found = client.get("/search?q=respite").text.split('<div class="tongue">', 1)[1]
    assert found.lstrip().startswith('<a href="/es/search?q=respite"')


def test_after_leaving_the_way_back_is_closed(page: Page) -> None:
    page.route("https://www.weather.gov/**", lambda route: route.fulfill(body="weather"))
    page.goto("/")
    page.locator("#q").fill("my husband hits me")
    page.keyboard.press("Enter")
    page.locator("ol.cards a").first.click()
    page.locator(".start").wait_for()
    page.locator("#exit").click()
    page.wait_for_url("https://www.weather.gov/")
    page.evaluate("history.back()")
    page.wait_for_timeout(1500)
    page.wait_for_url("https://www.weather.gov/")
    page.goto("/hotlines")
    page.goto("/")
    page.go_back()
    assert page.url.endswith("/hotlines")


def test_form_with_mistakes_shuts_nobody_out(page: Page) -> None:
    for _ in range(12):
        assert page.request.post("/contact", form={"name": "Ana"}).status == 422
    taken = [page.request.post("/services/ct-wic/report", form={"text": "It moved."}) for _ in range(21)]
    assert [one.status for one in taken[:20]] == [200] * 20
    assert taken[20].status == 429
    assert "Please wait 60 minutes" in taken[20].text()
    again = page.request.post("/services/ct-wic/report", form={"text": ""})
    assert again.status == 429


@pytest.mark.parametrize(
    ("service", "ages"),
    [
        ("ct-snap", ()),
        ("wic-meriden", ("children under 5", "people who qualify in another way")),
        ("eastconn-special-education", ("ages 18 through 21", "people who qualify in another way")),
    ],
)
def test_ages_of_one_way_are_not_told_as_those_of_all(app: Flask, service: str, ages: tuple[str, ...]) -> None:
    keeper: DirectoryKeeper = app.extensions["directory"]
    catalog = keeper.current.catalog
    assert card_of(catalog.services[service], catalog, "en", today()).ages == ages


def test_age_of_someone_in_the_household_is_no_audience(app: Flask) -> None:
    keeper: DirectoryKeeper = app.extensions["directory"]
    catalog = keeper.current.catalog
    snap = structured(catalog.services["ct-snap"], catalog, "https://example.org/services/ct-snap")
    assert snap is not None
    assert "audience" not in snap
