"""Needs and the vocabulary: what services are filed under and what rules name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog.model.eligibility import AgeRule, Who
from catalog.model.text import Label, Words


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
    # One person's own, such as a job: ages of a service are then those of whoever has the need, child or caregiver.
    personal: bool = False
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
    `who` says whose circumstance it is. `ages`, `rare` and `hinted_by` say when nobody is taken to be in it unless they
    say so: see `matching.plausibility`.
    """

    id: str
    label: Label
    words: Words
    parents: tuple[str, ...] = ()
    who: Who = Who.CHILD
    # Ages of the child or person at which it may apply though nobody said so; none given means all.
    ages: tuple[AgeRule, ...] = ()
    # Being in a program already: its last day for those who are in it is its last day.
    participant: bool = False
    # So rare that nobody is asked about it without a hint.
    rare: bool = False
    # Needs, conditions and circumstances that hint at it.
    hinted_by: tuple[str, ...] = ()
    line: int = 1


@dataclass(frozen=True, slots=True)
class Vocabulary:
    conditions: Mapping[str, Term]
    circumstances: Mapping[str, Term]
    insurance: Mapping[str, Term]
    languages: Mapping[str, Term]
    delivery: Mapping[str, Term]
