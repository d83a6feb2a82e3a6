"""The page of one service: complete and readable for every service, careful with those that may put someone at risk."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page

from app import create_app
from catalog.ages import Duration
from catalog.model import AgeRule, Alternative, Catalog, Location, PartialDate, Phone, Service, Terms
from matching.audience import criteria_of, merge_ways
from tests.support.small_catalog import small_catalog
from web.service.details import details_of, first_way, hours_of, partial_date_text, spot_of
from web.service.schema_org import structured
from web.service.sharing import Reminder, calendar_file, fold_line, mail_address, next_working_day, text_address
from web.shared.privacy import is_sensitive, needs_exit, service_key

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
MARKUP = "</script><script>run()</script><b class='x'>\"&"


class Reader(HTMLParser):
    """The visible text of a page, the elements in it, and what stands in its script elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.lasttag == "script" and self.scripts:
            self.scripts[-1] += data
        else:
            self.text.append(data)

    def hrefs(self) -> list[str]:
        return [attributes.get("href") or "" for tag, attributes in self.tags if tag == "a"]


def listed(catalog: Catalog) -> list[Service]:
    return [one for one in catalog.services.values() if one.is_listed]


def some(catalog: Catalog, fits: Any) -> Service:
    """The first listed service for which something holds."""
    return next(one for one in listed(catalog) if fits(one))


Pages = dict[tuple[str, str], str]


@pytest.fixture(scope="module")
def pages(app: Flask, catalog: Catalog) -> Pages:
    """The page of every listed service, by the beginning of its address (English or Spanish) and its id."""
    client = app.test_client()
    found = {}
    for prefix in ("", "/es"):
        for service in listed(catalog):
            answer = client.get(f"{prefix}/services/{service_key(service, catalog)}")
            assert answer.status_code == 200, service.id
            found[prefix, service.id] = answer.get_data(as_text=True)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("prefix", ["", "/es"])
def test_every_service_has_a_page_without_holes(pages: Pages, catalog: Catalog, prefix: str) -> None:
    for service in listed(catalog):
        html = pages[prefix, service.id]
        text = " ".join(Reader(html).text)
        assert not re.search(r"\bNone\b|\{\}|\[\]|Undefined|%\(|\{\w+\}", text), service.id
        assert len(html) < 60_000, service.id
        spanish = service.translations["es"].name if prefix else None
        assert (spanish or service.name) in text, service.id


@pytest.mark.slow
def test_each_way_to_reach_a_service_is_on_its_page(pages: Pages, catalog: Catalog) -> None:
    for service in listed(catalog):
        hrefs = Reader(pages["", service.id]).hrefs()
        for phone in service.phones:
            digits = phone.e164 or phone.number
            assert any(href.partition(";")[0] in (f"tel:{digits}", f"sms:{digits}") for href in hrefs), service.id
        assert {*service.urls, *(f"mailto:{email}" for email in service.emails)} <= {*hrefs}, service.id
        assert {source.url for source in service.sources} <= {*hrefs}, service.id


def test_extensions_are_dialled_and_short_codes_for_texts_are_not_called(app: Flask) -> None:
    macro = app.jinja_env.get_template("parts/services.html").module
    phones = {
        "tel:+18602475329;ext=3100": Phone("860-247-5329", "+18602475329", extension="3100"),
        "tel:211": Phone("211", None),
        "sms:741741": Phone("741741", None),
    }
    with app.test_request_context("/"):
        assert {href: str(macro.dial(phone)) for href, phone in phones.items()} == {href: href for href in phones}  # type: ignore[attr-defined]


def test_confidential_service_shows_no_street_anywhere(catalog: Catalog) -> None:
    service = some(catalog, lambda one: one.confidential)
    place = Location("12 Hidden Street", "Hartford", "CT", "06103")
    spot = spot_of(place, service)
    assert (spot.street, spot.city, spot.map) == (None, "Hartford, CT", None)
    assert structured(replace(service, locations=(place,)), catalog, "https://example.org/") is None


@pytest.mark.slow
def test_page_of_every_confidential_service_says_that_its_place_is_secret(pages: Pages, catalog: Catalog) -> None:
    hidden = [one for one in listed(catalog) if one.confidential]
    assert hidden
    for service in hidden:
        html = pages["", service.id]
        assert "kept secret" in html
        assert "openstreetmap" not in html
        assert not any(one.street and one.street in html for one in service.locations)


@pytest.mark.slow
def test_street_leads_to_a_map_that_learns_no_referrer(pages: Pages, catalog: Catalog) -> None:
    service = some(catalog, lambda one: not needs_exit(one) and any(place.street for place in one.locations))
    links = [
        attributes
        for tag, attributes in Reader(pages["", service.id]).tags
        if tag == "a" and (attributes.get("href") or "").startswith("https://www.openstreetmap.org/search?query=")
    ]
    assert links
    assert {one["rel"] for one in links} == {"noreferrer"}


