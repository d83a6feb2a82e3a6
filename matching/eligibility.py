"""Who is eligible for what: one small function for each criterion, from a rule and the facts to a status.

    Status   met | unstated | unknown | unmet      of one criterion
    Verdict  eligible | uncertain | ineligible     of an alternative, and of a service (its best alternative)

Any unmet makes an alternative ineligible; else any unknown makes it uncertain; "unstated" lowers nothing. These
functions are the only definition of eligibility: `matching.table` calls the same ones once for each distinct rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from fractions import Fraction
from typing import Any

from catalog.ages import Duration, PersonAge
from catalog.model import AgeRule, Alternative, Catalog, IncomeRule, Service, Terms, Who
from catalog.places import Area, Place, Places, Reach
from matching.facts import Facts, Income, implied

# Median incomes are published for a season and rise with the next: just above a table's figure one must ask.
MEDIAN_MARGIN = 0.15
DOUBTFUL_SHARE = 0.01
# Percent of the poverty guideline, within most limits of programs for families with low income.
LOW_INCOME_PERCENT = 130.0
# About 10 miles, between the middles of towns: beyond, another agency of the same kind serves the family.
MAX_ASKING_MILES = 10.0


class Status(IntEnum):
    """Worst first, so that the least of several decides."""

    UNMET = 0
    UNKNOWN = 1
    UNSTATED = 2
    MET = 3

    @property
    def word(self) -> str:
        return self.name.lower()


class Verdict(IntEnum):
    """Worst first, so that the best alternative is the greatest."""

    INELIGIBLE = 0
    UNCERTAIN = 1
    ELIGIBLE = 2

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Criterion:
    """`rule` takes the rule from a service and one of its alternatives; `judge` gives its status for the facts.

    Rules are hashable values, so that equal rules are judged once.
    """

    name: str
    rule: Callable[[Service, Alternative], Any]
    judge: Callable[[Any, Facts, Catalog], Status]
    always_said: bool = False
    # How much a met rule shows that the service is made for this person: from 0 to 1.
    made_for: float = 0.0
    # Whether nobody has told the fact yet, though most who ask would meet the rule.
    is_untold: Callable[[Facts], bool] = lambda facts: False


@dataclass(frozen=True, slots=True)
class Residence:
    """A limit on where people live, or (softly) the area in which the service works. HSDS: service_area."""

    limit: Area | None
    service_area: Area | None


def judge_age(rule: AgeRule | None, facts: Facts, catalog: Catalog | None = None) -> Status:
    if rule is None:
        return Status.UNSTATED
    if rule.any:
        return Status.MET
    if rule.who is Who.HOUSEHOLD:
        return max(age_status(rule, facts.age), age_status(rule, facts.caregiver_age))
    return age_status(rule, facts.caregiver_age if rule.who is Who.CAREGIVER else facts.age)


def age_status(rule: AgeRule, age: PersonAge | None) -> Status:
    if age is None:
        return Status.UNKNOWN
    old_enough = True if rule.start is None else age.reached(rule.start)
    if rule.school_year_of is not None:
        too_old = _after_school_year(rule.school_year_of, age)
    else:
        too_old = False if rule.end is None else age.reached(rule.end)
    if old_enough is False or too_old is True:
        return Status.UNMET
    return Status.MET if old_enough and too_old is False else Status.UNKNOWN


def _after_school_year(limit: Duration, age: PersonAge) -> bool | None:
    """Whether the school year in which the age `limit` is reached is over; None where the birth date decides."""
    oldest, youngest = (age.on >= school_year_end(limit.after(day)) for day in (age.earliest_birth, age.latest_birth))
    return oldest if oldest == youngest else None


def school_year_end(day: date) -> date:
    """The first day after the school year of a day. Connecticut's school year is 1 July to 30 June (CGS 10-259)."""
    following = date(day.year, 7, 1)
    return following if day < following else date(day.year + 1, 7, 1)


