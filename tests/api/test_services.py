"""GET /api/v1/services, /services/ID, /needs, /organizations, /healthz over the real catalog."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.api.asking import body


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
    pages = [body(client.get(f"/api/v1/services?need=food&per_page=10&page={page}")) for page in range(1, 9)]
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
    "words",
    [
        "*e* *a* *o*",
        "[a TO z]",
        "((((((",
        "NOT " * 200,
        "a" * 10_000,
        "\u202eesrever",
        "\x00\x01",
        "'; DROP TABLE",
        "%ud800",
    ],
)
def test_hostile_words_get_an_ordinary_answer(client: FlaskClient, words: str) -> None:
    answer = client.get("/api/v1/services", query_string={"q": words})
    assert answer.status_code == 200
    assert isinstance(body(answer)["total"], int)


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
    assert answer["status"] == "ok" and answer["catalog"]["services"] >= 570 and answer["failure"] is None


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
