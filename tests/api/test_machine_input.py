"""What other programs send, as they send it: understood, or listed, or refused with a word on what to send instead."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.support.clients import body
from tests.support.match_requests import matched, post_match, refused, severities

OFTEN_TRUE = "LA28397-0"
NOT_UNDERSTOOD = {"54899-0": "LA43-1", "63586-2": "4"}


def score(client: FlaskClient, instrument: str, answers: dict[str, Any]) -> Any:
    answer = client.post(f"/api/v1/assessments/{instrument}/score", json={"answers": answers})
    assert answer.status_code == 200, answer.text
    return body(answer)


@pytest.mark.parametrize("code", ["Z59.41", "Z5941", "z59.41", "z5941", " Z59.41 "])
@pytest.mark.parametrize(
    "system",
    [
        "icd10cm",
        "ICD-10-CM",
        "ICD10",
        "urn:oid:2.16.840.1.113883.6.90",
        "2.16.840.1.113883.6.90",
        "http://hl7.org/fhir/sid/icd-10-cm",
        "https://hl7.org/fhir/sid/icd-10-cm/",
        "http://hl7.org/fhir/sid/icd-10-cm|2026",
    ],
)
def test_a_diagnosis_is_understood_however_it_is_written(client: FlaskClient, system: str, code: str) -> None:
    answer = matched(client, codes=[{"system": system, "code": code}], limit=1)
    assert (set(severities(answer)), answer["unknown"]) == ({"food"}, [])


@pytest.mark.parametrize("system", ["snomed", "SNOMED CT", "urn:oid:2.16.840.1.113883.6.96", "http://snomed.info/sct"])
def test_snomed_is_understood_by_each_of_its_names(client: FlaskClient, system: str) -> None:
    answer = matched(client, codes=[{"system": system, "code": "733423003"}], limit=1)
    assert (set(severities(answer)), answer["unknown"]) == ({"food"}, [])


def test_diagnoses_that_are_no_needs_are_listed_beside_those_that_are(client: FlaskClient) -> None:
    codes = [{"system": "icd10cm", "code": code} for code in ("J06.9", "Z59.41", "E11")]
    answer = matched(client, codes=codes, limit=3)
    assert set(severities(answer)) == {"food"} and answer["matches"]
    assert [(item["field"], item["code"]) for item in answer["unknown"]] == [("codes.0", "J06.9"), ("codes.2", "E11")]


def test_only_diagnoses_that_are_no_needs_give_an_answer_too(client: FlaskClient) -> None:
    answer = matched(client, codes=[{"system": "icd10cm", "code": "J06.9"}])
    assert (answer["needs"], answer["matches"], len(answer["unknown"])) == ([], [], 1)


def test_an_answered_question_among_codes_is_shown_the_way(client: FlaskClient) -> None:
    answer = matched(client, needs=["food"], codes=[{"system": "http://loinc.org", "code": "88122-7"}])
    assert "assessment" in answer["unknown"][0]["message"]


def test_items_of_a_form_that_are_not_mapped_stop_nothing(client: FlaskClient) -> None:
    """Race, language, size of the household: real forms have items that say nothing of a need."""
    answers = {"88122-7": OFTEN_TRUE, **NOT_UNDERSTOOD}
    answer = matched(client, assessment={"instrument": "prapare", "answers": answers})
    assert set(severities(answer)) == set(severities(score(client, "prapare", answers))) == {"food"}
    assert [item["field"] for item in answer["unknown"]] == [f"assessment.answers.{code}" for code in NOT_UNDERSTOOD]


@pytest.mark.parametrize("link", ["/88122-7", "/71802-3/88122-7", "88124-3/88122-7"])
def test_a_question_is_known_by_its_link_id(client: FlaskClient, link: str) -> None:
    said = score(client, "hunger-vital-sign", {link: OFTEN_TRUE})
    assert (set(severities(said)), said["unknown"]) == ({"food"}, [])
    answer = matched(client, assessment={"instrument": "hunger-vital-sign", "answers": {link: OFTEN_TRUE}})
    assert (set(severities(answer)), answer["unknown"]) == ({"food"}, [])


def test_a_link_id_that_leads_nowhere_is_listed_as_it_was_sent(client: FlaskClient) -> None:
    (item,) = score(client, "hunger-vital-sign", {"/1/2-x": OFTEN_TRUE})["unknown"]
    assert item["question"] == "/1/2-x"


def test_a_code_with_a_slash_of_its_own_is_no_path(client: FlaskClient) -> None:
    assert set(severities(score(client, "score-only", {"psc-17/total": 15}))) == {"counseling"}


def test_help_refused_by_link_id_is_refused(client: FlaskClient) -> None:
    answers = {"/we-care/96442-9": "LA33-6", "/we-care/96433-8": "LA32-8"}
    assert severities(score(client, "we-care", answers)) == {}


def test_a_total_may_come_as_text(client: FlaskClient) -> None:
    assert severities(score(client, "phq-9", {"44261-6": "14"})) == severities(score(client, "phq-9", {"44261-6": 14}))


def test_a_number_for_an_answer_is_told_what_is_wanted(client: FlaskClient) -> None:
    (item,) = score(client, "phq-9", {"44250-9": 2})["unknown"]
    assert "not a number" in item["message"] and "LA6568-5" in item["message"]


RESOURCES: list[tuple[dict[str, Any], str]] = [
    ({"resourceType": "QuestionnaireResponse", "status": "completed", "item": [{"linkId": "/88122-7"}]}, "answers"),
    ({"resourceType": "Observation", "code": {"coding": [{"code": "88122-7"}]}}, "answers"),
    ({"resourceType": "Condition", "code": {"coding": [{"code": "Z59.41"}]}}, "codes"),
    ({"resourceType": "Bundle", "entry": []}, "docs/api.md"),
]


@pytest.mark.parametrize(("resource", "advice"), RESOURCES)
def test_a_fhir_resource_is_refused_with_what_to_send(
    client: FlaskClient, resource: dict[str, Any], advice: str
) -> None:
    for path in ("/api/v1/matches", "/api/v1/assessments/hunger-vital-sign/score"):
        errors = refused(client.post(path, json=resource))
        assert set(errors) == {"resourceType"} and advice in errors["resourceType"]["message"]
    errors = refused(post_match(client, needs=["food"], assessment=resource))
    assert set(errors) == {"assessment.resourceType"}
    errors = refused(post_match(client, codes=[resource]))
    assert set(errors) == {"codes.0.resourceType"}


def test_a_resource_sent_as_fhir_json_is_understood_to_be_json(client: FlaskClient) -> None:
    text = '{"resourceType": "QuestionnaireResponse"}'
    answer = client.post("/api/v1/matches", data=text, content_type="application/fhir+json")
    assert set(refused(answer)) == {"resourceType"}


def test_words_that_name_no_need_are_listed_when_something_else_does(client: FlaskClient) -> None:
    answer = matched(client, needs=["food"], words="zzzz")
    assert [item["field"] for item in answer["unknown"]] == ["words"]
    assert set(refused(post_match(client, words="zzzz"))) == {"words"}


@pytest.mark.parametrize("text", ["2024-W11-5", "2024-W11", "2024-075", "20240315", "2024-3-15", "٢٠٢٤-٠٣-١٥"])
def test_only_plain_dates_are_dates(client: FlaskClient, text: str) -> None:
    errors = refused(post_match(client, needs=["food"], person={"birth_date": text}))
    assert "2024-02-29" in errors["person.birth_date"]["message"]
