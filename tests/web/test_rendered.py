"""Parts that are rendered once: right for each language, day, catalog and place on a host; the same for everyone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalog.model import Catalog
from web.shared.service_card import card_of

TODAY = date(2026, 11, 22)
WIC = "ct-wic"


def test_copy_is_kept_for_a_day_and_a_language(catalog: Catalog) -> None:
    service = catalog.services[WIC]
    kept = card_of(service, catalog, "en", TODAY)
    assert card_of(service, catalog, "en", TODAY) is kept
    assert card_of(service, catalog, "es", TODAY) is not kept
    assert card_of(service, catalog, "en", TODAY + timedelta(1)) is not kept


@pytest.mark.parametrize("part", ["service", "organization"])
def test_copy_is_made_anew_when_what_it_shows_has_changed(catalog: Catalog, part: str) -> None:
    service = catalog.services[WIC]
    card_of(service, catalog, "en", TODAY)
    if part == "service":
        service = replace(service, summary="Another summary.")
        assert card_of(service, catalog, "en", TODAY).summary.text == "Another summary."
    else:
        organization = replace(catalog.organizations[service.organization_id], name="Another name")
        organizations = MappingProxyType({**catalog.organizations, organization.id: organization})
        changed = replace(catalog, organizations=organizations)
        assert card_of(service, changed, "en", TODAY).organization.name == "Another name"


def test_cards_are_in_the_language_of_each_page(client: FlaskClient) -> None:
    path = f"/list?s={WIC}"
    english, spanish = client.get(path).text, client.get(f"/es{path}").text
    assert client.get(path).text == english
    assert f'href="/services/{WIC}"' in english
    assert f'href="/es/services/{WIC}"' in spanish
    assert f'href="/services/{WIC}"' not in spanish


def test_page_says_where_one_is_whatever_page_was_asked_for_before(client: FlaskClient) -> None:
    for path, label in (("/", "Search"), ("/pathway", "By birth month"), ("/", "Search"), ("/es/pathway", "Por mes")):
        page = client.get(path).text
        assert page.count('aria-current="page"') == 1
        assert label in page.split('aria-current="page">')[1][:20]


def test_links_begin_with_the_place_on_the_host(app: Flask, client: FlaskClient) -> None:
    client.get(f"/list?s={WIC}")
    below = app.test_client().get(f"/list?s={WIC}", environ_overrides={"SCRIPT_NAME": "/help"}).text
    assert f'href="/help/services/{WIC}"' in below
    assert 'href="/services' not in below
    assert 'href="/help/static/directory.css' in below
    assert 'href="/help/contact"' in below


def test_what_is_rendered_once_tells_nothing_of_the_one_who_asked_before(client: FlaskClient) -> None:
    plain = client.get("/search?q=wic").text
    assert "serves hartford" in client.get("/search?q=wic&town=Hartford&age=3").text.lower()
    assert "serves meriden" in client.get("/search?q=wic&town=Meriden&age=2").text.lower()
    assert client.get("/search?q=wic").text == plain
    assert 'class="fit"' not in plain