def age_ends_on(rule: AgeRule, birth: date) -> date | None:
    """The first day without the service for someone born on a day; None where the rule sets no upper limit."""
    if rule.school_year_of is not None:
        return school_year_end(rule.school_year_of.after(birth))
    return rule.end.after(birth) if rule.end else None


def judge_residence(rule: Residence, facts: Facts, catalog: Catalog) -> Status:
    area = rule.limit or rule.service_area
    if area is None:
        return Status.UNSTATED
    if area.whole == "any":
        return Status.MET
    if facts.place is None:
        return Status.UNKNOWN
    reach = catalog.places.covers(area, facts.place)
    if reach is Reach.YES:
        return _status_where_it_works(rule, facts.place, catalog.places)
    if reach is Reach.UNKNOWN:
        return Status.UNKNOWN
    # A limit is a limit. Working in an area is none: someone from the next town can ask, someone far away cannot.
    may_ask = rule.limit is None and is_within_asking_distance(area, facts.place, catalog.places)
    return Status.UNKNOWN if may_ask else Status.UNMET


def _status_where_it_works(rule: Residence, place: Place, places: Places) -> Status:
    """For a place inside the limit: whether the service also works there, or so near that a call can settle it."""
    if not works_elsewhere(rule, place, places):
        return Status.MET
    assert rule.service_area is not None
    if places.covers(rule.service_area, place) is Reach.UNKNOWN:
        return Status.UNKNOWN
    return Status.UNKNOWN if is_within_asking_distance(rule.service_area, place, places) else Status.UNMET


def is_within_asking_distance(area: Area, place: Place, places: Places) -> bool:
    """Whether the place is near enough to a town of the area that a call could change the answer."""
    return places.miles_to(area, place) <= MAX_ASKING_MILES


def works_elsewhere(rule: Residence, place: Place, places: Places) -> bool:
    """Whether it takes people of a place as far as its limit goes, and yet is not known to work there."""
    return rule.service_area is not None and places.covers(rule.service_area, place) is not Reach.YES


def is_open_to_all(rule: Residence) -> bool:
    """Whether it is said that people may live anywhere."""
    return rule.limit is not None and rule.limit.whole == "any"


def reach_of(rule: Residence, place: Place, places: Places) -> Reach | None:
    """Whether a service comes to people of a place: it works there, and takes people who live there.

    None where that is not stated: a service that is open to people from anywhere may yet be in one town only.
    """
    limit = None if is_open_to_all(rule) else rule.limit
    reaches = {places.covers(area, place) for area in (rule.service_area, limit) if area is not None}
    # What is worst counts.
    return next((one for one in (Reach.NO, Reach.UNKNOWN, Reach.YES) if one in reaches), None)


def judge_income(rule: IncomeRule | None, facts: Facts, catalog: Catalog) -> Status:
    if rule is None:
        return Status.UNSTATED
    if rule.any:
        return Status.MET
    if facts.income is None:
        return Status.UNKNOWN
    return min(_income_statuses(rule, facts.income, catalog))


def _may_be_within(facts: Facts) -> bool:
    """Whether a household would meet most limits: its income is not told, or low. Words such as "low income" are then
    hardly a doubt.
    """
    income = facts.income
    return income is None or (income.fpl_percent is not None and income.fpl_percent <= LOW_INCOME_PERCENT)


def _income_statuses(rule: IncomeRule, income: Income, catalog: Catalog) -> Iterable[Status]:
    if rule.stated is not None:
        yield Status.UNKNOWN
    percent = fpl_percent(income, catalog)
    if rule.up_to_fpl_percent is not None:
        yield _at_most(percent, rule.up_to_fpl_percent)
    if rule.above_fpl_percent is not None:
        yield _opposite(_at_most(percent, rule.above_fpl_percent))
    if rule.up_to_annual is not None:
        yield _at_most(None if income.annual is None else exact(income.annual), rule.up_to_annual)
    if rule.up_to_smi_percent is not None:
        yield _median_status(rule.up_to_smi_percent, income, catalog)


