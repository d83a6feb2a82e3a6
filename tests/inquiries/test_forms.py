"""What each form takes, and the sentence that each mistake gets back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.readability import grade
from inquiries import messages
from inquiries.model import EMAIL, LONG, PHONE, SHORT, Inquiry, Kind, Report, SafeToCall
from inquiries.schemas import FORMS, MAX_SERVICES, REPORT, Form, InvalidFormError, check
from tests.support import inquiry_forms as forms
from tests.support.inquiry_forms import DESTINATION_CARE, FAMILY, PHYSICIAN, without

SENTENCES = {name: value for name, value in vars(messages).items() if name.isupper() and isinstance(value, str)}
ALL_FORMS: list[tuple[Form, dict[str, Any]]] = [(FORMS[kind], forms.FORMS[kind]) for kind in Kind]
ALL_FORMS.append((REPORT, forms.REPORT))


def refused(form: Form | Kind, typed: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(InvalidFormError) as error:
        check(FORMS[form] if isinstance(form, Kind) else form, typed)
    return error.value.errors


@pytest.mark.parametrize("kind", Kind)
def test_a_form_without_mistakes_is_taken_as_it_is(kind: Kind) -> None:
    answers = check(FORMS[kind], forms.FORMS[kind])
    assert set(answers) | {"services"} == set(forms.FORMS[kind]) | {"services"}
    assert all(str(answers[name]) == value for name, value in forms.FORMS[kind].items() if name not in TYPED)


# Fields that become more than text.
TYPED = {"services", "family_agreed", "interpreter"}


def test_choices_and_boxes_become_values() -> None:
    assert check(FORMS[Kind.FAMILY], FAMILY)["safe_to_call"] is SafeToCall.YES
    assert check(FORMS[Kind.PHYSICIAN], PHYSICIAN)["family_agreed"] is True
    assert check(FORMS[Kind.DESTINATION_CARE], DESTINATION_CARE | {"interpreter": "no"})["interpreter"] is False


NOTHING = [
    (
        Kind.FAMILY,
        {
            "name": messages.NAME,
            "phone": messages.PHONE_OR_EMAIL,
            "safe_to_call": messages.SAFE_TO_CALL,
            "need": messages.NEED,
        },
    ),
    (
        Kind.PHYSICIAN,
        {
            "name": messages.NAME,
            "practice": messages.PRACTICE,
            "phone": messages.PHONE_FAX_OR_EMAIL,
            "need": messages.NEED,
            "family_agreed": messages.FAMILY_AGREED,
        },
    ),
    (
        Kind.DESTINATION_CARE,
        {
            "name": messages.NAME,
            "home": messages.HOME,
            "phone": messages.PHONE_OR_EMAIL,
            "need": messages.CARE,
        },
    ),
]


@pytest.mark.parametrize(("kind", "errors"), NOTHING)
def test_an_empty_form_is_told_all_that_it_needs_in_the_order_of_its_fields(kind: Kind, errors: dict[str, str]) -> None:
    assert list(refused(kind, {}).items()) == list(errors.items())
    blank = dict.fromkeys(FORMS[kind].fields, " \r\n ")
    assert refused(kind, blank) == errors


def test_an_empty_report_is_told_what_it_needs() -> None:
    assert refused(REPORT, {"service_id": "ct-211"}) == {"text": messages.REPORT}


@pytest.mark.parametrize(("kind", "errors"), NOTHING)
def test_only_what_is_needed_is_enough(kind: Kind, errors: dict[str, str]) -> None:
    needed = {name: value for name, value in forms.FORMS[kind].items() if name in errors}
    assert {name for name, value in check(FORMS[kind], needed).items() if value} == set(errors)


@pytest.mark.parametrize("way", ["phone", "fax", "email"])
def test_one_way_to_answer_is_enough(way: str) -> None:
    others = {"phone", "fax", "email"} - {way}
    assert check(FORMS[Kind.PHYSICIAN], without(PHYSICIAN, *others))[way] == PHYSICIAN[way]
    if way != "fax":
        assert check(FORMS[Kind.FAMILY], without(FAMILY, *others))[way] == FAMILY[way]


def test_a_fax_number_is_no_way_to_reach_a_family() -> None:
    typed = without(FAMILY, "phone", "email") | {"fax": "860-555-0123"}
    assert refused(Kind.FAMILY, typed) == {"phone": messages.PHONE_OR_EMAIL}


def test_whoever_must_not_be_called_gives_an_e_mail_address() -> None:
    silent = FAMILY | {"safe_to_call": "no"}
    assert check(FORMS[Kind.FAMILY], silent)["safe_to_call"] is SafeToCall.NO
    assert refused(Kind.FAMILY, without(silent, "email")) == {"email": messages.EMAIL_WHEN_NO_CALL}
    # One sentence for each field: first how to write it.
    assert refused(Kind.FAMILY, silent | {"email": "rosa"}) == {"email": messages.EMAIL}
    # A text message can be sent to the phone.
    written = without(FAMILY, "email") | {"safe_to_call": "write"}
    assert check(FORMS[Kind.FAMILY], written)["safe_to_call"] is SafeToCall.WRITE


def test_a_family_that_did_not_agree_is_not_referred() -> None:
    for typed in ("no", "off", "", "maybe"):
        assert refused(Kind.PHYSICIAN, PHYSICIAN | {"family_agreed": typed}) == {
            "family_agreed": messages.FAMILY_AGREED
        }


@pytest.mark.parametrize(
    "number",
    ["8605550123", "(860) 555-0123", "860.555.0123", "+1 860 555 0123", "860-555-0123 x12", "1-860-555-0123, ext. 4"],
)
def test_phone_numbers_are_taken_as_people_write_them(number: str) -> None:
    assert check(FORMS[Kind.FAMILY], FAMILY | {"phone": number})["phone"] == number


@pytest.mark.parametrize(
    "number", ["555-0123", "call me", "860-555-O123", "860-555-0123 or 0124", "1" * 16, "٨٦٠٥٥٥٠١٢٣"]
)
def test_what_nobody_can_dial_is_no_phone_number(number: str) -> None:
    assert refused(Kind.FAMILY, FAMILY | {"phone": number}) == {"phone": messages.PHONE}
    assert refused(Kind.PHYSICIAN, PHYSICIAN | {"fax": number}) == {"fax": messages.PHONE}


def test_numbers_abroad_may_be_shorter_and_are_explained_otherwise() -> None:
    assert check(FORMS[Kind.DESTINATION_CARE], DESTINATION_CARE | {"phone": "+683 4000 1"})["phone"] == "+683 4000 1"
    wrong = refused(Kind.DESTINATION_CARE, DESTINATION_CARE | {"phone": "12345"})
    assert wrong == {"phone": messages.PHONE_ABROAD}


@pytest.mark.parametrize("address", ["rosa", "rosa@", "@example.org", "rosa@example", "a@b@example.org", "a b@x.org"])
def test_what_is_no_e_mail_address_is_told_so(address: str) -> None:
    assert refused(Kind.FAMILY, FAMILY | {"email": address}) == {"email": messages.EMAIL}


def test_a_choice_that_is_not_offered_is_asked_for_again() -> None:
    assert refused(Kind.FAMILY, FAMILY | {"safe_to_call": "perhaps"}) == {"safe_to_call": messages.SAFE_TO_CALL}


def text_fields() -> list[tuple[Kind, str]]:
    return [(kind, name) for kind, form in forms.FORMS.items() for name in form if name not in TYPED | {"safe_to_call"}]


@pytest.mark.parametrize(("kind", "name"), text_fields())
def test_no_answer_is_longer_than_its_column(kind: Kind, name: str) -> None:
    most = Inquiry.__table__.c[name].type.length  # type: ignore[attr-defined]
    assert refused(kind, forms.FORMS[kind] | {name: "7" * (most + 1)})[name] in {
        messages.TOO_LONG_SHORT,
        messages.TOO_LONG_PHONE,
        messages.TOO_LONG_EMAIL,
        messages.TOO_LONG_LONG,
    }
    if name not in ("phone", "fax", "email"):
        assert check(FORMS[kind], forms.FORMS[kind] | {name: "ñ" * most})[name] == "ñ" * most


@pytest.mark.parametrize(
    ("sentence", "most"),
    [
        (messages.TOO_LONG_SHORT, SHORT),
        (messages.TOO_LONG_PHONE, PHONE),
        (messages.TOO_LONG_EMAIL, EMAIL),
        (messages.TOO_LONG_LONG, LONG),
    ],
)
def test_the_sentences_name_the_limits(sentence: str, most: int) -> None:
    assert f" {most:,} " in sentence


def test_reports_have_limits_too() -> None:
    assert refused(REPORT, forms.REPORT | {"text": "x" * 2001}) == {"text": messages.TOO_LONG_LONG}
    assert refused(REPORT, forms.REPORT | {"contact": "x" * 101}) == {"contact": messages.TOO_LONG_SHORT}
    for name in ("", "x" * 101, "No Id", "<script>", None, 7):
        assert set(refused(REPORT, forms.REPORT | {"service_id": name})) == {"service_id"}


@pytest.mark.parametrize("services", ["ct-211", ["No Id"], [1], [""], ["a"] * (MAX_SERVICES + 1), {"a": 1}])
def test_ids_of_services_are_a_short_list(services: Any) -> None:
    assert refused(Kind.FAMILY, FAMILY | {"services": services}) == {"services": messages.UNREADABLE}


def test_services_are_named_once_and_may_be_left_out() -> None:
    assert check(FORMS[Kind.FAMILY], FAMILY | {"services": ["b", "a", "b"]})["services"] == ["b", "a"]
    assert check(FORMS[Kind.FAMILY], FAMILY | {"services": []})["services"] == []
    assert check(FORMS[Kind.FAMILY], without(FAMILY, "services"))["services"] == []


def test_what_a_form_does_not_ask_for_is_not_kept() -> None:
    extra = {"ip": "192.0.2.7", "patient_name": "Kim", "status": "closed", "reference": "x", "safe_to_call": "yes"}
    assert check(FORMS[Kind.PHYSICIAN], PHYSICIAN | extra) == check(FORMS[Kind.PHYSICIAN], PHYSICIAN)


def test_lines_stay_and_what_cannot_be_printed_goes() -> None:
    typed = "  First\tline \r\n\r\n second\x1b[2J\x00 \u202eline\ud800  "
    assert check(FORMS[Kind.FAMILY], FAMILY | {"need": typed})["need"] == "First line\n\nsecond[2J line"
    assert check(FORMS[Kind.FAMILY], FAMILY | {"name": "Rosa\r\nBcc: x"})["name"] == "Rosa Bcc: x"


def test_names_of_the_whole_world_stay_as_they_are() -> None:
    for name in ("Núñez", "Nguyễn Thị", "محمد", "می‌خواهم", "王小明", "O’Brien-Łukasz"):
        assert check(FORMS[Kind.FAMILY], FAMILY | {"name": name})["name"] == name


@pytest.mark.slow
@pytest.mark.parametrize(("form", "typed"), ALL_FORMS)
@given(data=st.data())
def test_whatever_is_sent_is_taken_or_told_in_known_sentences(form: Form, typed: dict[str, Any], data: Any) -> None:
    anything = st.text() | st.none() | st.booleans() | st.integers() | st.lists(st.text(), max_size=3)
    changed = data.draw(st.dictionaries(st.sampled_from([*form.fields, "other"]), anything))
    try:
        answers = check(form, typed | changed)
    except InvalidFormError as error:
        assert error.errors
        assert set(error.errors) <= set(form.fields)
        assert set(error.errors.values()) <= set(SENTENCES.values())
    else:
        assert set(answers) <= set(form.fields)


@pytest.mark.parametrize("name", SENTENCES)
def test_every_sentence_is_easy_to_read(name: str) -> None:
    assert grade(SENTENCES[name]) <= 8


def test_every_field_of_a_form_has_a_column() -> None:
    asked = {name for form in FORMS.values() for name in form.fields}
    own = {"id", "reference", "form_token", "kind", "status", "created_at", "closed_at", "note"}
    assert set(Inquiry.__table__.c.keys()) == asked | own
    assert set(Report.__table__.c.keys()) == {*REPORT.fields, "id", "status", "created_at"}


def test_nothing_tells_where_someone_came_from() -> None:
    columns = [*Inquiry.__table__.c.keys(), *Report.__table__.c.keys()]
    assert not [
        name for name in columns if any(word in name for word in ("ip", "address", "agent", "device", "cookie"))
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("860\u2011555\u20110123", "860-555-0123"),
        ("860\u2013555\u20140123", "860-555-0123"),
        ("860\u00a0555\u00a00123", "860 555 0123"),
        ("(860)\u2212555\uff0d0123", "(860)-555-0123"),
        ("\uff18\uff16\uff10-555-0123", "860-555-0123"),
        ("860-555-0123 #12", "860-555-0123 #12"),
        ("860-555-0123 (cell)", "860-555-0123 (cell)"),
        ("860-555-0123 ext: 12", "860-555-0123 ext: 12"),
        ("860-555-0123, ext. 12", "860-555-0123, ext. 12"),
        ("860-555-0123x12", "860-555-0123x12"),
        ("cell: 860-555-0123", "cell: 860-555-0123"),
        ("860-555-0123 mamá", "860-555-0123 mamá"),
        ("860-555-0123 ext 4 (work)", "860-555-0123 ext 4 (work)"),
    ],
)
def test_a_number_is_taken_as_it_is_pasted_or_noted(typed: str, kept: str) -> None:
    assert check(FORMS[Kind.FAMILY], FAMILY | {"phone": typed})["phone"] == kept


@pytest.mark.parametrize("typed", ["555-0123 (cell)", "cell", "#12", "860-555 #0123", "ana@example.org 860-555-0123"])
def test_a_note_makes_no_number(typed: str) -> None:
    assert refused(Kind.FAMILY, FAMILY | {"phone": typed}) == {"phone": messages.PHONE}
