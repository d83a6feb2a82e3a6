"""Assessments: listed, shown, scored, and inside a match."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient

from settings import ROOT
from tests.support.clients import body
from tests.support.match_requests import matched, post_match, refused, severities

SHARED = ROOT.parent / "shared" / "data"
PAIRS = SHARED / "instruments" / "positive-pairs.json"
FHIR = SHARED / "fhir"

IDS = {
    "ahc-hrsn",
    "ahc-hrsn-supplemental",
    "gad-7",
    "global",
    "hunger-vital-sign",
    "phq-9",
    "prapare",
    "score-only",
    "taps-1",
    "we-care",
}
HITS = ["95618-5", "95617-7", "95616-9", "95615-1"]
HITS_POINTS = {1: "LA6270-8", 2: "LA10066-1", 3: "LA10082-8", 4: "LA16644-9", 5: "LA6482-9"}
PHQ_9 = ["44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8"]
PHQ_POINTS = ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"]
YES, NO, LATER = "LA33-6", "LA32-8", "LA31439-5"


def score(client: FlaskClient, instrument: str, answers: dict[str, Any], **more: Any) -> Any:
    answer = client.post(f"/api/v1/assessments/{instrument}/score", json={"answers": answers} | more)
    assert answer.status_code == 200, answer.text
    said = body(answer)
    assert set(said) == {"needs", "circumstances", "contributions", "unknown"}
    return said


def hits(*points: int) -> dict[str, str]:
    return {code: HITS_POINTS[point] for code, point in zip(HITS, points, strict=False)}


def phq(*points: int) -> dict[str, str]:
    return {code: PHQ_POINTS[point] for code, point in zip(PHQ_9, points, strict=False)}


def test_ten_assessments_are_listed(client: FlaskClient) -> None:
    listed = body(client.get("/api/v1/assessments"))["assessments"]
    assert {one["id"] for one in listed} == IDS and len(listed) == len(IDS)
    needed = {"id", "title", "description", "text", "respondent", "questions"}
    for one in listed:
        assert needed <= set(one) <= needed | {"credit", "terms", "notice"}
        assert one["title"]["en"] and one["title"]["es"] and one["description"]["en"] and one["description"]["es"]
        assert one["text"] in {"public", "own-labels", "codes-only", "scores-only"}
        assert isinstance(one["questions"], int)


def test_each_assessment_is_shown_with_its_questions(client: FlaskClient) -> None:
    for one in body(client.get("/api/v1/assessments"))["assessments"]:
        shown = body(client.get(f"/api/v1/assessments/{one['id']}"))
        assert shown | {"questions": 0} == shown | one | {"questions": 0}
        assert set(shown) - set(one) <= {"panel", "sources", "sums", "instruments"}
        assert isinstance(shown["questions"], list) and len(shown["questions"]) == one["questions"]
        for question in shown["questions"]:
            optional = {"label", "many", "derived", "help_question", "ages", "ask_if"}
            assert {"code", "answers"} <= set(question) <= {"code", "answers"} | optional
            for answer in question["answers"]:
                stated = {"label", "needs", "severity", "help_wanted", "circumstances"}
                assert {"code"} <= set(answer) <= {"code"} | stated
                assert ("needs" in answer) == ("severity" in answer)
        for total in shown.get("sums", []):
            stated = {"label", "total_code", "questions", "at_least", "at_most", "complete", "ages"}
            assert {"id", "needs"} <= set(total) <= {"id", "needs"} | stated


def test_results_only_tools_are_named_with_their_terms(client: FlaskClient) -> None:
    shown = body(client.get("/api/v1/assessments/score-only"))
    assert shown["questions"] == []
    assert shown["instruments"] and all(
        one["id"] and one["title"]["en"] and one["terms"] for one in shown["instruments"]
    )
    assert all("total_code" in one and "questions" not in one for one in shown["sums"])


def labels_in(shown: Any) -> Iterator[Any]:
    if isinstance(shown, dict):
        yield from (inner for key, inner in shown.items() if key == "label")
        for inner in shown.values():
            yield from labels_in(inner)
    if isinstance(shown, list):
        for inner in shown:
            yield from labels_in(inner)


def test_prapare_shows_no_words_of_its_questions_anywhere(client: FlaskClient) -> None:
    shown = body(client.get("/api/v1/assessments/prapare"))
    assert shown["text"] == "codes-only"
    assert list(labels_in(shown["questions"])) == []
    answers = {question["code"]: question["answers"][0]["code"] for question in shown["questions"]}
    said = score(client, "prapare", answers)
    assert len(said["contributions"]) == len(answers)
    # A question that other instruments have too may carry their label, so PRAPARE's own are looked at.
    assert all(one["label"] is None for one in said["contributions"])


def test_what_may_be_shown_has_labels(client: FlaskClient) -> None:
    shown = body(client.get("/api/v1/assessments/ahc-hrsn"))
    labels = list(labels_in(shown["questions"]))
    assert len(labels) == len(shown["questions"]) + sum(len(one["answers"]) for one in shown["questions"])


def test_an_unknown_assessment_is_not_found_and_the_nearest_are_named(client: FlaskClient) -> None:
    for answer in (
        client.get("/api/v1/assessments/ahc-hrs"),
        client.post("/api/v1/assessments/ahc-hrs/score", json={"answers": {}}),
    ):
        assert "ahc-hrsn" in refused(answer, 404)["id"]["allowed"]


def test_a_score_tells_what_each_answer_said_and_what_was_not_understood(client: FlaskClient) -> None:
    answers = {
        "71802-3": "LA31995-6",
        "96778-6": ["LA28580-1", "LA31998-0"],
        "88122-7": "LA28398-8",
        "88123-5": "nonsense",
        "00000-0": "LA33-6",
        "11111-1": 12,
    }
    said = score(client, "ahc-hrsn", answers)
    assert severities(said) == {"homelessness": "urgent", "housing": "urgent", "utilities": "high"}
    housing = next(need for need in said["needs"] if need["need"] == "housing")
    assert housing == {
        "need": "housing",
        "label": housing["label"],
        "severity": "urgent",
        "from": ["71802-3", "96778-6"],
    }
    assert said["circumstances"] == ["homeless"]
    assert [(one["question"], one["answer"]) for one in said["contributions"]] == [
        ("71802-3", "LA31995-6"),
        ("96778-6", "LA28580-1"),
        ("96778-6", "LA31998-0"),
        ("88122-7", "LA28398-8"),
    ]
    for one in said["contributions"]:
        assert set(one) == {"question", "answer", "label", "needs", "severity", "help_wanted"}
        assert (one["severity"] is None) == (one["needs"] == [])
    assert said["contributions"][0]["label"] == "No steady home"
    assert [(one["question"], one["answer"]) for one in said["unknown"]] == [
        ("88123-5", "nonsense"),
        ("00000-0", "LA33-6"),
        ("11111-1", "12"),
    ]
    told = said["unknown"][0]["message"]
    assert "LA28397-0" in told and told.count("LA28397-0") == 1


def test_no_answers_give_no_needs(client: FlaskClient) -> None:
    assert score(client, "ahc-hrsn", {}) == {"needs": [], "circumstances": [], "contributions": [], "unknown": []}


@pytest.mark.parametrize(
    ("answers", "needs"),
    [
        (hits(5, 2, 3, 1), {"domestic-violence"}),
        (hits(4, 4, 1, 1), set()),
        (hits(5, 5, 5), set()),
        ({"95614-4": 11}, {"domestic-violence"}),
        ({"95614-4": 10.5}, set()),
        (hits(5, 5, 5, 5) | {"95614-4": 4}, set()),
        (hits(1, 1, 1, 1) | {"95614-4": 11}, {"domestic-violence"}),
    ],
)
def test_safety_at_home_counts_from_eleven_when_complete(
    client: FlaskClient, answers: dict[str, Any], needs: set[str]
) -> None:
    """A total that was sent is not added up again."""
    said = score(client, "ahc-hrsn", answers)
    assert severities(said) == dict.fromkeys(needs, "high")
    if needs:
        assert said["contributions"][-1]["question"] in {"hits", "95614-4"}
        assert said["contributions"][-1]["answer"] == "11"


@pytest.mark.parametrize(
    ("answers", "needs"),
    [
        (phq(2, 2, 2, 2, 1), set()),
        (phq(2, 2, 2, 2, 2), {"depression", "counseling"}),
        (phq(3, 3, 3, 1, 0, 0, 0, 0, 0), {"depression", "counseling"}),
        ({"44261-6": 10}, {"depression", "counseling"}),
        ({"44261-6": 9}, set()),
    ],
)
def test_signs_of_depression_count_from_ten(client: FlaskClient, answers: dict[str, Any], needs: set[str]) -> None:
    said = severities(score(client, "phq-9", answers))
    # The first two questions are a sum of their own (PHQ-2, from 3) in another instrument.
    assert set(said) - {"depression"} == needs - {"depression"}
    assert "depression" in said or "depression" not in needs


@pytest.mark.parametrize("last", [1, 2, 3])
def test_thoughts_of_self_harm_are_urgent_whatever_the_total(client: FlaskClient, last: int) -> None:
    answers = phq(0, 0, 0, 0, 0, 0, 0, 0, last)
    assert severities(score(client, "phq-9", answers)) == {"suicide-prevention": "urgent", "crisis": "urgent"}
    answer = matched(client, assessment={"instrument": "phq-9", "answers": answers})
    assert severities(answer) == {"suicide-prevention": "urgent", "crisis": "urgent"}
    assert answer["safety"]["services"]
    assert answer["matches"][0]["service"]["id"] in answer["safety"]["services"]
    assert severities(score(client, "phq-9", phq(0, 0, 0, 0, 0, 0, 0, 0, 0))) == {}


def test_help_refused_withdraws_a_need_and_later_makes_it_low(client: FlaskClient) -> None:
    answers = {
        "96442-9": YES,
        "96433-8": NO,
        "96441-1": YES,
        "96440-3": LATER,
        "96436-1": YES,
        "96753-9": YES,
    }
    said = score(client, "we-care", answers)
    assert severities(said) == {"housing": "low", "housing-eviction": "low", "utilities": "moderate"}
    wanted = {one["question"]: one["help_wanted"] for one in said["contributions"]}
    assert wanted == {
        "96442-9": "no",
        "96433-8": "no",
        "96441-1": "later",
        "96440-3": "later",
        "96436-1": "yes",
        "96753-9": "yes",
    }
    answer = matched(client, assessment={"instrument": "we-care", "answers": answers})
    assert severities(answer) == severities(said)
    assert {need["need"]: need["from"] for need in answer["needs"]}["utilities"] == ["96436-1", "96753-9"]


def test_help_refused_in_a_list_of_one_answer_is_refused_too(client: FlaskClient) -> None:
    assert severities(score(client, "we-care", {"96442-9": [YES], "96433-8": [NO]})) == {}
    assert severities(score(client, "we-care", {"96442-9": [YES], "96433-8": [LATER]})) == {"child-care": "low"}
    assert severities(score(client, "we-care", {"96442-9": YES, "96433-8": []})) == {"child-care": "moderate"}


def test_at_some_questions_no_is_the_need(client: FlaskClient) -> None:
    said = score(client, "we-care", {"96434-6": NO, "96446-0": YES, "96444-5": NO})
    assert severities(said) == {"food": "moderate", "employment": "moderate", "job-training": "moderate"}
    assert said["circumstances"] == ["unemployed"]
    assert severities(score(client, "we-care", {"96434-6": YES, "96446-0": NO})) == {"adult-education": "moderate"}


def test_a_need_that_cannot_wait_stays_urgent_though_another_answer_says_later(client: FlaskClient) -> None:
    answers = {"96434-6": NO, "96438-7": LATER, "96437-9": YES}
    assert severities(score(client, "we-care", answers)) == {"food": "urgent"}


def test_questions_of_another_instrument_are_understood(client: FlaskClient) -> None:
    """PRAPARE's answers in an AHC form: one question has two lists of answers."""
    answers = {"93030-5": "LA30134-3", "71802-3": "LA30190-5", "93031-3": ["LA30125-1", "LA30127-7"]}
    expected = {
        "transportation": "moderate",
        "homelessness": "urgent",
        "housing": "urgent",
        "food": "moderate",
        "child-care": "moderate",
    }
    for instrument in ("ahc-hrsn", "prapare", "gad-7"):
        said = score(client, instrument, answers)
        assert said["unknown"] == []
        assert set(severities(said)) == set(expected)
        assert severities(said)["homelessness"] == "urgent"
        answer = matched(client, assessment={"instrument": instrument, "answers": answers})
        assert severities(answer) == severities(said)
    assert severities(score(client, "ahc-hrsn", {"71802-3": "LA31994-9"})) == {
        "housing": "high",
        "housing-eviction": "high",
    }


