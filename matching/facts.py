"""What is known about a family on one day. Everything may be missing; what is missing is unknown, never "no"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from catalog.ages import PersonAge
from catalog.model import Catalog, Term
from catalog.places import Place

OUT_OF_STATE = "out-of-state"


@dataclass(frozen=True, slots=True)
class Income:
    """Household income: a share of the poverty guideline in percent, or US dollars a year with the household's size."""

    fpl_percent: float | None = None
    annual: float | None = None
    household_size: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """One person and their household.

    `has` and `has_not` hold condition and circumstance ids with all that they imply: someone with autism has a
    disability; someone without a disability has no autism. `insurance` is the whole coverage; None is not known.
    `grade` is an index into catalog.model.GRADES. `of_caregiver`: the person is the caregiver (see `as_caregiver`).
    """

    age: PersonAge | None = None
    caregiver_age: PersonAge | None = None
    place: Place | None = None
    has: frozenset[str] = frozenset()
    has_not: frozenset[str] = frozenset()
    insurance: tuple[str, ...] | None = None
    income: Income | None = None
    grade: int | None = None
    languages: tuple[str, ...] = ()
    caregiver_has: frozenset[str] = frozenset()
    caregiver_has_not: frozenset[str] = frozenset()
    of_caregiver: bool = False
    # What nobody said and nothing hints at: see `matching.plausibility`.
    implausible: frozenset[str] = frozenset()

    def knows(self, term: str) -> bool:
        """Whether a condition or circumstance is known to apply, or not to apply, to either of them."""
        return term in self.has or term in self.has_not or term in self.caregiver_has or term in self.caregiver_has_not

    def as_caregiver(self) -> Facts:
        """The same household seen from the caregiver, for needs of the caregiver's own.

        The child's age, conditions, grade and insurance say nothing of the caregiver's; town and income are shared.
        """
        return replace(
            self,
            age=self.caregiver_age,
            has=self.caregiver_has,
            has_not=self.caregiver_has_not,
            grade=None,
            insurance=None,
            of_caregiver=True,
        )


def implied(ids: Iterable[str], terms: Mapping[str, Term]) -> frozenset[str]:
    """The ids and every broader term: autism -> developmental-disability -> disability."""
    found: set[str] = set()
    waiting = list(ids)
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting.extend(terms[current].parents if current in terms else ())
    return frozenset(found)


def ruled_out(ids: Iterable[str], terms: Mapping[str, Term]) -> frozenset[str]:
    """The ids and every narrower term: without any disability there is no autism."""
    denied = frozenset(ids)
    if not denied:
        return denied
    return denied | {term_id for term_id in terms if denied & implied([term_id], terms)}


def with_residence(facts: Facts) -> Facts:
    """Adds the circumstance "out of state", or that it does not hold, where the place says so: the place decides."""
    if facts.place is None:
        return facts
    fact = frozenset([OUT_OF_STATE])
    true, untrue = (frozenset(), fact) if facts.place.in_state else (fact, frozenset())
    return replace(
        facts,
        has=facts.has - fact | true,
        has_not=facts.has_not - fact | untrue,
        caregiver_has=facts.caregiver_has - fact | true,
        caregiver_has_not=facts.caregiver_has_not - fact | untrue,
    )


def with_implied(facts: Facts, catalog: Catalog) -> Facts:
    """What a family tells, completed: broader terms hold too, narrower ones are ruled out, the place says its part."""
    terms = terms_of(catalog)
    return with_residence(
        replace(
            facts,
            has=implied(facts.has, terms),
            has_not=ruled_out(facts.has_not, terms),
            caregiver_has=implied(facts.caregiver_has, terms),
            caregiver_has_not=ruled_out(facts.caregiver_has_not, terms),
        )
    )


def terms_of(catalog: Catalog) -> dict[str, Term]:
    """Conditions and circumstances in one table; their ids do not overlap."""
    return {**catalog.vocabulary.conditions, **catalog.vocabulary.circumstances}