@pytest.mark.slow
def test_discreet_page_offers_the_link_alone(pages: Pages, catalog: Catalog) -> None:
    for service in (one for one in listed(catalog) if needs_exit(one)):
        html = pages["", service.id]
        main = html[html.index("<main") :]
        assert "data-copy" in main
        assert not re.search(r"mailto:\?|sms:\?|reminder\.ics|data-keep|class=\"qr\"", main), service.id
        head = html[: html.index("</head>")]
        assert service.name not in head and "Information for families" in head
        assert not re.search(rf"services/{service.id}[/\"?]", main), service.id


@pytest.mark.slow
def test_what_is_sent_of_a_sensitive_service_has_no_name(client: FlaskClient, pages: Pages, catalog: Catalog) -> None:
    for service in (one for one in listed(catalog) if is_sensitive(one, catalog)):
        sent = [href for href in Reader(pages["", service.id]).hrefs() if href.startswith(("mailto:?", "sms:?"))]
        assert not any(mail_address(service.name, "").split("=")[1].split("&")[0] in href for href in sent), service.id
        reminder = client.get(f"/services/{service_key(service, catalog)}/reminder.ics").get_data(as_text=True)
        unfolded = reminder.replace("\r\n ", "")
        assert "SUMMARY:A call to make\r\n" in unfolded
        assert "URL:" not in unfolded and "DESCRIPTION:A call to make" in unfolded
        assert unfolded.count("DESCRIPTION") == 1


@pytest.mark.slow
def test_structured_data_is_on_the_page_and_can_be_read(pages: Pages, catalog: Catalog) -> None:
    for service in listed(catalog):
        scripts = Reader(pages["", service.id]).scripts
        blocks = [json.loads(text) for text in scripts if text.strip()]
        if service.confidential or is_sensitive(service, catalog):
            assert blocks == [], service.id
            continue
        (data,) = blocks
        assert data["name"] == service.name
        assert data["url"].endswith(f"/services/{service.id}")
        assert data["@type"] in ("Service", "GovernmentService", "CreativeWork")
        assert "null" not in json.dumps(data)


def test_structured_data_gives_ages_area_and_telephone(catalog: Catalog) -> None:
    wic = structured(catalog.services["ct-wic"], catalog, "https://example.org/services/ct-wic")
    assert wic is not None
    assert wic["@type"] == "GovernmentService"
    assert {"@type": "PeopleAudience", "suggestedMaxAge": 4} in wic["audience"]
    assert wic["provider"]["telephone"] == [phone.e164 for phone in catalog.services["ct-wic"].phones]


def test_texts_of_the_catalog_stay_text(tmp_path: Path) -> None:
    small = small_catalog(tmp_path)
    written = json.dumps(MARKUP)
    for old in (
        "name: Food Pantry",
        "alert: There may be a line on Fridays.",
        "summary: Get a bag of food once a week. You can come with your kids.",
        "description: You can get milk, eggs and bread too.",
        "text: Call and ask when you can come.",
        "hours: Most weekdays",
        "cost_note: A gift is fine.",
    ):
        small.change("community/food-bank.yaml", old, f"{old.partition(':')[0]}: {written}")
    small.change("community/food-bank.yaml", "[A piece of mail]", f"[{written}]")
    small.change("community/food-bank.yaml", "[A ramp]", f"[{written}]")
    small.change("community/food-bank.yaml", "name: Despensa", f"name: {written}")
    client = create_app(small.settings()).test_client()
    for prefix in ("", "/es"):
        reader = Reader(client.get(f"{prefix}/services/food-pantry").get_data(as_text=True))
        assert [tag for tag, _ in reader.tags].count("script") == 2
        assert json.loads(reader.scripts[1])["name"] == MARKUP
        assert not any(attributes.get("class") == "x" for _, attributes in reader.tags)
        assert MARKUP in " ".join(reader.text)
    reminder = client.get("/services/food-pantry/reminder.ics").get_data(as_text=True)
    assert len([line for line in reminder.split("\r\n") if line.startswith("SUMMARY:")]) == 1


def test_old_id_leads_to_the_new_address_for_good(client: FlaskClient, catalog: Catalog) -> None:
    for service in (one for one in listed(catalog) if one.former_ids):
        answer = client.get(f"/es/services/{service.former_ids[0]}")
        assert answer.status_code == 301
        assert answer.headers["Location"] == f"/es/services/{service_key(service, catalog)}"