def _at_most(value: Fraction | None, limit: float) -> Status:
    """Exact: at the limit is within it. `limit` counts as it is written, not as the nearest binary number."""
    if value is None:
        return Status.UNKNOWN
    return Status.MET if value <= exact(limit) else Status.UNMET


def exact(amount: float) -> Fraction:
    """The decimal number that was written, in dollars or percent, without the error of binary fractions."""
    return Fraction(repr(amount))


def _opposite(status: Status) -> Status:
    return {Status.MET: Status.UNMET, Status.UNMET: Status.MET}.get(status, status)


def fpl_percent(income: Income, catalog: Catalog) -> Fraction | None:
    """Household income in percent of the newest federal poverty guideline; None when it cannot be told."""
    if income.fpl_percent is not None:
        return exact(income.fpl_percent)
    if income.annual is None or income.household_size is None:
        return None
    guideline = catalog.thresholds.poverty[0]
    return 100 * exact(income.annual) / exact(guideline.for_household(income.household_size))


def _median_status(percent: float, income: Income, catalog: Catalog) -> Status:
    table = catalog.thresholds.median[0]
    size = income.household_size
    if income.annual is None or size is None or size not in table.by_household_size:
        return Status.UNKNOWN
    limit = exact(table.by_household_size[size]) * exact(percent) / exact(table.percent)
    doubt = DOUBTFUL_SHARE if size in table.doubtful_sizes else 0.0
    annual = exact(income.annual)
    if annual <= limit * (1 - exact(doubt)):
        return Status.MET
    return Status.UNKNOWN if annual <= limit * (1 + exact(MEDIAN_MARGIN)) else Status.UNMET


def judge_insurance(rule: Terms | None, facts: Facts, catalog: Catalog) -> Status:
    if rule is None:
        return Status.UNSTATED
    if "any" in rule.ids:
        return Status.MET
    if facts.insurance is None:
        return Status.UNKNOWN
    kinds = catalog.vocabulary.insurance
    if implied(facts.insurance, kinds).intersection(rule.ids):
        return Status.MET
    # "HUSKY" without its letter may be the very part that is asked for.
    may_be = any(set(facts.insurance) & implied(kinds[wanted].parents, kinds) for wanted in rule.ids if wanted in kinds)
    return Status.UNKNOWN if may_be else Status.UNMET


def judge_terms(rule: Terms | None, facts: Facts, catalog: Catalog) -> Status:
    """Conditions or circumstances, of the person or of the caregiver."""
    if rule is None:
        return Status.UNSTATED
    statuses = [_term_status(term, facts) for term in rule.ids]
    return min(statuses) if rule.all_of else max(statuses)


def _term_status(term: str, facts: Facts) -> Status:
    if term in facts.has or term in facts.caregiver_has:
        return Status.MET
    if term in facts.has_not or term in facts.caregiver_has_not or term in facts.implausible:
        return Status.UNMET
    return Status.UNKNOWN


def judge_grade(rule: Any, facts: Facts, catalog: Catalog) -> Status:
    if rule is None:
        return Status.UNSTATED
    if facts.grade is None:
        return Status.UNKNOWN
    high_enough = rule.start is None or facts.grade >= rule.start
    low_enough = rule.through is None or facts.grade <= rule.through
    return Status.MET if high_enough and low_enough else Status.UNMET


def judge_exclusion(rule: Any, facts: Facts, catalog: Catalog) -> Status:
    if rule is None:
        return Status.UNSTATED
    statuses = [_opposite(_term_status(term, facts)) for term in (*rule.conditions, *rule.circumstances)]
    if rule.insurance:
        statuses.append(_opposite(judge_insurance(Terms(rule.insurance), facts, catalog)))
    return min(statuses, default=Status.UNSTATED)


