"""Filing, finding, taking, closing and deleting, over a database of its own."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from inquiries import filing as inquiries
from inquiries.filing import (
    KEPT,
    Counts,
    UnknownInquiryError,
    close_inquiry,
    close_report,
    count_older,
    file_inquiry,
    find_inquiry,
    open_inquiries,
    open_reports,
    purge,
    report_problem,
    take_inquiry,
)
from inquiries.model import Inquiry, Kind, SafeToCall, Status
from inquiries.references import new_reference, shown
from inquiries.schemas import InvalidFormError
from inquiries.store import StoreUnavailableError, db
from tests.support.inquiry_forms import FAMILY, FORMS, PHYSICIAN, REPORT, without

pytestmark = pytest.mark.usefixtures("app")

DAY = datetime(2026, 11, 21, 12, tzinfo=UTC)
TOKENS = (f"form {number}" for number in itertools.count())


def filed(kind: Kind = Kind.FAMILY, now: datetime = DAY, **changes: Any) -> str:
    return file_inquiry(kind, FORMS[kind] | changes, next(TOKENS), now)


def fresh(reference: str) -> Inquiry:
    """As it stands in the database, not as it is remembered."""
    db.session.expire_all()
    return find_inquiry(reference)


@pytest.mark.parametrize("kind", Kind)
def test_every_answer_is_kept(kind: Kind) -> None:
    one = fresh(filed(kind))
    assert (one.kind, one.status, one.created_at, one.closed_at) == (kind, Status.NEW, DAY, None)
    values = {True: "yes", False: "no"}
    assert {name: values.get(v, v) if isinstance(v := getattr(one, name), bool) else v for name in FORMS[kind]} == (
        FORMS[kind]
    )


def test_what_was_left_out_is_nothing() -> None:
    one = fresh(file_inquiry(Kind.FAMILY, without(FAMILY, "town", "email", "services"), "t", DAY))
    assert (one.town, one.email, one.services, one.interpreter, one.family_agreed) == (None, None, [], None, None)


def test_the_moment_is_now_when_none_is_given_and_always_in_utc() -> None:
    before = datetime.now(UTC)
    one = fresh(file_inquiry(Kind.FAMILY, FAMILY, "t"))
    assert before <= one.created_at <= datetime.now(UTC)
    assert one.created_at.tzinfo is UTC
    elsewhere = datetime(2026, 11, 21, 7, tzinfo=timezone(timedelta(hours=-5)))
    assert fresh(filed(now=elsewhere)).created_at == DAY


def test_a_form_with_mistakes_keeps_nothing() -> None:
    with pytest.raises(InvalidFormError):
        file_inquiry(Kind.FAMILY, {}, "t")
    assert open_inquiries() == []


def test_the_same_form_sent_twice_is_one_inquiry() -> None:
    first = file_inquiry(Kind.FAMILY, FAMILY, "t", DAY)
    for later in (timedelta(0), timedelta(hours=23, minutes=59)):
        assert file_inquiry(Kind.FAMILY, FAMILY, "t", DAY + later) == first
    assert len(open_inquiries()) == 1
    assert fresh(first).created_at == DAY


def test_the_same_form_after_a_day_is_another_inquiry() -> None:
    first = file_inquiry(Kind.FAMILY, FAMILY, "t", DAY)
    second = file_inquiry(Kind.FAMILY, FAMILY, "t", DAY + timedelta(days=1))
    assert second != first
    # From now on the form stands for the second.
    assert file_inquiry(Kind.FAMILY, FAMILY, "t", DAY + timedelta(days=1, hours=1)) == second


def test_another_form_with_the_same_answers_is_another_inquiry() -> None:
    assert filed() != filed()
    # Without a token nothing can be told apart.
    assert file_inquiry(Kind.FAMILY, FAMILY, "") != file_inquiry(Kind.FAMILY, FAMILY, "")
    assert len(open_inquiries()) == 4


def test_a_corrected_form_replaces_its_answers_while_nobody_has_taken_it_up() -> None:
    first = file_inquiry(Kind.FAMILY, FAMILY, "t", DAY)
    corrected = without(FAMILY, "town", "services") | {"phone": "860-555-0177", "safe_to_call": "write"}
    assert file_inquiry(Kind.FAMILY, corrected, "t", DAY) == first
    one = fresh(first)
    assert (one.phone, one.safe_to_call, one.town) == ("860-555-0177", SafeToCall.WRITE, None)
    assert one.services == []


def test_a_corrected_form_is_another_inquiry_once_someone_has_begun_to_help() -> None:
    first = file_inquiry(Kind.FAMILY, FAMILY, "t", DAY)
    take_inquiry(first)
    assert file_inquiry(Kind.FAMILY, FAMILY, "t", DAY) == first
    assert fresh(first).status is Status.IN_PROGRESS
    assert file_inquiry(Kind.FAMILY, FAMILY | {"phone": "860-555-0177"}, "t", DAY) != first
    assert fresh(first).phone == FAMILY["phone"]


def test_a_token_of_another_kind_of_form_is_another_inquiry() -> None:
    assert file_inquiry(Kind.FAMILY, FAMILY, "t", DAY) != file_inquiry(Kind.PHYSICIAN, PHYSICIAN, "t", DAY)


def test_the_token_itself_is_not_kept_and_may_be_of_any_length() -> None:
    one = fresh(file_inquiry(Kind.FAMILY, FAMILY, "secret" * 1000, DAY))
    assert one.form_token is not None
    assert len(one.form_token) == 64
    assert "secret" not in one.form_token


def test_when_two_numbers_meet_another_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each number is offered to the first inquiry and to the one after it."""
    numbers = [new_reference() for _ in range(20)]
    offered = iter([number for number in numbers for _ in range(2)])
    monkeypatch.setattr(inquiries, "new_reference", lambda: next(offered))
    assert [filed() for _ in range(20)] == numbers


