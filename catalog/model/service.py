"""Services and the organizations that run them, with how to reach them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from catalog.model.eligibility import Alternative
from catalog.model.text import PartialDate, Words
from catalog.places import Area

SECTORS = ("behavioral-health", "community", "educational", "legal", "medical", "state")
PROTECTIVE_FACTORS = (
    "parental-resilience",
    "social-connections",
    "knowledge-of-parenting",
    "concrete-support",
    "social-emotional-competence",
)
NEXT_STEP_ACTIONS = (
    "call",
    "text",
    "email",
    "apply-online",
    "website",
    "visit",
    "ask-school",
    "ask-doctor",
    "ask-caseworker",
    "read",
    "dial-211",
)
LISTED_STATUSES = ("active", "temporarily closed")
PHONE_TYPES = ("voice", "text", "fax", "tty")
COSTS = ("free", "fee", "sliding", "insurance")


class Kind(StrEnum):
    """What a service is: a program to join, a guide to read, or a hotline to call."""

    PROGRAM = "program"
    GUIDE = "guide"
    HOTLINE = "hotline"


@dataclass(frozen=True, slots=True)
class Phone:
    """`number` as dialled: 860-837-6200, 1-800-505-7000, or a short code such as 211. `e164` where there is one."""

    number: str
    e164: str | None
    label: str | None = None
    extension: str | None = None
    # One of PHONE_TYPES.
    type: str = "voice"
    label_es: str | None = None

    def label_in(self, language: str) -> str | None:
        """Return the label in `language` ("en" or "es"); the English one where there is no Spanish."""
        return (self.label_es or self.label) if language == "es" else self.label


@dataclass(frozen=True, slots=True)
class Location:
    """A place where the service meets. `point` (latitude, longitude) is that of the town or ZIP area, not the door."""

    street: str | None
    city: str
    state: str
    postal_code: str | None
    name: str | None = None
    town: str | None = None
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """Opening hours on `weekdays` (0 is Monday), minutes after midnight; `closes` 1440 is midnight."""

    weekdays: tuple[int, ...]
    opens: int
    closes: int
    label: str | None = None
    label_es: str | None = None


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one best thing to do first. `action` is one of NEXT_STEP_ACTIONS."""

    action: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """A page that a fact stands on."""

    url: str
    note: str | None = None
    # When the page was written or last changed, as far as it says.
    date: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Translation:
    """A text in another language. `reviewed` is whether a qualified translator has read it."""

    name: str | None = None
    summary: str | None = None
    next_step: str | None = None
    alert: str | None = None
    hours: str | None = None
    cost_note: str | None = None
    # As many, and in the same order, as those of the service.
    confirm: tuple[str, ...] = ()
    required_documents: tuple[str, ...] = ()
    reviewed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A program, guide or hotline. `line` is where its entry begins in `path` (relative to the resources folder)."""

    id: str
    organization_id: str
    sector: str
    kind: Kind
    name: str
    needs: tuple[str, ...]
    summary: str
    next_step: NextStep
    sources: tuple[Source, ...]
    path: str
    line: int
    alternate_names: tuple[str, ...] = ()
    description: str | None = None
    status: str = "active"
    alert: str | None = None
    confidence: str = "normal"
    phones: tuple[Phone, ...] = ()
    emails: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    locations: tuple[Location, ...] = ()
    confidential: bool = False
    hours: str | None = None
    schedules: tuple[Schedule, ...] = ()
    eligibility: tuple[Alternative, ...] = ()
    service_area: Area | None = None
    insurance_accepted: tuple[str, ...] = ()
    cost: str | None = None
    cost_note: str | None = None
    confirm: tuple[str, ...] = ()
    required_documents: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    delivery: tuple[str, ...] = ()
    accessibility: tuple[str, ...] = ()
    protective_factors: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    leads_to: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    former_ids: tuple[str, ...] = ()
    assured_date: PartialDate | None = None
    translations: Mapping[str, Translation] = field(default_factory=lambda: MappingProxyType({}))
    # What people say when this service is the answer. For the search; never shown.
    asked_as: Words = field(default_factory=Words)
    # What curators know of the sources. Never shown to families.
    curator_note: str | None = None

    @property
    def is_listed(self) -> bool:
        """Return whether families may be shown it: not inactive or defunct."""
        return self.status in LISTED_STATUSES


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """Who runs services. One file each."""

    id: str
    name: str
    path: str
    line: int
    alternate_names: tuple[str, ...] = ()
    url: str | None = None
    description: str | None = None
