"""What is kept of what people tell the Center: inquiries, and reports of something wrong in the directory.

Only what a form asks for. Where someone came from and with which device is not known here. Services are named by
their ids; the catalog is not in the database. A row tells its number when it is printed, and nothing else.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Enum, MetaData, String, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

from inquiries.references import LENGTH

# The most characters of a short answer, a phone number, an e-mail address and a long answer.
SHORT, PHONE, EMAIL, LONG = 100, 40, 254, 2000


class Kind(StrEnum):
    """Who asks: a family, a physician for a family, or a family from another state or country."""

    FAMILY = "family"
    PHYSICIAN = "physician"
    DESTINATION_CARE = "destination_care"


class Status(StrEnum):
    NEW = "new"
    IN_PROGRESS = "in_progress"
    CLOSED = "closed"


class SafeToCall(StrEnum):
    """May the Center call? WRITE: only by e-mail or text message. NO: only by e-mail."""

    YES = "yes"
    WRITE = "write"
    NO = "no"


class UtcTime(TypeDecorator[datetime]):
    """A moment, in UTC. SQLite keeps no time zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def words(choices: type[StrEnum]) -> Enum:
    """One of a few words, kept as text."""
    return Enum(choices, native_enum=False, length=20, values_callable=lambda kind: [item.value for item in kind])


class Base(MappedAsDataclass, DeclarativeBase):
    # Every constraint has a name, so that a later migration can change it.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Inquiry(Base, kw_only=True, repr=False):
    """A request to be called, or a referral. Which fields belong to which kind is said in `inquiries.schemas`.

    `reference` has no hyphen. `form_token` is the SHA-256 of the name of the form that was sent, so that sending it
    twice is noticed.
    `child_age` and `town` are those of the patient when a physician asks; `home` is a country or a state.
    """

    __tablename__ = "inquiries"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    reference: Mapped[str] = mapped_column(String(LENGTH), unique=True)
    form_token: Mapped[str | None] = mapped_column(String(64), unique=True, default=None)
    kind: Mapped[Kind] = mapped_column(words(Kind))
    status: Mapped[Status] = mapped_column(words(Status), default=Status.NEW)
    created_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    closed_at: Mapped[datetime | None] = mapped_column(UtcTime, default=None)
    note: Mapped[str | None] = mapped_column(String(LONG), default=None)

    name: Mapped[str] = mapped_column(String(SHORT))
    practice: Mapped[str | None] = mapped_column(String(SHORT), default=None)
    home: Mapped[str | None] = mapped_column(String(SHORT), default=None)
    phone: Mapped[str | None] = mapped_column(String(PHONE), default=None)
    fax: Mapped[str | None] = mapped_column(String(PHONE), default=None)
    email: Mapped[str | None] = mapped_column(String(EMAIL), default=None)
    safe_to_call: Mapped[SafeToCall | None] = mapped_column(words(SafeToCall), default=None)
    best_time: Mapped[str | None] = mapped_column(String(SHORT), default=None)
    town: Mapped[str | None] = mapped_column(String(SHORT), default=None)
    child_age: Mapped[str | None] = mapped_column(String(SHORT), default=None)
    language: Mapped[str | None] = mapped_column(String(SHORT), default=None)
    interpreter: Mapped[bool | None] = mapped_column(default=None)
    travel_dates: Mapped[str | None] = mapped_column(String(SHORT), default=None)
    need: Mapped[str] = mapped_column(String(LONG))
    services: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    family_agreed: Mapped[bool | None] = mapped_column(default=None)

    def __repr__(self) -> str:
        return f"<Inquiry {self.reference}>"


class Report(Base, kw_only=True, repr=False):
    """“Something wrong? Tell us”: what a visitor says of one service. `contact` is there only for a question back."""

    __tablename__ = "reports"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    service_id: Mapped[str] = mapped_column(String(SHORT))
    text: Mapped[str] = mapped_column(String(LONG))
    contact: Mapped[str | None] = mapped_column(String(SHORT), default=None)
    status: Mapped[Status] = mapped_column(words(Status), default=Status.NEW)
    created_at: Mapped[datetime] = mapped_column(UtcTime, index=True)

    def __repr__(self) -> str:
        return f"<Report {self.id}>"
