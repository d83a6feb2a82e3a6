"""The catalog's values, frozen, in the terms of HSDS 3.2 (organization, service, location, service_area, schedule ...).

    Catalog
      organizations   Organization  id -> who runs services
      services        Service       id -> a program, guide or hotline, with its eligibility
      needs           Need          id -> the taxonomy, two levels
      places          Places        the towns, counties, planning regions, ZIP codes and named regions
      vocabulary      Vocabulary    conditions, circumstances, insurance kinds, languages, ways of delivery
      thresholds      Thresholds    poverty guidelines and median incomes
      assessments     Assessment    id -> an instrument: answers to needs (catalog.assessments)
      crosswalk       Crosswalk     codes of health records to needs
      far_away        FarAway       for families from other states and countries (catalog.far_away)

Values hold what the files say; whether a person is eligible is decided in `matching`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from catalog.ages import Duration
from catalog.places import Area, Places

if TYPE_CHECKING:
    # Both are made of the values below.
    from catalog.model.assessment import Assessment, Crosswalk
    from catalog.model.travel import FarAway

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
GRADES = ("PK", "K", *(str(number) for number in range(1, 13)))


class Kind(StrEnum):
    """What a service is: a program to join, a guide to read, or a hotline to call."""

    PROGRAM = "program"
    GUIDE = "guide"
    HOTLINE = "hotline"


class Who(StrEnum):
    """Whose fact a criterion is about. CHILD is the person helped, whatever their age."""

    CHILD = "child"
    CAREGIVER = "caregiver"
    HOUSEHOLD = "household"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the year, the month or the day. `earliest` and `latest` bound it."""

    text: str
    earliest: date
    latest: date


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
class AgeRule:
    """Ages served. `any` says that the page states no limit; an absent rule says that it states nothing.

    `start` is inclusive, `under` exclusive, `through` lasts to the last day of its unit ("through 18y" ends at 19y),
    `school_year_of` ends with the school year in which that age is reached. `apply_from` is the age from which a family
    can ask ahead of `start`: it decides nothing about who is eligible.
    """

    any: bool = False
    start: Duration | None = None
    under: Duration | None = None
    through: Duration | None = None
    school_year_of: Duration | None = None
    apply_from: Duration | None = None
    who: Who = Who.CHILD
    # The exclusive upper limit, however it is written; None where there is none. Worked out once, asked for often.
    end: Duration | None = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        end = self.through.next_step() if self.through is not None else self.under or self.school_year_of
        object.__setattr__(self, "end", end)


@dataclass(frozen=True, slots=True)
class IncomeRule:
    """Household income limits. Percent of the poverty guideline or the state median; dollars a year, gross."""

    any: bool = False
    up_to_fpl_percent: float | None = None
    above_fpl_percent: float | None = None
    up_to_smi_percent: float | None = None
    up_to_annual: float | None = None
    stated: str | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """Ids of which any one (`all_of` False) or every one (`all_of` True) must hold."""

    ids: tuple[str, ...]
    all_of: bool = False


@dataclass(frozen=True, slots=True)
class GradeRule:
    """School grades served, inclusive at both ends: indexes into GRADES."""

    start: int | None
    through: int | None


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Who is not served, even when the rest holds."""

    conditions: tuple[str, ...] = ()
    circumstances: tuple[str, ...] = ()
    insurance: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to be eligible: all of its criteria must hold. None means that the criterion is not stated."""

    source: str
    age: AgeRule | None = None
    residence: Area | None = None
    income: IncomeRule | None = None
    insurance: Terms | None = None
    conditions: Terms | None = None
    circumstances: Terms | None = None
    grade: GradeRule | None = None
    exclusion: Exclusion | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A word for people, in English and Spanish."""

    en: str
    es: str

    def in_language(self, language: str) -> str:
        return self.es if language == "es" else self.en


@dataclass(frozen=True, slots=True)
class Words:
    """What people say instead of a term."""

    en: tuple[str, ...] = ()
    es: tuple[str, ...] = ()


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
        """Whether families may be shown it: not inactive or defunct."""
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


@dataclass(frozen=True, slots=True)
class FrontDoor:
    """A service where one starts for a need; `age` says for which children, where that differs."""

    service_id: str
    age: AgeRule | None = None
    # The page that says so.
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedTerms:
    """What is known of a person who asks for a need: whoever asks for help with asthma has asthma in mind."""

    conditions: tuple[str, ...] = ()
    circumstances: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A taxonomy term. Groups have no parent; needs have one group. `sensitive` ones never appear in a URL."""

    id: str
    label: Label
    description: Label
    words: Words
    parent: str | None = None
    sensitive: bool = False
    urgent: bool = False
    # Where one starts, the best first.
    start_with: tuple[FrontDoor, ...] = ()
    # Why there is nowhere to start, for a need or an age without a front door.
    no_front_door: str | None = None
    states: StatedTerms = field(default_factory=StatedTerms)
    # Whole sentences of everyday life; `words` are short phrases.
    questions: Words = field(default_factory=Words)
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A condition, circumstance, insurance kind, language or way of delivery.

    `parents` are the broader terms that it implies: autism is a developmental disability is a disability.
    `who` says whose circumstance it is.
    """

    id: str
    label: Label
    words: Words
    parents: tuple[str, ...] = ()
    who: Who = Who.CHILD
    line: int = 1


@dataclass(frozen=True, slots=True)
class Vocabulary:
    conditions: Mapping[str, Term]
    circumstances: Mapping[str, Term]
    insurance: Mapping[str, Term]
    languages: Mapping[str, Term]
    delivery: Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class PovertyGuideline:
    """US dollars a year: for one person and for each further one (48 contiguous states)."""

    year: int
    one_person: float
    each_additional_person: float
    source: str

    def for_household(self, size: int) -> float:
        return self.one_person + self.each_additional_person * (size - 1)


@dataclass(frozen=True, slots=True)
class MedianIncome:
    """A share of the state median income, by household size; `doubtful_sizes` disagree with their page."""

    season: str
    percent: float
    by_household_size: Mapping[int, float]
    doubtful_sizes: tuple[int, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Newest first."""

    poverty: tuple[PovertyGuideline, ...]
    median: tuple[MedianIncome, ...]


@dataclass(frozen=True, slots=True)
class Catalog:
    """The whole catalog, read and checked. `version` is a digest of its files: equal files, equal version."""

    version: str
    organizations: Mapping[str, Organization]
    services: Mapping[str, Service]
    needs: Mapping[str, Need]
    places: Places
    vocabulary: Vocabulary
    thresholds: Thresholds
    assessments: Mapping[str, Assessment]
    crosswalk: Crosswalk
    far_away: FarAway | None = None

    def resolve(self, service_id: str) -> Service | None:
        """The service under this id, or under the id that it has now; None when it was never listed."""
        service = self.services.get(service_id)
        if service is None:
            service = next((item for item in self.services.values() if service_id in item.former_ids), None)
        return service

    def needs_under(self, need_id: str) -> tuple[str, ...]:
        """The need itself, or the needs of a group."""
        below = tuple(need.id for need in self.needs.values() if need.parent == need_id)
        return below or (need_id,)