@pytest.mark.parametrize(
    ("months", "needs"),
    [(None, {"adult-education"}), (17 * 12, {"adult-education"}), (17 * 12 - 1, set()), (60, set())],
)
def test_a_question_for_certain_ages_says_nothing_at_another_age(
    client: FlaskClient, months: int | None, needs: set[str]
) -> None:
    age = {} if months is None else {"age_months": months}
    answers = {"82589-3": "LA30191-3"}
    said = score(client, "prapare", answers, **age)
    assert set(severities(said)) == needs
    assert said["unknown"] == [] and len(said["contributions"]) == 1
    answer = matched(client, person=age, assessment={"instrument": "prapare", "answers": answers})
    assert set(severities(answer)) == needs


@pytest.mark.parametrize(("months", "needs"), [(47, set()), (48, {"counseling"}), (None, {"counseling"})])
def test_a_total_for_certain_ages_says_nothing_at_another_age(
    client: FlaskClient, months: int | None, needs: set[str]
) -> None:
    age = {} if months is None else {"age_months": months}
    assert set(severities(score(client, "score-only", {"psc-17/total": 15}, **age))) == needs
    assert severities(score(client, "score-only", {"psc-17/total": 14.5}, **age)) == {}


def test_the_state_of_the_home_is_a_fact_for_the_match(client: FlaskClient) -> None:
    """An answer that states a circumstance settles the services that ask for it."""
    asked = {"person": {"town": "Waterbury", "age_months": 100}, "needs": ["school-supplies"], "limit": 1000}
    unsure = {one["service"]["id"]: one["verdict"] for one in matched(client, **asked)["matches"]}
    answers = {"instrument": "ahc-hrsn", "answers": {"71802-3": "LA31995-6"}}
    sure = {one["service"]["id"]: one["verdict"] for one in matched(client, assessment=answers, **asked)["matches"]}
    service = "waterbury-students-in-transition"
    assert (unsure[service], sure[service]) == ("uncertain", "eligible")


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"44261-6": -1}, "assessment.answers.44261-6"),
        ({"44261-6": True}, "assessment.answers.44261-6"),
        ({"44261-6": None}, "assessment.answers.44261-6"),
        ({"44261-6": {"total": 3}}, "assessment.answers.44261-6"),
        ({"96778-6": [["LA28580-1"]]}, "assessment.answers.96778-6.0"),
        ({" ": "LA33-6"}, "assessment.answers. "),
        ({"value": True}, "assessment.answers.value"),
        (["88122-7"], "assessment.answers"),
        ({f"q{number}": YES for number in range(201)}, "assessment.answers"),
    ],
)
def test_a_match_refuses_answers_of_a_wrong_shape(client: FlaskClient, answers: Any, field: str) -> None:
    asked = {"instrument": "ahc-hrsn", "answers": answers}
    assert set(refused(post_match(client, needs=["food"], assessment=asked))) == {field}


