"""Whatever is sent, the answer is a problem detail that names the field: never a 500, never a page.

200 random bodies each time; 5,000 with LONG_TESTS=1.
"""

from __future__ import annotations

import json
import os
import string
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.clients import body
from tests.support.match_requests import JSON, post_match, refused

LONG = os.environ.get("LONG_TESTS") == "1"
CASES = 5_000 if LONG else 200

random_bodies = settings(
    max_examples=CASES,
    deadline=None,
    database=None,
    derandomize=not LONG,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)

POSTS = ["/api/v1/matches", "/api/v1/matches/explain", "/api/v1/assessments/ahc-hrsn/score"]


def errors_of(client: FlaskClient, request: dict[str, Any]) -> dict[str, Any]:
    """The errors by field of a request that is wrong beside a sound need."""
    text = json.dumps({"needs": ["food"], "on": "2026-11-21"} | request)
    return refused(client.post("/api/v1/matches", data=text, content_type=JSON))


@pytest.mark.parametrize(
    ("request_", "field", "nearest"),
    [
        ({"needs": ["foood"]}, "needs.0", "food"),
        ({"needs": ["food", {"need": "diaperz"}]}, "needs.1", "diapers"),
        ({"person": {"town": "Hartfrod"}}, "person.town", "Hartford"),
        ({"assessment": {"instrument": "we-car", "answers": {}}}, "assessment.instrument", "we-care"),
        ({"person": {"conditions": ["autsm"]}}, "person.conditions.0", "autism"),
        ({"person": {"not_conditions": ["autism", "autsm"]}}, "person.not_conditions.1", "autism"),
        ({"person": {"circumstances": ["homelss"]}}, "person.circumstances.0", "homeless"),
        ({"person": {"not_circumstances": ["homelss"]}}, "person.not_circumstances.0", "homeless"),
        ({"person": {"insurance": ["huskya"]}}, "person.insurance.0", "husky-a"),
        ({"caregiver": {"circumstances": ["homelss"]}}, "caregiver.circumstances.0", "homeless"),
        ({"caregiver": {"not_circumstances": ["homelss"]}}, "caregiver.not_circumstances.0", "homeless"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(
    client: FlaskClient, request_: dict[str, Any], field: str, nearest: str
) -> None:
    errors = errors_of(client, request_)
    assert set(errors) == {field}
    assert nearest in errors[field]["allowed"]


def test_an_unknown_name_without_a_near_one_is_told_without(client: FlaskClient) -> None:
    assert "allowed" not in errors_of(client, {"needs": ["zzzzzzzzzzzz"]})["needs.0"]


@pytest.mark.parametrize(
    ("request_", "fields"),
    [
        # Ages
        ({"person": {"age_months": -1}}, {"person.age_months"}),
        ({"person": {"age_months": 1441}}, {"person.age_months"}),
        ({"person": {"age_months": 3.5}}, {"person.age_months"}),
        ({"person": {"age_months": "3"}}, {"person.age_months"}),
        ({"person": {"age_months": True}}, {"person.age_months"}),
        ({"person": {"age_months": 1e99}}, {"person.age_months"}),
        ({"person": {"age_months": 10**30}}, {"person.age_months"}),
        ({"person": {"age": {"years": -1}}}, {"person.age.years"}),
        ({"person": {"age": {"years": 121}}}, {"person.age.years"}),
        ({"person": {"age": {"years": 120, "months": 1}}}, {"person.age"}),
        ({"person": {"age": {"months": 12}}}, {"person.age.months"}),
        ({"person": {"age": {"days": 31}}}, {"person.age.days"}),
        ({"person": {"age": {}}}, {"person.age"}),
        ({"caregiver": {"age": {}}}, {"caregiver.age"}),
        ({"person": {"age": 3}}, {"person.age"}),
        ({"person": {"birth_date": "2026-11-22"}}, {"person.birth_date"}),
        ({"person": {"birth_date": "1899-01-01"}}, {"person.birth_date"}),
        ({"person": {"birth_date": "0001-01-01"}}, {"person.birth_date"}),
        ({"person": {"birth_date": "2023-02-29"}}, {"person.birth_date"}),
        ({"person": {"birth_date": "2023-2-9"}}, {"person.birth_date"}),
        ({"person": {"birth_date": "20230209"}}, {"person.birth_date"}),
        ({"person": {"birth_date": 2023}}, {"person.birth_date"}),
        ({"person": {"birth_date": "2024-03-15T00:00"}}, {"person.birth_date"}),
        ({"person": {"birth_date": "2020-01-01", "age": {"years": 3}}}, {"person.age"}),
        ({"person": {"birth_date": "2020-01-01", "age_months": 81}}, {"person.age_months"}),
        ({"person": {"age": {"years": 3}, "age_months": 48}}, {"person.age_months"}),
        ({"caregiver": {"birth_date": "2030-01-01"}}, {"caregiver.birth_date"}),
        ({"on": "1999-12-31"}, {"on"}),
        ({"on": "2100-01-01"}, {"on"}),
        ({"on": "9999-12-31"}, {"on"}),
        # Contradictions
        ({"person": {"conditions": ["autism"], "not_conditions": ["autism"]}}, {"person.not_conditions"}),
        ({"person": {"conditions": ["autism"], "not_conditions": ["disability"]}}, {"person.not_conditions"}),
        ({"person": {"circumstances": ["homeless"], "not_circumstances": ["homeless"]}}, {"person.not_circumstances"}),
        (
            {"caregiver": {"circumstances": ["homeless"], "not_circumstances": ["homeless"]}},
            {"caregiver.not_circumstances"},
        ),
        ({"person": {"insurance": ["uninsured", "husky-a"]}}, {"person.insurance"}),
        ({"person": {"insurance": []}}, {"person.insurance"}),
        ({"person": {"income": {}}}, {"person.income"}),
        ({"person": {"income": {"household_size": 3}}}, {"person.income"}),
        ({"person": {"income": {"annual": 1, "fpl_percent": 1}}}, {"person.income"}),
        ({"person": {"income": {"annual": -1}}}, {"person.income.annual"}),
        ({"person": {"income": {"annual": "1"}}}, {"person.income.annual"}),
        ({"person": {"income": {"annual": True}}}, {"person.income.annual"}),
        ({"person": {"income": {"annual": 1e99}}}, {"person.income.annual"}),
        ({"person": {"income": {"annual": 10**400}}}, {"person.income.annual"}),
        ({"person": {"income": {"annual": 1, "household_size": 0}}}, {"person.income.household_size"}),
        # Places
        ({"person": {"zip": "6106"}}, {"person.zip"}),
        ({"person": {"zip": 6106}}, {"person.zip"}),
        ({"person": {"zip": "٠٦١٠٦"}}, {"person.zip"}),
        ({"person": {"state": "Connecticut"}}, {"person.state"}),
        ({"person": {"state": "ZZ"}}, {"person.state"}),
        ({"person": {"town": "Hartford", "zip": "06902"}}, {"person.zip"}),
        ({"person": {"town": "Hartford", "state": "NY"}}, {"person.state"}),
        ({"person": {"town": "Hartford", "country": "Peru"}}, {"person.country"}),
        ({"person": {"state": "CT", "zip": "10001"}}, {"person.state"}),
        ({"person": {"town": "\x00"}}, {"person.town"}),
        ({"person": {"town": " "}}, {"person.town"}),
        ({"person": {"country": ""}}, {"person.country"}),
        # Words of the vocabulary, and other values
        ({"person": {"grade": "13"}}, {"person.grade"}),
        ({"person": {"grade": 3}}, {"person.grade"}),
        ({"person": {"languages": ["klingon"]}}, {"person.languages.0"}),
        ({"person": {"insurance": ["any"]}}, {"person.insurance.0"}),
        ({"needs": [{"need": "food", "who": "me"}]}, {"needs.0.who"}),
        ({"needs": [{"need": "food", "severity": 5}]}, {"needs.0.severity"}),
        ({"needs": [{"need": "food", "help_wanted": "perhaps"}]}, {"needs.0.help_wanted"}),
        ({"include": ["everything"]}, {"include.0"}),
        ({"limit": 0}, {"limit"}),
        ({"limit": 1001}, {"limit"}),
        ({"limit": "5"}, {"limit"}),
        ({"limit": True}, {"limit"}),
        ({"limit": None}, {"limit"}),
        ({"words": " "}, {"words"}),
        ({"words": "x" * 501}, {"words"}),
        ({"words": ["food"]}, {"words"}),
        # Shapes
        ({"needs": []}, {"needs"}),
        ({"needs": "food"}, {"needs"}),
        ({"needs": [""]}, {"needs.0.need"}),
        ({"needs": [None]}, {"needs.0"}),
        ({"needs": [3]}, {"needs.0"}),
        ({"needs": [["food"]]}, {"needs.0"}),
        ({"needs": [{}]}, {"needs.0.need"}),
        ({"needs": ["food"] * 61}, {"needs"}),
        ({"person": None}, {"person"}),
        ({"person": []}, {"person"}),
        ({"people": {}}, {"people"}),
        ({"codes": [{"system": "icd10cm"}]}, {"codes.0.code"}),
        ({"codes": ["Z59.41"]}, {"codes.0"}),
        ({"assessment": {"instrument": "we-care"}}, {"assessment.answers"}),
        ({"person": {}, "people": [{"id": "a"}]}, {"people"}),
        # Fields that there are not
        ({"person": {"bith_date": "2024-01-01"}}, {"person.bith_date"}),
        ({"needs": [{"need": "food", "severty": "high"}]}, {"needs.0.severty"}),
        ({"value": 1}, {"value"}),
        ({"person": {"key": 1}}, {"person.key"}),
        ({"person": {"age": {"weeks": 3}}}, {"person.age.weeks"}),
        ({"service": "ct-snap"}, {"service"}),
        # Several at once
        ({"person": {"town": "Hartfrod", "zip": "1"}, "needs": ["foood"]}, {"person.town", "person.zip", "needs.0"}),
        ({"limit": 0, "words": 3, "person": {"age_months": -1}}, {"limit", "words", "person.age_months"}),
    ],
)
def test_a_wrong_field_is_named(client: FlaskClient, request_: dict[str, Any], fields: set[str]) -> None:
    assert set(errors_of(client, request_)) == fields


def test_what_is_unusual_is_not_wrong(client: FlaskClient) -> None:
    for person in (
        {"zip": "10001"},
        {"zip": "99999"},
        {"zip": "06106-1234"},
        {"state": "NY", "country": "USA"},
        {"age_months": 1440},
        {"age": {"years": 120}},
        {"birth_date": "2026-11-21"},
        {"birth_date": "2020-01-01", "age": {"years": 6}, "age_months": 82},
        {"income": {"annual": 30000.5}},
        {"income": {"fpl_percent": 0}},
        {"town": " hartford "},
        {"conditions": ["autism", "autism"]},
        {"id": "\u202e😀"},
    ):
        answer = post_match(client, person=person, needs=["food"], on="2026-11-21", limit=1)
        assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "text",
    [
        b"[1]",
        b'"food"',
        b"3",
        b"null",
        b"true",
        b"{",
        b"{]",
        b"food",
        b"\xff\xfe",
        b'{"needs": ["\xff"]}',
        b"\x00",
        b"[" * 200_000,
        b'{"a":' * 50_000,
        b'{"needs":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"needs": [1' + b"0" * 5000 + b"]}",
        b"9" * 100_000,
        b'{"needs": ["food"], "needs": ["diapers"]}',
        b'{"answers": {"a": "b", "a": "c"}}',
        b'{"\\ud800": 1}',
        b'{"answers": {"\\udfff": "x"}}',
    ],
    ids=lambda text: repr(text[:24]) if isinstance(text, bytes) else None,
)
def test_a_body_that_is_no_sound_json_object_is_refused(client: FlaskClient, path: str, text: bytes) -> None:
    assert refused(client.post(path, data=text, content_type=JSON))


@pytest.mark.parametrize(("path", "field"), list(zip(POSTS, ["needs", "service", "answers"], strict=True)))
@pytest.mark.parametrize("text", [b"", b"{}"])
def test_an_empty_body_lacks_what_is_needed(client: FlaskClient, path: str, field: str, text: bytes) -> None:
    assert set(refused(client.post(path, data=text, content_type=JSON))) == {field}


def test_a_field_that_is_there_twice_is_named(client: FlaskClient) -> None:
    text = '{"needs": ["food"], "person": {"town": "Hartford", "town": "Stamford"}}'
    assert set(refused(client.post("/api/v1/matches", data=text, content_type=JSON))) == {"town"}


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "text/html", ""])
def test_a_body_that_is_not_called_json_is_refused_as_such(client: FlaskClient, content_type: str) -> None:
    errors = refused(client.post("/api/v1/matches", data='{"needs": ["food"]}', content_type=content_type))
    assert "Content-Type" in errors[""]["message"]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e99", "1e999", "true", "-0.1", '"3"', "null"])
