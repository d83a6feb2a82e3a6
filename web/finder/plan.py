"""A family’s plan as its page shows it: for each need a few services, what to ask, what would help, what is coming."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from catalog.ages import PersonAge
from catalog.model import Catalog, Need, Service
from catalog.places import Place, Reach
from matching.eligibility import Residence, Status, Verdict, is_open_to_all, reach_of
from matching.facts import terms_of
from matching.match import match
from matching.narration import inside
from matching.pathway import pathway
from matching.plan import PlanPart, plan
from matching.request import Match, MatchResult
from matching.table.table import EligibilityTable
from web.finder.session import Finder, FinderState
from web.pathway.timeline import lasting
from web.shared.crisis_lines import FIRST_MATCHES, CrisisLines, first_help
from web.shared.privacy import EXIT_NEEDS
from web.shared.service_card import Line, ServiceCard, card_of, need_label

# For the plan all matches are looked at, so that no need goes empty because others have better ones.
MAX_MATCHES = 1000
MAX_TO_ASK = 3
MAX_UPCOMING = 12
# What a family names beyond is listed without its services: nobody calls thirty places.
MAX_SECTIONS = 10
# A plan fits on a few sheets of paper: the more needs, the fewer services for each.
_SERVICES = 12


@dataclass(frozen=True, slots=True)
class PlanItem:
    """A service of the plan. `fits` is False where something must be asked: `ask` are facts, or labels of terms.

    `what` is the first sentence of its summary. `why` names the criteria that are met: age, residence
    (or "anywhere"), conditions ...
    """

    copy: ServiceCard
    what: Line
    fits: bool
    ask: tuple[str, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanSection:
    """A need, its best services, and those told under an earlier need."""

    label: str
    items: tuple[PlanItem, ...]
    told_above: tuple[ServiceCard, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A service that "opens" or "ends" within a year, in words, and what follows it."""

    copy: ServiceCard
    change: str
    when: str
    why: str
    follows: tuple[ServiceCard, ...]


@dataclass(frozen=True, slots=True)
class FamilyPlan:
    """All that the page shows. `beyond` are needs without room for their services.

    `unmet` has each need without a service, and what comes nearest, with what is relaxed. `helpful` are questions that
    would settle something, each with the step that asks it. `guarded`: it speaks of violence or abuse, and may not be
    safe to print or keep.
    """

    sections: tuple[PlanSection, ...]
    beyond: tuple[Need, ...]
    unmet: tuple[tuple[str, tuple[tuple[ServiceCard, str], ...]], ...]
    helpful: tuple[tuple[str, str], ...]
    upcoming: tuple[Change, ...]
    guarded: bool

    @property
    def keys(self) -> str:
        """All services of the plan, as a kept list has them."""
        return ",".join(item.copy.key for section in self.sections for item in section.items)


@dataclass(frozen=True, slots=True)
class Planner:
    """Makes plans in a language, from one catalog, on one day."""

    interview: Finder
    table: EligibilityTable
    language: str

    @property
    def catalog(self) -> Catalog:
        return self.interview.catalog

    @property
    def on(self) -> date:
        return self.interview.on

    def first_help(self, told: FinderState) -> CrisisLines | None:
        """Whom to call first when an answer signals danger; None without danger."""
        request = self.interview.request(told, self.language, FIRST_MATCHES)
        return first_help(replace(request, include_upcoming=False), self.table)

    def plan(self, told: FinderState) -> FamilyPlan:
        """The whole plan for what was told."""
        request = self.interview.request(told, self.language, MAX_MATCHES)
        result = match(request, self.table)
        met = [part for part in plan(result, _most_for(len(result.needs))) if part.total]
        return FamilyPlan(
            sections=tuple(self._section(part, request.facts.place) for part in met[:MAX_SECTIONS]),
            beyond=tuple(part.wanted.need for part in met[MAX_SECTIONS:]),
            unmet=tuple(
                (
                    need_label(need.need, self.language),
                    tuple((self._copy(service), relaxed) for service, relaxed in need.nearest),
                )
                for need in result.unmet_needs
            ),
            helpful=self._helpful(result, told),
            upcoming=self._changes(result, request.facts.age),
            guarded=any(want.need.id in EXIT_NEEDS for want in request.wanted),
        )

    def _section(self, part: PlanPart, place: Place | None) -> PlanSection:
        return PlanSection(
            need_label(part.wanted.need, self.language),
            tuple(self._item(match_, place) for match_ in part.matches),
            tuple(self._copy(item.service) for item in part.shown_above),
        )

    def _item(self, found: Match, place: Place | None) -> PlanItem:
        copy = self._copy(found.service)
        return PlanItem(
            copy,
            Line(first_sentence(copy.summary.text), copy.summary.lang),
            found.verdict is Verdict.ELIGIBLE,
            tuple(self._fact(fact) for fact in found.missing[:MAX_TO_ASK]),
            tuple(
                self._where(found.service, place) if reason.criterion == "residence" else reason.criterion
                for reason in found.reasons
                if reason.status is Status.MET
            ),
        )

    def _where(self, service: Service, place: Place | None) -> str:
        """What to say of where it is for: that it serves the place, or takes families from anywhere, or nothing."""
        ways = [Residence(alternative.residence, service.service_area) for alternative in service.eligibility]
        if place is not None:
            each = ways or [Residence(None, service.service_area)]
            if Reach.YES in [reach_of(item, place, self.catalog.places) for item in each]:
                return "residence"
        return "anywhere" if any(is_open_to_all(way) for way in ways) else ""

    def _fact(self, fact: str) -> str:
        """A condition or circumstance by its label; the name of any other fact, for the page to put into words."""
        term = terms_of(self.catalog).get(fact)
        return inside(term.label.in_language(self.language)) if term else fact

    def _helpful(self, result: MatchResult, told: FinderState) -> tuple[tuple[str, str], ...]:
        steps = [(question.text, self.interview.step_for(question.fact, told)) for question in result.questions]
        return tuple((text, step) for text, step in steps if step is not None)

    def _changes(self, result: MatchResult, age: PersonAge | None) -> tuple[Change, ...]:
        """What opens and ends within a year; something follows only what ends, and only if it is there then."""
        steps = pathway(age.latest_birth, self.table, self.on) if age is not None and result.upcoming else ()
        return tuple(
            Change(
                self._copy(item.service),
                item.change,
                item.when,
                item.why,
                tuple(
                    self._copy(other)
                    for other in lasting(item.service, item.on if item.change == "ends" else None, steps, self.catalog)
                ),
            )
            for item in result.upcoming[:MAX_UPCOMING]
        )

    def _copy(self, service: Service) -> ServiceCard:
        return card_of(service, self.catalog, self.language, self.on)


def first_sentence(text: str) -> str:
    """The first sentence, or the first few when it is very short: "St. Mary's has a playgroup." is one."""
    found = re.match(r".{40,}?[.?!](?=\s+[A-ZÁÉÍÓÚÑ¿¡])", text, re.DOTALL)
    return found[0] if found else text


def _most_for(needs: int) -> int:
    """Three to five services for each need."""
    return min(5, max(3, _SERVICES // max(needs, 1)))
