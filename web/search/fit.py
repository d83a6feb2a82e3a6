"""Why a program may fit, in one line: what is settled, and what to ask about. The whole account is on its own page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.model import Catalog
from catalog.places import Reach
from matching.eligibility import Residence, Status, Verdict, is_open_to_all, reach_of
from matching.facts import Facts
from matching.missing_facts import missing_for
from matching.table.rows import View, views_of
from matching.table.table import EligibilityTable, Judged
from web.shared.language import N_, gettext

_FACTS = {
    "age": N_("your child’s age"),
    "caregiver_age": N_("your own age"),
    "town": N_("where you live"),
    "income": N_("income"),
    "insurance": N_("insurance"),
    "grade": N_("school grade"),
}


# A line that names more is not read; the page of the program has them all.
MAX_ASKED = 3


@dataclass(frozen=True, slots=True)
class Fit:
    """`met` is what is settled, `ask` what to ask about (three things at most); in words."""

    verdict: Verdict
    met: tuple[str, ...]
    ask: tuple[str, ...]

    @property
    def fits(self) -> bool:
        return self.verdict is Verdict.ELIGIBLE


def fits_in(judged: Judged, places: Iterable[int], table: EligibilityTable, language: str) -> list[Fit]:
    """How the services at these places of what was judged fit, in this order."""
    return [_fit(view, judged.facts, table.catalog, language) for view in views_of(places, table, judged)]


def _fit(view: View, facts: Facts, catalog: Catalog, language: str) -> Fit:
    met = []
    ask: dict[str, None] = {}
    for rule in view.rules:
        name = rule.criterion.name
        if rule.status is Status.UNKNOWN:
            ask |= dict.fromkeys(_fact(fact, catalog, language) for fact in missing_for(name, rule.rule, facts))
        if name == "residence" and rule.status in (Status.MET, Status.UNKNOWN):
            met.append(_where(rule.rule, facts, catalog))
        elif rule.status is Status.MET:
            met.append(_met(name, facts))
    return Fit(view.verdict, tuple(filter(None, met)), tuple(ask)[:MAX_ASKED])


def _met(criterion: str, facts: Facts) -> str:
    return gettext("right age") if criterion == "age" else ""


def _where(rule: Residence, facts: Facts, catalog: Catalog) -> str:
    """That it serves the family's town only where it comes to it: an office of a statewide program may be far away."""
    if facts.place is None or facts.place.town is None:
        return ""
    if reach_of(rule, facts.place, catalog.places) is Reach.YES:
        return gettext("serves %(town)s", town=facts.place.town)
    if is_open_to_all(rule):
        return gettext("open to families from anywhere")
    return gettext("ask if it serves %(town)s", town=facts.place.town)


def _fact(fact: str, catalog: Catalog, language: str) -> str:
    """A fact that is missing, in words; a condition or circumstance by its label."""
    vocabulary = catalog.vocabulary
    term = vocabulary.conditions.get(fact) or vocabulary.circumstances.get(fact)
    if term is not None:
        return _inside(term.label.in_language(language))
    return gettext(_FACTS[fact]) if fact in _FACTS else ""


def _inside(label: str) -> str:
    """A label in the middle of a sentence: small, unless it begins with an acronym."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
