"""Whatever matching says in English it says in Spanish too, and nothing English comes out in Spanish."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from string import Formatter
from types import ModuleType
from typing import Any

import pytest

from catalog import format as catalog_wording
from catalog.ages import Duration, PersonAge
from catalog.hours import holidays
from catalog.hours import text as hours
from catalog.model import GRADES, AgeRule, Label
from catalog.places import Place
from matching import messages as wording
from matching.facts import Facts, with_residence
from matching.match import match
from matching.narration import ages_text, grade_text, person_age_text
from matching.next_questions import question_text
from matching.pathway import pathway
from matching.request import MatchRequest, MatchResult, Severity, WantedNeed
from matching.table.table import EligibilityTable
from matching.transitions import upcoming_changes
from tests.matching.test_cases import ALL_CASES, Case, explained

ON = date(2026, 11, 21)
SAME_IN_BOTH = {"Connecticut"}
ABBREVIATIONS = (" m.", "Jr.")


def _labels(value: Any, name: str) -> list[tuple[str, Label]]:
    if isinstance(value, Label):
        return [(name, value)]
    if isinstance(value, dict):
        return [found for key, inner in value.items() for found in _labels(inner, f"{name}.{key}")]
    return [found for inner in value for found in _labels(inner, name)] if isinstance(value, tuple) else []


def templates(module: ModuleType) -> list[tuple[str, Label]]:
    return [found for name, value in vars(module).items() for found in _labels(value, name)]


TEMPLATES = [found for module in (wording, catalog_wording, hours, holidays) for found in templates(module)]


def _places(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


@pytest.mark.parametrize(("name", "label"), TEMPLATES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_template_has_the_same_places_in_both_languages(name: str, label: Label) -> None:
    assert _places(label.en) == _places(label.es)
    words = re.sub(r"{\w+}", "", label.en).strip(" ,:")
    assert label.en != label.es or label.en in SAME_IN_BOTH or not words
    assert label.en.endswith(".") == label.es.endswith(".") or label.es.endswith(ABBREVIATIONS)
    assert label.es.count("?") == label.es.count("¿") == label.en.count("?")


# What is English for sure: the longer pieces between the places of the English templates.
ENGLISH = sorted(
    {
        piece.strip()
        for _, label in TEMPLATES
        for piece, _, _, _ in Formatter().parse(label.en)
        if len(piece.strip()) >= 7 and label.en not in SAME_IN_BOTH
    }
)


def english_in(text: str) -> list[str]:
    # Words of the catalog that have no Spanish are quoted as English.
    said = re.sub(r"en inglés: “[^”]*”", "", text)
    return [piece for piece in ENGLISH if re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", said)]


def test_the_pieces_would_find_english(table: EligibilityTable) -> None:
    assert len(ENGLISH) > 50
    unseen = [case.name for case in ALL_CASES for one in explained(case, table).reasons if not english_in(one.text)]
    assert unseen == []


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: f"{case.name} ({case.day})")
def test_a_case_is_told_in_spanish(case: Case, table: EligibilityTable) -> None:
    english, spanish = explained(case, table), explained(case, table, "es")
    assert replace(spanish, reasons=english.reasons) == english
    for said, told in zip(english.reasons, spanish.reasons, strict=True):
        assert said._replace(text="") == told._replace(text="")
        assert not english_in(told.text), told.text
        assert not re.search(r"\b(de|a) el\b|[{}]|\s\s|\. [a-z]", told.text), told.text


def _asked(table: EligibilityTable, facts: Facts, language: str) -> MatchResult:
    wanted = tuple(WantedNeed(need, Severity.URGENT) for need in table.catalog.needs.values() if need.parent)
    return match(MatchRequest(ON, with_residence(facts), wanted, 1000, True, True, language), table)


def _said(result: MatchResult) -> list[str]:
    assert result.safety is not None
    said = [result.safety.text, *(question.text for question in result.questions)]
    said += [text for change in result.upcoming for text in (change.when, change.why)]
    said += [text for unmet in result.unmet_needs for _, text in unmet.nearest]
    return said + [reason.text for one in result.matches for reason in one.reasons]


@pytest.mark.parametrize(
    "facts",
    [
        Facts(),
        Facts(age=PersonAge.from_birth_date(date(2024, 3, 15), ON), place=Place(town="Salisbury"), grade=0),
        Facts(age=PersonAge.from_age(Duration(years=16), ON), place=Place(state="NY"), insurance=("husky",)),
        Facts(age=PersonAge.from_birth_month(2020, 1, ON), place=Place(country="Peru"), insurance=(), grade=4),
    ],
    ids=["nothing", "toddler", "youth", "abroad"],
)
def test_the_whole_answer_is_told_in_spanish(table: EligibilityTable, facts: Facts) -> None:
    english, spanish = _asked(table, facts, "en"), _asked(table, facts, "es")
    assert [one.service.id for one in spanish.matches] == [one.service.id for one in english.matches]
    assert [one.fact for one in spanish.questions] == [one.fact for one in english.questions]
    assert [text for text in _said(spanish) if english_in(text)] == []
    assert len(_said(spanish)) == len(_said(english)) > 500


def test_the_pathway_is_told_in_spanish(table: EligibilityTable) -> None:
    steps = pathway(date(2024, 2, 29), table, ON, "es")
    assert {steps[0].begins_at, "3 años"} <= {"el nacimiento", *(step.begins_at for step in steps)}
    assert not [step for step in steps if english_in(f"{step.begins_at} {step.ends_at}")]
    assert not [step for step in steps if "year" in f"{step.begins_at} {step.ends_at}"]


@pytest.mark.parametrize(
    ("rule", "english", "spanish"),
    [
        (None, "ages not stated", "no dice para qué edades es"),
        (AgeRule(any=True), "all ages", "todas las edades"),
        (AgeRule(under=Duration(3)), "children under 3", "niños menores de 3 años"),
        (AgeRule(through=Duration(0, 18)), "children through age 18 months", "niños hasta los 18 meses"),
        (AgeRule(under=Duration(22)), "people under 22", "personas menores de 22 años"),
        (AgeRule(start=Duration(18)), "people of 18 and over", "personas de 18 años o más"),
        (AgeRule(start=Duration(3), under=Duration(8)), "ages 3 through 7", "edades de 3 a 7 años"),
        (AgeRule(start=Duration(4), through=Duration(4)), "age 4", "la edad de 4 años"),
        (AgeRule(start=Duration(1), under=Duration(2)), "age 1", "la edad de 1 año"),
        (
            AgeRule(start=Duration(0, 6), under=Duration(5)),
            "people of 6 months and over, under 5",
            "personas de 6 meses o más, menores de 5 años",
        ),
        (
            AgeRule(start=Duration(3), school_year_of=Duration(22)),
            "people of 3 and over, to the end of the school year in which they turn 22",
            "personas de 3 años o más, hasta el fin del año escolar en que cumplen 22 años",
        ),
    ],
)
def test_ages_served_in_words(rule: AgeRule | None, english: str, spanish: str) -> None:
    assert (ages_text(rule), ages_text(rule, "es")) == (english, spanish)


@pytest.mark.parametrize(
    ("age", "english", "spanish"),
    [
        (PersonAge.from_birth_date(ON, ON), "newborn", "menos de un día"),
        (PersonAge.from_birth_date(date(2024, 3, 15), ON), "2 years 8 months", "2 años y 8 meses"),
        (PersonAge.from_age(Duration(years=0, months=0), ON), "under 1 year", "menos de 1 año"),
        (PersonAge.from_age(Duration(years=2), ON), "2 years", "2 años"),
    ],
)
def test_an_age_in_words(age: PersonAge, english: str, spanish: str) -> None:
    assert (person_age_text(age), person_age_text(age, "es")) == (english, spanish)


def test_grades_in_words() -> None:
    assert [grade_text(index) for index in (0, 1, 2)] == ["grade PK", "grade K", "grade 1"]
    assert [grade_text(index, "es") for index in (0, 1, 13)] == ["prekínder", "kínder", "el grado 12"]
    assert len({grade_text(index, "es") for index in range(len(GRADES))}) == len(GRADES)


def test_a_question_about_a_condition_uses_its_label(table: EligibilityTable) -> None:
    assert question_text("autism", table.catalog) == "Does this apply: Autism?"
    assert question_text("autism", table.catalog, "es") == "¿Es este su caso? Autismo"
    assert question_text("town", table.catalog, "es") == "¿En qué pueblo viven?"


def _upcoming(table: EligibilityTable, age: PersonAge, language: str = "en") -> list[tuple[str, str, str, str]]:
    need = table.catalog.needs["early-intervention"]
    asked = MatchRequest(ON, Facts(age=age), (WantedNeed(need),), language=language)
    changes = upcoming_changes(asked, table, table.judge(asked.facts, table.candidates([need.id])))
    return [(one.service.id, one.change, one.when, one.why) for one in changes]


def test_a_change_comes_on_a_day_or_around_a_month(table: EligibilityTable) -> None:
    day = PersonAge.from_birth_date(date(2024, 3, 15), ON)
    assert ("ct-birth-to-three", "ends", "on 15 March 2027", "turns 3") in _upcoming(table, day)
    assert ("ct-birth-to-three", "ends", "el 15 de marzo de 2027", "cumple 3 años") in _upcoming(table, day, "es")
    month = PersonAge.from_birth_month(2024, 3, ON)
    assert ("ct-birth-to-three", "ends", "around March 2027", "turns 3") in _upcoming(table, month)
    assert ("ct-birth-to-three", "ends", "hacia marzo de 2027", "cumple 3 años") in _upcoming(table, month, "es")
    assert _upcoming(table, PersonAge.from_age(Duration(years=2), ON)) == []
