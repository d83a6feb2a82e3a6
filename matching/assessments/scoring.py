"""Answers in, needs out: what each answer of an assessment contributes. Nothing is guessed.

An answer is understood by its question code and answer code together, whatever panel it came in: forms mix questions
of several instruments, and one question can have two lists of answers. What is not understood is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from catalog.ages import PersonAge
from catalog.model import AgeRule, Catalog, Who
from catalog.model.assessment import Answer, Assessment, CrosswalkEntry, Question, Sum
from matching.eligibility import Status, judge_age
from matching.facts import Facts
from matching.request import Severity, WantedNeed

# A question code with an answer code, several of them, or the number of a total.
Given = str | tuple[str, ...] | float


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one answer, sum or code says. `help_wanted` is yes, no, later, or None where it was not asked."""

    question: str
    answer: str
    needs: tuple[str, ...]
    severity: Severity
    circumstances: tuple[str, ...] = ()
    help_wanted: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """An answer or code that is in no instrument here."""

    question: str
    answer: str
    message: str


@dataclass(frozen=True, slots=True)
class Scored:
    """All contributions, in the order of the answers, and what was not understood."""

    contributions: tuple[Contribution, ...]
    unknown: tuple[NotUnderstood, ...]

    @property
    def circumstances(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(term for one in self.contributions for term in one.circumstances))


def score(
    instrument: Assessment, answers: Mapping[str, Given], catalog: Catalog, age: PersonAge | None = None
) -> Scored:
    """Score answers by question code. Questions of other instruments are understood too; `instrument` goes first.

    A question may be given by a path that ends with its code. An answer "no help wanted" withdraws the need of its
    question; "maybe later" keeps it as a low one.
    """
    instruments = [instrument, *(other for other in catalog.assessments.values() if other.id != instrument.id)]
    contributions: list[Contribution] = []
    unknown: list[NotUnderstood] = []
    points: dict[str, float] = {}
    codes = {given_code: _known_code(given_code, instruments) for given_code in answers}
    by_code = {codes[given_code]: given for given_code, given in answers.items()}
    for given_code, given in answers.items():
        question_code = codes[given_code]
        total = _as_total(question_code, given, instruments)
        if total is not None:
            found_sums = [
                one for instrument in instruments for one in instrument.sums if one.total_code == question_code
            ]
            if not found_sums:
                unknown.append(_no_total(instruments, given_code, question_code, total))
            contributions += _from_total(found_sums, total, age)
            continue
        for answer_code in given if isinstance(given, tuple) else (str(given),):
            found = _find(instruments, question_code, answer_code)
            if found is None:
                unknown.append(_not_understood(instruments, given_code, question_code, answer_code))
                continue
            question, answer = found
            points[question_code] = max(points.get(question_code, 0.0), answer.points)
            help_wanted = _help_wanted(question, answer, by_code, instruments)
            # Asked at certain ages only: at another age the answer is understood, and says nothing.
            concerned = may_concern(question.ages, age)
            contributions.append(_contribution(question, answer, help_wanted, concerned))
    contributions += _from_points(instruments, points, by_code, age)
    return Scored(tuple(contributions), tuple(unknown))


def _known_code(text: str, instruments: Iterable[Assessment]) -> str:
    """The code of a question or total: as it is, or the last part of a linkId such as /71802-3/88122-7."""
    known = {code for instrument in instruments for code in (*instrument.by_code, *_total_codes(instrument))}
    last = text.rpartition("/")[2]
    return last if text not in known and last in known else text


def _total_codes(instrument: Assessment) -> set[str]:
    return {total.total_code for total in instrument.sums if total.total_code is not None}


def _as_total(question_code: str, given: Given, instruments: Iterable[Assessment]) -> float | None:
    """The number of a total, also where it is sent as text; None for answer codes."""
    if isinstance(given, float):
        return given
    is_total = any(question_code in _total_codes(instrument) for instrument in instruments)
    if is_total and isinstance(given, str) and re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,3})?", given.strip()):
        return float(given)
    return None


def _find(instruments: Iterable[Assessment], question_code: str, answer_code: str) -> tuple[Question, Answer] | None:
    for instrument in instruments:
        question = instrument.by_code.get(question_code)
        answer = question.answer(answer_code) if question else None
        if question is not None and answer is not None:
            return question, answer
    return None


def _no_total(instruments: Iterable[Assessment], given_code: str, question_code: str, total: float) -> NotUnderstood:
    message = "No instrument here has a total of this code."
    if known := _answer_codes(instruments, question_code):
        message = f"This question takes the code of an answer, not a number. Its answers: {known}."
    return NotUnderstood(given_code, f"{total:g}", message)


