"""The step-by-step finder: what a family has told so far, which step comes next, and what it all asks of the matcher.

A step is a question of the global assessment, or one of ours: where the family lives and how old the child is come
first; insurance, income, grade and the like are asked only when the plan says that they would help. The order of the
assessment's questions is decided in `matching.assessments.questionnaire`. Pure: what was told travels with the family.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from catalog.ages import Duration, PersonAge
from catalog.model import GRADES, Catalog
from catalog.model.assessment import Assessment, Question
from catalog.places import Place
from matching.assessments import questionnaire as interview
from matching.assessments.questionnaire import Progress
from matching.assessments.scoring import may_concern
from matching.facts import Facts, Income, terms_of
from matching.narration import grade_text
from matching.next_questions import question_text
from matching.request import MatchRequest
from web.shared.privacy import EXIT_NEEDS

ASSESSMENT = "global"

# Our own steps: the colon keeps them apart from the codes of questions. TERM goes before a condition or circumstance.
PLACE, AGE, DONE = ":town", ":age", ":plan"
INCOME, INSURANCE, GRADE, ADULT = ":income", ":insurance", ":grade", ":caregiver_age"
TERM = ":is:"
FIRST_STEPS = (PLACE, AGE)
# Answers that stand alone: chosen beside others, the others count.
ALONE = frozenset(("none", "uninsured"))


@dataclass(frozen=True, slots=True)
class FinderState:
    """What a family has told: the answers to each step, the steps that it skipped, and the step it is at.

    The answer to PLACE is a town or ZIP code, that to AGE a month of birth (2020-03) or an age in years (6), that to
    INCOME dollars a year and people; all others are codes of choices.
    """

    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    at: str = PLACE

    def answering(self, given: tuple[str, ...]) -> FinderState:
        """With this answer to the step it is at; no answer is a step skipped."""
        others = {code: codes for code, codes in self.answers.items() if code != self.at}
        if not given:
            return replace(self, answers=others, skipped=self.skipped | {self.at})
        return replace(self, answers=others | {self.at: given}, skipped=self.skipped - {self.at})

    def packed(self) -> list[Any]:
        """As plain lists and text."""
        return [{code: list(codes) for code, codes in self.answers.items()}, sorted(self.skipped), self.at]


def unpacked(value: Any) -> FinderState:
    """Read what `FinderState.packed` wrote. Raises ValueError for anything else, such as what another version wrote."""
    match value:
        case [dict(answers), list(skipped), str(at)] if all(isinstance(codes, list) for codes in answers.values()):
            texts = {str(code): tuple(map(str, codes)) for code, codes in answers.items()}
            return FinderState(texts, frozenset(map(str, skipped)), at)
    raise ValueError("not what a family told.")


@dataclass(frozen=True, slots=True)
class Step:
    """What a page asks. `kind` is town, age, income, caregiver_age, yes-no or choices (codes and labels).

    `heading` is empty where the page has words of its own. `discreet`: the page offers a quick exit.
    """

    code: str
    kind: str
    heading: str = ""
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    many: bool = False
    discreet: bool = False


@dataclass(frozen=True, slots=True)
class Finder:
    """The finder over one catalog, on one day."""

    catalog: Catalog
    on: date

    @property
    def assessment(self) -> Assessment:
        return self.catalog.assessments[ASSESSMENT]

    # ---- What was told

    def age(self, told: FinderState) -> PersonAge | None:
        return age_of(told.answers.get(AGE, ()), self.on)

    def place(self, told: FinderState) -> Place | None:
        """Where the family lives; None where it is not known (any more)."""
        try:
            return self.place_of(told.answers.get(PLACE, ("",))[0])
        except ValueError:
            return None

    def place_of(self, text: str) -> Place | None:
        """A town, village or ZIP code. Raises UnknownPlaceError, or ValueError for what is no ZIP code."""
        return self.catalog.places.place(text) if text else None

    def facts(self, told: FinderState) -> Facts:
        """What was told beside the assessment."""
        given = told.answers
        said = {code.removeprefix(TERM): codes for code, codes in given.items() if code.startswith(TERM)}
        return Facts(
            age=self.age(told),
            caregiver_age=age_of(given.get(ADULT, ()), self.on),
            place=self.place(told),
            has=frozenset(term for term, codes in said.items() if codes == ("yes",)),
            has_not=frozenset(term for term, codes in said.items() if codes == ("no",)),
            insurance=given.get(INSURANCE),
            income=income_of(given.get(INCOME, ())),
            grade=GRADES.index(given[GRADE][0]) if GRADE in given else None,
        )

    def request(self, told: FinderState, language: str, limit: int) -> MatchRequest:
        """What all of it asks of the matcher. An answer that says yes counts more than one that says no."""
        asked = interview.interview_request(
            self.assessment,
            told.answers,
            self.facts(told),
            self.catalog,
            on=self.on,
            language=language,
            limit=limit,
        )
        return replace(asked, facts=replace(asked.facts, has_not=asked.facts.has_not - asked.facts.has))

    def standing(self, told: FinderState) -> Mapping[str, tuple[str, ...]]:
        """The answers to questions of the assessment that still count."""
        return interview.standing_answers(self.assessment, told.answers, self.age(told))

    # ---- The way through

    def next_step(self, told: FinderState) -> str:
        """The first step neither answered nor skipped; back to the plan from a step that it led to."""
        if told.at.startswith(":") and told.at not in (*FIRST_STEPS, DONE):
            return DONE
        for code in FIRST_STEPS:
            if code not in told.answers and code not in told.skipped:
                return code
        question = interview.next_question(self.assessment, self.standing(told), told.skipped, self.age(told))
        return question.code if question else DONE

    def previous_step(self, told: FinderState) -> str | None:
        """The step before; from the plan the last that was seen, from a step that the plan led to the plan. None
        before the first step."""
        if told.at == PLACE:
            return None
        if told.at == AGE:
            return PLACE
        if told.at == DONE:
            seen = [item.code for item in self._asked(told) if item.code in told.answers or item.code in told.skipped]
            return seen[-1] if seen else AGE
        if told.at.startswith(":"):
            return DONE
        question = interview.previous_question(self.assessment, self.standing(told), self.age(told), told.at)
        return question.code if question else AGE

    def progress(self, told: FinderState) -> Progress | None:
        """How far along the step is, `about` 0 where that cannot be told yet; None where it is not on the way."""
        asked = interview.progress(self.assessment, self.standing(told), self.age(told), told.at)
        about = len(FIRST_STEPS) + asked.about
        if told.at in FIRST_STEPS:
            # Before the age is known, questions for every age would count.
            return Progress(FIRST_STEPS.index(told.at) + 1, about if self.age(told) else 0)
        return Progress(len(FIRST_STEPS) + asked.number, about) if told.at in self.assessment.by_code else None

    def open_questions(self, told: FinderState) -> tuple[str, ...]:
        """Questions of the assessment that were skipped, or not reached."""
        standing = self.standing(told)
        return tuple(question.code for question in self._asked(told) if question.code not in standing)

    def _asked(self, told: FinderState) -> tuple[Question, ...]:
        return interview.questions_asked(self.assessment, self.standing(told), self.age(told))

    def step_for(self, fact: str, told: FinderState) -> str | None:
        """The step that asks for a fact that the matcher misses; None when the family has had the chance to tell it."""
        own = f":{fact}"
        if own == AGE:
            return AGE if not any("-" in text for text in told.answers.get(AGE, ())) else None
        if own in (PLACE, INCOME, INSURANCE, GRADE, ADULT):
            return own if own not in told.answers else None
        for question in self.assessment.questions:
            if any(fact in answer.circumstances for answer in question.answers) and self._is_asked(question, told):
                return question.code if question.code not in told.answers else None
        return TERM + fact

    def _is_asked(self, question: Question, told: FinderState) -> bool:
        """Whether the question can be gone to: meant for the age, and not hanging on an answer that was not given."""
        return question.ask_if is None and may_concern(question.ages, self.age(told))

    # ---- The pages

    def step(self, code: str, language: str) -> Step | None:
        """What the page of a step asks; None for a code that is no step, and for the plan."""
        if code in FIRST_STEPS:
            return Step(code, code[1:])
        if code in (INCOME, ADULT):
            return Step(code, code[1:], question_text(code[1:], self.catalog, language))
        if code in (INSURANCE, GRADE):
            choices = self._insurance(language) if code == INSURANCE else _grades(language)
            heading = question_text(code[1:], self.catalog, language)
            return Step(code, "choices", heading, choices=choices, many=code == INSURANCE)
        if code.startswith(TERM) and (term := code.removeprefix(TERM)) in terms_of(self.catalog):
            return Step(code, "yes-no", question_text(term, self.catalog, language))
        question = self.assessment.by_code.get(code)
        return self._question(question, language) if question is not None and question.label is not None else None

    def _question(self, question: Question, language: str) -> Step:
        assert question.label is not None
        heading, hint = split_question(question.label.in_language(language))
        choices = [
            (answer.code, answer.label.in_language(language)) for answer in question.answers if answer.label is not None
        ]
        needs = {need for answer in question.answers for need in answer.needs}
        return Step(
            question.code, "choices", heading, hint, tuple(choices), question.many, not EXIT_NEEDS.isdisjoint(needs)
        )

    def _insurance(self, language: str) -> tuple[tuple[str, str], ...]:
        kinds = self.catalog.vocabulary.insurance
        return tuple((code, term.label.in_language(language)) for code, term in kinds.items() if code != "any")


def _grades(language: str) -> tuple[tuple[str, str], ...]:
    return tuple((code, grade_text(index, language).capitalize()) for index, code in enumerate(GRADES))


def split_question(text: str) -> tuple[str, str]:
    """The question itself, and what is said after it."""
    heading, mark, rest = text.partition("?")
    return heading + mark, rest.strip()


def chosen(step: Step, given: Iterable[str]) -> tuple[str, ...]:
    """The codes chosen, in the order of the page. Raises ValueError for a code that the page does not offer."""
    codes = set(given)
    offered = ("yes", "no") if step.kind == "yes-no" else tuple(code for code, _ in step.choices)
    if not codes.issubset(offered):
        raise ValueError("no such answer.")
    if len(codes) > 1:
        codes -= ALONE
    picked = tuple(code for code in offered if code in codes)
    return picked if step.many else picked[:1]


def age_of(answer: tuple[str, ...], on: date) -> PersonAge | None:
    """The age that "2020-03" (born in that month) or "6" (years) tells; None for anything else."""
    text = "".join(answer)
    try:
        if born := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})", text):
            return PersonAge.from_birth_month(int(born[1]), int(born[2]), on)
        return PersonAge.from_age(Duration(int(text)), on) if re.fullmatch(r"[0-9]{1,3}", text) else None
    except ValueError:
        return None


def income_of(answer: tuple[str, ...]) -> Income | None:
    """Dollars a year, and the people who live on them."""
    if len(answer) != 2:
        return None
    return Income(annual=float(answer[0]), household_size=int(answer[1]))