def test_numbers_that_always_meet_end_in_a_call_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = filed()
    monkeypatch.setattr(inquiries, "new_reference", lambda: taken)
    with pytest.raises(StoreUnavailableError, match="call us instead"):
        filed()


def test_the_list_has_the_longest_waiting_first_and_can_be_narrowed() -> None:
    late, early = filed(now=DAY), filed(Kind.PHYSICIAN, now=DAY - timedelta(days=3))
    done, begun = filed(now=DAY - timedelta(days=5)), filed(now=DAY - timedelta(days=4))
    close_inquiry(done, "Reached the family.")
    take_inquiry(begun)

    def listed(**only: Any) -> list[str]:
        return [one.reference for one in open_inquiries(**only)]

    assert listed() == [begun, early, late]
    assert listed(kind=Kind.FAMILY) == [begun, late]
    assert listed(status=Status.CLOSED) == [done]
    assert listed(status=Status.NEW) == [early, late]
    assert listed(since=DAY - timedelta(days=3)) == [early, late]
    assert listed(kind=Kind.DESTINATION_CARE) == []


def test_an_inquiry_is_found_however_its_number_is_typed() -> None:
    number = filed()
    assert find_inquiry(f" {shown(number).lower()} ").reference == number


def test_a_number_that_is_wrong_or_not_there_is_told_apart() -> None:
    with pytest.raises(ValueError, match="slip"):
        find_inquiry("2345-6782")
    absent = new_reference()
    for act in (find_inquiry, take_inquiry, lambda number: close_inquiry(number, "")):
        with pytest.raises(UnknownInquiryError, match="No inquiry"):
            act(absent)


def test_closing_keeps_how_it_ended_and_taking_up_opens_again() -> None:
    number = filed()
    close_inquiry(number, "Called back; found respite.", DAY + timedelta(days=2))
    one = fresh(number)
    assert (one.status, one.note, one.closed_at) == (
        Status.CLOSED,
        "Called back; found respite.",
        DAY + timedelta(days=2),
    )
    take_inquiry(number)
    one = fresh(number)
    assert (one.status, one.closed_at, one.note) == (Status.IN_PROGRESS, None, "Called back; found respite.")


def test_a_note_that_is_too_long_is_refused() -> None:
    number = filed()
    with pytest.raises(ValueError, match="2,000"):
        close_inquiry(number, "x" * 2001)
    assert fresh(number).status is Status.NEW


def test_reports_wait_until_they_are_closed() -> None:
    report_problem(REPORT, DAY)
    report_problem(without(REPORT, "contact"), DAY - timedelta(days=1))
    second, first = open_reports()
    assert (first.service_id, first.text, first.contact, first.created_at) == (*REPORT.values(), DAY)
    assert second.contact is None
    close_report(first.id)
    assert open_reports() == [second]
    with pytest.raises(UnknownInquiryError, match="No report"):
        close_report(999)


def test_purging_deletes_what_is_older_and_nothing_else() -> None:
    limit = DAY - KEPT
    close_inquiry(filed(now=limit - timedelta(seconds=1)), "done")
    filed(now=limit - timedelta(days=400))
    kept = filed(now=limit)
    report_problem(REPORT, limit - timedelta(days=1))
    report_problem(REPORT, DAY)
    expected = Counts(inquiries=2, still_open=1, reports=1)
    assert count_older(limit) == expected
    assert purge(limit) == expected
    assert [one.reference for one in open_inquiries()] == [kept]
    assert len(open_reports()) == 1
    assert purge(limit) == Counts(0, 0, 0)


def test_what_was_deleted_is_not_left_in_the_files(database: Path) -> None:
    def written() -> bytes:
        return b"".join(path.read_bytes() for path in database.parent.glob(f"{database.name}*"))

    filed(name="Xochitl Canary", now=DAY - timedelta(days=400))
    assert b"Xochitl Canary" in written()
    purge(DAY)
    assert b"Xochitl" not in written()


def test_printing_an_inquiry_tells_its_number_only(app: Flask) -> None:
    number = filed()
    assert repr(find_inquiry(number)) == f"<Inquiry {number}>"
    report_problem(REPORT)
    assert repr(open_reports()[0]) == "<Report 1>"