@pytest.mark.parametrize(
    ("answers", "unknown"),
    [
        ({"88122-7": "LA28397"}, ("88122-7", "LA28397")),
        ({"88122": "LA28397-0"}, ("88122", "LA28397-0")),
        ({"96778-6": ["LA28580-1", "LA1-1"]}, ("96778-6", "LA1-1")),
        ({"44261": 12}, ("44261", "12")),
        ({"44261-6": "twelve"}, ("44261-6", "twelve")),
        ({"44250-9": 2}, ("44250-9", "2")),
    ],
)
def test_a_match_lists_answers_that_it_does_not_understand(
    client: FlaskClient, answers: Any, unknown: tuple[str, str]
) -> None:
    answer = matched(client, needs=["food"], assessment={"instrument": "ahc-hrsn", "answers": answers})
    (item,) = answer["unknown"]
    assert item["field"] == f"assessment.answers.{unknown[0]}"
    assert (item["question"], item["answer"]) == unknown
    assert item["message"]
    assert severities(answer)["food"] == "moderate"


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ({}, "answers"),
        ({"answers": {}, "age_months": -1}, "age_months"),
        ({"answers": {}, "age_months": "3"}, "age_months"),
        ({"answers": {"a": True}}, "answers.a"),
        ({"answers": {}, "town": "Hartford"}, "town"),
    ],
)
def test_answers_of_a_wrong_shape_are_not_scored(client: FlaskClient, request_: Any, field: str) -> None:
    assert set(refused(client.post("/api/v1/assessments/ahc-hrsn/score", json=request_))) == {field}


