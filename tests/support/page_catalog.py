"""Every kind of page, and how to get to it: the tests of accessibility, size, words and privacy look at all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from web.shared.privacy import number_of

Step = Callable[[Page], None]

SHELTER = number_of("interval-house")
CONTACT = {"name": "Ana", "phone": "860-555-0123", "need": "Respite"}


def moved(page: Page, act: Callable[[], object]) -> None:
    """Do something that brings another page, and wait for it: by the browser, or put in place of this one."""
    page.evaluate("document.body.dataset.left = ''")
    act()
    page.wait_for_selector("body:not([data-left]) .foot", state="attached")
    page.wait_for_load_state()


def press(target: str) -> Step:
    """Press a button or follow a link."""
    return lambda page: moved(page, page.locator(target).first.click)


def go(name: str) -> Step:
    """One of the buttons of a page of the finder: next, skip, back, plan ..."""
    return press(f'button[name="go"][value="{name}"]')


def fill(**fields: str) -> Step:
    """Fill fields in, and send their form."""

    def act(page: Page) -> None:
        for name, value in fields.items():
            page.locator(f'main [name="{name}"]').first.fill(value)
        moved(page, lambda: page.locator(f'main [name="{next(iter(fields))}"]').first.press("Enter"))

    return act


def choose(**fields: str) -> Step:
    """Choose values of lists, boxes and circles; nothing is sent."""

    def act(page: Page) -> None:
        for name, value in fields.items():
            field = page.locator(f'main select[name="{name}"]')
            if field.count():
                field.select_option(value)
            else:
                page.locator(f'main [name="{name}"][value="{value}"]').check()

    return act


def to(step: str) -> Step:
    """Skip questions of the finder until the page of a step."""

    def act(page: Page) -> None:
        while page.locator("[data-step]").get_attribute("data-step") != step:
            go("skip")(page)

    return act


@dataclass(frozen=True, slots=True)
class Visit:
    """A page: its address, what is done there to get to one that has none of its own, and what proves that it is it.

    `status` is that of the address; `shows` a selector of something that only this page has.
    """

    name: str
    path: str
    steps: tuple[Step, ...] = ()
    shows: str = "h1"
    status: int = 200

    def go(self, page: Page, language: str) -> None:
        """Get there, in English ("") or Spanish ("/es")."""
        answer = page.goto((language + self.path).rstrip("/") or "/")
        assert answer is not None
        assert answer.status == self.status, self.path
        for step in self.steps:
            step(page)
        page.locator(self.shows).first.wait_for(state="attached")


START = press("form[data-steps] button.primary")
ABOUT_A_CHILD = (START, fill(town="Meriden"), choose(month="5"), fill(year="2020"))
IN_DANGER = (to("care-now"), choose(answer="relationship"), go("next"))
HUNGRY = (to("daily-needs"), choose(answer="food"), go("plan"))

VISITS = (
    Visit("home", "/", shows=".tiles"),
    Visit("results", "/search?q=respite&town=Meriden&age=6", shows=".fit"),
    Visit("second page of results", "/search?q=school&page=2", shows=".pages [aria-current]"),
    Visit("sensitive results", "/", (fill(q="my husband hits me"),), ".exit"),
    Visit("nothing found", "/search?q=guitar+strings&town=Meriden", shows='main li a[href="tel:211"]'),
    Visit("wrong fields", "/search?q=respite&town=Meridan&age=old", shows="#town-message", status=422),
    Visit("service", "/services/ct-birth-to-three", shows="[data-keep]"),
    Visit("service with much to say", "/services/ct-snap", shows="[data-keep]"),
    Visit("guide", "/services/211-kinship-guide", shows="[data-keep]"),
    Visit("confidential service", f"/services/{SHELTER}", shows=".discreet .exit"),
    Visit("service that is gone", "/services/saint-ann-pantry-hamden", shows="main", status=410),
    Visit("service that never was", "/services/food-pantry-of-nowhere", shows="main", status=404),
    Visit("shared list", "/list?s=ct-birth-to-three,ct-wic", shows=".card"),
    Visit("empty list", "/list", shows="[data-list] .button"),
    Visit("list of this browser", "/list?s=ct-birth-to-three,ct-wic", (press("[data-keep-all]"),), "[data-clear]"),
    Visit("handout", "/list/handout?s=ct-birth-to-three,ct-wic", shows=".sheet"),
    Visit("finder", "/find", shows="form[data-steps]"),
    Visit("finder: town", "/find", (START,), "#town"),
    Visit("finder: wrong town", "/find", (START, fill(town="Meridan")), "#town-message"),
    Visit("finder: age", "/find", (START, fill(town="Meriden")), "#month"),
    Visit("finder: question", "/find", ABOUT_A_CHILD, '[name="answer"]'),
    Visit("finder: about safety", "/find", (*ABOUT_A_CHILD, to("care-now")), ".exit"),
    Visit("finder: after danger", "/find", (*ABOUT_A_CHILD, *IN_DANGER), ".notice.strong .call"),
    Visit("finder: plan", "/find", (*ABOUT_A_CHILD, *HUNGRY), ".part"),
    Visit("finder: plan after danger", "/find", (*ABOUT_A_CHILD, *IN_DANGER, go("plan")), ".exit"),
    Visit("finder: plan without a need", "/find", (*ABOUT_A_CHILD, go("plan")), '[data-step=":plan"]'),
    Visit("finder: income", "/find", (*ABOUT_A_CHILD, *HUNGRY, go("to::income")), "#dollars"),
    Visit("finder: wrong income", "/find", (*ABOUT_A_CHILD, *HUNGRY, go("to::income"), fill(dollars="x")), ".errors"),
    Visit("pathway", "/pathway", shows="#month"),
    Visit("pathway: nothing given", "/pathway", (press("main form button"),), ".errors"),
    Visit("pathway: the path", "/pathway", (choose(month="5"), fill(year="2020")), "svg.path"),
    Visit("needs", "/needs", shows=".trail"),
    Visit("group of needs", "/needs/school", shows=".trail"),
    Visit("group with private needs", "/needs/safety", shows=".exit"),
    Visit("need", "/needs/respite", shows=".trail"),
    Visit("private need", "/needs/safety", (press('main form:has([value="domestic-violence"]) button'),), ".exit"),
    Visit("sectors", "/sectors", shows=".rows"),
    Visit("sector", "/sectors/legal", shows=".rows"),
    Visit("towns", "/towns", shows=".trail"),
    Visit("town", "/towns/meriden", shows=".trail"),
    Visit("ages", "/ages", shows=".pages"),
    Visit("age", "/ages/3", shows=".rows"),
    Visit("guides", "/guides", shows=".trail"),
    Visit("hotlines", "/hotlines", shows=".call"),
    Visit("care coordinator", "/care-coordinator", shows="#town"),
    Visit("care coordinator of a town", "/care-coordinator?town=Meriden", shows="main h2"),
    Visit("care coordinator: wrong town", "/care-coordinator?town=Meridan", shows="#town-message", status=422),
    Visit("care coordinator: another state", "/care-coordinator?town=10001", shows=".notice"),
    Visit("far away", "/far-away", shows="main ol"),
    Visit("contact", "/contact", shows="[name=safe_to_call]"),
    Visit("contact: mistakes", "/contact", (press("main form .primary"),), ".errors"),
    Visit("contact: sent", "/contact", (choose(safe_to_call="yes"), fill(**CONTACT)), ".reference"),
    Visit("contact of a physician", "/contact/physician", shows="[name=practice]"),
    Visit("contact of a physician: mistakes", "/contact/physician", (press("main form .primary"),), ".errors"),
    Visit("contact from far away", "/contact/far-away", shows="[name=home]"),
    Visit("report", "/services/ct-wic/report", shows="[name=text]"),
    Visit("report: mistake", "/services/ct-wic/report", (press("main form .primary"),), ".errors"),
    Visit(
        "report: sent",
        "/services/ct-wic/report",
        (lambda page: page.locator("#text").fill("Wrong number."), press("main form .primary")),
        "main:not(:has(form))",
    ),
    Visit("coverage", "/coverage", shows="svg.drawing"),
    Visit("about", "/about"),
    Visit("about matching", "/about/matching", shows=".facts"),
    Visit("about privacy", "/about/privacy"),
    Visit("about accessibility", "/about/accessibility"),
    Visit("about data", "/about/data"),
    Visit("wrong address", "/nothing/here", shows="[role=search]", status=404),
)
