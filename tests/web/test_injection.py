"""What stands in the catalog or is typed into a form is text on the page, and nothing of it runs: seen in Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread
from types import MappingProxyType
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from app import create_app
from catalog.model import Catalog, Service, Source, Translation
from directory import Directory
from search.index.whoosh_index import open_index
from settings import load_settings
from tests.support.catalogs import copied_index, real_catalog
from tests.support.payloads import PAYLOADS
from tests.web.conftest import Site

PER_PAGE = 20
FORMS = (
    "/",
    "/search?q=respite",
    "/contact",
    "/contact/physician",
    "/contact/far-away",
    "/services/ct-wic/report",
    "/pathway",
    "/care-coordinator",
)
# What tells the form that is filled from another.
FORM = """() => {
    const form = [...document.querySelectorAll('main form')].at(-1);
    return form && [form.method, new URL(form.action).pathname, ...[...form.elements].map(field => field.name)].join();
}"""
FILL = """payload => {
    const form = [...document.querySelectorAll('main form')].at(-1);
    for (const field of form.querySelectorAll('input, textarea, select')) {
        if (field.tagName === 'SELECT') field.append(new Option(payload, payload, true, true));
        else if (['radio', 'checkbox'].includes(field.type)) { field.value = payload; field.checked = true; }
        else if (field.type !== 'hidden') {
            field.removeAttribute('maxlength'); field.type = 'text'; field.value = payload;
        }
    }
    form.noValidate = true;
    form.submit();
}"""


def poisoned(service: Service, payload: str) -> Service:
    """A service with the text in every field that holds a sentence or a name."""
    return replace(
        service,
        name=payload,
        alternate_names=(payload,),
        summary=payload,
        description=payload,
        next_step=replace(service.next_step, text=payload),
        alert=payload,
        hours=payload,
        cost_note=payload,
        confirm=(payload,),
        required_documents=(payload,),
        accessibility=(payload,),
        phones=tuple(replace(one, label=payload) for one in service.phones),
        locations=tuple(replace(one, name=payload, street=payload) for one in service.locations),
        sources=tuple(Source(one.url, payload) for one in service.sources),
        status="active",
        translations=MappingProxyType({"es": Translation(payload, payload, payload)}),
    )


@pytest.fixture(scope="module")
def poison() -> Catalog:
    """The real catalog, with a payload in every text of one service each."""
    catalog = real_catalog()
    rich = sorted(catalog.services.values(), key=lambda one: (-len(one.locations) - len(one.phones), one.id))
    changed = {one.id: poisoned(one, payload) for one, payload in zip(rich, PAYLOADS, strict=False)}
    organizations = {
        key: replace(one, name=PAYLOADS[number % len(PAYLOADS)], description=PAYLOADS[number % len(PAYLOADS)])
        for number, (key, one) in enumerate(catalog.organizations.items())
    }
    return replace(
        catalog,
        version="poisoned",
        services=MappingProxyType({**catalog.services, **changed}),
        organizations=MappingProxyType(organizations),
    )


@pytest.fixture(scope="module")
def bad_site(poison: Catalog, index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("poisoned")
    app = create_app(replace(load_settings(), index=index, database=f"sqlite:///{folder}/directory.db"))
    app.extensions["directory"]._current = Directory.build(poison, open_index(poison, copied_index(index, folder)))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def watched(browser: Browser, bad_site: Site) -> Iterator[Page]:
    """A tab that fails the test when anything ran, asked, or was stopped by the policy."""
    context = browser.new_context(base_url=bad_site.address)
    page = context.new_page()
    seen: list[str] = []
    page.on("dialog", lambda dialog: seen.append(f"dialog {dialog.message}"))
    page.on("console", lambda message: seen.append(message.text) if "Content Security" in message.text else None)
    page.on("pageerror", lambda error: seen.append(str(error)))
    yield page
    context.close()
    assert seen == []


def ran(page: Page) -> bool:
    return bool(page.evaluate("window.__ran === 1"))


def test_there_are_enough_ways_in() -> None:
    assert len(set(PAYLOADS)) >= 60


@pytest.mark.parametrize("language", ["", "/es"])
def test_nothing_in_the_catalog_runs_on_the_page_of_a_service(watched: Page, poison: Catalog, language: str) -> None:
    for service in poison.services.values():
        if service.name in PAYLOADS:
            watched.goto(f"{language}/services/{service.id}")
            assert not ran(watched), service.name
            assert service.name.split()[0] in watched.locator("main").inner_text() or not service.is_listed, (
                service.name
            )


@pytest.mark.parametrize("language", ["", "/es"])
def test_nothing_in_the_catalog_runs_in_lists(watched: Page, poison: Catalog, language: str) -> None:
    keys = [service.id for service in poison.services.values() if service.name in PAYLOADS]
    for start in range(0, len(keys), PER_PAGE):
        for path in ("/list?s=", "/list/handout?s="):
            watched.goto(language + path + ",".join(keys[start : start + PER_PAGE]))
            assert not ran(watched)
    watched.goto(f"{language}/search?q=script")
    assert not ran(watched)


@pytest.mark.parametrize("path", FORMS)
def test_nothing_typed_into_a_form_runs(watched: Page, path: str) -> None:
    """A form that is shown again, as it is after a mistake, takes the next text: it shows the last one meanwhile."""
    watched.goto(path)
    form = watched.evaluate(FORM)
    for payload in PAYLOADS:
        if watched.evaluate(FORM) != form:
            watched.goto(path)
        with watched.expect_navigation():
            watched.evaluate(FILL, payload)
        assert not ran(watched), payload


def test_nothing_typed_into_the_step_by_step_questions_runs(watched: Page) -> None:
    watched.goto("/find")
    watched.locator("main button.primary").first.click()
    for payload in PAYLOADS:
        town = watched.locator("main input[name=town]")
        town.fill(payload.replace("\n", " "))
        with watched.expect_response(lambda answer: answer.request.method == "POST"):
            town.press("Enter")
        watched.locator(".errors").wait_for()
        assert not ran(watched), payload


def test_nothing_in_an_address_runs(watched: Page) -> None:
    for payload in PAYLOADS:
        fields = dict.fromkeys(("q", "town", "age", "need", "sort", "page", "fits"), payload)
        for address in (f"/search?{urlencode(fields)}", f"/services/{quote(payload, safe='')}", f"/{quote(payload)}"):
            watched.goto(address)
            assert not ran(watched), address
