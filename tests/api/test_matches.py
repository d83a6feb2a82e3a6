"""POST /api/v1/matches and /matches/explain over the real catalog."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import create_app
from matching.arrangement import FIRST_PAGE
from matching.ranking import WEIGHTS
from tests.support.clients import body
from tests.support.match_requests import DAY, matched, post_match, refused, severities, verdicts
from tests.support.small_catalog import small_catalog

TODDLER = {"birth_date": "2024-03-15", "town": "New Britain"}
SEVERITIES = ["urgent", "high", "moderate", "low"]

ANSWER = {"on", "catalog", "total", "needs", "matches", "questions", "upcoming", "unmet_needs", "safety", "unknown"}
MATCH = {
    "service",
    "verdict",
    "needs_met",
    "score",
    "score_parts",
    "reasons",
    "missing",
    "to_confirm",
    "opens_on",
    "ends_on",
}
SERVICE = {
    "id",
    "name",
    "organization",
    "sector",
    "kind",
    "status",
    "summary",
    "needs",
    "next_step",
    "phones",
    "urls",
    "emails",
    "assured_date",
    "call_first",
}
SERVICE_WHERE_STATED = {"alert", "cost", "languages"}


def ids(answer: Any) -> list[str]:
    return [one["service"]["id"] for one in answer["matches"]]


def test_an_answer_has_every_documented_field_and_no_other(client: FlaskClient) -> None:
    answer = matched(client, person=TODDLER, needs=["food", "early-intervention"], include=["upcoming"], limit=1000)
    assert set(answer) == ANSWER
    assert answer["on"] == DAY
    assert set(answer["catalog"]) == {"version", "services"}
    assert answer["catalog"] == body(client.get("/healthz"))["catalog"]
    for need in answer["needs"]:
        assert set(need) == {"need", "label", "severity", "who", "from", "eligible", "uncertain"}
    for one in answer["matches"]:
        assert set(one) == MATCH
        assert set(one["service"]) - SERVICE_WHERE_STATED == SERVICE
        assert set(one["service"]["organization"]) == {"id", "name"}
        assert set(one["service"]["next_step"]) == {"action", "text"}
        assert set(one["score_parts"]) == set(WEIGHTS)
        for reason in one["reasons"]:
            assert set(reason) == {"criterion", "status", "text", "source"}
            assert reason["status"] in {"met", "unmet", "unknown", "unstated"} and reason["text"]
    assert answer["questions"] and answer["upcoming"]
    for question in answer["questions"]:
        assert set(question) == {"fact", "text", "settles"}
    for change in answer["upcoming"]:
        assert set(change) == {"service", "change", "on", "when", "why", "leads_to"}
        assert set(change["service"]) == {"id", "name"}
        assert change["change"] in {"opens", "ends"} and change["on"] > DAY


def test_a_match_says_why_and_until_when(client: FlaskClient) -> None:
    answer = matched(client, person=TODDLER, needs=["early-intervention"], limit=1000)
    (one,) = [one for one in answer["matches"] if one["service"]["id"] == "ct-birth-to-three"]
    assert one["verdict"] == "eligible"
    assert one["needs_met"] == ["early-intervention"]
    assert one["missing"] == []
    assert (one["opens_on"], one["ends_on"]) == (None, "2027-03-15")
    age = one["reasons"][0]
    assert (age["criterion"], age["status"]) == ("age", "met")
    assert "2 years 8 months" in age["text"] and age["source"].startswith("https://")


def test_an_answer_in_spanish_says_the_same_in_spanish(client: FlaskClient) -> None:
    asked: dict[str, Any] = {"person": TODDLER, "needs": ["early-intervention", "crisis"], "include": ["upcoming"]}
    english, spanish = matched(client, **asked), matched(client, **asked, language="es")
    assert ids(spanish) == ids(english)
    assert (english["needs"][1]["label"], spanish["needs"][1]["label"]) == (
        "Mental health crisis now",
        "Crisis de salud mental ahora",
    )
    (one,) = [one for one in spanish["matches"] if one["service"]["id"] == "ct-birth-to-three"]
    assert one["reasons"][0]["text"].endswith("El 21 de noviembre de 2026 esta persona tiene 2 años y 8 meses.")
    assert spanish["safety"]["text"].startswith("Si alguien está en peligro ahora mismo, llame al 911.")
    (ends,) = [one for one in spanish["upcoming"] if one["service"]["id"] == "ct-birth-to-three"]
    assert (ends["on"], ends["when"], ends["why"]) == ("2027-03-15", "el 15 de marzo de 2027", "cumple 3 años")


def test_a_language_is_english_or_spanish(client: FlaskClient) -> None:
    errors = refused(post_match(client, needs=["food"], language="fr"))
    assert errors["language"]["message"] == "This must be one of: en, es."


def test_an_age_without_a_birth_date_gives_no_day_on_which_it_ends(client: FlaskClient) -> None:
    answer = matched(client, person={"age_months": 12}, needs=["early-intervention"], limit=1000)
    assert {(one["opens_on"], one["ends_on"]) for one in answer["matches"]} == {(None, None)}


def test_only_an_uncertain_match_misses_facts(client: FlaskClient) -> None:
    answer = matched(client, needs=["food", "early-intervention"], limit=1000, include=["ineligible"])
    uncertain = [one for one in answer["matches"] if one["verdict"] == "uncertain"]
    assert any(one["missing"] for one in uncertain)
    assert all(not one["missing"] for one in answer["matches"] if one["verdict"] != "uncertain")


def test_without_a_day_it_is_judged_for_today(client: FlaskClient) -> None:
    answer = body(post_match(client, needs=["food"], limit=1))
    shown = body(post_match(client, needs=["food"], limit=1, on=answer["on"]))
    assert shown == answer


def test_a_need_is_named_by_id_by_object_or_by_its_group(client: FlaskClient) -> None:
    by_id = matched(client, needs=["food"])
    assert matched(client, needs=[{"need": "food"}]) == by_id
    assert by_id["needs"][0] | {"eligible": 0, "uncertain": 0} == {
        "need": "food",
        "label": "Food",
        "severity": "moderate",
        "who": "child",
        "from": [],
        "eligible": 0,
        "uncertain": 0,
    }
    every = body(client.get("/api/v1/needs"))["needs"]
    group = [need["id"] for need in every if need["parent"] == "basic-needs"]
    assert [need["need"] for need in matched(client, needs=["basic-needs"])["needs"]] == group


def test_a_more_pressing_need_ranks_its_services_higher(client: FlaskClient) -> None:
    def first(pressing: str, other: str) -> str:
        needs = [{"need": pressing, "severity": "high"}, {"need": other, "severity": "low"}]
        met: list[str] = matched(client, person=TODDLER, needs=needs)["matches"][0]["needs_met"]
        return met[0]

    assert first("food", "legal-aid") == "food"
    assert first("legal-aid", "food") == "legal-aid"


@pytest.mark.parametrize(("lesser", "greater"), list(zip(SEVERITIES[1:], SEVERITIES, strict=False)))
def test_each_severity_weighs_more_than_the_one_below(client: FlaskClient, lesser: str, greater: str) -> None:
    def share(severity: str) -> Any:
        needs = [{"need": "food", "severity": severity}, "legal-aid"]
        answer = matched(client, needs=needs, limit=1000)
        return max(one["score_parts"]["needs"] for one in answer["matches"] if one["needs_met"] == ["food"])

    assert share(greater) > share(lesser)


def test_of_a_need_said_twice_the_more_pressing_counts(client: FlaskClient) -> None:
    needs = [{"need": "food", "severity": "low"}, {"need": "food", "severity": "high"}, "food"]
    assert severities(matched(client, needs=needs)) == {"food": "high"}


def test_help_that_is_not_wanted_is_left_out_and_later_is_low(client: FlaskClient) -> None:
    needs = [
        {"need": "food", "severity": "high", "help_wanted": "no"},
        {"need": "diapers", "severity": "urgent", "help_wanted": "later"},
        {"need": "child-care", "severity": "high", "help_wanted": "yes"},
    ]
    assert severities(matched(client, needs=needs)) == {"diapers": "low", "child-care": "high"}


def test_a_refused_need_is_left_out_wherever_else_it_comes_from(client: FlaskClient) -> None:
    answer = matched(
        client,
        needs=[{"need": "food", "help_wanted": "no"}, "diapers"],
        words="no food",
        codes=[{"system": "icd10cm", "code": "Z59.41"}],
        assessment={"instrument": "hunger-vital-sign", "answers": {"88124-3": "LA19952-3"}},
    )
    assert set(severities(answer)) == {"diapers"}


def test_when_nothing_is_wanted_nothing_is_found(client: FlaskClient) -> None:
    answer = matched(client, needs=[{"need": "food", "help_wanted": "no"}])
    assert answer["needs"] == answer["matches"] == answer["questions"] == answer["unmet_needs"] == []
    assert answer["total"] == 0 and answer["safety"] is None


@pytest.mark.parametrize(
    ("age", "status"),
    [
        ({"birth_date": "2024-02-22"}, "unmet"),
        ({"birth_date": "2024-02-21"}, "met"),
        ({"age": {"years": 1}}, "unmet"),
        ({"age": {"years": 2}}, "unknown"),
        ({"age": {"years": 2, "months": 8}}, "unmet"),
        ({"age": {"years": 2, "months": 8, "days": 30}}, "unmet"),
        ({"age": {"years": 2, "months": 9}}, "met"),
        ({"age": {"years": 3}}, "met"),
        ({"age_months": 32}, "unmet"),
        ({"age_months": 33}, "met"),
        ({"birth_date": "2024-02-21", "age": {"years": 2}, "age_months": 33}, "met"),
        ({"age": {"years": 2}, "age_months": 33}, "met"),
        ({}, "unknown"),
    ],
)
def test_an_age_is_given_in_any_of_three_ways(client: FlaskClient, age: dict[str, Any], status: str) -> None:
    """Special education before school begins at 2 years and 9 months."""
    answer = matched(client, person=age, needs=["special-education"], limit=1000, include=["ineligible"])
    (one,) = [one for one in answer["matches"] if one["service"]["id"] == "preschool-special-education-ct"]
    assert [reason["status"] for reason in one["reasons"] if reason["criterion"] == "age"] == [status]


def test_an_age_of_days_alone_is_a_newborn(client: FlaskClient) -> None:
    def safe_haven(age: dict[str, int]) -> str:
        person = {"age": age, "not_circumstances": ["pregnant"], "town": "Hartford"}
        return verdicts(client, person=person, needs=["crisis"])["ct-safe-haven"]

    assert safe_haven({"days": 3}) == "eligible"
    assert safe_haven({"months": 3}) == "ineligible"


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ({}, "unknown"),
        ({"town": "Bloomfield"}, "met"),
        ({"zip": "06002"}, "met"),
        ({"town": "Stamford"}, "unmet"),
        ({"zip": "10001"}, "unmet"),
        ({"state": "NY"}, "unmet"),
        ({"state": "ny"}, "unmet"),
        ({"state": "CT"}, "unknown"),
        ({"country": "Peru"}, "unmet"),
        ({"country": "United States"}, "unknown"),
        ({"town": "Bloomfield", "zip": "06002", "state": "CT", "country": "USA"}, "met"),
    ],
)
def test_where_one_lives_is_given_by_town_zip_state_or_country(
    client: FlaskClient, person: dict[str, str], status: str
) -> None:
    answer = matched(client, person=person, needs=["juvenile-justice"], include=["ineligible"], limit=1000)
    (one,) = [one for one in answer["matches"] if one["service"]["id"] == "bloomfield-jrb"]
    (residence,) = [reason for reason in one["reasons"] if reason["criterion"] == "residence"]
    assert residence["status"] == status


def test_a_village_stands_for_its_town(client: FlaskClient) -> None:
    village = verdicts(client, person={"town": "Willimantic"}, needs=["food"])
    assert village == verdicts(client, person={"town": "Windham"}, needs=["food"])


def test_several_people_are_answered_each_with_their_own_id(client: FlaskClient) -> None:
    people = [{"id": "b", "age_months": 26}, {"id": "Ana María 1", "age_months": 150}]
    answer = matched(client, people=people, needs=["early-intervention"], limit=5)
    assert set(answer) == {"on", "catalog", "people"}
    assert [one["id"] for one in answer["people"]] == ["b", "Ana María 1"]
    for asked, one in zip(people, answer["people"], strict=True):
        alone = matched(client, person=asked, needs=["early-intervention"], limit=5)
        assert alone == {"on": DAY, "catalog": answer["catalog"]} | one
        assert set(one) == {"id"} | ANSWER - {"on", "catalog"}
    assert "ct-birth-to-three" in ids(answer["people"][0])
    assert "ct-birth-to-three" not in ids(answer["people"][1])


def test_one_person_without_an_id_gets_none(client: FlaskClient) -> None:
    assert "id" not in matched(client, person={"age_months": 3}, needs=["food"])


def test_answers_are_read_for_the_age_of_each_of_several_people(client: FlaskClient) -> None:
    people = [{"id": "small", "age_months": 24}, {"id": "big", "age_months": 96}]
    answers = {"instrument": "score-only", "answers": {"psc-17/total": 20}}
    small, big = matched(client, people=people, assessment=answers)["people"]
    assert severities(small) == {}
    assert severities(big) == {"counseling": "moderate"}


@pytest.mark.parametrize(
    ("people", "field"),
    [
        ([{"id": "a"}, {"id": "a"}], "people.1.id"),
        ([{"id": "a"}, {"age_months": 3}], "people.1.id"),
        ([{"id": " "}], "people.0.id"),
        ([{"id": "x" * 61}], "people.0.id"),
        ([], "people"),
        ([{"id": f"{number}"} for number in range(21)], "people"),
        ([{"id": "a", "town": "Hartfrod"}], "people.0.town"),
    ],
)
def test_people_with_wrong_ids_are_refused(client: FlaskClient, people: list[dict[str, Any]], field: str) -> None:
    assert set(refused(post_match(client, people=people, needs=["food"]))) == {field}


def test_a_need_of_the_caregiver_is_judged_by_the_caregivers_age(client: FlaskClient) -> None:
    asked = {"person": {"age_months": 60, "town": "New Haven"}, "caregiver": {"age": {"years": 30}}}
    child = verdicts(client, needs=["psychosis"], **asked)
    caregiver = verdicts(client, needs=[{"need": "psychosis", "who": "caregiver"}], **asked)
    household = verdicts(client, needs=[{"need": "psychosis", "who": "household"}], **asked)
    assert child["step-clinic"] == "ineligible"
    assert caregiver["step-clinic"] == household["step-clinic"] == "eligible"


def test_a_service_for_children_does_not_meet_the_need_of_a_caregiver(client: FlaskClient) -> None:
    asked = {"person": {"age_months": 60, "town": "New Haven"}, "caregiver": {"age": {"years": 30}}}
    found = {
        who: verdicts(client, needs=[{"need": "crisis", "who": who}], **asked)["mobile-crisis"]
        for who in ("child", "caregiver", "household")
    }
    assert found == {"child": "eligible", "caregiver": "ineligible", "household": "eligible"}


def test_one_need_of_two_people_is_told_for_each(client: FlaskClient) -> None:
    needs = [{"need": "counseling", "who": "child"}, {"need": "counseling", "who": "caregiver", "severity": "high"}]
    answer = matched(client, needs=needs)
    assert [(need["who"], need["severity"]) for need in answer["needs"]] == [
        ("child", "moderate"),
        ("caregiver", "high"),
    ]


def test_what_does_not_fit_is_shown_on_request_and_last(client: FlaskClient) -> None:
    asked = {"person": {"age_months": 100}, "needs": ["early-intervention"], "limit": 1000}
    plain, whole = matched(client, **asked), matched(client, include=["ineligible"], **asked)
    assert all(one["verdict"] != "ineligible" for one in plain["matches"])
    assert plain["total"] == len(plain["matches"]) < whole["total"] == len(whole["matches"])
    assert whole["matches"][: plain["total"]] == plain["matches"]
    rest = whole["matches"][plain["total"] :]
    assert {one["verdict"] for one in rest} == {"ineligible"}
    for one in rest:
        assert any(reason["status"] == "unmet" for reason in one["reasons"])


def test_changes_to_come_are_told_on_request(client: FlaskClient) -> None:
    asked = {"person": TODDLER, "needs": ["early-intervention"]}
    assert matched(client, **asked)["upcoming"] == []
    upcoming = matched(client, include=["upcoming"], **asked)["upcoming"]
    (end,) = [one for one in upcoming if one["service"]["id"] == "ct-birth-to-three" and one["change"] == "ends"]
    assert end["on"] == "2027-03-15"
    assert end["leads_to"]
    assert [one["on"] for one in upcoming] == sorted(one["on"] for one in upcoming)


def test_the_limit_cuts_the_matches_and_not_the_total(client: FlaskClient) -> None:
    asked = {"person": TODDLER, "needs": ["food"]}
    one, usual, every = (
        matched(client, limit=1, **asked),
        matched(client, **asked),
        matched(client, limit=1000, **asked),
    )
    assert len(one["matches"]) == 1 and len(usual["matches"]) == 20
    assert one["total"] == usual["total"] == every["total"] == len(every["matches"]) > 20
    assert every["matches"][:20] == usual["matches"] and usual["matches"][:1] == one["matches"]
    for field in ANSWER - {"matches"}:
        assert one[field] == every[field]


def test_the_counts_of_a_need_are_those_of_its_matches(client: FlaskClient) -> None:
    answer = matched(client, person=TODDLER, needs=["food"], limit=1000)
    found = [one["verdict"] for one in answer["matches"]]
    (need,) = answer["needs"]
    assert (need["eligible"], need["uncertain"]) == (found.count("eligible"), found.count("uncertain"))


def test_parts_add_up_to_the_score_and_the_best_comes_first(client: FlaskClient) -> None:
    needs = ["food", {"need": "early-intervention", "severity": "high"}, "legal-aid"]
    answer = matched(client, person=TODDLER, needs=needs, limit=1000)
    assert len(answer["matches"]) > 50
    for one in answer["matches"]:
        assert one["score"] == pytest.approx(sum(one["score_parts"].values()), abs=1e-4)
        assert all(0 <= share <= WEIGHTS[part] for part, share in one["score_parts"].items())
        assert set(one["needs_met"]) <= set(one["service"]["needs"]) & {"food", "early-intervention", "legal-aid"}
        assert one["needs_met"]
    scores = [one["score"] for one in answer["matches"]]
    # The parts are rounded to four places, so neighbours may differ by that much. Among the first ten stands the best
    # service of every need, whatever its score.
    assert all(before >= after - 8e-4 for before, after in pairwise(scores[FIRST_PAGE:]))
    assert set().union(*(one["needs_met"] for one in answer["matches"][:FIRST_PAGE])) == {
        "food",
        "early-intervention",
        "legal-aid",
    }
    assert scores[0] > scores[-1]


def test_questions_are_at_most_five_and_the_most_useful_first(client: FlaskClient) -> None:
    answer = matched(client, needs=["food", "child-care", "housing", "counseling"], limit=1000)
    settles = [question["settles"] for question in answer["questions"]]
    assert 1 <= len(settles) <= 5
    assert settles == sorted(settles, reverse=True) and settles[-1] > 0
    missing = [fact for one in answer["matches"] for fact in one["missing"]]
    for question in answer["questions"]:
        assert question["fact"] in missing and "?" in question["text"]


def test_a_fact_that_was_asked_for_is_not_asked_again(client: FlaskClient) -> None:
    def facts(person: dict[str, Any]) -> list[str]:
        return [one["fact"] for one in matched(client, person=person, needs=["food", "child-care"])["questions"]]

    assert {"town", "age"} <= set(facts({}))
    assert not {"town", "age"} & set(facts({"town": "Hartford", "birth_date": "2020-01-01"}))


def test_a_need_that_nothing_meets_names_the_place_to_ask(client: FlaskClient) -> None:
    (unmet,) = matched(client, person={"age_months": 60}, needs=["psychosis"])["unmet_needs"]
    assert set(unmet) == {"need", "label", "nearest"} and unmet["need"] == "psychosis" and unmet["label"]
    (nearest,) = unmet["nearest"]
    assert set(nearest) == {"service", "relaxed"}
    assert nearest["service"]["id"] == "211-connecticut" and set(nearest["service"]) >= SERVICE
    # A program for other ages is no help, and "211" is said to be no such program.
    assert "211" in nearest["relaxed"]


def test_a_need_that_something_may_meet_is_not_unmet(client: FlaskClient) -> None:
    assert matched(client, person={"age_months": 240}, needs=["psychosis"])["unmet_needs"] == []


def test_an_unmet_need_names_what_would_fit_elsewhere_and_what_was_relaxed(client: FlaskClient) -> None:
    """Out of state: a program of one town would fit but for where they live; the others are not for this family."""
    not_so = (
        "abuse-or-neglect low-income dcf-involved foster-care adopted foster-parent adoptive-parent homeless runaway "
        "kinship-caregiver eligible-relative-caregiver guardian"
    ).split()
    person = {"age_months": 68, "state": "NY", "not_circumstances": not_so}
    asked = {"person": person, "needs": ["school-supplies"]}
    (unmet,) = matched(client, **asked)["unmet_needs"]
    near = {one["service"]["id"]: one["relaxed"] for one in unmet["nearest"]}
    assert 1 <= len(near) <= 3
    found = matched(client, include=["ineligible"], limit=1000, **asked)["matches"]
    for one in found:
        failed = [reason for reason in one["reasons"] if reason["status"] == "unmet"]
        if one["service"]["id"] in near:
            assert [reason["criterion"] for reason in failed] == ["residence"]
            assert near[one["service"]["id"]] == failed[0]["text"] and "NY" in failed[0]["text"]


@pytest.mark.parametrize(
    ("age_months", "near"),
    [(60, ["food-pantry", "meals-for-kids"]), (360, ["meals-for-kids"]), (None, ["food-pantry", "meals-for-kids"])],
)
def test_only_the_place_is_ever_relaxed(tmp_path: Path, age_months: int | None, near: list[str]) -> None:
    """Two services for people of Connecticut towns; one is for children. A family of New York asks."""
    small = small_catalog(tmp_path)
    small.change("community/food-bank.yaml", "age: any\n", "age: any\n        residence: {towns: [Hartford]}\n")
    client = create_app(small.settings()).test_client()
    person = {"state": "NY"} | ({} if age_months is None else {"age_months": age_months})
    (unmet,) = matched(client, person=person, needs=["food"])["unmet_needs"]
    assert (unmet["need"], unmet["label"]) == ("food", "Food")
    assert sorted(one["service"]["id"] for one in unmet["nearest"]) == near
    relaxed = {one["service"]["id"]: one["relaxed"] for one in unmet["nearest"]}
    assert relaxed["meals-for-kids"] == "For people who live in Hartford. NY is not part of it."
    assert matched(client, person=person | {"state": "CT", "town": "Hartford"}, needs=["food"])["unmet_needs"] == []


def test_an_urgent_need_for_safety_puts_hotlines_first(client: FlaskClient) -> None:
    answer = matched(client, needs=["food", "domestic-violence"], limit=1000)
    safety = answer["safety"]
    assert set(safety) == {"text", "services"}
    assert "911" in safety["text"] and "988" in safety["text"]
    assert "ct-safe-connect" in safety["services"]
    count = len(safety["services"])
    assert 1 <= count <= 3 and ids(answer)[:count] == safety["services"]
    assert all(one["service"]["kind"] == "hotline" for one in answer["matches"][:count])
    assert answer["matches"][count]["service"]["id"] not in safety["services"]


@pytest.mark.parametrize(
    ("need", "severity", "filled"),
    [
        ("suicide-prevention", "low", True),
        ("community-violence", "urgent", True),
        ("community-violence", "high", False),
        ("food", "urgent", False),
    ],
)
def test_safety_is_filled_for_urgent_needs_of_safety_only(
    client: FlaskClient, need: str, severity: str, filled: bool
) -> None:
    answer = matched(client, needs=[{"need": need, "severity": severity}])
    assert (answer["safety"] is not None) == filled


@pytest.mark.parametrize(
    ("words", "needs"),
    [
        ("We have NO FOOD at home", {"food"}),
        ("¡No tenemos comida!", {"food"}),
        ("We ran out of diapers, and the food is gone", {"diapers", "food"}),
        ("Se me acabaron los pañales.", {"diapers"}),
        ("busco PANALES GRATIS", {"diapers"}),
    ],
)
def test_words_name_needs_in_english_and_spanish(client: FlaskClient, words: str, needs: set[str]) -> None:
    answer = matched(client, words=words)
    found = {need["need"]: need for need in answer["needs"]}
    assert needs <= set(found)
    assert all(source.startswith("words ") for need in needs for source in found[need]["from"])
    assert all(found[need]["from"] and found[need]["severity"] == "moderate" for need in needs)


def test_words_without_a_need_are_refused(client: FlaskClient) -> None:
    assert set(refused(post_match(client, words="xylophone zymurgy"))) == {"words"}


GRAVITY = "http://hl7.org/fhir/us/sdoh-clinicalcare/CodeSystem/SDOHCC-CodeSystemTemporaryCodes"


@pytest.mark.parametrize(
    ("system", "code", "need"),
    [
        ("icd10cm", "Z59.4", "food"),
        ("icd10cm", "Z59.41", "food"),
        ("http://hl7.org/fhir/sid/icd-10-cm", "Z59.48", "food"),
        ("icd10cm", "Z59.811", "housing"),
        ("snomed", "733423003", "food"),
        ("http://snomed.info/sct", "733423003", "food"),
        ("gravity", "food-insecurity", "food"),
        (GRAVITY, "food-insecurity", "food"),
    ],
)
def test_a_code_of_a_health_record_points_to_its_need(client: FlaskClient, system: str, code: str, need: str) -> None:
    found = {one["need"]: one for one in matched(client, codes=[{"system": system, "code": code}])["needs"]}
    assert found[need]["severity"] == "moderate"
    assert found[need]["from"]


def test_a_weak_code_is_a_low_need(client: FlaskClient) -> None:
    assert severities(matched(client, codes=[{"system": "icd10cm", "code": "Z59.9"}])) == {"housing": "low"}


def test_a_code_that_says_nothing_of_a_need_is_known_all_the_same(client: FlaskClient) -> None:
    assert matched(client, codes=[{"system": "icd10cm", "code": "Z71.88"}])["needs"] == []


@pytest.mark.parametrize(
    ("system", "code"), [("icd10cm", "Q00.QQ"), ("icd9", "V60.0"), ("snomed", "Z59.4"), ("snomed", "7334230039")]
)
def test_an_unknown_code_is_listed_and_stops_nothing(client: FlaskClient, system: str, code: str) -> None:
    known = {"system": "icd10cm", "code": "Z59.41"}
    answer = matched(client, codes=[known, {"system": system, "code": code}])
    assert answer | {"unknown": []} == matched(client, codes=[known])
    (item,) = answer["unknown"]
    assert (item["field"], item["system"], item["code"]) == ("codes.1", system, code)
    assert code in item["message"] and system in item["message"]


def test_needs_from_everywhere_count_once_with_the_most_pressing_severity(client: FlaskClient) -> None:
    answer = matched(
        client,
        needs=[{"need": "food", "severity": "low"}],
        words="food",
        codes=[{"system": "icd10cm", "code": "Z59.41"}],
        assessment={"instrument": "we-care", "answers": {"96437-9": "LA33-6"}},
    )
    (need,) = answer["needs"]
    assert (need["need"], need["severity"]) == ("food", "urgent")
    assert need["from"] == ["96437-9", "icd10cm", "words food"]


Explain = Callable[..., Any]


@pytest.fixture
def explained(client: FlaskClient) -> Explain:
    def ask(service: str, **request: Any) -> Any:
        answer = client.post("/api/v1/matches/explain", json={"on": DAY, "service": service} | request)
        assert answer.status_code == 200, answer.text
        assert set(body(answer)) == {"on", "match", "unknown"} and body(answer)["on"] == DAY
        return body(answer)["match"]

    return ask


def test_explain_tells_a_service_that_does_not_fit(explained: Explain) -> None:
    one = explained("ct-birth-to-three", person={"birth_date": "2018-01-01", "town": "Hartford"})
    assert set(one) == MATCH
    assert one["verdict"] == "ineligible"
    statuses = {reason["criterion"]: reason["status"] for reason in one["reasons"]}
    assert statuses["age"] == "unmet" and statuses["residence"] == "met"


def test_explain_understands_a_former_id(explained: Explain) -> None:
    assert explained("snap-connecticut") == explained("ct-snap")
    assert explained("snap-connecticut")["service"]["id"] == "ct-snap"


def test_explain_counts_all_needs_of_the_service_unless_some_are_named(explained: Explain) -> None:
    every = explained("ct-birth-to-three")
    assert every["needs_met"] == every["service"]["needs"] and len(every["needs_met"]) > 1
    assert explained("ct-birth-to-three", needs=["autism"])["needs_met"] == ["autism"]
    assert explained("ct-birth-to-three", words="autism")["needs_met"] == ["autism"]


def test_explain_says_the_same_as_a_match(client: FlaskClient, explained: Explain) -> None:
    found = matched(client, person=TODDLER, needs=["early-intervention"], limit=1000, include=["ineligible"])
    for one in found["matches"][::7]:
        assert explained(one["service"]["id"], person=TODDLER, needs=["early-intervention"]) == one


def test_explain_names_the_nearest_services_for_an_unknown_one(client: FlaskClient) -> None:
    errors = refused(client.post("/api/v1/matches/explain", json={"service": "ct-snapp"}))
    assert set(errors) == {"service"}
    assert errors["service"]["allowed"][0] == "ct-snap"


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ({}, "service"),
        ({"service": "ct-snap", "people": [{"id": "a"}]}, "people"),
        ({"service": "ct-snap", "person": {"town": "Hartfrod"}}, "person.town"),
        ({"service": 7}, "service"),
    ],
)
def test_a_wrong_explain_request_is_refused(client: FlaskClient, request_: dict[str, Any], field: str) -> None:
    assert set(refused(client.post("/api/v1/matches/explain", json=request_))) == {field}


def test_many_people_cannot_ask_for_every_match_at_once(client: FlaskClient) -> None:
    people = [{"id": str(number), "town": "Hartford"} for number in range(20)]
    answer = client.post("/api/v1/matches", json={"people": people, "needs": ["food"], "limit": 251})
    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["errors"] == [
        {"field": "limit", "message": "For 20 people at once give at most 250, or ask for fewer people."}
    ]
    assert client.post("/api/v1/matches", json={"people": people, "needs": ["food"], "limit": 250}).status_code == 200
