"""The step-by-step finder: its questions in order, back and skip, and the request that the answers make."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from random import Random

import pytest

from catalog.ages import Duration, PersonAge
from catalog.model import AgeRule, Label
from catalog.model.assessment import Answer, AskIf, Assessment, Question
from catalog.places import Place
from matching.assessments.questionnaire import (
    Progress,
    interview_request,
    next_question,
    previous_question,
    progress,
    questions_asked,
    standing_answers,
)
from matching.assessments.scoring import may_concern
from matching.facts import OUT_OF_STATE, Facts
from matching.match import match
from matching.plan import plan
from matching.request import Severity
from matching.table.table import EligibilityTable

ON = date(2026, 11, 21)
TEN = PersonAge.from_age(Duration(years=10), ON)
TWO = PersonAge.from_age(Duration(years=2), ON)


def question(code: str, *answers: str, label: bool = True, ask_if: tuple[str, str] | None = None,
             ages: AgeRule | None = None, derived: bool = False, many: bool = True) -> Question:  # fmt: skip
    return Question(
        code=code,
        answers=tuple(Answer(code=answer) for answer in answers),
        label=Label(code, code) if label else None,
        ask_if=AskIf(question=ask_if[0], answers=(ask_if[1],)) if ask_if else None,
        ages=ages,
        derived=derived,
        many=many,
    )


SMALL = Assessment(
    id="small",
    title=Label("Small", "Small"),
    description=Label("Small", "Small"),
    text="public",
    respondent="parent",
    questions=(
        question("home", "cold", "warm"),
        question("heat", "oil", "gas", ask_if=("home", "cold")),
        question("oil-tank", "empty", ask_if=("heat", "oil")),
        question("codes-only", "yes", label=False),
        question("worked-out", "yes", derived=True),
        question("school", "yes", "no", ages=AgeRule(start=Duration(years=5)), many=False),
        question("end", "fine"),
    ),
)


def codes(answers: Mapping[str, tuple[str, ...]], age: PersonAge | None = None) -> list[str]:
    return [one.code for one in questions_asked(SMALL, answers, age)]


def test_only_questions_for_this_family_are_asked() -> None:
    assert codes({}) == ["home", "school", "end"]
    assert codes({}, TWO) == ["home", "end"]
    assert codes({"home": ("cold",)}, TEN) == ["home", "heat", "school", "end"]
    assert codes({"home": ("warm",)}, TEN) == ["home", "school", "end"]


def test_a_follow_up_closes_with_the_question_that_it_hangs_on() -> None:
    answers = {"home": ("cold",), "heat": ("oil",)}
    assert "oil-tank" in codes(answers)
    assert "oil-tank" not in codes(answers | {"home": ("warm",)})


def test_the_next_question_is_neither_answered_nor_skipped() -> None:
    first = next_question(SMALL, {}, (), None)
    assert first is not None and first.code == "home"
    after_skip = next_question(SMALL, {}, {"home"}, None)
    assert after_skip is not None and after_skip.code == "school"
    opened = next_question(SMALL, {"home": ("cold",), "school": ("yes",)}, (), None)
    assert opened is not None and opened.code == "heat"
    assert next_question(SMALL, {"home": ("warm",)}, {"school", "end"}, None) is None


def test_back_goes_through_every_question_to_the_first() -> None:
    answers = {"home": ("cold",)}
    way: list[str | None] = [None]
    while (before := previous_question(SMALL, answers, TEN, way[-1])) is not None:
        way.append(before.code)
    assert way == [None, "end", "school", "heat", "home"]
    assert previous_question(SMALL, answers, TEN, "no such question") is None


def test_back_from_a_question_no_longer_asked_goes_to_the_one_before_it() -> None:
    before = previous_question(SMALL, {"home": ("warm",)}, TEN, "heat")
    assert before is not None and before.code == "home"


def test_progress_counts_the_questions_as_far_as_they_are_known() -> None:
    assert progress(SMALL, {}, TEN, "home") == Progress(1, 3)
    assert progress(SMALL, {"home": ("cold",)}, TEN, "school") == Progress(3, 4)
    assert progress(SMALL, {"home": ("cold",)}, TEN, None) == Progress(4, 4)


def test_answers_that_no_longer_count_are_dropped() -> None:
    given = {"home": ["warm", "cold", "burning"], "heat": ["gas"], "school": ["no", "yes"], "gone": ["x"], "end": []}
    assert standing_answers(SMALL, given, TEN) == {"home": ("cold", "warm"), "heat": ("gas",), "school": ("yes",)}
    assert standing_answers(SMALL, given | {"home": ["warm"]}, TWO) == {"home": ("warm",)}


@pytest.mark.parametrize("age", [None, *(PersonAge.from_age(Duration(years=years), ON) for years in (1, 4, 8, 15, 23))])
@pytest.mark.parametrize("seed", range(20))
def test_the_global_assessment_ends_however_it_is_answered(
    table: EligibilityTable, age: PersonAge | None, seed: int
) -> None:
    assessment = table.catalog.assessments["global"]
    random = Random(seed)
    answers: dict[str, tuple[str, ...]] = {}
    skipped: set[str] = set()
    numbers = []
    while (asked := next_question(assessment, answers, skipped, age)) is not None:
        assert asked.label is not None and may_concern(asked.ages, age)
        step = progress(assessment, answers, age, asked.code)
        numbers.append(step.number)
        assert step.number <= step.about <= len(assessment.questions)
        if random.random() < 0.3:
            skipped.add(asked.code)
        else:
            answers[asked.code] = tuple({random.choice(asked.answers).code, random.choice(asked.answers).code})
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) >= 12
    request = interview_request(assessment, answers, Facts(age=age), table.catalog, on=ON)
    chosen = {need for code, given in answers.items() for one in given
              for need in next(a for a in assessment.by_code[code].answers if a.code == one).needs}  # fmt: skip
    assert {want.need.id for want in request.wanted} == chosen
    assert not request.facts.has_not


def test_finished_answers_become_a_request(table: EligibilityTable) -> None:
    assessment = table.catalog.assessments["global"]
    answers = {"abilities": ("autism",), "daily-care": ("rest",), "daily-needs": ("food-now", "food")}
    about = Facts(age=PersonAge.from_age(Duration(years=6), ON), place=Place(town="Meriden"), insurance=("husky-a",))
    request = interview_request(assessment, answers, about, table.catalog, on=ON, language="es")
    assert {want.need.id for want in request.wanted} == {"food", "autism", "respite"}
    assert next(want for want in request.wanted if want.need.id == "food").severity is Severity.URGENT
    assert {"autism", "developmental-disability", "disability"} <= request.facts.has
    assert OUT_OF_STATE in request.facts.has_not
    assert (request.language, request.include_upcoming, request.facts.insurance) == ("es", True, ("husky-a",))


def test_the_place_decides_over_an_answer_about_it(table: EligibilityTable) -> None:
    answers = {"doctor": ("hospital-visit",), "hospital-help": ("from-away",)}
    assessment = table.catalog.assessments["global"]
    from_away = interview_request(assessment, answers, Facts(), table.catalog, on=ON)
    assert OUT_OF_STATE in from_away.facts.has
    at_home = interview_request(assessment, answers, Facts(place=Place(town="Avon")), table.catalog, on=ON)
    assert OUT_OF_STATE in at_home.facts.has_not and OUT_OF_STATE not in at_home.facts.has


def test_nothing_answered_asks_for_nothing(table: EligibilityTable) -> None:
    request = interview_request(table.catalog.assessments["global"], {}, Facts(), table.catalog, on=ON)
    assert request.wanted == () and match(request, table).matches == ()


def test_a_plan_tells_each_service_once_and_leaves_no_need_empty(table: EligibilityTable) -> None:
    assessment = table.catalog.assessments["global"]
    answers = {"abilities": ("autism",), "daily-care": ("rest",), "daily-needs": ("food-now",), "feelings": ("worry",)}
    about = Facts(age=PersonAge.from_age(Duration(years=8), ON), place=Place(town="Meriden"))
    result = match(interview_request(assessment, answers, about, table.catalog, on=ON), table)
    parts = plan(result)
    assert [part.wanted.need.id for part in parts] == ["food", "autism", "anxiety", "respite"]
    shown = [one.service.id for part in parts for one in part.matches]
    assert len(shown) == len(set(shown))
    for part in parts:
        assert 0 < len(part.matches) + len(part.shown_above) <= 5 <= part.total
        assert all(part.wanted.need.id in one.needs_met for one in (*part.matches, *part.shown_above))
        assert {one.service.id for one in part.shown_above} <= set(shown)
    counts = {summary.wanted.need.id: summary.eligible + summary.uncertain for summary in result.needs}
    assert {part.wanted.need.id: part.total for part in parts} == counts
