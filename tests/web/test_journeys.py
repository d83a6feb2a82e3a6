"""Whole ways through the pages: to a number, a plan, a list, a reference; by mouse, by keyboard, without script."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.page_catalog import START, choose, fill, go, moved, press, to
from tests.web.conftest import Site

MAX_PAGES, FIRST = 3, 3
MAX_KEYS = 40
QUESTION = "respite for my 6-year-old with autism in Meriden"


def ask(page: Page, words: str) -> None:
    page.locator("#q").fill(words)
    moved(page, lambda: page.locator("#q").press("Enter"))


def test_a_question_leads_to_a_phone_number_in_three_pages(page: Page) -> None:
    """Home, results, and the page of one of the first programs, with its number in sight on a phone."""
    page.goto("/")
    seen = ["home"]
    ask(page, QUESTION)
    seen.append("results")
    understood = [chip.split(" ×")[0] for chip in page.locator(".chip").all_inner_texts()]
    assert understood == ["Lives in: Meriden", "Age: 6 years"]
    first = page.locator(".card").filter(has=page.locator('a[href^="tel:"]')).first
    assert "respite" in first.inner_text().lower()
    place = page.locator(".card").all_inner_texts().index(first.inner_text())
    assert place < FIRST, "one has to scroll too far for a number"
    moved(page, first.locator("h3 a").click)
    seen.append("service")
    number = page.locator('main a.primary[href^="tel:"]')
    expect(number).to_be_in_viewport(ratio=1)
    assert re.search(r"\d{3}-\d{4}|211", number.inner_text())
    assert len(seen) <= MAX_PAGES


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


def test_finder_in_spanish_leads_to_a_printed_plan(page: Page) -> None:
    """With a question skipped, and a way back to change an answer."""
    page.goto("/es/find")
    START(page)
    assert heading(page) == "¿Dónde vive?"
    fill(town="New Britain")(page)
    choose(month="3")(page)
    fill(year="2021")(page)
    go("skip")(page)
    to("daily-needs")(page)
    choose(answer="food")(page)
    go("next")(page)
    changed = heading(page)
    go("back")(page)
    assert page.locator('[name="answer"][value="food"]').is_checked()
    choose(answer="clothes")(page)
    go("next")(page)
    assert heading(page) == changed
    go("plan")(page)
    assert heading(page) == "Su plan"
    assert page.locator(".part").count() >= 3
    assert page.locator("html").get_attribute("lang") == "es"
    assert page.locator(".part .call").count() >= 3
    paper = page.pdf(format="Letter")
    assert paper.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= 4
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_contact_form_leads_to_a_reference_number_after_one_mistake(page: Page) -> None:
    page.goto("/contact")
    page.get_by_label("Your name").fill("Ana")
    page.get_by_label("What do you need help with?").fill("Someone to watch my son for an afternoon")
    page.get_by_label("Yes, you can call").check()
    press("main form .primary")(page)
    summary = page.locator(".errors")
    expect(summary).to_be_focused()
    moved_to = summary.locator("a").first.get_attribute("href")
    assert moved_to == "#phone"
    summary.locator("a").first.click()
    expect(page.locator("#phone")).to_be_focused()
    assert page.get_by_label("Your name").input_value() == "Ana"
    page.keyboard.type("860-555-0123")
    press("main form .primary")(page)
    assert "/contact/sent/" in page.url
    assert re.fullmatch(r"[A-Z0-9]{4}-[A-Z0-9]{4}", page.locator(".reference").inner_text())


class Keyboard:
    """Presses keys, counts them, and looks whether one can see where the focus is."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0

    def key(self, name: str) -> None:
        self.presses += 1
        self.page.keyboard.press(name)

    def write(self, word: str) -> None:
        for letter in word:
            self.key(letter)

    def tab_to(self, target: Locator) -> None:
        """Tab until it has the focus, and no farther than the whole count allows."""
        while not target.evaluate("one => one === document.activeElement"):
            assert self.presses < MAX_KEYS, "too many keys"
            self.key("Tab")
            assert self.page.evaluate(VISIBLE), "one cannot see the focus"

    def skip(self) -> None:
        """The first stop of every page leads to its main part."""
        self.tab_to(self.page.locator("body > .skip"))
        self.key("Enter")

    def enter(self) -> None:
        moved(self.page, lambda: self.key("Enter"))


# The element with the focus is on the screen, and is drawn otherwise than without it.
VISIBLE = """() => {
    const one = document.activeElement;
    const box = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    const seen = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.left >= 0;
    return one !== document.body && seen && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
}"""


