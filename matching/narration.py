"""A sentence for each criterion, for a person to read: what the program says, and what that means for this family.

The sentences themselves stand in `matching.messages`; here they are chosen and filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from catalog.ages import Duration, PersonAge
from catalog.format import area_text, date_text, duration_text, either, join, say
from catalog.model import GRADES, AgeRule, Catalog, Exclusion, GradeRule, IncomeRule, Label, Service, Terms, Who
from catalog.places import HOME_STATE, Place, Reach
from matching import messages as wording
from matching.eligibility import Criterion, Residence, Status, fpl_percent
from matching.facts import Facts
from matching.missing_facts import missing_for
from matching.ranking import is_language_doubtful


class Reason(NamedTuple):
    """One criterion of a verdict. `source` is the page that states the rule; None where nothing is stated."""

    criterion: str
    status: Status
    text: str
    source: str | None


class JudgedRule(NamedTuple):
    """One criterion of an alternative as judged. `key` is equal for equal rules of the criterion."""

    criterion: Criterion
    rule: Any
    status: Status
    key: int


@dataclass(frozen=True, slots=True)
class Narrator:
    """Puts judgements about one person into words of a language (en, es).

    A sentence that many services share is made once.
    """

    facts: Facts
    catalog: Catalog
    language: str = "en"
    said: dict[tuple[str, int], str] = field(default_factory=dict)

    def reasons(self, judged: Iterable[JudgedRule], source: str) -> tuple[Reason, ...]:
        """The reasons of a judgement, in its order."""
        return tuple(
            Reason(one.criterion.name, one.status, self._text(one), self._source(one, source)) for one in judged
        )

    def _source(self, one: JudgedRule, source: str) -> str | None:
        return source if source and one.status is not Status.UNSTATED else None

    def _text(self, one: JudgedRule) -> str:
        key = (one.criterion.name, one.key)
        if key not in self.said:
            self.said[key] = " ".join(_TEXTS[one.criterion.name](one.rule, one.status, self))
        return self.said[key]

    def rule(self, criterion: str, rule: Any) -> str:
        """What a rule says to everyone: the first sentence of any reason. `criterion` is a name of CRITERIA."""
        return next(_TEXTS[criterion](rule, Status.UNKNOWN, self))

    def missing(self, judged: Iterable[JudgedRule]) -> tuple[str, ...]:
        """The facts that would settle what is unknown: age, caregiver_age, town, income, insurance, grade, or terms."""
        found: dict[str, None] = {}
        for one in judged:
            if one.status is Status.UNKNOWN:
                found |= dict.fromkeys(missing_for(one.criterion.name, one.rule, self.facts))
        return tuple(found)

    def language_doubts(self, service: Service) -> tuple[str, ...]:
        """That the family must ask for its language, where the service does not state it."""
        spoken = self.facts.languages
        if not is_language_doubtful(service.languages, spoken):
            return ()
        language = self.catalog.vocabulary.languages[spoken[0]].label.in_language(self.language)
        return (self.say(wording.LANGUAGE_UNSTATED, spoken=language),)

    def say(self, template: Label, **parts: str) -> str:
        return say(template, self.language, **parts)


def ages_text(rule: AgeRule | None, language: str = "en") -> str:
    """The ages served: "children under 3", "ages 14 through 21", "people of 18 and over", "all ages"."""
    if rule is None:
        return say(wording.AGES_UNSTATED, language)
    if rule.any:
        return say(wording.AGES_ALL, language)
    if rule.start is None:
        childhood = rule.end is not None and rule.end.approximate_days() <= _ADULT_DAYS
        people = wording.AGES_CHILDREN if childhood else wording.AGES_PEOPLE
        return say(people, language, end=_end_text(rule, language))
    if rule.end is None:
        return say(wording.AGES_FROM, language, start=age_text(rule.start, language))
    if _is_whole(rule.start) and _is_whole(rule.end) and not rule.school_year_of:
        return _years_text(rule.start.years, rule.end.years - 1, language)
    start, end = age_text(rule.start, language), _end_text(rule, language)
    return say(wording.AGES_FROM_TO, language, start=start, end=end)


_ADULT_DAYS = Duration(years=18).approximate_days()


def _years_text(first: int, last: int, language: str) -> str:
    if last > first:
        return say(wording.AGES_SPAN, language, first=first, last=last)
    return say(wording.AGES_ONE_YEAR if last == 1 else wording.AGES_ONE, language, age=last)


def _end_text(rule: AgeRule, language: str) -> str:
    if rule.school_year_of:
        return say(wording.END_SCHOOL_YEAR, language, age=age_text(rule.school_year_of, language))
    if rule.through:
        return say(wording.END_THROUGH, language, age=age_text(rule.through, language))
    return say(wording.END_UNDER, language, age=age_text(rule.under or Duration(), language))


def _is_whole(duration: Duration) -> bool:
    return not duration.months and not duration.days


def age_text(age: Duration, language: str) -> str:
    """An age in a sentence: in English whole years stand alone, "3"; in Spanish they are "3 años"."""
    alone = language == "en" and age.years and _is_whole(age)
    return str(age.years) if alone else duration_text(age, language)


def person_age_text(age: PersonAge, language: str = "en") -> str:
    """ "2 years 8 months", or "2 years" where only that is known."""
    done = age.completed()
    if not age.is_exact:
        known = Duration(done.years, done.months if (age.latest_birth - age.earliest_birth).days < 300 else 0)
        return duration_text(known, language) if known != Duration() else say(wording.UNDER_ONE, language)
    if done.years >= 2:
        return duration_text(Duration(done.years, done.months), language)
    return duration_text(done, language) if done != Duration() else say(wording.NEWBORN, language)


Sentences = Iterator[str]


def _age_sentences(rule: AgeRule | None, status: Status, told: Narrator) -> Sentences:
    if rule is None or rule.any:
        yield told.say(wording.AGE_UNSTATED if rule is None else wording.AGE_ANY)
        return
    adult = rule.who is Who.CAREGIVER
    ages = ages_text(rule, told.language)
    yield told.say(wording.AGE_SERVED_CAREGIVER if adult else wording.AGE_SERVED, ages=ages)
    known = told.facts.caregiver_age if adult else told.facts.age
    if known is None:
        yield told.say(wording.AGE_UNKNOWN_CAREGIVER if adult else wording.AGE_UNKNOWN)
        return
    yield told.say(
        wording.AGE_NOW_CAREGIVER if adult else wording.AGE_NOW,
        day=date_text(known.on, told.language),
        age=person_age_text(known, told.language),
        how="" if known.is_exact else told.say(wording.AGE_NOT_EXACT),
    )
    if status is Status.UNKNOWN and rule.school_year_of:
        yield told.say(wording.AGE_ASK_SCHOOL)


def place_text(place: Place, language: str = "en") -> str:
    """Where a person is, inside a sentence."""
    if place.town:
        return place.town
    if place.country:
        return say(wording.OTHER_COUNTRY, language)
    if place.state == HOME_STATE:
        return say(wording.HOME_STATE, language)
    return say(wording.OTHER_STATE, language) if place.state == "elsewhere" else str(place.state)


def _residence_sentences(rule: Residence, status: Status, told: Narrator) -> Sentences:
    area = rule.limit or rule.service_area
    if area is None or area.whole == "any":
        yield told.say(wording.RESIDENCE_UNSTATED if area is None else wording.RESIDENCE_ANY)
        return
    where = area_text(area, told.catalog.places, told.language)
    yield told.say(wording.LIVE_IN if rule.limit is not None else wording.WORKS_IN, where=where)
    if told.facts.place is None:
        yield told.say(wording.TOWN_UNKNOWN)
    elif status is not Status.MET:
        yield from _why_not_there(rule, status, told, told.facts.place)


def _why_not_there(rule: Residence, status: Status, told: Narrator, place: Place) -> Sentences:
    places = told.catalog.places
    inside_limit = rule.limit is not None and places.covers(rule.limit, place) is Reach.YES
    if inside_limit and rule.service_area is not None:
        yield told.say(wording.WORKS_IN, where=area_text(rule.service_area, places, told.language))
    asks = wording.ASK_IF_TAKES if rule.limit is None or inside_limit else wording.ASK_IF_BELONGS
    chosen = asks if status is Status.UNKNOWN else wording.NOT_PART
    yield told.say(chosen, home=place_text(place, told.language))


def _labels(ids: Iterable[str], told: Narrator) -> list[str]:
    vocabulary = told.catalog.vocabulary
    tables = (vocabulary.conditions, vocabulary.circumstances, vocabulary.insurance)
    found = (next((table[term].label for table in tables if term in table), Label(term, term)) for term in ids)
    return [inside(label.in_language(told.language)) for label in found]


# First words of labels that are names: they keep their capital inside a sentence.
_NAMES = frozenset(("Birth", "Connecticut", "Down", "Medicaid", "Medicare", "Prader-Willi"))


def inside(label: str) -> str:
    """A label as it stands inside a sentence: "autism", "a disability", but "HUSKY A" and "Down syndrome"."""
    first = label.split(" ", 1)[0]
    keeps = first in _NAMES or first != first.capitalize()
    return label if keeps else label[:1].lower() + label[1:]


def _together(rule: Terms, told: Narrator) -> str:
    labels = _labels(rule.ids, told)
    return join(labels, told.language) if rule.all_of else either(labels, told.language)


def _terms_sentences(rule: Terms, status: Status, told: Narrator) -> Sentences:
    yield told.say(wording.FOR_TERMS, terms=_together(rule, told))
    denied = wording.TERMS_UNMET if told.facts.implausible.isdisjoint(rule.ids) else wording.TERMS_IMPLAUSIBLE
    said = {Status.MET: wording.TERMS_MET, Status.UNMET: denied}
    yield told.say(said.get(status, wording.TERMS_UNKNOWN))


def grade_text(index: int, language: str = "en") -> str:
    """A grade inside a sentence; `index` is that in GRADES."""
    name = GRADES[index]
    return say(wording.GRADES_BEFORE_FIRST.get(name, wording.GRADE), language, grade=name)


def _grade_sentences(rule: GradeRule, status: Status, told: Narrator) -> Sentences:
    first, last = ("" if index is None else grade_text(index, told.language) for index in (rule.start, rule.through))
    if first and last:
        yield told.say(wording.GRADES_SPAN, first=first, last=last)
    else:
        yield told.say(wording.GRADES_FROM, first=first) if first else told.say(wording.GRADES_UP_TO, last=last)
    if told.facts.grade is None:
        yield told.say(wording.GRADE_UNKNOWN)
    else:
        yield told.say(wording.GRADE_NOW, grade=grade_text(told.facts.grade, told.language))


def _insurance_sentences(rule: Terms, status: Status, told: Narrator) -> Sentences:
    if "any" in rule.ids:
        yield told.say(wording.INSURANCE_ANY)
        return
    yield told.say(wording.INSURANCE_OF, kinds=_together(rule, told))
    if told.facts.insurance is None:
        yield told.say(wording.INSURANCE_UNKNOWN)
    else:
        mine = join(_labels(told.facts.insurance, told), told.language) or told.say(wording.NONE)
        yield told.say(wording.INSURANCE_NAMED, kinds=mine)


def _income_sentences(rule: IncomeRule, status: Status, told: Narrator) -> Sentences:
    if rule.any:
        yield told.say(wording.INCOME_ANY)
        return
    yield told.say(wording.INCOME_LIMITS, limits=join(_income_limits(rule, told), told.language))
    if told.facts.income is None:
        yield told.say(wording.INCOME_UNKNOWN)
        return
    percent = fpl_percent(told.facts.income, told.catalog)
    if percent is not None:
        yield told.say(wording.INCOME_SHARE, percent=f"{float(percent):.0f}")
    if status is Status.UNKNOWN:
        yield told.say(wording.INCOME_ASK)


def _income_limits(rule: IncomeRule, told: Narrator) -> Iterator[str]:
    shares = (
        (wording.UP_TO_POVERTY, rule.up_to_fpl_percent),
        (wording.ABOVE_POVERTY, rule.above_fpl_percent),
        (wording.UP_TO_MEDIAN, rule.up_to_smi_percent),
    )
    for template, percent in shares:
        if percent is not None:
            yield told.say(template, percent=f"{percent:g}")
    if rule.up_to_annual is not None:
        yield told.say(wording.UP_TO_DOLLARS, dollars=f"{rule.up_to_annual:,.0f}")
    if rule.stated is not None:
        yield told.say(wording.INCOME_STATED, words=rule.stated.removesuffix("."))


def _exclusion_sentences(rule: Exclusion, status: Status, told: Narrator) -> Sentences:
    labels = _labels((*rule.conditions, *rule.circumstances, *rule.insurance), told)
    yield told.say(wording.NOT_FOR, terms=join(labels, told.language))
    if status is Status.UNKNOWN:
        yield told.say(wording.TERMS_UNKNOWN)


_TEXTS: dict[str, Callable[[Any, Status, Narrator], Sentences]] = {
    "age": _age_sentences,
    "residence": _residence_sentences,
    "conditions": _terms_sentences,
    "circumstances": _terms_sentences,
    "grade": _grade_sentences,
    "insurance": _insurance_sentences,
    "income": _income_sentences,
    "exclusion": _exclusion_sentences,
}
