"""Looking around: every address of the real catalog, in both languages, and what must never stand in one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalog.model import SECTORS, Catalog, Service
from directory import Directory, DirectoryKeeper, ServiceQuery
from web.browse.ages import AGES, by_age
from web.browse.lists import (
    ALL,
    best_first,
    by_group,
    everything,
    guide_shelves,
    hotline_shelves,
    is_everywhere,
    is_text_number,
    leaf_of,
    pointers,
    various,
)
from web.browse.towns import by_town, slug_of
from web.browse.travel import visit_of

ON = date(2026, 11, 1)
MAX_BYTES = 60_000
MINE = re.compile(r"(/es)?/(needs|sectors|towns|ages|guides|hotlines|care-coordinator|far-away)(/|\?|$)")
PAGES = ("needs", "sectors", "towns", "ages", "guides", "hotlines", "care-coordinator", "far-away")


@pytest.fixture
def directory(app: Flask) -> Directory:
    keeper: DirectoryKeeper = app.extensions["directory"]
    return keeper.current


@pytest.fixture
def request_context(app: Flask) -> Iterator[None]:
    """A page in English is being made: headings are texts of pages."""
    with app.test_request_context("/"):
        yield


def addresses(catalog: Catalog) -> Iterator[str]:
    """Every address to look around at, without the language."""
    yield from ("", *PAGES)
    yield from (f"needs/{need.id}" for need in catalog.needs.values() if not need.sensitive)
    yield from (f"sectors/{sector}" for sector in SECTORS)
    yield from (f"towns/{slug_of(town)}" for town in catalog.places.towns)
    yield from (f"ages/{years}" for years in AGES)


def links(html: str) -> list[str]:
    return re.findall(r'(?:href|action)="([^"]*)"', html)


def telling(address: str, sensitive: frozenset[str]) -> bool:
    """Whether a part of the path or a value of the query is a sensitive need. Other websites name their pages alone."""
    parts = urlsplit(address.replace("&amp;", "&"))
    if parts.netloc:
        return False
    return bool(sensitive.intersection((*parts.path.split("/"), *(value for _, value in parse_qsl(parts.query)))))


@pytest.mark.slow
def test_every_page_is_there_small_and_without_a_sensitive_need_in_an_address(
    client: FlaskClient, catalog: Catalog
) -> None:
    """Every address, and from there along every link to a page that this file is about."""
    sensitive = frozenset(need.id for need in catalog.needs.values() if need.sensitive)
    seen = {before + address for before in ("/", "/es/") for address in addresses(catalog)}
    waiting = sorted(seen)
    wrong: list[tuple[str, object]] = []
    while waiting:
        here = waiting.pop()
        answer = client.get(here)
        if answer.status_code != 200:
            wrong.append((here, answer.status))
        if len(answer.data) > MAX_BYTES:
            wrong.append((here, len(answer.data)))
        for link in links(answer.text):
            if telling(link, sensitive):
                wrong.append((here, link))
            to = link.partition("#")[0].replace("&amp;", "&")
            if MINE.match(to) and to not in seen:
                seen.add(to)
                waiting.append(to)
    assert wrong == []
    assert "/needs/food?page=2" in seen


@pytest.mark.parametrize(
    "address", ["/needs/nothing", "/sectors/nothing", "/towns/boston", "/ages/27", "/ages/x", "/es/towns/boston"]
)
def test_an_unknown_address_offers_the_search(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert 'role="search"' in answer.text


def test_a_sensitive_need_typed_by_hand_leads_to_its_group(client: FlaskClient) -> None:
    answer = client.get("/es/needs/domestic-violence")
    assert (answer.status_code, answer.location) == (302, "/es/needs/safety")


def test_a_sensitive_need_is_a_button_that_is_sent_in_the_body(client: FlaskClient) -> None:
    page = client.get("/needs/safety").text
    form = re.search(
        r'<form method="post" action="/search"><input type="hidden" name="need" value="suicide-prev.*?</form>', page
    )
    assert form is not None and "<button" in form[0]
    answer = client.post("/search", data={"need": "suicide-prevention"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_pages_about_danger_can_be_left_quickly_and_say_nothing_in_their_title(client: FlaskClient) -> None:
    safety, food = client.get("/needs/safety").text, client.get("/needs/basic-needs").text
    assert "data-exit" in safety and "<title>Information for families</title>" in safety
    assert "data-exit" not in food and "<title>Food, money and basics" in food


def test_a_village_leads_to_its_town(client: FlaskClient) -> None:
    answer = client.get("/towns/East-Berlin")
    assert (answer.status_code, answer.location) == (301, "/towns/berlin")


def test_the_way_back_is_a_list_of_links(client: FlaskClient) -> None:
    trail = re.search(r'<nav class="trail".*?</nav>', client.get("/needs/food").text, re.DOTALL)
    assert trail is not None
    assert links(trail[0]) == ["/", "/needs", "/needs/basic-needs"]
    assert '<li aria-current="page">Food</li>' in trail[0]


# Lists


def test_a_list_is_cut_into_pages_and_any_number_gives_one(directory: Directory) -> None:
    services = everything(directory, ServiceQuery(on=ON, per_page=45))
    assert len(services) == 45
    pages = {text: leaf_of(services, text).page for text in ("", "0", "2", "3", "4", "-1", "x", "²", "9" * 50)}
    assert pages == {"": 1, "0": 1, "2": 2, "3": 3, "4": 3, "-1": 1, "x": 1, "²": 1, "9" * 50: 1}
    assert [len(leaf_of(services, text).services) for text in "123"] == [20, 20, 5]
    assert leaf_of((), "").pages == 1


def test_the_best_places_to_start_come_first(directory: Directory) -> None:
    catalog = directory.catalog
    found = everything(directory, ServiceQuery(on=ON, need="food", per_page=ALL))
    ordered = best_first(found, ("food",), catalog)
    assert sorted(one.id for one in ordered) == sorted(one.id for one in found)
    assert ordered[0].id == "211-connecticut"
    statewide = [one.needs[0] == "food" and is_everywhere(one) for one in ordered]
    assert statewide == sorted(statewide, reverse=True)


def test_few_entries_are_alike(directory: Directory) -> None:
    found = everything(directory, ServiceQuery(on=ON, need="disability", per_page=ALL))
    first = [one.needs[0] for one in various(found, 8)]
    assert len(first) == 8
    assert max(first.count(need) for need in first) <= 2


def test_doubtful_services_are_no_place_to_start(directory: Directory) -> None:
    counts = pointers(directory.catalog)
    assert counts["211-connecticut"] > 5
    assert not [one for one in counts if directory.catalog.services[one].confidence == "low"]


@pytest.mark.usefixtures("request_context")
def test_each_guide_stands_under_one_theme(directory: Directory) -> None:
    guides = everything(directory, ServiceQuery(on=ON, kind="guide", per_page=ALL))
    shelves = {shelf.id: [one.id for one in shelf.services] for shelf in guide_shelves(guides, directory.catalog, "en")}
    assert sorted(id for ids in shelves.values() for id in ids) == sorted(one.id for one in guides)
    assert list(shelves)[:4] == ["violence", "school-safety-plans", "growing-up", "iep-504"]
    assert "nasp-talking-about-violence" in shelves["violence"]
    assert "emergency-plan-in-iep" in shelves["school-safety-plans"]
    assert "got-transition" in shelves["growing-up"]
    assert "section-504-rights" in shelves["iep-504"]


@pytest.mark.usefixtures("request_context")
def test_hotlines_begin_with_988_and_211_and_each_stands_once(directory: Directory) -> None:
    lines = everything(directory, ServiceQuery(on=ON, kind="hotline", per_page=ALL))
    shelves = hotline_shelves(lines, directory.catalog, "en")
    assert [line.id for line in shelves[0].services][:2] == ["988-ct", "211-connecticut"]
    assert [shelf.id for shelf in shelves][:3] == ["first", "violence", "crisis"]
    assert "ct-safe-connect" in [line.id for line in shelves[1].services]
    assert sorted(line.id for shelf in shelves for line in shelf.services) == sorted(line.id for line in lines)


def test_a_number_for_texts_alone_opens_the_messages(client: FlaskClient, catalog: Catalog) -> None:
    phone = catalog.services["crisis-text-line"].phones[0]
    assert is_text_number(phone)
    page = client.get("/hotlines").text
    assert f'href="sms:{phone.number}"' in page
    assert 'href="tel:988"' in page


def test_services_by_group_keep_the_order_of_the_taxonomy(directory: Directory) -> None:
    services = everything(directory, ServiceQuery(on=ON, per_page=ALL))
    groups = [need.id for need in directory.catalog.needs.values() if need.parent is None]
    assert [shelf.id for shelf in by_group(services, directory.catalog, "en")] == groups


# Ages


def test_programs_made_for_the_age_come_before_those_for_all(directory: Directory) -> None:
    early = next(one for one in by_age(3, directory, ON, "en").groups if one.branch.id == "school")
    assert early.services[0].id == "preschool-special-education-ct"


@pytest.mark.parametrize("years", AGES)
def test_no_program_that_the_age_rules_out_is_shown(directory: Directory, years: int) -> None:
    shown = by_age(years, directory, ON, "en")
    possible = {group.branch.id: group.branch.count for group in shown.groups}
    assert all(possible.values())
    names = [service.id for group in shown.groups for service in group.services]
    assert len(names) == len(set(names))
    assert ("ct-birth-to-three" in names) <= (years < 3)


def test_what_ends_at_three_is_said_at_two(directory: Directory) -> None:
    ends = {step.service.id: step.ends_at for step in by_age(2, directory, ON, "en").ends}
    assert ends["ct-birth-to-three"] == "3 years"


def test_an_age_that_no_page_is_about_is_refused(directory: Directory) -> None:
    with pytest.raises(ValueError, match="27"):
        by_age(27, directory, ON, "en")


# Towns


def test_a_town_has_its_own_programs_first_and_each_once(directory: Directory) -> None:
    places = directory.catalog.places
    shown = by_town(places.towns["Meriden"], directory, ON, "en")
    local = [one.id for shelf in shown.local for one in shelf.services]
    assert "meriden-diabetes-day-camp" in local
    assert len(local) == shown.local_count
    everyone = [*local, *(one.id for one in (*shown.regional, *shown.perhaps))]
    assert len(everyone) == len(set(everyone))
    total = directory.find(ServiceQuery(on=ON)).total
    assert shown.local_count < shown.wide < total


def test_where_a_confidential_service_meets_is_not_told(directory: Directory) -> None:
    secret = [one for one in directory.catalog.services.values() if one.confidential and one.locations]
    for service in secret:
        for location in service.locations:
            if location.town is not None:
                shown = by_town(directory.catalog.places.towns[location.town], directory, ON, "en")
                local = [one for shelf in shown.local for one in shelf.services]
                assert service not in local or names_town(service, location.town)


def names_town(service: Service, town: str) -> bool:
    limits = [one.residence for one in service.eligibility]
    return any(area is not None and town in area.towns for area in (service.service_area, *limits))


# The care coordinator


def main_of(client: FlaskClient, address: str) -> str:
    return client.get(address).text.partition("<main")[2].partition("</main>")[0]


def test_a_town_of_a_known_region_has_its_office_and_those_who_know_more(client: FlaskClient) -> None:
    page = main_of(client, "/care-coordinator?town=Norwalk")
    assert page.index("This office works with families in Norwalk.") < page.index("Southwest Region (Stamford Health)")
    assert (
        page.index("Southwest Region (Stamford Health)")
        < page.index("Who can tell you more")
        < page.index("860-837-6200")
    )


def test_a_town_of_no_known_region_has_those_that_it_may_belong_to(client: FlaskClient) -> None:
    page = main_of(client, "/care-coordinator?town=Meriden")
    assert "the South Central medical home region" in page and "the Northwest medical home region" in page
    assert "the Eastern medical home region" not in page
    assert "860-837-6200" in page and "This office works with" not in page


def test_without_a_town_the_numbers_of_the_center_are_there(client: FlaskClient) -> None:
    assert "860-837-6200" in main_of(client, "/care-coordinator")


def test_a_misspelled_town_is_answered_with_the_nearest_names(client: FlaskClient) -> None:
    answer = client.get("/care-coordinator?town=Meridan")
    assert answer.status_code == 422
    assert "Did you mean Meriden" in answer.text
    assert 'value="Meridan"' in answer.text and 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize(("town", "status"), [("06450", 200), ("0645", 422), ("90210", 200), ("<b>", 422)])
def test_zip_codes_and_other_texts_are_taken_or_refused(client: FlaskClient, town: str, status: int) -> None:
    answer = client.get("/care-coordinator", query_string={"town": town})
    assert answer.status_code == status
    assert "<b></b>" not in answer.text and 'value="<b>"' not in answer.text
    assert ("This is not in Connecticut" in answer.text) == (town == "90210")


# Far away


def test_coming_from_far_away_has_all_its_parts(client: FlaskClient, catalog: Catalog) -> None:
    visit = visit_of(catalog)
    assert visit is not None
    assert visit.travel is not None and visit.travel.service.id == "destination-care-travel"
    assert visit.stay is not None and visit.stay.service.id == "destination-care-stay"
    assert visit.money is not None and visit.money.service.id == "destination-care-financial"
    page = client.get("/es/far-away").text
    for journey in visit.facts.journeys:
        assert journey.start.es in page and f"{journey.miles} millas" in page
    assert "282 Washington Street" in page
    assert "Esto no es para emergencias" in page
    assert all(step.es in page for step in visit.facts.steps)
