"""What nobody is taken to be in without a hint, and what is asked of the income."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.ages import Duration, PersonAge
from catalog.model import IncomeRule, Who
from catalog.places import Place
from matching.eligibility import Status, Verdict, judge_income
from matching.facts import Facts, Income, with_implied
from matching.match import explain, match
from matching.missing_facts import missing_for
from matching.narration import Reason
from matching.request import Match, MatchRequest, WantedNeed
from matching.table.table import EligibilityTable

ON = date(2026, 12, 1)


def request_of(
    table: EligibilityTable,
    need: str,
    years: int,
    who: Who = Who.CHILD,
    caregiver_has: frozenset[str] = frozenset(),
) -> MatchRequest:
    age = PersonAge.from_age(Duration(years), ON)
    told = with_implied(Facts(age=age, place=Place(town="Middletown"), caregiver_has=caregiver_has), table.catalog)
    return MatchRequest(ON, told, (WantedNeed(table.catalog.needs[need], who=who),), limit=1000)


def explained(table: EligibilityTable, service: str, request: MatchRequest) -> Match:
    return explain(request, table, table.catalog.services[service])


def reason_of(found: Match, criterion: str) -> Reason:
    [reason] = [reason for reason in found.reasons if reason.criterion == criterion]
    return reason


@pytest.mark.parametrize("service", ["ct-wic", "wic-meriden", "ct-home-visiting-oec"])
def test_nobody_asks_about_a_pregnancy_for_a_child_of_eight(table: EligibilityTable, service: str) -> None:
    asked = request_of(table, "food", 8)
    assert explained(table, service, asked).verdict is Verdict.INELIGIBLE
    questions = {question.fact for question in match(asked, table).questions}
    assert questions.isdisjoint(("pregnant", "new-parent", "breastfeeding"))


def test_telling_the_pregnancy_opens_what_it_closed(table: EligibilityTable) -> None:
    told = request_of(table, "food", 8, caregiver_has=frozenset({"pregnant"}))
    assert explained(table, "ct-wic", told).verdict is Verdict.UNCERTAIN


def test_asking_for_help_in_pregnancy_hints_at_one(table: EligibilityTable) -> None:
    asked = request_of(table, "maternal-health", 8, who=Who.CAREGIVER)
    assert explained(table, "ct-wic", asked).verdict is Verdict.UNCERTAIN


def test_a_rare_illness_is_open_only_where_something_hints_at_it(table: EligibilityTable) -> None:
    service = "circle-of-care-cancer"
    without = explained(table, service, request_of(table, "food", 8))
    assert without.verdict is Verdict.INELIGIBLE
    assert reason_of(without, "conditions").text.endswith("Nothing you said points to it. If it applies, say so.")
    assert explained(table, service, request_of(table, "cancer-support", 8)).verdict is not Verdict.INELIGIBLE


def test_a_rare_side_door_does_not_open_a_program_for_children_to_adults(table: EligibilityTable) -> None:
    found = explained(table, "ct-medical-home-initiative-cyshcn", request_of(table, "care-coordination", 23))
    assert found.verdict is Verdict.INELIGIBLE


@pytest.mark.parametrize(
    ("income", "rule", "status"),
    [
        (Income(annual=22_024.80, household_size=1), IncomeRule(up_to_fpl_percent=138), Status.MET),
        (Income(fpl_percent=138), IncomeRule(up_to_fpl_percent=138), Status.MET),
        (Income(fpl_percent=138.01), IncomeRule(up_to_fpl_percent=138), Status.UNMET),
        (Income(fpl_percent=201), IncomeRule(above_fpl_percent=201), Status.UNMET),
        (Income(annual=30_000.10), IncomeRule(up_to_annual=30_000.1), Status.MET),
    ],
)
def test_at_the_limit_is_within_it(table: EligibilityTable, income: Income, rule: IncomeRule, status: Status) -> None:
    assert judge_income(rule, Facts(income=income), table.catalog) is status


def test_every_income_at_a_limit_in_whole_dollars_is_within_it(table: EligibilityTable) -> None:
    guideline = table.catalog.thresholds.poverty[0]
    for percent in (55, 100, 125, 133, 138, 185, 187.5, 200, 201, 263, 323):
        for size in range(1, 13):
            limit = round(guideline.for_household(size) * percent)
            rule = IncomeRule(up_to_fpl_percent=percent)
            for cents, status in ((limit, Status.MET), (limit + 1, Status.UNMET)):
                income = Income(annual=cents / 100, household_size=size)
                assert judge_income(rule, Facts(income=income), table.catalog) is status, (percent, size, cents)


@pytest.mark.parametrize(
    ("income", "rule", "missing"),
    [
        (None, IncomeRule(up_to_fpl_percent=185), ("income",)),
        (None, IncomeRule(stated="low income"), ()),
        (Income(fpl_percent=150), IncomeRule(up_to_smi_percent=60), ()),
        (Income(fpl_percent=150), IncomeRule(up_to_fpl_percent=185, stated="ask"), ()),
        (Income(annual=30_000), IncomeRule(up_to_fpl_percent=185), ("income",)),
        (Income(annual=30_000), IncomeRule(up_to_annual=40_000), ()),
        (Income(annual=30_000, household_size=3), IncomeRule(up_to_smi_percent=60), ()),
    ],
)
def test_income_is_asked_for_only_while_an_answer_settles_it(
    income: Income | None, rule: IncomeRule, missing: tuple[str, ...]
) -> None:
    assert missing_for("income", rule, Facts(income=income)) == missing