@pytest.mark.parametrize("field", ["person.income.annual", "person.age_months", "person.age.years", "limit"])
def test_what_is_no_number_is_told_at_its_field(client: FlaskClient, field: str, number: str) -> None:
    text = number
    for step in reversed(field.split(".")):
        text = f'{{"{step}": {text}}}'
    text = '{"needs": ["food"], ' + text[1:]
    assert set(refused(client.post("/api/v1/matches", data=text, content_type=JSON))) == {field}


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ('{"needs": ["\\ud800"]}', "needs.0.need"),
        ('{"needs": ["food"], "person": {"town": "a\\udc00"}}', "person.town"),
        ('{"needs": ["food"], "person": {"id": "\\ud83d"}}', "person.id"),
        ('{"needs": ["food"], "words": "\\udfff food"}', "words"),
        ('{"needs": ["food"], "person": {"\\ud800": 1}}', "person.?"),
    ],
)
def test_half_a_character_is_refused(client: FlaskClient, request_: str, field: str) -> None:
    assert set(refused(client.post("/api/v1/matches", data=request_, content_type=JSON))) == {field}


def test_masses_are_refused_by_their_number_before_they_are_read(client: FlaskClient) -> None:
    long = json.dumps({"needs": ["food"], "words": "x" * 200_000})
    assert set(refused(client.post("/api/v1/matches", data=long, content_type=JSON))) == {"words"}
    many = json.dumps({"needs": [{"need": 5}] * 15_000})
    assert set(refused(client.post("/api/v1/matches", data=many, content_type=JSON))) == {"needs"}
    wide = json.dumps({f"field{number}": number for number in range(10_000)})
    assert len(refused(client.post("/api/v1/matches", data=wide, content_type=JSON))) == 50
    inside = json.dumps({"needs": ["food"], "person": {f"field{number}": number for number in range(10_000)}})
    assert len(refused(client.post("/api/v1/matches", data=inside, content_type=JSON))) == 50
    answers = json.dumps({"answers": {f"q{number}": [5] for number in range(10_000)}})
    told = refused(client.post("/api/v1/assessments/ahc-hrsn/score", data=answers, content_type=JSON))
    assert set(told) == {"answers"}


