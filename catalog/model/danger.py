"""What tells that someone may be in danger, and whom to call then: the words of resources/danger.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog.model.eligibility import AgeRule
from catalog.model.text import Label, Words


@dataclass(frozen=True, slots=True)
class DangerLine:
    """A service to call first; `age` says for which children, where that differs."""

    service_id: str
    age: AgeRule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerKind:
    """One kind of danger, such as suicide."""

    id: str
    label: Label
    # What to do, said above the lines.
    say: Label
    # Needs of the taxonomy that it is about: their services of the place come after the lines.
    needs: tuple[str, ...] = ()
    # The best first. May be empty where only 911 helps.
    lines: tuple[DangerLine, ...] = ()
    # Plain names of the danger: none of these tells of it beside a word of `Danger.topics`.
    names: tuple[str, ...] = ()
    # Rules in the grammar of search.danger.grammar.
    rules: Words = field(default_factory=Words)
    # Sentences of danger from which the classifier learns.
    examples: Words = field(default_factory=Words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Danger:
    """All that search.danger is built from. The empty value finds nothing."""

    # A short or wrong word, and the words that stand for it.
    spelling: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # Lists of words that rules name with @.
    concepts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # Phrases that only sound like danger; taken out before anything is looked for.
    near_misses: tuple[str, ...] = ()
    # Words of a class, a job, a report: beside them a bare name tells of no one in danger.
    topics: tuple[str, ...] = ()
    kinds: tuple[DangerKind, ...] = ()
    # How like the examples a text must be without any rule (0 is even; greater is surer).
    likeness: float = 2.0
    # Sentences that are none, for the classifier.
    examples_of_none: Words = field(default_factory=Words)
