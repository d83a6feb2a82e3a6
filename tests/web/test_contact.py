"""Forms that ask the Center to call, and reports of something wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from inquiries.filing import find_inquiry, open_reports
from inquiries.limits import limiter
from settings import load_settings

FAMILY = {"name": "Ana", "phone": "860-555-0123", "safe_to_call": "yes", "need": "Respite", "token": "one"}
PHYSICIAN = {
    "name": "Dr. Lee",
    "practice": "Main Street",
    "fax": "860-555-0123",
    "need": "Food",
    "family_agreed": "yes",
}
FAR_AWAY = {"name": "Ana", "home": "Peru", "email": "ana@example.org", "need": "Heart care"}
FORMS = {"/contact": FAMILY, "/contact/physician": PHYSICIAN, "/contact/far-away": FAR_AWAY}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, index: Path) -> Flask:
    folder: Path = tmp_path_factory.mktemp("contact")
    made = create_app(replace(load_settings(), index=index, database=f"sqlite:///{folder}/directory.db"))
    assert made.test_cli_runner().invoke(args=["db", "upgrade"]).exit_code == 0
    return made


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    """Nobody has sent anything lately. The limiter counts for the application that was made last."""
    limiter.init_app(app)
    with app.app_context():
        limiter.reset()
    yield app.test_client()


@pytest.mark.slow
@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("language", ["", "/es"])
def test_inquiry_is_kept_and_gets_a_number(app: Flask, client: FlaskClient, path: str, language: str) -> None:
    form = {**FORMS[path], "token": f"{language}{path}"}
    sent = client.post(language + path, data=form)
    assert sent.status_code == 303
    assert sent.location.startswith(f"{language}/contact/sent/")
    page = client.get(sent.location)
    reference = sent.location.rpartition("/")[2]
    assert f"{reference[:4]}-{reference[4:]}" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    with app.app_context():
        assert find_inquiry(reference).name == form["name"]


def test_same_form_sent_twice_is_one_inquiry(client: FlaskClient) -> None:
    form = {**FAMILY, "token": "twice"}
    assert client.post("/contact", data=form).location == client.post("/contact", data=form).location


@pytest.mark.parametrize("path", FORMS)
def test_empty_form_names_each_field_that_is_needed(client: FlaskClient, path: str) -> None:
    answer = client.post(path, data={"child_age": "<b>3</b>"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'href="#name"' in answer.text
    assert 'id="name-message"' in answer.text
    assert "&lt;b&gt;3&lt;/b&gt;" in answer.text
    assert client.get(path).status_code == 200


def test_what_is_wrong_is_said_in_spanish(client: FlaskClient) -> None:
    assert "Escriba su nombre." in client.post("/es/contact", data={}).text


def test_forms_say_that_they_are_not_for_emergencies(client: FlaskClient) -> None:
    for path in FORMS:
        assert "not for emergencies" in client.get(path).text


def test_number_with_a_slip_is_no_page(client: FlaskClient) -> None:
    assert client.get("/contact/sent/AAAAAAAA").status_code == 404


def test_too_many_forms_are_refused_kindly_and_say_when_to_come_back(client: FlaskClient) -> None:
    answers = [client.post("/contact", data=FAMILY | {"token": f"often-{number}"}) for number in range(11)]
    assert [one.status_code for one in answers] == [303] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert "Please wait 60 minutes" in answers[-1].text


def test_form_with_mistakes_does_not_count(client: FlaskClient) -> None:
    assert {client.post("/contact", data={}).status_code for _ in range(12)} == {422}


def test_report_reaches_the_curators(app: Flask, client: FlaskClient) -> None:
    answer = client.post("/services/ct-wic/report", data={"text": "The number does not work."})
    assert "Thank you" in answer.text
    with app.app_context():
        report = open_reports()[-1]
    assert (report.service_id, report.text) == ("ct-wic", "The number does not work.")
    assert client.post("/services/ct-wic/report", data={}).status_code == 422
    assert client.get("/services/nothing-here/report").status_code == 404


@pytest.mark.slow
def test_without_a_database_the_page_asks_to_call_and_keeps_what_was_typed(index: Path) -> None:
    app = create_app(replace(load_settings(), index=index, database="sqlite:////proc/nowhere/directory.db"))
    answer = app.test_client().post("/contact", data={**FAMILY, "name": "Ana Maria"})
    assert answer.status_code == 503
    assert 'value="Ana Maria"' in answer.text
    assert "Nothing was sent" in answer.text
    assert 'class="call"' in answer.text
    assert app.test_client().get("/search?q=respite").status_code == 200
