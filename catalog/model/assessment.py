"""Needs assessments and code systems as data: which answers and codes point to which needs.

    Assessment   one instrument: its questions, answers and sums (resources/assessments/ID.yaml)
    Crosswalk    codes of health records to needs (resources/crosswalk.yaml)

What an instrument's terms do not allow is not in its file: `text` says what may be shown. Scoring is in `matching`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from catalog.model.eligibility import AgeRule
from catalog.model.text import Label

TEXT_KINDS = ("public", "own-labels", "codes-only", "scores-only")
RESPONDENTS = ("parent", "youth", "adult", "anyone")
SEVERITIES = ("low", "moderate", "high", "urgent")
HELP_WANTED = ("yes", "no", "later")
CODE_SYSTEMS = ("icd10cm", "snomed", "loinc", "gravity")
# How else programs call these code systems, without case and punctuation: by their OIDs (as listed by HL7) and by name.
_SYSTEM_NAMES = {
    "2.16.840.1.113883.6.90": "icd10cm",
    "2.16.840.1.113883.6.96": "snomed",
    "2.16.840.1.113883.6.1": "loinc",
    "icd10cm": "icd10cm",
    "icd10": "icd10cm",
    "snomed": "snomed",
    "snomedct": "snomed",
    "sct": "snomed",
    "loinc": "loinc",
    "gravity": "gravity",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer and what it says: needs, facts about the family, points for a sum, or whether help is wanted."""

    code: str
    label: Label | None = None
    needs: tuple[str, ...] = ()
    severity: str = "moderate"
    circumstances: tuple[str, ...] = ()
    help_wanted: str | None = None
    points: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AskIf:
    """Ask a question only after one of these answers to an earlier one."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question. `help_question` asks whether help is wanted; a `derived` one is never asked, its answer is sent."""

    code: str
    answers: tuple[Answer, ...]
    label: Label | None = None
    help_question: str | None = None
    many: bool = False
    derived: bool = False
    ages: AgeRule | None = None
    ask_if: AskIf | None = None

    def answer(self, code: str) -> Answer | None:
        return next((answer for answer in self.answers if answer.code == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A total of points that points to needs from `at_least` up, or down from `at_most`.

    `total_code` is a question code under which the total itself may be sent; `complete` asks for every answer.
    """

    id: str
    needs: tuple[str, ...]
    label: Label | None = None
    questions: tuple[str, ...] = ()
    at_least: float | None = None
    at_most: float | None = None
    complete: bool = False
    total_code: str | None = None
    severity: str = "moderate"
    ages: AgeRule | None = None

    def is_met(self, total: float) -> bool:
        return (self.at_least is None or total >= self.at_least) and (self.at_most is None or total <= self.at_most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One of the tools whose results only are taken."""

    id: str
    title: Label
    terms: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """An instrument. `panel` is for information: answers are matched by question and answer code, never by panel."""

    id: str
    title: Label
    description: Label
    text: str
    respondent: str
    questions: tuple[Question, ...] = ()
    sums: tuple[Sum, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    panel: Mapping[str, str] | None = None
    credit: str | None = None
    terms: str | None = None
    notice: str | None = None
    sources: tuple[str, ...] = ()

    @cached_property
    def by_code(self) -> Mapping[str, Question]:
        return {question.code: question for question in self.questions}


@dataclass(frozen=True, slots=True, kw_only=True)
class CrosswalkEntry:
    """A code and a need that it points to. `children` takes in the codes below; `weak` is a hint only."""

    need: str
    system: str
    code: str
    label: str
    children: bool = False
    weak: bool = False
    kind: str = "finding"
    ages: AgeRule | None = None


@dataclass(frozen=True)
class Crosswalk:
    """All codes. `systems` maps the short name of a code system to its URI; `ignored` codes say nothing of a need."""

    entries: tuple[CrosswalkEntry, ...] = ()
    ignored: frozenset[tuple[str, str]] = frozenset()
    systems: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_code(self) -> Mapping[tuple[str, str], tuple[CrosswalkEntry, ...]]:
        found: dict[tuple[str, str], list[CrosswalkEntry]] = {}
        for entry in self.entries:
            found.setdefault((entry.system, entry.code), []).append(entry)
        return {key: tuple(entries) for key, entries in found.items()}

    def system(self, text: str) -> str | None:
        """Return the short name of a code system given by name, URI or OID, however it is written; None if unknown."""
        wanted = _plain_uri(text)
        for name, uri in self.systems.items():
            if wanted in (name, _plain_uri(uri)):
                return name
        oid = wanted.removeprefix("urn:oid:")
        known = _SYSTEM_NAMES.get(oid) or _SYSTEM_NAMES.get(re.sub(r"[^a-z0-9]", "", wanted))
        return known if known in self.systems else None

    def lookup(self, system: str, code: str) -> tuple[CrosswalkEntry, ...] | None:
        """Return the entries for a code, and those of codes above it that take in their children.

        Empty when the code is known to say nothing of a need; None when it is not known.
        """
        code = _plain_code(system, code)
        found = list(self.by_code.get((system, code), ()))
        for above in _codes_above(system, code):
            found += [entry for entry in self.by_code.get((system, above), ()) if entry.children]
        return tuple(found) if found or (system, code) in self.ignored else None


def _plain_uri(text: str) -> str:
    """Without case, version ("|2.1"), scheme of the web and a slash at its end."""
    return re.sub(r"^https?://", "", text.strip().casefold().partition("|")[0]).rstrip("/")


def _plain_code(system: str, code: str) -> str:
    """The code as the files write it: many records leave the dot out of codes of ICD-10-CM, or write small letters."""
    code = code.strip()
    if system == "gravity":
        return code.casefold()
    if system != "icd10cm":
        return code
    code = code.upper()
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 and "." not in code else code


def _codes_above(system: str, code: str) -> Iterator[str]:
    """ICD-10-CM codes are longer the finer they are: Z59.41 lies below Z59.4 and Z59. Other systems are not nested."""
    if system == "icd10cm":
        for length in range(len(code) - 1, 2, -1):
            yield code[:length].rstrip(".")