@pytest.mark.parametrize("path", POSTS)
def test_more_than_256_kb_are_too_much(client: FlaskClient, path: str) -> None:
    refused(client.post(path, data=b" " * 257_000, content_type=JSON), 413)


WORDS = st.sampled_from(
    "food diapers basic-needs autism homeless husky-a Hartford 06106 NY US high later child ineligible upcoming "
    "2024-03-15 2026-11-21 LA33-6 96442-9 we-care ahc-hrsn icd10cm Z59.41 gravity ct-snap PK 3".split()
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-5, 1500)
    | st.integers()
    | st.floats()
    | WORDS
    | st.text(max_size=20)
    | st.text(string.printable, max_size=8)
)
FIELDS = st.sampled_from(
    "on person people caregiver needs assessment codes words include limit service answers id birth_date age "
    "age_months years months days town zip state country languages insurance income fpl_percent annual household_size "
    "conditions not_conditions circumstances not_circumstances grade need severity who help_wanted instrument "
    "system code".split()
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(FIELDS | WORDS | st.text(max_size=6), inner, max_size=6)
    ),
    max_leaves=12,
)

PERSON = st.fixed_dictionaries(
    {},
    optional={
        "id": st.sampled_from(["a", "b"]) | LEAVES,
        "birth_date": st.dates().map(str) | LEAVES,
        "age": st.fixed_dictionaries({}, optional={"years": st.integers(-1, 121), "months": LEAVES, "days": LEAVES}),
        "age_months": st.integers(-1, 1441) | LEAVES,
        "town": LEAVES,
        "zip": st.text("0123456789", max_size=6) | LEAVES,
        "state": LEAVES,
        "country": LEAVES,
        "insurance": st.lists(LEAVES, max_size=2),
        "income": st.fixed_dictionaries(
            {}, optional={"annual": LEAVES, "fpl_percent": LEAVES, "household_size": LEAVES}
        ),
        "conditions": st.lists(LEAVES, max_size=2),
        "not_circumstances": st.lists(LEAVES, max_size=2),
        "grade": LEAVES,
    },
)
# Closer to sound requests, so that the matcher is reached too.
REQUESTS = st.fixed_dictionaries(
    {},
    optional={
        "on": st.dates().map(str) | LEAVES,
        "person": PERSON,
        "people": st.lists(PERSON, max_size=3),
        "caregiver": PERSON,
        "needs": st.lists(st.sampled_from(["food", "crisis", "psychosis", "safety"]) | VALUES, max_size=3),
        "assessment": st.fixed_dictionaries(
            {"instrument": st.sampled_from(["we-care", "phq-9"]), "answers": st.dictionaries(WORDS, LEAVES, max_size=3)}
        ),
        "codes": st.lists(st.fixed_dictionaries({"system": WORDS, "code": WORDS}), max_size=2),
        "words": LEAVES,
        "include": st.lists(st.sampled_from(["ineligible", "upcoming"]), max_size=2),
        "limit": st.integers(0, 30) | LEAVES,
        "service": st.just("ct-snap") | LEAVES,
        "answers": st.dictionaries(WORDS, LEAVES, max_size=3),
    },
)


@pytest.mark.slow
@random_bodies
@given(path=st.sampled_from(POSTS), value=VALUES | REQUESTS | PERSON)
def test_no_random_body_breaks_anything(app: Flask, path: str, value: Any) -> None:
    answer = app.test_client().post(path, data=json.dumps(value), content_type=JSON)
    assert answer.status_code in {200, 422}, answer.text
    if answer.status_code == 200:
        assert answer.mimetype == JSON and isinstance(body(answer), dict)
    else:
        assert refused(answer)


@random_bodies
@given(path=st.sampled_from(POSTS), data=st.binary(max_size=200))
def test_no_random_bytes_break_anything(app: Flask, path: str, data: bytes) -> None:
    answer = app.test_client().post(path, data=data, content_type=JSON)
    assert refused(answer)
