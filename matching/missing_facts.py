"""Which facts would settle a criterion that is unknown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from catalog.model import AgeRule, IncomeRule, Terms, Who
from matching.eligibility import Residence, Status, age_status
from matching.facts import OUT_OF_STATE, Facts


def missing_for(criterion: str, rule: Any, facts: Facts) -> tuple[str, ...]:
    """The facts that would settle one criterion that is unknown.

    Each is age, caregiver_age, town, income, insurance, grade, or the id of a condition or circumstance.
    """
    return _MISSING[criterion](rule, facts)


def _missing_age(rule: AgeRule, facts: Facts) -> tuple[str, ...]:
    ages = {"age": facts.age, "caregiver_age": facts.caregiver_age}
    if facts.of_caregiver or rule.who is Who.CAREGIVER:
        del ages["age"]
    elif rule.who is Who.CHILD:
        del ages["caregiver_age"]
    return tuple(
        name
        for name, known in ages.items()
        if (known is None or not known.is_exact) and age_status(rule, known) is Status.UNKNOWN
    )


def _missing_town(rule: Residence, facts: Facts) -> tuple[str, ...]:
    place = facts.place
    return ("town",) if place is None or (place.town is None and place.in_state) else ()


def _missing_terms(rule: Terms, facts: Facts) -> tuple[str, ...]:
    open_terms = [term for term in rule.ids if not facts.knows(term) and term not in facts.implausible]
    return tuple("town" if term == OUT_OF_STATE else term for term in open_terms)


def _missing_income(rule: IncomeRule, facts: Facts) -> tuple[str, ...]:
    """Income, while telling it would settle a figure. What was told is not asked for again, except for the size of the
    household where dollars are told and the limit depends on it; a limit in words no answer settles.
    """
    by_size = (rule.up_to_fpl_percent, rule.above_fpl_percent, rule.up_to_smi_percent)
    if all(figure is None for figure in (*by_size, rule.up_to_annual)):
        return ()
    if facts.income is None:
        return ("income",)
    size_is_missing = facts.income.annual is not None and facts.income.household_size is None
    depends_on_size = facts.income.fpl_percent is None and any(figure is not None for figure in by_size)
    return ("income",) if size_is_missing and depends_on_size else ()


_MISSING: dict[str, Callable[[Any, Facts], tuple[str, ...]]] = {
    "age": _missing_age,
    "residence": _missing_town,
    "conditions": _missing_terms,
    "circumstances": _missing_terms,
    # A caregiver's own grade and insurance cannot be told here.
    "grade": lambda rule, facts: () if facts.of_caregiver else ("grade",),
    "insurance": lambda rule, facts: () if facts.of_caregiver else ("insurance",),
    "income": _missing_income,
    "exclusion": lambda rule, facts: _missing_terms(Terms((*rule.conditions, *rule.circumstances)), facts),
}
