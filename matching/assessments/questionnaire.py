"""The step-by-step finder: which question of an assessment comes next, how far along it is, what the answers ask for.

Pure, and without memory: answers and skipped questions travel with the caller. A question may always be skipped, and
what is skipped is unknown, never "no". A question is asked when it is meant for the age (or the age is not known), when
the answer that it hangs on was given, and when its words may be shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from catalog.ages import PersonAge
from catalog.model import Catalog
from catalog.model.assessment import Assessment, Question
from matching.assessments.scoring import may_concern, merged, score, wants_of
from matching.facts import Facts, with_implied
from matching.request import MatchRequest, WantedNeed

# Question code -> the codes of the answers chosen, in the order of the question.
Answers = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Progress:
    """Question `number` (from 1) of `about` so many: later answers may still open or close questions."""

    number: int
    about: int


def questions_asked(assessment: Assessment, answers: Answers, age: PersonAge | None) -> tuple[Question, ...]:
    """The questions for this family, in order, as far as the answers so far tell."""
    asked: dict[str, Question] = {}
    for question in assessment.questions:
        shown = question.label is not None and not question.derived
        if shown and may_concern(question.ages, age) and _is_open(question, answers, asked):
            asked[question.code] = question
    return tuple(asked.values())


def _is_open(question: Question, answers: Answers, asked: Collection[str]) -> bool:
    """Whether the answer that it hangs on was given, to a question that is itself asked."""
    if question.ask_if is None:
        return True
    given = answers.get(question.ask_if.question, ())
    return question.ask_if.question in asked and not set(given).isdisjoint(question.ask_if.answers)


def next_question(
    assessment: Assessment, answers: Answers, skipped: Collection[str], age: PersonAge | None
) -> Question | None:
    """The first question neither answered nor skipped; None when all are done."""
    asked = questions_asked(assessment, answers, age)
    return next((one for one in asked if one.code not in answers and one.code not in skipped), None)


def previous_question(
    assessment: Assessment, answers: Answers, age: PersonAge | None, current: str | None
) -> Question | None:
    """The question before `current`; before the end for None. None before the first, or for an unknown code."""
    before = _up_to(assessment, answers, age, current)
    if current is not None and before and before[-1].code == current:
        before = before[:-1]
    return before[-1] if before else None


def progress(assessment: Assessment, answers: Answers, age: PersonAge | None, current: str | None) -> Progress:
    """How far along `current` is; None is the end."""
    return Progress(
        number=len(_up_to(assessment, answers, age, current)),
        about=len(questions_asked(assessment, answers, age)),
    )


def _up_to(
    assessment: Assessment, answers: Answers, age: PersonAge | None, current: str | None
) -> tuple[Question, ...]:
    """The questions asked up to and with `current`, in the order of the assessment."""
    asked = questions_asked(assessment, answers, age)
    if current is None:
        return asked
    places = {question.code: place for place, question in enumerate(assessment.questions)}
    last = places.get(current, -1)
    return tuple(question for question in asked if places[question.code] <= last)


def standing_answers(
    assessment: Assessment, given: Mapping[str, Iterable[str]], age: PersonAge | None
) -> dict[str, tuple[str, ...]]:
    """The answers that still count: known codes of questions that are asked, one where only one may be chosen.

    An answer that hangs on one since changed is dropped. Codes stand in the order of their question.
    """
    known: dict[str, tuple[str, ...]] = {}
    for question in assessment.questions:
        chosen = set(given.get(question.code, ()))
        codes = tuple(answer.code for answer in question.answers if answer.code in chosen)
        if codes:
            known[question.code] = codes if question.many else codes[:1]
    asked = {question.code for question in questions_asked(assessment, known, age)}
    return {code: codes for code, codes in known.items() if code in asked}


def interview_request(  # noqa: PLR0913 - the family, the answers, and how the result is to be told
    assessment: Assessment,
    answers: Answers,
    about: Facts,
    catalog: Catalog,
    *,
    on: date,
    language: str = "en",
    limit: int = 1000,
    wanted: Iterable[WantedNeed] = (),
) -> MatchRequest:
    """What finished answers ask of the matcher: their needs after those `wanted` already, and what they state.

    `about` is what was told beside the assessment (age, place, insurance ...), as it was told: what follows from it is
    worked out here. The request also asks for what is coming up.
    """
    scored = score(assessment, standing_answers(assessment, answers, about.age), catalog, about.age)
    told = replace(about, has=about.has.union(scored.circumstances))
    return MatchRequest(
        on=on,
        facts=with_implied(told, catalog),
        wanted=merged([*wanted, *wants_of(scored.contributions, catalog)]),
        limit=limit,
        include_upcoming=True,
        language=language,
    )