def test_service_that_left_the_catalog_is_gone_and_others_are_offered(client: FlaskClient, catalog: Catalog) -> None:
    gone = [one for one in catalog.services.values() if not one.is_listed]
    assert gone
    for service in gone:
        for prefix, title in (("", "no longer listed"), ("/es", "ya no está en el directorio")):
            answer = client.get(f"{prefix}/services/{service_key(service, catalog)}")
            reader = Reader(answer.get_data(as_text=True))
            assert answer.status_code == 410
            assert title in " ".join(reader.text)
            assert "tel:211" in reader.hrefs()
            assert any(href.startswith(f"{prefix}/services/") for href in reader.hrefs())
        assert client.get(f"/services/{service_key(service, catalog)}/reminder.ics").status_code == 404


def test_unknown_address_is_not_found_and_its_words_are_looked_for(client: FlaskClient) -> None:
    answer = client.get("/services/food-pantry-hartford")
    hrefs = Reader(answer.get_data(as_text=True)).hrefs()
    assert answer.status_code == 404
    assert any(href.startswith("/services/") for href in hrefs)
    assert client.get("/services/123456789012").status_code == 404
    assert client.get("/services/%3Cscript%3E").status_code == 404


def test_unknown_address_with_sensitive_words_is_not_kept(client: FlaskClient) -> None:
    answer = client.get("/services/domestic-violence-shelter-hartford")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Information for families" in answer.get_data(as_text=True)


@pytest.mark.slow
def test_mistake_can_be_reported_under_an_address_that_gives_nothing_away(pages: Pages, catalog: Catalog) -> None:
    for service in listed(catalog):
        address = f"/es/services/{service_key(service, catalog)}/report"
        assert address in Reader(pages["/es", service.id]).hrefs(), service.id


# ---- Calendar, e-mail and text message


def test_calendar_file_has_crlf_short_lines_and_all_it_needs(client: FlaskClient, catalog: Catalog) -> None:
    for service in listed(catalog)[::7]:
        answer = client.get(f"/es/services/{service_key(service, catalog)}/reminder.ics")
        assert answer.mimetype == "text/calendar"
        body = answer.get_data()
        assert body.endswith(b"END:VCALENDAR\r\n")
        assert b"\n" not in body.replace(b"\r\n", b"")
        assert max(len(line) for line in body.split(b"\r\n")) <= 75
        lines = body.decode().replace("\r\n ", "").split("\r\n")
        names = [re.split("[:;]", line)[0] for line in lines]
        assert all(names.count(name) == 1 for name in ("UID", "DTSTAMP", "DTSTART", "VERSION", "PRODID"))
        assert [name for name in names if name == "BEGIN"] == ["BEGIN"] * 3


def test_calendar_texts_are_escaped() -> None:
    reminder = Reminder("a", "example.org", date(2026, 11, 22), date(2026, 11, 23), "Call A; B, C\\D\nEND:VEVENT")
    assert "SUMMARY:Call A\\; B\\, C\\\\D\\nEND:VEVENT\r\n" in calendar_file(reminder)
    assert "DTSTART:20261123T100000\r\n" in calendar_file(reminder)


def test_long_line_is_folded_between_characters() -> None:
    line = "SUMMARY:" + "ñandú 😀 " * 30
    folded = fold_line(line)
    assert all(len(part.encode()) <= 75 for part in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == line


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 23), date(2026, 11, 24)),  # Monday
        (date(2026, 11, 20), date(2026, 11, 23)),  # Friday
        (date(2026, 11, 25), date(2026, 11, 27)),  # the day before Thanksgiving
        (date(2026, 12, 24), date(2026, 12, 28)),  # Christmas is a Friday
    ],
)
def test_reminder_is_for_a_day_on_which_offices_are_open(today: date, expected: date) -> None:
    assert next_working_day(today) == expected


def test_letters_and_messages_keep_every_character() -> None:
    assert mail_address("A & B", "x=1\né") == "mailto:?subject=A%20%26%20B&body=x%3D1%0A%C3%A9"
    assert text_address("A & B") == "sms:?&body=A%20%26%20B"


# ---- Who it is for, hours, dates, first way


def test_ways_that_differ_in_one_list_are_told_as_one() -> None:
    def way(*terms: str) -> tuple[tuple[str, Terms], ...]:
        return tuple(("circumstances", Terms((term,))) for term in terms)

    merged = merge_ways(
        [way("pregnant", "snap"), way("nursing", "snap"), way("pregnant", "tfa"), way("nursing", "tfa")]
    )
    assert [{frozenset(terms.ids) for _, terms in one if isinstance(terms, Terms)} for one in merged] == [
        {frozenset({"pregnant", "nursing"}), frozenset({"snap", "tfa"})}
    ]


