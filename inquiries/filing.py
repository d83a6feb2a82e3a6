"""What pages and commands do with inquiries and reports. Without a database all of it raises StoreUnavailableError.

Pages: `file_inquiry`, `report_problem`. The Center's staff, by command: all the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from inquiries.model import LONG, Inquiry, Kind, Report, Status
from inquiries.references import new_reference, read_reference
from inquiries.schemas import FORMS, REPORT, check
from inquiries.store import StoreUnavailableError, ValueTakenError, transaction

# How long the same form is the same inquiry.
ONE_FORM = timedelta(days=1)
# How long inquiries and reports are kept when nothing else is asked for.
KEPT = timedelta(days=365)
_TRIES = 10


class UnknownInquiryError(LookupError):
    """No inquiry or report has this number. Its text is a sentence for people."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A form as it came in, with its answers checked."""

    kind: Kind
    answers: Mapping[str, Any]
    token: str | None
    sent_at: datetime

    def is_in(self, inquiry: Inquiry) -> bool:
        return all(getattr(inquiry, name) == self.answers.get(name) for name in FORMS[self.kind].fields)


def file_inquiry(kind: Kind, typed: Mapping[str, Any], form_token: str, now: datetime | None = None) -> str:
    """Check and keep what was typed. Gives the reference number, without its hyphen.

    `form_token` names the form that was filled in: the same form sent again within a day gives the same number. If
    the answers were changed in between and nobody has taken it up yet, the new answers replace the old ones: whoever
    goes back to correct a phone number is called at that number. An empty token guards against nothing.
    Raises InvalidFormError, StoreUnavailableError.
    """
    answers = check(FORMS[kind], typed)
    token = hashlib.sha256(form_token.encode()).hexdigest() if form_token else None
    form = _Form(kind, answers, token, now or datetime.now(UTC))
    for _ in range(_TRIES):
        try:
            with transaction() as session:
                return _sent_before(session, form) or _keep(session, form)
        except ValueTakenError:
            # The same form arrived twice at once, or two numbers met: look again, with another number.
            continue
    raise StoreUnavailableError


def _sent_before(session: Session, form: _Form) -> str | None:
    """The number that this form has already. A form that may not change its inquiry any more is made free again."""
    if form.token is None:
        return None
    before = session.scalar(select(Inquiry).where(Inquiry.form_token == form.token))
    if before is None:
        return None
    recent = before.kind is form.kind and form.sent_at - before.created_at < ONE_FORM
    if recent and (before.status is Status.NEW or form.is_in(before)):
        for name in FORMS[form.kind].fields:
            setattr(before, name, form.answers.get(name))
        return before.reference
    before.form_token = None
    session.flush()
    return None


def _keep(session: Session, form: _Form) -> str:
    reference = new_reference()
    session.add(
        Inquiry(reference=reference, form_token=form.token, kind=form.kind, created_at=form.sent_at, **form.answers)
    )
    return reference


def report_problem(typed: Mapping[str, Any], now: datetime | None = None) -> None:
    """Check and keep what is wrong with a service. Raises InvalidFormError, StoreUnavailableError."""
    answers = check(REPORT, typed)
    with transaction() as session:
        session.add(Report(created_at=now or datetime.now(UTC), **answers))


def open_inquiries(
    kind: Kind | None = None, status: Status | None = None, since: datetime | None = None
) -> Sequence[Inquiry]:
    """The longest waiting first. Without a status: all that are not closed."""
    asked = select(Inquiry).order_by(Inquiry.created_at, Inquiry.id)
    asked = asked.where(Inquiry.status == status if status else Inquiry.status != Status.CLOSED)
    if kind is not None:
        asked = asked.where(Inquiry.kind == kind)
    if since is not None:
        asked = asked.where(Inquiry.created_at >= since)
    with transaction() as session:
        return session.scalars(asked).all()


def find_inquiry(reference: str) -> Inquiry:
    """By its number as a person types it. Raises ValueError when there is a slip in it, Unknown when there is none."""
    with transaction() as session:
        return _found(session, reference)


def _found(session: Session, reference: str) -> Inquiry:
    inquiry = session.scalar(select(Inquiry).where(Inquiry.reference == read_reference(reference)))
    if inquiry is None:
        raise UnknownInquiryError("No inquiry has this number. It may have been deleted after its time.")
    return inquiry


def take_inquiry(reference: str) -> Inquiry:
    """Someone has begun to help. Raises as `find_inquiry` does."""
    with transaction() as session:
        inquiry = _found(session, reference)
        inquiry.status, inquiry.closed_at = Status.IN_PROGRESS, None
        return inquiry


def close_inquiry(reference: str, note: str, now: datetime | None = None) -> Inquiry:
    """It is done; `note` says how it ended. Raises as `find_inquiry` does, and ValueError when the note is too long."""
    if len(note) > LONG:
        raise ValueError("The note is too long. Please use 2,000 characters at most.")
    with transaction() as session:
        inquiry = _found(session, reference)
        inquiry.status, inquiry.note, inquiry.closed_at = Status.CLOSED, note, now or datetime.now(UTC)
        return inquiry


def open_reports() -> Sequence[Report]:
    """Those that no curator has closed, the oldest first."""
    asked = select(Report).where(Report.status != Status.CLOSED).order_by(Report.created_at, Report.id)
    with transaction() as session:
        return session.scalars(asked).all()


def close_report(number: int) -> None:
    """Raises Unknown when there is no such report."""
    with transaction() as session:
        report = session.get(Report, number)
        if report is None:
            raise UnknownInquiryError("No report has this number.")
        report.status = Status.CLOSED


@dataclass(frozen=True, slots=True)
class Counts:
    """How many inquiries, how many of these are not closed, and how many reports."""

    inquiries: int
    still_open: int
    reports: int


def count_older(than: datetime) -> Counts:
    """Count what `purge` would delete."""
    with transaction() as session:
        return _count(session, than)


def purge(older_than: datetime) -> Counts:
    """Delete for good what came in before, whatever became of it; gives what was deleted."""
    with transaction() as session:
        counts = _count(session, older_than)
        session.execute(delete(Inquiry).where(Inquiry.created_at < older_than))
        session.execute(delete(Report).where(Report.created_at < older_than))
    with transaction() as session:
        if session.get_bind().dialect.name == "sqlite":
            # What was deleted may still stand in the log of changes beside the file.
            session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    return counts


def _count(session: Session, older_than: datetime) -> Counts:
    inquiries = select(func.count()).select_from(Inquiry).where(Inquiry.created_at < older_than)
    reports = select(func.count()).select_from(Report).where(Report.created_at < older_than)
    return Counts(
        inquiries=session.scalar(inquiries) or 0,
        still_open=session.scalar(inquiries.where(Inquiry.status != Status.CLOSED)) or 0,
        reports=session.scalar(reports) or 0,
    )
