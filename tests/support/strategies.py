"""Small random catalogs, and families of whom everything is true and some of it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from catalog.ages import Duration, PersonAge
from catalog.model import (
    AgeRule,
    Alternative,
    Catalog,
    Exclusion,
    FrontDoor,
    GradeRule,
    IncomeRule,
    Kind,
    Label,
    Location,
    MedianIncome,
    Need,
    NextStep,
    PovertyGuideline,
    Service,
    Term,
    Terms,
    Thresholds,
    Vocabulary,
    Who,
    Words,
)
from catalog.model.assessment import Crosswalk
from catalog.places import ELSEWHERE, Area, Place, Places, Region, Town
from catalog.reading.fields import partial_date
from matching.facts import OUT_OF_STATE, Facts, Income, implied, ruled_out, with_residence
from matching.request import MatchRequest, Severity, WantedNeed

T = TypeVar("T")
NO_WORDS = Words()


def _label(text: str) -> Label:
    return Label(text, text)


def _terms(parents: dict[str, tuple[str, ...]]) -> MappingProxyType[str, Term]:
    return MappingProxyType({name: Term(id=name, label=_label(name), words=NO_WORDS, parents=up)
                             for name, up in parents.items()})  # fmt: skip


CONDITIONS = _terms(
    {
        "disability": (),
        "developmental": ("disability",),
        "autism": ("developmental",),
        "illness": (),
        "asthma": ("illness",),
    }
)
CIRCUMSTANCES = _terms({"pregnant": (), "dcf": (), "foster": ("dcf",), "snap": (), OUT_OF_STATE: ()})
INSURANCE = _terms(
    {"husky": (), "husky-a": ("husky",), "husky-b": ("husky",), "private": (), "uninsured": (), "any": ()}
)
TERMS = {**CONDITIONS, **CIRCUMSTANCES}
CONCRETE_INSURANCE = ("husky-a", "husky-b", "private")

TOWNS = (
    Town("Aton", "East County", "East", ("06001",), (), (41.5, -72.0)),
    Town("Beeford", "East County", "East", ("06002",), (), (41.6, -72.1)),
    Town("Ceewich", "West County", "West", ("06003",), (), (41.4, -73.0)),
    Town("Deeham", "West County", "West", ("06004",), (), (41.9, -73.4)),
)
REGIONS = (
    Region("closed", "the closed region", ("Aton", "Ceewich"), complete=True),
    Region("open", "the open region", ("Aton",), complete=False, within=("East County",)),
    Region("wide-open", "the wide open region", ("Ceewich",), complete=False),
    Region("states", "some states", (), complete=True, states=("CT", "MA")),
    Region("open-states", "perhaps more states", (), complete=False, states=("MA",)),
)
PLACES = Places.build(TOWNS, REGIONS, {})
TOWN_NAMES = tuple(town.name for town in TOWNS)
NEEDS = {
    name: Need(id=name, label=_label(name), description=_label(name), words=NO_WORDS, parent="group")
    for name in ("food", "care", "money", "rides")
}
NEEDS["food"] = replace(
    NEEDS["food"], start_with=(FrontDoor("service-1", AgeRule(under=Duration(5))), FrontDoor("service-0"))
)
NEEDS["money"] = replace(NEEDS["money"], start_with=(FrontDoor("service-2"),), personal=True)
THRESHOLDS = Thresholds(
    (PovertyGuideline(2026, 10_000, 5_000, "page"),),
    (MedianIncome("2026", 60, {1: 40_000, 2: 50_000, 3: 60_000}, (2,), "page"),),
)
TODAY = date(2026, 9, 15)

LIMITS = tuple(
    Duration.parse(text)
    for text in (
        "6w",
        "30d",
        "45d",
        "2m",
        "18m",
        "2y320d",
        "2y6m",
        "2y9m",
        "3y",
        "5y",
        "13y",
        "18y",
        "19y",
        "22y",
        "60y",
    )
)


def some(items: Sequence[T], least: int = 0) -> SearchStrategy[tuple[T, ...]]:
    """A few of the items, each once."""
    return st.lists(st.sampled_from(items), min_size=least, max_size=3, unique=True).map(tuple)


@st.composite
def age_rules(draw: DrawFn) -> AgeRule:
    who = draw(st.sampled_from(Who))
    if draw(st.integers(0, 9)) == 0:
        return AgeRule(any=True, who=who)
    start = draw(st.none() | st.sampled_from(LIMITS))
    name = draw(st.sampled_from(["", "under", "through", "school_year_of"]))
    end = draw(st.sampled_from(LIMITS))
    if name == "school_year_of":
        end = Duration(years=max(end.years, 1))
    if name and start is not None and start.approximate_days() >= end.approximate_days():
        # As the catalog's schema demands, a rule begins before it ends.
        start = None
    return AgeRule(
        start=start,
        under=end if name == "under" else None,
        through=end if name == "through" else None,
        school_year_of=end if name == "school_year_of" else None,
        who=who,
    )


@st.composite
def areas(draw: DrawFn) -> Area:
    whole = draw(st.sampled_from([None, None, None, "any", "nationwide", "statewide"]))
    if whole:
        return Area(whole)
    towns = draw(some(TOWN_NAMES))
    counties = draw(some(("East County", "West County")))
    regions = draw(some([region.id for region in REGIONS], least=0 if towns or counties else 1))
    return Area(None, towns, counties, regions, outside=draw(st.integers(0, 4)) == 0)


@st.composite
def income_rules(draw: DrawFn) -> IncomeRule:
    kind = draw(st.sampled_from(["any", "fpl", "band", "smi", "annual", "stated", "both"]))
    percent = draw(st.sampled_from([100.0, 138.0, 185.0, 201.0]))
    rules = {
        "any": IncomeRule(any=True),
        "fpl": IncomeRule(up_to_fpl_percent=percent),
        "band": IncomeRule(above_fpl_percent=percent, up_to_fpl_percent=323.0),
        "smi": IncomeRule(up_to_smi_percent=draw(st.sampled_from([60.0, 100.0]))),
        "annual": IncomeRule(up_to_annual=30_000.0),
        "stated": IncomeRule(stated="ask"),
        "both": IncomeRule(up_to_fpl_percent=percent, stated="ask"),
    }
    return rules[kind]


def term_rules(names: Sequence[str]) -> SearchStrategy[Terms]:
    return st.builds(Terms, some(names, least=1), st.booleans())


exclusions: SearchStrategy[Exclusion] = st.builds(
    Exclusion, some(tuple(CONDITIONS), least=1), some(tuple(CIRCUMSTANCES)), some(("husky", "husky-a", "uninsured"))
)
grade_rules: SearchStrategy[GradeRule] = st.builds(
    GradeRule, st.none() | st.integers(0, 7), st.integers(7, 13)
) | st.builds(GradeRule, st.integers(0, 13), st.none())


def maybe(rules: SearchStrategy[T], once_in: int = 3) -> SearchStrategy[T | None]:
    return st.one_of(*[st.none()] * (once_in - 1), rules)


@st.composite
def alternatives(draw: DrawFn) -> Alternative:
    return Alternative(
        source="https://example.org",
        age=draw(maybe(age_rules(), 2)),
        residence=draw(maybe(areas())),
        income=draw(maybe(income_rules())),
        insurance=draw(maybe(term_rules(tuple(INSURANCE)), 4)),
        conditions=draw(maybe(term_rules(tuple(CONDITIONS)))),
        circumstances=draw(maybe(term_rules(tuple(CIRCUMSTANCES)))),
        grade=draw(maybe(grade_rules, 5)),
        exclusion=draw(maybe(exclusions, 5)),
    )


@st.composite
def services(draw: DrawFn, number: int) -> Service:
    town = draw(st.none() | st.sampled_from(TOWN_NAMES))
    return Service(
        id=f"service-{number}",
        organization_id="organization",
        sector="community",
        kind=Kind.PROGRAM,
        name=f"Service {number}",
        needs=draw(some(tuple(NEEDS), least=1)),
        summary="Helps.",
        next_step=NextStep("call", "Call."),
        sources=(),
        path="community/organization.yaml",
        line=number,
        locations=(Location(None, town, "CT", None, town=town),) if town else (),
        eligibility=tuple(draw(st.lists(alternatives(), max_size=3))),
        service_area=draw(maybe(areas())),
        delivery=draw(st.sampled_from([(), ("in-person",), ("in-person", "phone")])),
        languages=draw(st.sampled_from([(), ("es",), ("en", "other")])),
        confidence=draw(st.sampled_from(["normal", "low"])),
        assured_date=draw(st.none() | st.sampled_from(["2026-05-01", "2025", "2020-03"]).map(partial_date)),
    )


@st.composite
def catalogs(draw: DrawFn, most: int = 5) -> Catalog:
    made = [draw(services(number)) for number in range(draw(st.integers(1, most)))]
    # Some are alike in all but the id, so that the order must fall back on it.
    twins = [replace(service, id=f"twin-of-{service.id}") for service in made if draw(st.integers(0, 3)) == 0]
    return catalog_of([*made, *twins])


def catalog_of(made: Sequence[Service]) -> Catalog:
    """A catalog of these services, in this order."""
    nothing: MappingProxyType[str, Term] = MappingProxyType({})
    return Catalog(
        version="0" * 16,
        organizations=MappingProxyType({}),
        services=MappingProxyType({service.id: service for service in made}),
        needs=MappingProxyType(NEEDS),
        places=PLACES,
        vocabulary=Vocabulary(CONDITIONS, CIRCUMSTANCES, INSURANCE, nothing, nothing),
        thresholds=THRESHOLDS,
        assessments=MappingProxyType({}),
        crosswalk=Crosswalk(),
    )


@dataclass(frozen=True)
class Truth:
    """All that is true of a family. Each term holds or not for the whole household."""

    on: date
    birth: date
    caregiver_birth: date
    place: Place
    terms: frozenset[str]
    insurance: tuple[str, ...]
    income: Income
    grade: int


@st.composite
def births(draw: DrawFn, on: date) -> date:
    """Often within a few days of the day on which some limit is reached."""
    limit = draw(st.sampled_from(LIMITS))
    near = on - timedelta(days=limit.approximate_days() + draw(st.integers(-3, 3)))
    anywhere = on - timedelta(days=draw(st.integers(0, 36_000)))
    leap_day = date(on.year - on.year % 4 - 4 * draw(st.integers(1, 6)), 2, 29)
    return draw(st.sampled_from([near if near <= on else on, anywhere, leap_day]))


@st.composite
def truths(draw: DrawFn, on: date = TODAY) -> Truth:
    places = [*(Place(town=name) for name in TOWN_NAMES), Place(state="MA"), Place(state="NY"), Place(country="Canada")]
    annual = Income(None, draw(st.integers(0, 120_000)), draw(st.integers(1, 4)))
    percent = Income(draw(st.sampled_from([0, 99.9, 100, 138, 138.1, 185, 201, 323, 400])))
    named = draw(some([name for name in TERMS if name != OUT_OF_STATE]))
    return Truth(
        on=on,
        birth=draw(births(on)),
        caregiver_birth=draw(births(on)),
        place=draw(st.sampled_from(places)),
        terms=implied(named, TERMS),
        insurance=draw(some(CONCRETE_INSURANCE)) or ("uninsured",),
        income=draw(st.sampled_from([annual, percent])),
        grade=draw(st.integers(0, 13)),
    )


@dataclass(frozen=True)
class Telling:
    """How much of each fact is told: 0 nothing, 1 a part, 2 all; of the terms, which ones."""

    age: int
    caregiver_age: int
    place: int
    insurance: int
    income: int
    grade: int
    terms: frozenset[str]
    caregiver_terms: frozenset[str]

    def and_also(self, other: Telling) -> Telling:
        return Telling(
            max(self.age, other.age),
            max(self.caregiver_age, other.caregiver_age),
            max(self.place, other.place),
            max(self.insurance, other.insurance),
            max(self.income, other.income),
            max(self.grade, other.grade),
            self.terms | other.terms,
            self.caregiver_terms | other.caregiver_terms,
        )


NOTHING = Telling(0, 0, 0, 0, 0, 0, frozenset(), frozenset())
EVERYTHING = Telling(2, 2, 2, 2, 2, 2, frozenset(TERMS) - {OUT_OF_STATE}, frozenset(CIRCUMSTANCES) - {OUT_OF_STATE})
_amounts = st.integers(0, 2)
tellings: SearchStrategy[Telling] = st.builds(
    Telling,
    *[_amounts] * 6,
    st.frozensets(st.sampled_from(sorted(EVERYTHING.terms))),
    st.frozensets(st.sampled_from(sorted(EVERYTHING.caregiver_terms))),
)


def told(truth: Truth, telling: Telling) -> Facts:
    """The facts that the matcher gets when this much of the truth is told."""
    has, has_not = _terms_told(truth, telling.terms)
    caregiver_has, caregiver_has_not = _terms_told(truth, telling.caregiver_terms)
    facts = Facts(
        age=_age_told(truth.birth, truth.on, telling.age),
        caregiver_age=_age_told(truth.caregiver_birth, truth.on, telling.caregiver_age),
        place=_place_told(truth.place, telling.place),
        has=has,
        has_not=has_not,
        insurance=_insurance_told(truth.insurance, telling.insurance),
        income=_income_told(truth.income, telling.income),
        grade=truth.grade if telling.grade else None,
        caregiver_has=caregiver_has,
        caregiver_has_not=caregiver_has_not,
    )
    return with_residence(facts)


def _terms_told(truth: Truth, names: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    return implied(names & truth.terms, TERMS), ruled_out(names - truth.terms, TERMS)


def _age_told(birth: date, on: date, amount: int) -> PersonAge | None:
    exact = PersonAge.from_birth_date(birth, on)
    if amount == 2:
        return exact
    done = exact.completed()
    return PersonAge.from_age(Duration(years=done.years), on) if amount else None


def _place_told(place: Place, amount: int) -> Place | None:
    if amount == 1 and not place.country:
        return Place(state="CT") if place.town else Place(state=ELSEWHERE)
    return place if amount else None


def _insurance_told(insurance: tuple[str, ...], amount: int) -> tuple[str, ...] | None:
    if amount == 1:
        return tuple(dict.fromkeys("husky" if kind.startswith("husky") else kind for kind in insurance))
    return insurance if amount else None


def _income_told(income: Income, amount: int) -> Income | None:
    if amount == 1 and income.annual is not None:
        return Income(annual=income.annual)
    return income if amount else None


@st.composite
def requests(draw: DrawFn, most_needs: int = 3) -> MatchRequest:
    facts = told(draw(truths()), draw(tellings))
    pairs = st.tuples(st.sampled_from(sorted(NEEDS)), st.sampled_from(Who))
    chosen = draw(st.lists(pairs, min_size=1, max_size=most_needs, unique=True))
    severities = st.sampled_from(Severity)
    wanted = tuple(WantedNeed(NEEDS[need], draw(severities), who) for need, who in chosen)
    return MatchRequest(TODAY, facts, wanted, limit=1000, include_ineligible=draw(st.booleans()))