def test_what_all_ways_share_is_said_once(catalog: Catalog) -> None:
    wic = criteria_of(catalog.services["ct-wic"], catalog, "en")
    assert wic.everyone == ("For people who live in Connecticut.",)
    assert [way.sentences[0] for way in wic.ways] == [
        "For children under 5.",
        "For: pregnant people; or parents who breastfeed; or parents of a new baby.",
    ]
    assert all(len(way.one_of) == 3 for way in wic.ways)
    assert wic.states_age


def test_way_that_asks_for_nothing_more_does_not_hide_the_others(catalog: Catalog) -> None:
    service = replace(
        catalog.services["ct-wic"],
        eligibility=(
            Alternative("", age=AgeRule(under=Duration(5)), conditions=Terms(("autism",))),
            Alternative("", conditions=Terms(("autism",))),
        ),
    )
    told = criteria_of(service, catalog, "en")
    assert told.everyone == ()
    assert [way.sentences for way in told.ways] == [("For children under 5.", "For: autism."), ("For: autism.",)]


def test_income_limit_is_said_in_dollars_for_a_family_of_four(catalog: Catalog) -> None:
    guideline = catalog.thresholds.poverty[0]
    dollars = f"${guideline.for_household(4) * 1.85:,.0f}"
    sentences = [
        text for way in criteria_of(catalog.services["ct-wic"], catalog, "es").ways for text in sum(way.one_of, ())
    ]
    assert f"En {guideline.year} eso es hasta {dollars} al año para una familia de 4." in sentences


def test_every_rule_has_a_sentence_in_both_languages(catalog: Catalog) -> None:
    for service in listed(catalog):
        english, spanish = (criteria_of(service, catalog, language) for language in ("en", "es"))
        assert bool(english.everyone or english.ways) == bool(service.eligibility)
        assert len(english.ways) == len(spanish.ways), service.id


@pytest.mark.parametrize(
    ("day", "english", "spanish"),
    [
        (PartialDate("2025", date(2025, 1, 1), date(2025, 12, 31)), "2025", "2025"),
        (PartialDate("2025-03", date(2025, 3, 1), date(2025, 3, 31)), "March 2025", "marzo de 2025"),
        (PartialDate("2025-03-09", date(2025, 3, 9), date(2025, 3, 9)), "9 March 2025", "9 de marzo de 2025"),
    ],
)
def test_date_of_a_check_is_as_exact_as_it_is_known(day: PartialDate, english: str, spanish: str) -> None:
    assert (partial_date_text(day, "en"), partial_date_text(day, "es")) == (english, spanish)


def test_open_office_asks_to_call_first_and_a_line_at_all_hours_does_not(catalog: Catalog) -> None:
    office = some(catalog, lambda one: one.schedules and one.schedules[0].closes == 1020 and not one.schedules[0].label)
    line = some(catalog, lambda one: one.schedules and one.schedules[0].closes == 1440 and not one.schedules[0].label)
    assert hours_of(office, "en", NOW).now == "Open now, until 5 pm."
    assert hours_of(office, "en", NOW).may_change
    assert hours_of(line, "es", NOW).now == "Abierto de día y de noche."
    assert not hours_of(line, "es", NOW).may_change


def test_hours_of_the_page_are_shown_in_english_and_weekly_hours_before_them_in_spanish(catalog: Catalog) -> None:
    service = some(catalog, lambda one: one.schedules and one.hours)
    assert [line.lang for line in hours_of(service, "en", NOW).lines] == ["en"]
    spanish = hours_of(service, "es", NOW).lines
    assert [line.lang for line in spanish] == ["es"] * (len(spanish) - 1) + ["en"]


def test_first_way_is_the_telephone_else_what_the_next_step_says(catalog: Catalog) -> None:
    for service in listed(catalog):
        way = first_way(service)
        assert (way == "phone") == bool(service.phones), service.id
        assert way != "website" or service.urls, service.id
        assert way != "email" or service.emails, service.id


def test_other_services_are_named_once_and_only_those_that_are_listed(catalog: Catalog) -> None:
    for service in listed(catalog):
        relations = details_of(service, catalog, "en", NOW).relations
        ids = [other.service.id for relation in relations for other in relation.services]
        assert len(ids) == len(set(ids)), service.id
        assert all(catalog.services[other].is_listed for other in ids)
        assert service.id not in ids


# ---- In the browser


def test_phone_number_is_in_sight_and_nothing_complains(page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto("/services/ct-wic")
    button = page.locator(".start .big").bounding_box()
    assert button is not None and button["y"] + button["height"] <= 844
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert complaints == []


def test_link_is_copied_with_the_button(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/es/services/ct-wic")
    page.get_by_role("button", name="Copiar el enlace").click()
    page.get_by_text("Copiado").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