def test_search_to_printed_list_by_keyboard_alone_in_under_40_keys(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 844})
    page.add_init_script("window.print = () => { document.documentElement.dataset.printed = 'yes'; }")
    page.goto("/")
    keys = Keyboard(page)
    keys.skip()
    keys.tab_to(page.locator("#q"))
    keys.write("wic")
    keys.enter()
    assert page.url.endswith("/search?q=wic")
    keys.skip()
    keys.tab_to(page.locator("main .skip"))
    keys.key("Enter")
    first = page.locator(".card h3 a").first
    keys.tab_to(first)
    keys.enter()
    keys.skip()
    keep = page.locator("main [data-keep]")
    keys.tab_to(keep)
    keys.key("Enter")
    expect(keep).to_have_attribute("aria-pressed", "true")
    keys.tab_to(page.locator("main [data-see]"))
    keys.enter()
    page.locator(".card").wait_for()
    keys.skip()
    handout = page.locator('main a[href^="/list/handout"]')
    keys.tab_to(handout)
    keys.enter()
    keys.skip()
    keys.tab_to(page.locator("main [data-print]"))
    keys.key("Enter")
    assert page.locator("html").get_attribute("data-printed") == "yes"
    assert keys.presses < MAX_KEYS


@pytest.fixture
def bare(browser: Browser, live: Site, nobody_wrote: None) -> Iterator[Page]:
    """A tab in which no script runs."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, base_url=live.address, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def follow(page: Page, target: Locator) -> None:
    with page.expect_navigation():
        target.click()


def test_search_filter_service_list_and_handout_without_javascript(bare: Page) -> None:
    bare.goto("/")
    bare.locator("#q").fill("respite")
    bare.locator("#town").fill("Meriden")
    follow(bare, bare.get_by_role("button", name="Search"))
    before = bare.locator(".count").inner_text()
    bare.locator("summary", has_text="Filter and sort").click()
    bare.locator("#by-cost").select_option("free")
    follow(bare, bare.get_by_role("button", name="Show"))
    assert "cost=free" in bare.url
    assert bare.locator(".count").inner_text() != before
    name = bare.locator(".card h3 a").first.inner_text()
    follow(bare, bare.locator(".card h3 a").first)
    follow(bare, bare.get_by_role("link", name="Put on my list"))
    assert bare.locator(".card a").first.inner_text() == name
    follow(bare, bare.get_by_role("link", name="Print a handout"))
    assert name in bare.locator(".sheet h2").inner_text()
    assert bare.locator(".sheet .call").count() >= 1


def test_sensitive_search_without_javascript_shows_in_no_address(bare: Page) -> None:
    bare.goto("/")
    bare.locator("#q").fill("my husband hits me")
    follow(bare, bare.get_by_role("button", name="Search"))
    assert bare.url.endswith("/search")
    expect(bare.locator("a.exit")).to_be_visible()
    assert "husband" not in bare.title().lower()


def test_finder_without_javascript_leads_to_a_plan(bare: Page) -> None:
    bare.goto("/find")
    follow(bare, bare.get_by_role("button", name="Start"))
    bare.locator("#town").fill("Hartford")
    follow(bare, bare.get_by_role("button", name="Continue"))
    bare.locator("#years").fill("2")
    follow(bare, bare.get_by_role("button", name="Continue"))
    while bare.locator('[value="food"]').count() == 0:
        follow(bare, bare.get_by_role("button", name="Skip this question"))
    bare.locator('[value="food"]').check()
    follow(bare, bare.get_by_role("button", name="Continue"))
    follow(bare, bare.get_by_role("button", name="Back"))
    assert bare.locator('[value="food"]').is_checked()
    follow(bare, bare.get_by_role("button", name="Stop here and see my plan"))
    assert heading(bare) == "Your plan"
    assert bare.locator(".part .call").count() >= 1


def test_contact_without_javascript_leads_to_a_number(bare: Page) -> None:
    bare.goto("/contact")
    bare.locator("#name").fill("Ana")
    bare.locator("#phone").fill("860-555-0123")
    bare.get_by_label("Yes, you can call").check()
    bare.locator("#need").fill("Respite")
    follow(bare, bare.get_by_role("button", name="Send"))
    expect(bare.locator(".reference")).to_be_visible()


def test_pathway_without_javascript_shows_the_path(bare: Page) -> None:
    bare.goto("/pathway")
    bare.locator("#month").select_option("5")
    bare.locator("#year").fill("2020")
    follow(bare, bare.get_by_role("button", name="Show the path"))
    expect(bare.locator("svg.path")).to_be_visible()
    assert bare.locator("table tbody tr").count() >= 10
