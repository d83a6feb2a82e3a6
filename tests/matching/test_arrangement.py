"""The order of matches on the real catalog: lines to call in danger, the county's centers, and every need early."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.ages import Duration, PersonAge
from catalog.model import Kind, Who
from catalog.places import Place
from matching.arrangement import FIRST_PAGE, MAX_LINES
from matching.eligibility import Verdict
from matching.facts import Facts, Income, with_implied
from matching.match import match
from matching.request import MatchRequest, MatchResult, Severity, WantedNeed
from matching.table.table import EligibilityTable

ON = date(2026, 12, 1)
URGENT = (
    "crisis", "suicide-prevention", "domestic-violence", "child-abuse", "sexual-assault", "human-trafficking",
    "runaway-youth",
)  # fmt: skip


def matched(
    table: EligibilityTable, *needs: str, years: int | None = 12, town: str = "Putnam", languages: tuple[str, ...] = ()
) -> MatchResult:
    age = PersonAge.from_age(Duration(years), ON) if years is not None else None
    facts = with_implied(Facts(age=age, place=Place(town=town), languages=languages), table.catalog)
    return match(MatchRequest(ON, facts, tuple(WantedNeed(table.catalog.needs[need]) for need in needs)), table)


@pytest.mark.parametrize("need", URGENT)
@pytest.mark.parametrize(("years", "town"), [(4, "Norwalk"), (12, "Putnam"), (16, "Torrington"), (20, "New London")])
def test_lines_are_few_possible_and_of_the_need(table: EligibilityTable, need: str, years: int, town: str) -> None:
    result = matched(table, need, years=years, town=town)
    assert result.safety is not None
    lines = result.safety.services
    assert len(lines) <= MAX_LINES
    assert [found.service.id for found in result.matches[: len(lines)]] == list(lines)
    for found in result.matches[: len(lines)]:
        assert found.service.kind is Kind.HOTLINE and need in found.service.needs
        assert found.verdict is not Verdict.INELIGIBLE
    assert lines or "211" in result.safety.text.removeprefix("If someone is in danger right now, call 911.")


def test_a_child_in_danger_is_not_sent_to_the_line_for_adults(table: EligibilityTable) -> None:
    safety = matched(table, "suicide-prevention", years=12).safety
    assert safety is not None
    assert set(safety.services[:2]) == {"988-ct", "mobile-crisis"}
    assert "dmhas-action-line" not in safety.services


def test_an_adult_in_danger_reads_the_line_for_adults(table: EligibilityTable) -> None:
    safety = matched(table, "suicide-prevention", years=23).safety
    assert safety is not None
    assert "dmhas-action-line" in safety.services and "mobile-crisis" not in safety.services


def test_the_crisis_center_of_the_county_comes_before_all_but_the_lines(table: EligibilityTable) -> None:
    result = matched(table, "suicide-prevention", years=12, town="Putnam")
    assert result.safety is not None
    assert result.matches[len(result.safety.services)].service.id == "cfa-urgent-crisis-center"


def test_legal_aid_is_no_line_to_call_in_danger(table: EligibilityTable) -> None:
    safety = matched(table, "domestic-violence", years=6).safety
    assert safety is not None
    assert safety.services[0] == "ct-safe-connect"
    assert "statewide-legal-services" not in safety.services


def test_of_four_urgent_needs_each_says_whom_to_call(table: EligibilityTable) -> None:
    safety = matched(table, "crisis", "domestic-violence", "child-abuse", "sexual-assault", years=10).safety
    assert safety is not None
    for need in ("crisis", "domestic-violence", "child-abuse", "sexual-assault"):
        told = any(need in table.catalog.services[line].needs for line in safety.services)
        assert told or table.catalog.needs[need].label.en in safety.text


def test_every_need_has_its_best_service_among_the_first_ten(table: EligibilityTable) -> None:
    needs = ("food", "utilities", "psychosis", "tutoring", "legal-aid", "respite", "college-access", "diapers")
    result = matched(table, *needs, years=16, town="Norwich")
    first = list(result.matches[:FIRST_PAGE])
    for summary in result.needs:
        if summary.eligible:
            need = summary.wanted.need.id
            assert any(need in found.needs_met and found.verdict is Verdict.ELIGIBLE for found in first), need


def test_the_most_pressing_needs_come_first_where_there_is_no_room_for_all(table: EligibilityTable) -> None:
    leaves = [need for need in table.catalog.needs.values() if need.parent is not None and not need.urgent][:30]
    wanted = tuple(
        WantedNeed(need, Severity.URGENT if need.id == "housing" else Severity.LOW, Who.CHILD) for need in leaves
    )
    facts = with_implied(Facts(place=Place(town="Norwich")), table.catalog)
    result = match(MatchRequest(ON, facts, wanted), table)
    assert any("housing" in found.needs_met for found in result.matches[:FIRST_PAGE])


def test_the_door_is_not_halved_for_an_income_that_nobody_told(table: EligibilityTable) -> None:
    result = matched(table, "food", years=5, town="Norwich")
    assert result.matches[0].service.id == "ct-snap"
    assert result.matches[0].verdict is Verdict.UNCERTAIN
    assert result.matches[0].missing == ("income",)


def test_a_language_that_is_not_stated_is_to_be_asked_for(table: EligibilityTable) -> None:
    spanish = matched(table, "food", years=5, town="Norwich", languages=("es",))
    doubtful = [found for found in spanish.matches if "Spanish is not stated: ask." in found.to_confirm]
    assert doubtful
    for found in spanish.matches:
        speaks = {"es", "other"} & set(found.service.languages)
        assert bool(speaks) == ("Spanish is not stated: ask." not in found.to_confirm)
    english = matched(table, "food", years=5, town="Norwich", languages=("en", "es"))
    assert not any("ask." in line for found in english.matches for line in found.to_confirm if "stated" in line)


def test_a_place_to_walk_into_is_near_only_where_it_is_near(table: EligibilityTable) -> None:
    far = matched(table, "food", years=5, town="Putnam")
    closeness = {found.service.id: found.score_parts["closeness"] for found in far.matches}
    near = matched(table, "food", years=5, town="New Haven")
    at_home = {found.service.id: found.score_parts["closeness"] for found in near.matches}
    assert at_home["desk-new-haven"] > 0.17
    assert closeness.get("desk-new-haven", 0.0) < 0.03


@pytest.mark.parametrize("town", ["Putnam", "Norwalk"])
@pytest.mark.parametrize("need", ["tutoring", "tax-help", "lgbtq-support", "psychosis"])
def test_a_need_without_a_sure_service_says_what_is_left_and_names_211(
    table: EligibilityTable, need: str, town: str
) -> None:
    result = matched(table, need, years=8, town=town)
    [summary] = result.needs
    for unmet in result.unmet_needs:
        assert summary.eligible == 0
        assert 1 <= len(unmet.nearest) <= 3
        assert "211-connecticut" in [service.id for service, _ in unmet.nearest]
        assert all(relaxed for _, relaxed in unmet.nearest)
    waits_for_a_fact = any(found.missing for found in result.matches)
    assert bool(result.unmet_needs) == (summary.eligible == 0 and not waits_for_a_fact)


def test_what_was_told_and_what_nothing_hints_at_is_not_asked(table: EligibilityTable) -> None:
    facts = with_implied(
        Facts(
            age=PersonAge.from_age(Duration(6), ON),
            place=Place(town="Middletown"),
            insurance=("husky-a",),
            income=Income(fpl_percent=150),
        ),
        table.catalog,
    )
    wanted = tuple(WantedNeed(table.catalog.needs[need]) for need in ("food", "housing", "legal-aid", "recreation"))
    questions = match(MatchRequest(ON, facts, wanted), table).questions
    assert questions
    asked = {question.fact for question in questions}
    assert asked.isdisjoint(("age", "town", "insurance", "income", "pregnant", "breastfeeding", "runaway", "military"))
    assert asked.isdisjoint(table.catalog.vocabulary.conditions)


def test_each_question_settles_what_it_says_at_least_in_part(table: EligibilityTable) -> None:
    """As many matches as it says wait for it, and the most useful question comes first."""
    facts = with_implied(Facts(age=PersonAge.from_age(Duration(16), ON), place=Place(town="Norwich")), table.catalog)
    wanted = tuple(WantedNeed(table.catalog.needs[need]) for need in ("housing", "independent-living"))
    result = match(MatchRequest(ON, facts, wanted, limit=1000), table)
    first = result.questions[0]
    assert first.settles == max(question.settles for question in result.questions)
    waiting = [found for found in result.matches if first.fact in found.missing]
    assert len(waiting) >= first.settles > 0