def _not_understood(
    instruments: Iterable[Assessment], given_code: str, question_code: str, answer_code: str
) -> NotUnderstood:
    message = "No instrument here has a question of this code."
    if known := _answer_codes(instruments, question_code):
        message = f"The question has no such answer. Its answers: {known}."
    elif any(question_code in _total_codes(instrument) for instrument in instruments):
        message = "This is the code of a total. Send it as a number."
    return NotUnderstood(given_code, answer_code, message)


def _answer_codes(instruments: Iterable[Assessment], question_code: str) -> str:
    """The codes of all answers to a question, for a message; empty when no instrument has it."""
    known = [question for one in instruments if (question := one.by_code.get(question_code)) is not None]
    return ", ".join(dict.fromkeys(answer.code for question in known for answer in question.answers))


def _help_wanted(
    question: Question, answer: Answer, answers: Mapping[str, Given], instruments: list[Assessment]
) -> str | None:
    if answer.help_wanted is not None:
        return answer.help_wanted
    if question.help_question is None:
        return None
    given = answers.get(question.help_question, ())
    codes = (given,) if isinstance(given, str) else given if isinstance(given, tuple) else ()
    found = [_find(instruments, question.help_question, code) for code in codes]
    said = {one[1].help_wanted for one in found if one is not None}
    # Of several answers, the one that takes the least away.
    return next((word for word in ("yes", "later", "no") if word in said), None)


def _contribution(question: Question, answer: Answer, help_wanted: str | None, concerned: bool) -> Contribution:
    withdrawn = help_wanted == "no"
    return Contribution(
        question=question.code,
        answer=answer.code,
        needs=() if withdrawn or not concerned else answer.needs,
        severity=Severity.LOW if help_wanted == "later" else Severity[answer.severity.upper()],
        circumstances=answer.circumstances if concerned else (),
        help_wanted=help_wanted,
        label=answer.label.en if answer.label else None,
    )


def _from_total(sums: Iterable[Sum], total: float, age: PersonAge | None) -> Iterator[Contribution]:
    for one in sums:
        if one.is_met(total) and may_concern(one.ages, age):
            yield _of_sum(one, one.total_code or one.id, total)


def _from_points(
    instruments: Iterable[Assessment], points: Mapping[str, float], answers: Mapping[str, Given], age: PersonAge | None
) -> Iterator[Contribution]:
    for instrument in instruments:
        for one in instrument.sums:
            answered = [code for code in one.questions if code in points]
            enough = len(answered) == len(one.questions) if one.complete else bool(answered)
            if not enough or one.total_code in answers or not may_concern(one.ages, age):
                continue
            total = sum(points[code] for code in answered)
            if one.is_met(total):
                yield _of_sum(one, one.id, total)


def _of_sum(one: Sum, code: str, total: float) -> Contribution:
    label = one.label.en if one.label else None
    return Contribution(code, f"{total:g}", one.needs, Severity[one.severity.upper()], label=label)


def from_codes(
    codes: Iterable[tuple[str, str]], catalog: Catalog, age: PersonAge | None = None
) -> tuple[list[Contribution], list[int]]:
    """Contributions of (system, code) pairs, and the indexes of those that are not known.

    A weak hint counts as a low need. `system` is a short name (icd10cm) or a URI.
    """
    contributions: list[Contribution] = []
    unknown: list[int] = []
    for index, (system_text, code) in enumerate(codes):
        system = catalog.crosswalk.system(system_text)
        entries = catalog.crosswalk.lookup(system, code) if system else None
        if entries is None:
            unknown.append(index)
            continue
        contributions += [_of_entry(entry, code) for entry in entries if may_concern(entry.ages, age)]
    return contributions, unknown


def _of_entry(entry: CrosswalkEntry, code: str) -> Contribution:
    severity = Severity.LOW if entry.weak else Severity.MODERATE
    return Contribution(entry.system, code, (entry.need,), severity, label=entry.label)


def wants_of(contributions: Iterable[Contribution], catalog: Catalog) -> Iterator[WantedNeed]:
    """The child's needs that answers and codes point to, each with the question or code that it came from."""
    for one in contributions:
        for need_id in one.needs:
            yield WantedNeed(catalog.needs[need_id], one.severity, origins=(one.question,))


def merged(wants: Iterable[WantedNeed]) -> tuple[WantedNeed, ...]:
    """Of repeats of one person's need, the most pressing, with all that they came from; in the order first named."""
    found: dict[tuple[str, Who], WantedNeed] = {}
    for want in wants:
        key = (want.need.id, want.who)
        before = found.get(key, want)
        origins = tuple(dict.fromkeys((*before.origins, *want.origins)))
        found[key] = replace(max(before, want, key=lambda one: one.severity), origins=origins)
    return tuple(found.values())


def may_concern(rule: AgeRule | None, age: PersonAge | None) -> bool:
    """Whether something meant for certain ages may concern this person: an unknown age is never a no."""
    if rule is None or age is None:
        return True
    # An age rule is judged without any look at a catalog.
    return judge_age(rule, Facts(age=age)) is not Status.UNMET