@cache
def added_here() -> dict[str, list[str]]:
    """Needs that the catalog marks (`also`) as added to those of the instrument's fact sheet."""
    found: dict[str, list[str]] = {}
    for path in (ROOT / "resources" / "assessments").glob("*.yaml"):
        for question in yaml.safe_load(path.read_text(encoding="utf-8")).get("questions", []):
            for answer in question["answers"]:
                if "also" in answer:
                    found[f"{question['code']}|{answer['code']}"] = answer["also"]
    return found


@pytest.mark.skipif(not PAIRS.is_file(), reason="the instruments' fact files are not beside this checkout")
def test_every_answer_that_is_a_need_gives_exactly_its_needs(client: FlaskClient) -> None:
    pairs = json.loads(PAIRS.read_text(encoding="utf-8"))
    assert len(pairs) > 50
    wrong = {}
    for pair, listed in pairs.items():
        needs = {*listed, *added_here().get(pair, ())}
        question, answer = pair.split("|")
        said = score(client, "ahc-hrsn", {question: answer})
        if set(severities(said)) != needs or said["unknown"]:
            wrong[pair] = severities(said)
    assert wrong == {}


LOINC = re.compile(r"\d{1,7}-\d")


def answers_of(items: list[dict[str, Any]]) -> Iterator[tuple[str, Any]]:
    """(question, given) for each item of a QuestionnaireResponse whose linkId ends in a LOINC code."""
    for item in items:
        code = item["linkId"].rpartition("/")[2]
        given = item.get("answer", [])
        codes = [one["valueCoding"]["code"] for one in given if "valueCoding" in one]
        numbers = [one["valueDecimal"] for one in given if "valueDecimal" in one]
        if LOINC.fullmatch(code) and (codes or numbers):
            yield code, codes or numbers[0]
        yield from answers_of(item.get("item", []))
        for one in given:
            yield from answers_of(one.get("item", []))


def expected_needs() -> dict[str, Any]:
    if not (FHIR / "EXPECTED-needs.yaml").is_file():
        return {}
    found = yaml.safe_load((FHIR / "EXPECTED-needs.yaml").read_text(encoding="utf-8"))["expected"]
    assert found
    return dict(found)


@pytest.mark.skipif(not expected_needs(), reason="the FHIR examples are not beside this checkout")
def test_each_example_response_gives_exactly_the_needs_worked_out_for_it(client: FlaskClient) -> None:
    wrong = {}
    for name, expected in expected_needs().items():
        answers = dict(answers_of(json.loads((FHIR / name).read_text(encoding="utf-8"))["item"]))
        assert answers, name
        said = severities(score(client, "ahc-hrsn", answers))
        found = {
            "needs": sorted(said),
            "urgent": sorted(need for need, severity in said.items() if severity == "urgent"),
            "soft": sorted(need for need, severity in said.items() if severity == "low"),
        }
        if found != expected:
            wrong[Path(name).name] = found
    assert wrong == {}