AGE = Criterion("age", lambda service, one: one.age, judge_age, always_said=True)
RESIDENCE = Criterion(
    "residence",
    lambda service, one: Residence(one.residence, service.service_area),
    judge_residence,
    always_said=True,
)
CIRCUMSTANCES = Criterion("circumstances", lambda service, one: one.circumstances, judge_terms, made_for=1.0)
CRITERIA: tuple[Criterion, ...] = (
    AGE,
    RESIDENCE,
    Criterion("conditions", lambda service, one: one.conditions, judge_terms, made_for=1.0),
    CIRCUMSTANCES,
    Criterion("grade", lambda service, one: one.grade, judge_grade, made_for=1.0),
    Criterion("insurance", lambda service, one: one.insurance, judge_insurance, made_for=0.6),
    Criterion(
        "income",
        lambda service, one: one.income,
        judge_income,
        made_for=0.6,
        is_untold=_may_be_within,
    ),
    Criterion("exclusion", lambda service, one: one.exclusion, judge_exclusion),
)

NOTHING_STATED = Alternative(source="")


def alternatives(service: Service) -> tuple[Alternative, ...]:
    """The ways to be eligible; a service that states none has one way without limits stated."""
    return service.eligibility or (NOTHING_STATED,)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One alternative judged: a status for each of CRITERIA, in their order."""

    alternative: Alternative
    statuses: tuple[Status, ...]
    # How many of those unknown nobody has told yet, though most would meet them.
    untold: int = 0

    @property
    def verdict(self) -> Verdict:
        worst = min(self.statuses)
        return Verdict(min(worst, Status.UNSTATED))

    @property
    def rank(self) -> tuple[int, int, int]:
        """Greater is better: fewer unmet, then fewer unknown, then fewer of age and residence left unstated.

        So the verdict comes first, and of ineligible alternatives the nearest miss; what those leave unstated is no
        matter.
        """
        unmet = self.statuses.count(Status.UNMET)
        return -unmet, -self.unknown, 0 if unmet else -self.unstated

    @property
    def preference(self) -> tuple[int, int, int]:
        """Order the alternatives of one service: as `rank`, but of uncertain ones the first in the file is preferred.

        A rare side door often leaves fewer facts unknown than the main way, and asks about what hardly applies. A way
        of which nothing but the place is unknown comes before: its own rules are met.
        """
        if self.verdict is not Verdict.UNCERTAIN:
            return self.rank
        own = (status for criterion, status in zip(CRITERIA, self.statuses, strict=True) if criterion is not RESIDENCE)
        return (0, -1, -1 if Status.UNKNOWN in own else 0)

    @property
    def unknown(self) -> int:
        return self.statuses.count(Status.UNKNOWN)

    @property
    def unstated(self) -> int:
        """How many of the criteria that every family asks about (age, residence) the program leaves unstated."""
        said = zip(CRITERIA, self.statuses, strict=True)
        return sum(status is Status.UNSTATED for criterion, status in said if criterion.always_said)

    @property
    def made_for(self) -> float:
        """How much the met criteria show that the service is made for this person: from 0 to 1."""
        judged = zip(CRITERIA, self.statuses, strict=True)
        return max(criterion.made_for if status is Status.MET else 0.0 for criterion, status in judged)


def judge_alternative(service: Service, alternative: Alternative, facts: Facts, catalog: Catalog) -> Judgement:
    statuses = tuple(criterion.judge(criterion.rule(service, alternative), facts, catalog) for criterion in CRITERIA)
    judged = zip(CRITERIA, statuses, strict=True)
    untold = sum(status is Status.UNKNOWN and criterion.is_untold(facts) for criterion, status in judged)
    return Judgement(alternative, statuses, untold)


def judge(service: Service, facts: Facts, catalog: Catalog) -> Judgement:
    """Judge the service by its preferred alternative; the first of equals."""
    judged = [judge_alternative(service, one, facts, catalog) for one in alternatives(service)]
    return max(judged, key=lambda judgement: judgement.preference)
