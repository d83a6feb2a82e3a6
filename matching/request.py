"""What is asked of the matcher, and what it answers: frozen values, no behaviour."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from catalog.model import Need, Service, Who
from matching.eligibility import Verdict
from matching.facts import Facts
from matching.narration import Reason


class Severity(IntEnum):
    """How pressing a need is; the number is its weight in the ranking."""

    LOW = 1
    MODERATE = 2
    HIGH = 3
    URGENT = 4

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class WantedNeed:
    """One need of the assessment: a leaf of the taxonomy. `origins` are the answers or codes that it came from."""

    need: Need
    severity: Severity = Severity.MODERATE
    who: Who = Who.CHILD
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatchRequest:
    """One person's facts and needs, on a day. `limit` is how many matches to explain (1 to 1000).

    `language` is that of every sentence of the answer: en or es.
    """

    on: date
    facts: Facts
    wanted: tuple[WantedNeed, ...]
    limit: int = 20
    include_ineligible: bool = False
    include_upcoming: bool = False
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Match:
    """A service, its verdict and why. `score` is the sum of `score_parts`, each from 0 to its weight."""

    service: Service
    verdict: Verdict
    needs_met: tuple[str, ...]
    score: float
    score_parts: dict[str, float]
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    to_confirm: tuple[str, ...]
    opens_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class NeedSummary:
    """How many services were found for one wanted need."""

    wanted: WantedNeed
    eligible: int
    uncertain: int


@dataclass(frozen=True, slots=True)
class Question:
    """A missing fact, and how many uncertain matches wait for it."""

    fact: str
    text: str
    settles: int


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A change within a year: a service that "opens" to this person, or "ends" for them.

    `when` and `why` are words: "on 15 March 2027", "turns 3". Where only the month of birth is known, `when` is
    "around March 2027", and `on` is a day near it.
    """

    service: Service
    change: str
    on: date
    when: str
    why: str
    leads_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnmetNeed:
    """A wanted need without an eligible or uncertain service. Each nearest one comes with what was relaxed."""

    need: Need
    nearest: tuple[tuple[Service, str], ...]


@dataclass(frozen=True, slots=True)
class Safety:
    """Whom to call first when someone may be in danger."""

    text: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatchResult:
    """The answer for one person. `matches` are best first; the order is total (the last tie-break is the id)."""

    needs: tuple[NeedSummary, ...]
    matches: tuple[Match, ...]
    questions: tuple[Question, ...] = ()
    upcoming: tuple[Upcoming, ...] = ()
    unmet_needs: tuple[UnmetNeed, ...] = ()
    safety: Safety | None = None
    total: int = field(default=0)
