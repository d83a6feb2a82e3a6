"""GET /api/v1/services, /services/ID, /needs, /organizations, /healthz over the real catalog."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from search.scoring.query_terms import MAX_WORDS
from search.searcher import MAX_CHARACTERS
from tests.support.clients import body


def ids(client: FlaskClient, query: str) -> list[str]:
    answer = client.get(f"/api/v1/services?per_page=100&{query}")
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in body(answer)["items"]]


def fields(answer: Any) -> set[str]:
    assert answer.mimetype == "application/problem+json"
    return {error["field"] for error in body(answer)["errors"]}


def test_words_find_the_program_that_they_name(client: FlaskClient) -> None:
    assert ids(client, "q=birth+to+three")[0] == "ct-birth-to-three"
    assert "ct-snap" in ids(client, "q=food+stamps")[:5]


def test_spanish_everyday_words_find_help(client: FlaskClient) -> None:
    found = ids(client, "q=no+tenemos+qué+comer")
    assert found
    needs = [body(client.get(f"/api/v1/services/{one}"))["needs"] for one in found[:3]]
    assert all("food" in one for one in needs)


def test_nothing_relevant_gives_nothing(client: FlaskClient) -> None:
    assert ids(client, "q=xylophone+zymurgy") == []


def test_a_group_of_needs_finds_its_needs(client: FlaskClient) -> None:
    every = {item["id"]: item for item in body(client.get("/api/v1/needs"))["needs"]}
    total = body(client.get("/api/v1/services?need=safety"))["total"]
    assert total == every["safety"]["services"] > every["domestic-violence"]["services"] > 0


def test_the_age_filter_drops_only_what_states_another_age(client: FlaskClient) -> None:
    toddlers = ids(client, "need=early-intervention&age_months=24")
    teens = ids(client, "need=early-intervention&age_months=180")
    assert "ct-birth-to-three" in toddlers
    assert "ct-birth-to-three" not in teens
    # 211 states no age: unknown is never no.
    assert "211-child-development" in toddlers and "211-child-development" in teens


def test_the_town_filter_takes_towns_villages_and_zip_codes(client: FlaskClient) -> None:
    assert ids(client, "need=food&town=Hartford") == ids(client, "need=food&town=06106")
    assert ids(client, "need=food&town=Willimantic") == ids(client, "need=food&town=Windham")
    assert "bloomfield-jrb" in ids(client, "need=juvenile-justice&town=Bloomfield")
    assert "bloomfield-jrb" not in ids(client, "need=juvenile-justice&town=Stamford")


def test_pages_follow_one_another_without_gap_or_repeat(client: FlaskClient) -> None:
    pages = [body(client.get(f"/api/v1/services?need=food&per_page=10&page={page}")) for page in range(1, 21)]
    found = [item["id"] for page in pages for item in page["items"]]
    assert len(found) == len(set(found)) == pages[0]["total"]


def test_a_former_id_leads_to_the_service_of_today(client: FlaskClient) -> None:
    answer = client.get("/api/v1/services/snap-connecticut")
    assert answer.status_code == 301
    assert answer.headers["Location"].endswith("/api/v1/services/ct-snap")
    assert body(client.get("/api/v1/services/snap-connecticut", follow_redirects=True))["id"] == "ct-snap"


def test_a_service_is_given_whole(client: FlaskClient) -> None:
    service = body(client.get("/api/v1/services/ct-birth-to-three"))
    assert service["eligibility"][0]["age"]["text"]
    assert service["sources"] and service["next_step"]["text"] and service["leads_to"]


def test_confidential_services_show_no_street(client: FlaskClient) -> None:
    found = ids(client, "need=domestic-violence")
    services = [body(client.get(f"/api/v1/services/{one}")) for one in found]
    hidden = [one for one in services if one.get("confidential")]
    assert hidden
    assert not any(key in place for one in hidden for place in one.get("locations", []) for key in ("street", "point"))


def test_an_unknown_service_is_not_found_and_the_nearest_ids_are_named(client: FlaskClient) -> None:
    answer = client.get("/api/v1/services/ct-birth-to-thre")
    assert answer.status_code == 404
    assert "ct-birth-to-three" in body(answer)["errors"][0]["allowed"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("need=foood", "need"),
        ("town=Hartfrod", "town"),
        ("town=0610", "town"),
        ("sector=medcal", "sector"),
        ("kind=programm", "kind"),
        ("language=sp", "language"),
        ("insurance=huskya", "insurance"),
        ("insurance=any", "insurance"),
        ("cost=fre", "cost"),
        ("delivery=in-persn", "delivery"),
        ("fits=maybe", "fits"),
        ("sort=best", "sort"),
        ("sort=distance", "sort"),
        ("sort=distance&town=10001", "sort"),
        ("age_years=3&age_months=36", "age_years"),
        ("age_months=-1", "age_months"),
        ("age_months=two", "age_months"),
        ("age_months=99999999999999999999", "age_months"),
        ("page=0", "page"),
        ("per_page=101", "per_page"),
        ("twon=Hartford", "twon"),
    ],
)
def test_a_wrong_filter_is_named(client: FlaskClient, query: str, field: str) -> None:
    answer = client.get(f"/api/v1/services?{query}")
    assert answer.status_code == 422
    assert fields(answer) == {field}


@pytest.mark.parametrize(
    ("query", "nearest"),
    [
        ("need=foood", "food"),
        ("sector=medcal", "medical"),
        ("kind=programm", "program"),
        ("language=engl", "en"),
        ("insurance=huskya", "husky-a"),
        ("cost=fre", "free"),
        ("delivery=in-persn", "in-person"),
        ("town=Hartfrod", "Hartford"),
    ],
)
def test_the_nearest_name_is_told(client: FlaskClient, query: str, nearest: str) -> None:
    (error,) = body(client.get(f"/api/v1/services?{query}"))["errors"]
    assert nearest in error["allowed"]


def test_every_wrong_filter_is_told_at_once(client: FlaskClient) -> None:
    answer = client.get("/api/v1/services?need=foood&town=Hartfrod&cost=cheap")
    assert fields(answer) == {"need", "town", "cost"}


def test_filters_narrow_the_list_and_the_facets_say_how_many(client: FlaskClient) -> None:
    every = body(client.get("/api/v1/services?need=food&per_page=100"))
    counts = {one["id"]: one["count"] for one in every["facets"]["language"]}
    spanish = body(client.get("/api/v1/services?need=food&language=es&per_page=100"))
    assert spanish["total"] == counts["es"] > 0
    assert all("es" in item["languages"] for item in spanish["items"])
    # Who does not say is counted, and can be asked for.
    silent = body(client.get("/api/v1/services?need=food&language=not-stated&per_page=100"))
    assert silent["total"] == counts["not-stated"] > 0
    assert not any("languages" in item for item in silent["items"])
    assert {one["id"]: one["count"] for one in spanish["facets"]["language"]} == counts
    assert [one["id"] for one in spanish["facets"]["language"] if one["chosen"]] == ["es"]


def test_each_item_says_whether_it_fits_and_how_far_it_is(client: FlaskClient) -> None:
    plain = body(client.get("/api/v1/services?q=food"))
    assert {(item["verdict"], item["distance_miles"], item["serves_town"]) for item in plain["items"]} == {
        (None, None, None)
    }
    answer = body(client.get("/api/v1/services?q=food&town=Hartford&age_years=3&per_page=100"))
    verdicts = [item["verdict"] for item in answer["items"]]
    assert set(verdicts) == {"eligible", "uncertain"}
    assert {one["id"]: one["count"] for one in answer["facets"]["verdict"]} == {
        "eligible": verdicts.count("eligible"),
        "uncertain": verdicts.count("uncertain"),
    }
    only = body(client.get("/api/v1/services?q=food&town=Hartford&age_years=3&fits=eligible"))
    assert only["total"] == verdicts.count("eligible")
    assert {item["serves_town"] for item in answer["items"]} >= {True}


def test_the_nearest_come_first_when_asked_for(client: FlaskClient) -> None:
    answer = body(client.get("/api/v1/services?q=food&town=Hartford&sort=distance&per_page=100"))
    miles = [item["distance_miles"] for item in answer["items"]]
    known = [one for one in miles if one is not None]
    assert known == sorted(known) and miles[: len(known)] == known and known[0] == 0
    kindly = body(client.get("/api/v1/services?q=food&sort=distance"))["errors"][0]["message"]
    assert kindly.startswith("Give a town or ZIP code in Connecticut")


def test_a_confidential_service_has_no_distance(client: FlaskClient) -> None:
    answer = body(client.get("/api/v1/services?need=domestic-violence&town=Hartford&per_page=100"))
    details = {item["id"]: body(client.get(f"/api/v1/services/{item['id']}")) for item in answer["items"]}
    hidden = [item for item in answer["items"] if details[item["id"]].get("confidential")]
    assert hidden and {item["distance_miles"] for item in hidden} == {None}


def test_nothing_found_says_what_to_drop(client: FlaskClient) -> None:
    answer = body(client.get("/api/v1/services?q=speech+therapy&kind=guide&language=ko"))
    assert answer["total"] == 0
    for one in answer["relaxed"]:
        without = {"kind": "q=speech+therapy&language=ko", "language": "q=speech+therapy&kind=guide"}
        if one["drop"] in without:
            assert body(client.get(f"/api/v1/services?{without[one['drop']]}"))["total"] == one["total"] > 0
    assert answer["relaxed"]
    assert body(client.get("/api/v1/services?q=food"))["relaxed"] == []


def test_the_marks_of_a_highlight_are_the_words(client: FlaskClient) -> None:
    item = body(client.get("/api/v1/services?q=diapers"))["items"][0]
    shown = item["highlight"]
    assert [shown["text"][start:end].lower() for start, end in shown["marks"]] == ["diapers"]
    assert shown["language"] == "en"


def test_the_same_search_in_a_body_gives_the_same_answer(client: FlaskClient) -> None:
    sent = client.post("/api/v1/services/search", json={"q": "food", "town": "Hartford", "age_years": 3, "page": 2})
    assert sent.headers["Cache-Control"] == "no-store" and "ETag" not in sent.headers
    assert body(sent) == body(client.get("/api/v1/services?q=food&town=Hartford&age_years=3&page=2"))
    assert body(client.post("/api/v1/services/search"))["total"] == body(client.get("/api/v1/services"))["total"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"page": "2"}, "page"),
        ({"q": 5}, "q"),
        ({"q": None}, "q"),
        ({"twon": "Hartford"}, "twon"),
        ({"need": "foood"}, "need"),
        ({"sort": "distance"}, "sort"),
    ],
)
def test_a_body_is_read_strictly(client: FlaskClient, sent: dict[str, Any], field: str) -> None:
    answer = client.post("/api/v1/services/search", json=sent)
    assert answer.status_code == 422
    assert fields(answer) == {field}


HOSTILE = {
    "wildcards": "*e* *a* *o* f??d",
    "range": "[a TO z] {a TO z}",
    "brackets": "((((((" * 40,
    "not flood": "NOT " * 200 + "food",
    "boolean": "food AND OR NOT ANDMAYBE REQUIRE",
    "fields": "name_en:food id:* *:*",
    "long word": "a" * 10_000,
    "long words": "food " * 2_000,
    "right to left": "\u202eesrever \u200f\u2067food\u2069",
    "control characters": "\x00\x01fo\x07od\x1b[2J",
    "lone surrogates": "\ud800food\udfff",
    "sql": "'; DROP TABLE services; --",
    "percent": "%ud800 %00 %",
    "markup": "<script>alert(1)</script>",
    "emoji": "🥕👨‍👩‍👧‍👦🇺🇸",
    "other letters": "食品 еда",
}


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_get_an_ordinary_answer(client: FlaskClient, words: str) -> None:
    address = client.get("/api/v1/services?q=" + quote(words, errors="surrogatepass"))
    sent = client.post("/api/v1/services/search", data=json.dumps({"q": words}), content_type="application/json")
    for answer in (address, sent):
        assert answer.status_code == 200
        found = body(answer)
        assert 0 <= found["total"] <= 5000 and len(found["items"]) <= 20
        assert len(found["query"]["words"]) <= 400 and found["query"]["used"]["words"] <= 24


def test_hostile_words_take_no_longer_than_others(client: FlaskClient) -> None:
    """Within ten times an ordinary query, whatever the machine does beside it."""

    def seconds(words: str) -> float:
        times = []
        for _ in range(5):
            started = time.perf_counter()
            client.get("/api/v1/services?q=" + quote(words, errors="surrogatepass"))
            times.append(time.perf_counter() - started)
        return min(times)

    ordinary = max(seconds("speech therapy for a child"), seconds("respite autism"), seconds("fodo pantri"))
    assert all(seconds(words) < 10 * ordinary for words in HOSTILE.values())


# More trees than words are used.
TREES = (
    "alder birch cedar elder hazel larch maple olive poplar rowan sumac willow yew aspen beech cypress fir ginkgo"
    " juniper laurel myrtle oak pine spruce walnut"
)


@pytest.mark.parametrize("words", ["food " * 101, TREES])
def test_it_is_said_how_many_characters_and_words_are_used(client: FlaskClient, words: str) -> None:
    query = body(client.get("/api/v1/services", query_string={"q": words}))["query"]
    assert query["shortened"] is True
    assert query["used"]["characters"] == min(MAX_CHARACTERS, len(words)) and query["used"]["words"] <= MAX_WORDS
    assert body(client.get("/api/v1/services?q=food"))["query"]["shortened"] is False


def test_the_taxonomy_has_two_levels_and_two_languages(client: FlaskClient) -> None:
    needs = body(client.get("/api/v1/needs"))["needs"]
    groups = {need["id"] for need in needs if need["parent"] is None}
    assert len(groups) == 12
    assert all(need["parent"] in groups for need in needs if need["parent"])
    assert all(need["label"]["en"] and need["label"]["es"] for need in needs)


def test_an_organization_names_its_services(client: FlaskClient) -> None:
    answer = body(client.get("/api/v1/organizations/connecticut-childrens"))
    assert "destination-care" in answer["services"]
    assert client.get("/api/v1/organizations/nobody").status_code == 404


def test_health_names_the_catalog(client: FlaskClient) -> None:
    answer = body(client.get("/healthz"))
    assert answer["catalog"]["services"] >= 570 and answer["failure"] is None


@pytest.mark.parametrize(
    ("method", "path"), [("delete", "/api/v1/needs"), ("put", "/healthz"), ("get", "/api/v1/matches")]
)
def test_a_wrong_method_is_told_the_right_one(client: FlaskClient, method: str, path: str) -> None:
    answer = getattr(client, method)(path)
    assert answer.status_code == 405
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["Allow"]


def test_an_unknown_address_is_a_problem_not_a_page(client: FlaskClient) -> None:
    answer = client.get("/api/v1/nothing")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_an_age_of_24_months_is_one_month_and_no_year(client: FlaskClient) -> None:
    """Birth to Three takes new children until 2 years 320 days: at 24 months surely, at 35 months no more."""
    assert "ct-birth-to-three" in ids(client, "need=early-intervention&age_months=24")
    assert "ct-birth-to-three" not in ids(client, "need=early-intervention&age_months=36")


def test_a_town_and_an_age_in_the_words_are_understood_and_said(client: FlaskClient) -> None:
    answer = body(client.get("/api/v1/services?q=speech+therapy+2+year+old+Meriden"))
    understood = {item["filter"]: item["value"] for item in answer["query"]["understood_as"]}
    assert understood == {"town": "Meriden", "age": "2 years"}
    assert answer["query"]["words"] == "speech therapy"


def test_a_typo_is_corrected_and_said(client: FlaskClient) -> None:
    answer = body(client.get("/api/v1/services?q=diaperz"))
    assert answer["query"]["corrected_from"] == "diaperz"
    assert "diaper-bank-ct" in [item["id"] for item in answer["items"]]


@pytest.mark.parametrize("query", ["q=suicide", "need=domestic-violence", "q=suicidio"])
def test_in_danger_the_hotlines_are_named_first(client: FlaskClient, query: str) -> None:
    safety = body(client.get(f"/api/v1/services?{query}"))["safety"]
    assert "911" in safety["text"]
    assert safety["services"]


def test_without_danger_no_hotline_is_named(client: FlaskClient) -> None:
    assert body(client.get("/api/v1/services?q=food"))["safety"] is None
