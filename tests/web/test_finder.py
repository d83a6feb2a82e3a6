"""The step-by-step finder: the whole way through, skipped, back, tampered with, in both languages, to a plan."""

from __future__ import annotations

import html
import logging
import random
import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from catalog.model import Catalog
from tests.support.finder_client import Form, Walk
from web.finder.plan import MAX_SECTIONS, first_sentence
from web.finder.session import AGE, DONE, PLACE, Finder, FinderState, chosen, split_question, unpacked
from web.shared import signing
from web.shared.privacy import EXIT_NEEDS, is_sensitive

ON = date(2026, 7, 1)
PATHS = ("/find", "/es/find")
SAFETY = "care-now"


@pytest.fixture
def walk(client: FlaskClient) -> Walk:
    return Walk(client)


@pytest.fixture
def interview(catalog: Catalog) -> Finder:
    return Finder(catalog, ON)


def as_told(state: str, app: Flask) -> FinderState:
    return unpacked(signing.Seal.of(signing.secret_key(app), "finder").open(state))


def sealed(value: object, app: Flask) -> str:
    return signing.Seal.of(signing.secret_key(app), "finder").close(value)


# ---- The way through


@pytest.mark.parametrize("path", PATHS)
def test_the_start_page_says_what_happens_and_keeps_nothing(client: FlaskClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert f'action="{path}"' in page.text
    assert "Set-Cookie" not in page.headers


def test_town_and_age_come_first_and_both_can_be_skipped(walk: Walk) -> None:
    assert walk.form.step == PLACE
    walk.go("skip")
    assert walk.form.step == AGE
    walk.go("skip")
    assert walk.form.step == "family-role"


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("seed", range(8))
def test_any_way_through_leads_to_a_plan(client: FlaskClient, app: Flask, path: str, seed: int) -> None:
    """Random answers, skips and ways back: every page is whole, and nothing that was answered gets lost unasked."""
    chance = random.Random(seed)
    walk = Walk(client, path)
    for _ in range(60):
        answer, form = walk.answer, walk.form
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
        assert walk.heading
        assert form.state
        if form.step == DONE and chance.random() < 0.5:
            break
        before = as_told(form.state, app)
        walk.go(chance.choice(form.moves or ["next"]), **random_answer(form, chance))
        after = as_told(walk.form.state, app)
        assert {code: given for code, given in before.answers.items() if code != before.at}.items() <= dict(
            after.answers
        ).items()
    walk.finish({})
    assert walk.form.step == DONE


def random_answer(form: Form, chance: random.Random) -> dict[str, str | list[str]]:
    if form.choices:
        return {"answer": chance.sample(form.choices, chance.randint(0, min(3, len(form.choices))))}
    values: dict[str, list[str]] = {
        "town": ["Meriden", "06106", "", "hartford, ct", "10001"],
        "years": ["", "4", "16"],
        "dollars": ["2500"],
        "people": ["4"],
        "each": ["month", "year"],
    }
    return {name: chance.choice(values[name]) for name in form.fields if name in values}


def test_back_shows_the_question_before_with_its_answers(walk: Walk) -> None:
    walk.go_to("family-role")
    walk.go(answer=["foster-parent", "served-before"])
    assert walk.form.step == "daily-needs"
    walk.go("back")
    assert walk.form.step == "family-role"
    assert walk.form.checked == ["foster-parent", "served-before"]
    walk.go("back")
    assert walk.form.step == AGE
    walk.go("back", years="7")
    assert walk.form.step == PLACE


def test_what_was_chosen_before_going_back_is_kept(walk: Walk) -> None:
    walk.go_to("daily-needs")
    walk.go("back")
    walk.go_to("daily-needs")
    walk.go("back", answer=["food"])
    walk.go("skip")
    walk.go("plan")
    walk.go("back")
    walk.go("to:daily-needs")
    assert walk.form.checked == ["food"]


def test_an_answer_can_be_taken_back(walk: Walk) -> None:
    walk.go_to("daily-needs")
    walk.go(answer=["food"])
    walk.go("back")
    walk.go("plan")
    assert not re.search(r'id="part-1"', walk.page)


def test_a_question_opens_after_the_answer_that_it_hangs_on(walk: Walk) -> None:
    walk.go_to("family-role")
    walk.go(answer=["expecting"])
    assert walk.form.step == "baby-help"


def test_questions_are_for_the_age(walk: Walk) -> None:
    walk.go("skip")
    walk.go(years="2")
    steps = set()
    while walk.form.step != DONE:
        steps.add(walk.form.step)
        walk.go("skip")
    assert "growing-baby" in steps
    assert steps.isdisjoint(("feelings", "next-steps", "school-learning"))


def test_progress_is_told_in_words(walk: Walk) -> None:
    assert "Question 1<" in walk.page
    walk.go("skip")
    walk.go(years="6")
    assert "Question 3 of about 17" in walk.page


def test_none_of_these_counts_only_when_it_stands_alone(interview: Finder) -> None:
    step = interview.step("daily-needs", "en")
    assert step is not None
    assert chosen(step, ["none", "food"]) == ("food",)
    assert chosen(step, ["none"]) == ("none",)
    with pytest.raises(ValueError, match="no such answer"):
        chosen(step, ["food", "gold"])


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_step_has_a_page(interview: Finder, language: str) -> None:
    codes = [one.code for one in interview.assessment.questions]
    for code in (*codes, PLACE, AGE, ":income", ":insurance", ":grade", ":caregiver_age", ":is:autism"):
        step = interview.step(code, language)
        assert step is not None
        assert step.heading or code in (PLACE, AGE)
    assert interview.step("no-such-thing", language) is None
    assert interview.step(":is:no-such-thing", language) is None


def test_a_long_question_is_a_heading_and_what_is_said_after_it() -> None:
    assert split_question("Hard times. Is it so? You can skip this.") == ("Hard times. Is it so?", "You can skip this.")


# ---- What cannot be read


@pytest.mark.parametrize(
    ("step", "fields", "name", "words"),
    [
        (PLACE, {"town": "Mediren"}, "town", "Did you mean Meriden"),
        (PLACE, {"town": "Xyzzyxyzzy"}, "town", "A ZIP code works too"),
        (PLACE, {"town": "0610"}, "town", "five digits"),
        (AGE, {"month": "3", "year": ""}, "year", "four digits"),
        (AGE, {"month": "", "year": "2020"}, "month", "Choose the month"),
        (AGE, {"month": "13", "year": "2020"}, "month", "Choose the month"),
        (AGE, {"month": "3", "year": "2999"}, "year", "still to come"),
        (AGE, {"month": "3", "year": "1850"}, "year", "too long ago"),
        (AGE, {"years": "three"}, "years", "whole years"),
        (AGE, {"years": "150"}, "years", "whole years"),
        (AGE, {"month": "3", "year": "2001", "years": "4"}, "years", "do not agree"),
        ("family-role", {"answer": "nonsense"}, "answer", "Choose from the answers"),
        (":income", {"dollars": "much", "people": "3"}, "dollars", "in dollars"),
        (":income", {"dollars": "2500", "people": "0"}, "people", "how many people"),
        (":caregiver_age", {"years": "-1"}, "years", "whole years"),
    ],
)
def test_what_cannot_be_read_is_said_kindly(
    walk: Walk, step: str, fields: dict[str, str | list[str]], name: str, words: str
) -> None:
    walk.go(f"to:{step}")
    answer = walk.go(**fields)
    assert answer.status_code == 422
    assert answer.headers["Cache-Control"] == "no-store"
    assert walk.form.step == step
    assert 'role="alert"' in walk.page
    assert re.search(rf'href="#{name}">[^<]*{words}', walk.page)
    assert f'id="{name}"' in walk.page
    assert 'aria-invalid="true"' in walk.page
    if name in ("town", "dollars"):
        assert f'value="{fields[name]}"' in walk.page


def test_going_back_is_not_held_up_by_what_cannot_be_read(walk: Walk) -> None:
    walk.go("skip")
    assert walk.go("back", years="many").status_code == 200
    assert walk.form.step == PLACE


def test_income_by_the_month_is_counted_by_the_year(walk: Walk, app: Flask) -> None:
    walk.go("to::income")
    walk.go(dollars="$2,500", people="4", each="month")
    assert as_told(walk.form.state, app).answers[":income"] == ("30000.00", "4")
    assert walk.form.step == DONE


@pytest.mark.parametrize("path", PATHS)
def test_a_changed_form_begins_again_kindly(client: FlaskClient, app: Flask, path: str) -> None:
    walk = Walk(client, path)
    walk.go(town="Meriden")
    state = walk.form.state
    wrong = [
        "",
        "junk",
        "é" * 40,
        state[:-1],
        state[1:],
        "x" * 100_000,
        state + "." + state,
        sealed({"not": "ours"}, app),
        sealed([{}, [], "no-such-step"], app),
        sealed([{"town": "x"}, [], PLACE], app),
        sealed([{}, {}, PLACE], app),
        signing.Seal.of(b"another key, just as long as it must", "finder").close([{}, [], PLACE]),
        signing.Seal.of(signing.secret_key(app), "another").close([{}, [], PLACE]),
    ]
    for one in wrong:
        answer = client.post(path, data={"state": one, "go": "next", "town": "Hartford"})
        assert answer.status_code == 422, one[:40]
        assert answer.headers["Cache-Control"] == "no-store"
        assert 'role="alert"' in answer.text
        assert f'action="{path}"' in answer.text


def test_values_of_another_day_do_no_harm(client: FlaskClient, app: Flask) -> None:
    """Signed by us, and yet not known (any more): a town renamed, a question withdrawn, an age of the future."""
    old = [{PLACE: ["Atlantis"], AGE: ["2999-01"], "gone": ["yes"], "food": ["none", "x"]}, ["gone-too"], DONE]
    answer = client.post("/find", data={"state": sealed(old, app)})
    assert answer.status_code == 200
    assert Form(answer.text).step in (DONE, "family-role")


def test_an_unknown_move_shows_the_page_again(walk: Walk) -> None:
    for move in ("", "sideways", "to:", "to:nowhere", "to:" + "x" * 500):
        assert walk.go(move).status_code == 200
        assert walk.form.step == PLACE


def test_a_form_of_another_site_is_refused(client: FlaskClient) -> None:
    assert client.post("/find", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


# ---- Safety


@pytest.mark.parametrize("path", PATHS)
def test_the_question_about_safety_has_a_quick_exit_and_a_neutral_title(client: FlaskClient, path: str) -> None:
    walk = Walk(client, path)
    assert "data-exit" not in walk.page
    walk.go_to(SAFETY)
    assert "data-exit" in walk.page
    (title,) = re.findall(r"<title>(.*?)</title>", walk.page)
    assert title in ("Information for families", "Información para familias")


def panel(page: str) -> str:
    """What stands above the question, without the strip that every page has."""
    return html.unescape(page[page.index("<main") : page.index("<h1")])


@pytest.mark.parametrize(
    ("answer", "services"),
    [
        ("right-now", {"988-ct", "mobile-crisis"}),
        ("dark-thoughts", {"988-ct", "mobile-crisis"}),
        ("relationship", {"ct-safe-connect"}),
        ("child-worry", {"dcf-careline"}),
        ("unwanted", {"ct-sexual-assault-hotline"}),
        ("pressured", {"national-trafficking-hotline"}),
        ("away-from-home", set()),
    ],
)
def test_an_answer_that_signals_danger_shows_whom_to_call_at_once(
    walk: Walk, catalog: Catalog, answer: str, services: set[str]
) -> None:
    walk.go_to(SAFETY)
    walk.go(answer=[answer])
    assert '<section class="notice strong"' in panel(walk.page)
    assert "call 911" in panel(walk.page)
    for service in services:
        number = catalog.services[service].phones[0]
        assert catalog.services[service].name in panel(walk.page)
        assert f'href="tel:{number.e164 or number.number}"' in panel(walk.page)
    assert "data-exit" in walk.page
    walk.go("skip")
    assert '<details class="notice strong"' in walk.page
    walk.go("plan")
    assert '<section class="notice strong"' in walk.page


def test_each_danger_has_its_hotlines(walk: Walk, catalog: Catalog) -> None:
    walk.go_to(SAFETY)
    walk.go(answer=["dark-thoughts", "relationship", "child-worry", "unwanted"])
    for service in ("988-ct", "ct-safe-connect", "dcf-careline", "ct-sexual-assault-hotline"):
        assert catalog.services[service].name in panel(walk.page)


def test_an_answer_without_danger_shows_no_hotlines(walk: Walk) -> None:
    walk.go_to(SAFETY)
    walk.go(answer=["neighborhood"])
    assert "notice strong" not in walk.page


def test_a_plan_that_names_abuse_says_to_print_it_only_if_safe(walk: Walk) -> None:
    walk.finish({SAFETY: ["relationship"]})
    assert "only if that is safe for you" in walk.page
    assert "data-exit" in walk.page


# ---- The plan

RESPITE = {"abilities": ["autism"], "daily-care": ["rest"], "daily-needs": ["food"]}


def test_the_plan_groups_services_by_need(walk: Walk, catalog: Catalog) -> None:
    walk.finish(RESPITE, town="Meriden", years="6")
    needs = re.findall(r'<h2 id="part-\d+">(.*?)</h2>', walk.page)
    assert [catalog.needs[one].label.en for one in ("food", "autism", "respite")] == needs
    assert 9 <= walk.page.count('<article class="part">') <= 15
    assert "Looks like a fit" in walk.page
    assert "it serves Meriden" in walk.page
    assert 'href="tel:' in walk.page
    assert walk.page.count("data-keep=") == walk.page.count('<article class="part">')
    assert "data-print" in walk.page


def test_a_program_that_may_fit_says_what_to_ask(walk: Walk) -> None:
    walk.finish({"money": ["home-bills", "cash"]})
    assert re.search(r"May fit</span> Ask about: [^<]*your", walk.page)


def test_questions_that_would_help_lead_to_their_page_and_back(walk: Walk) -> None:
    walk.finish({"money": ["home-bills", "cash"]})
    moves = [move for move in walk.form.moves if move.startswith("to:")]
    assert moves
    for move in moves:
        walk.go(move)
        assert walk.form.step == move.removeprefix("to:")
        walk.go("plan")
        assert walk.form.step == DONE


def test_an_answer_to_a_helpful_question_is_not_asked_again(walk: Walk) -> None:
    walk.finish({"money": ["home-bills", "cash"]}, town="Meriden", years="4")
    assert "to::income" in walk.form.moves
    walk.go("to::income")
    walk.go(dollars="20000", people="3", each="year")
    assert walk.form.step == DONE
    assert "to::income" not in walk.form.moves


def test_skipped_questions_can_be_answered_from_the_plan(walk: Walk) -> None:
    walk.finish({"daily-needs": ["food"]})
    walk.go("again")
    assert walk.form.step == "family-role"


def test_what_opens_and_ends_within_a_year_is_told(walk: Walk) -> None:
    today = date.today()
    turning_three = {"month": str(today.month), "year": str(today.year - 3)}
    if today.month == 12:
        turning_three = {"month": "1", "year": str(today.year - 2)}
    else:
        turning_three["month"] = str(today.month + 1)
    walk.finish({"growing-baby": ["talking"]}, town="Meriden", **turning_three)
    (coming,) = re.findall(r"<h2>Coming up.*?</ul>", walk.page, re.DOTALL)
    assert "ct-birth-to-three" in coming
    assert "ends for your child around" in coming
    assert "turns 3" in coming


def test_with_everything_chosen_the_plan_is_still_short(client: FlaskClient) -> None:
    for path in PATHS:
        walk = Walk(client, path)
        while walk.form.step != DONE:
            walk.go(answer=[code for code in walk.form.choices if code != "none"])
        assert walk.page.count('id="part-') == MAX_SECTIONS
        assert len(walk.page.encode()) < 60_000
        assert len(walk.form.state) < signing.MAX_LENGTH / 2


def test_without_any_answer_the_plan_is_kind(walk: Walk) -> None:
    walk.finish({})
    assert "did not name a need, and that is fine" in walk.page
    assert "211" in walk.page


def test_the_finder_in_spanish_leads_to_a_plan_in_spanish(client: FlaskClient, catalog: Catalog) -> None:
    walk = Walk(client, "/es/find")
    assert walk.heading == "¿Dónde vive?"
    walk.finish(RESPITE, town="Meriden", month="3", year="2020")
    assert walk.heading == "Su plan"
    assert catalog.needs["respite"].label.es in walk.page
    assert "Parece adecuado" in walk.page
    assert "atiende a familias de Meriden" in walk.page
    assert 'href="/es/services/' in walk.page
    assert not re.search(r">\s*(Looks like a fit|May fit|Your plan|Why:|Continue|Back)\b", "".join(walk.pages))


def test_the_language_can_be_changed_without_losing_anything(walk: Walk, client: FlaskClient) -> None:
    walk.go(town="Meriden")
    walk.go(years="6")
    (state,) = re.findall(r'action="/es/find" data-steps><input type="hidden" name="state" value="([^"]+)"', walk.page)
    page = client.post("/es/find", data={"state": state, "go": "stay"})
    assert Form(page.text).step == "family-role"
    assert "Escoja todo lo que aplique." in page.text


def test_the_first_sentence_of_a_summary_is_a_sentence() -> None:
    text = "St. Mary's has a playgroup for small children. It meets twice a week."
    assert first_sentence(text) == "St. Mary's has a playgroup for small children."
    assert first_sentence("One only.") == "One only."


# ---- Nothing personal leaves the form

CANARY = "Quetzalcanary"


def test_nothing_that_is_answered_stands_in_an_address_or_a_log(
    client: FlaskClient, catalog: Catalog, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    walk = Walk(client)
    walk.go(town=CANARY)
    walk.go(town="06450")
    walk.go(month="3", year="2020")
    walk.go_to(SAFETY)
    walk.go(answer=["relationship", "unwanted"])
    walk.finish({"teen-wellness": ["habits"], "abilities": ["autism"]})
    addresses = [text for page in walk.pages for text in re.findall(r'(?:href|action|src)="([^"]*)"', page)]
    told = re.compile(r"quetzal|06450|2020|relationship|unwanted|habits|violence|assault|state=", re.IGNORECASE)
    assert len(addresses) > 100
    assert [address for address in addresses if told.search(address) and "/static/" not in address] == []
    hidden = [one.id for one in catalog.services.values() if is_sensitive(one, catalog)]
    assert [address for address in addresses if address.rpartition("/")[2] in hidden] == []
    assert all(f"/needs/{need}" not in address for need in EXIT_NEEDS for address in addresses)
    assert not told.search(caplog.text.replace("2026-", ""))


def test_forms_of_the_finder_go_in_the_body(walk: Walk) -> None:
    walk.finish(RESPITE)
    for page in walk.pages:
        assert re.findall(r'<form[^>]*method="(?!post)', page) == []


# ---- In a browser


def test_the_browsers_own_back_goes_through_the_questions(page: Page) -> None:
    page.goto("/find")
    page.click("main button.primary")
    page.fill("#town", "Meriden")
    page.click("button[value=next]")
    page.fill("#years", "6")
    page.click("button[value=next]")
    page.check("input[value=foster-parent]")
    page.click("button[value=next]")
    expect(page.locator("h1")).to_contain_text("daily life")
    page.go_back()
    expect(page.locator("input[value=foster-parent]")).to_be_checked()
    page.go_back()
    expect(page.locator("#years")).to_have_value("6")
    page.go_forward()
    expect(page.locator("input[value=foster-parent]")).to_be_checked()
    page.reload()
    expect(page.locator("input[value=foster-parent]")).to_be_checked()
    page.click("button[value=plan]")
    expect(page.locator("[data-print]")).to_be_visible()
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_printed_plan_takes_at_most_three_pages(page: Page) -> None:
    page.goto("/es/find")
    page.click("main button.primary")
    page.fill("#town", "Meriden")
    page.click("button[value=next]")
    page.fill("#years", "6")
    page.click("button[value=next]")
    for answer in ("food", "home-bills", "autism", "worry", "rest"):
        while not page.locator(f"input[value={answer}]").count():
            step = page.locator("[data-step]").get_attribute("data-step")
            page.click("button[value=next]")
            page.wait_for_selector(f'[data-step]:not([data-step="{step}"])')
        page.check(f"input[value={answer}]")
    page.click("button[value=plan]")
    page.wait_for_selector("[data-print]", state="visible")
    paper = page.pdf(format="Letter")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= 3
