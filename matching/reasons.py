"""A sentence for each criterion, for a person to read: what the program says, and what that means for this family."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from catalog.ages import Duration, PersonAge
from catalog.model import GRADES, AgeRule, Catalog, IncomeRule, Terms, Who
from catalog.places import Place, join
from matching.eligibility import Criterion, Residence, Status, age_status, fpl_percent
from matching.facts import OUT_OF_STATE, Facts


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
    """Puts judgements about one person into words. A sentence that many services share is made once."""

    facts: Facts
    catalog: Catalog
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
            self.said[key] = _TEXTS[one.criterion.name](one.rule, one.status, self.facts, self.catalog)
        return self.said[key]

    def missing(self, judged: Iterable[JudgedRule]) -> tuple[str, ...]:
        """The facts that would settle what is unknown: age, caregiver_age, town, income, insurance, grade, or terms."""
        found: dict[str, None] = {}
        for one in judged:
            if one.status is Status.UNKNOWN:
                found |= dict.fromkeys(missing_for(one.criterion.name, one.rule, self.facts))
        return tuple(found)


def missing_for(criterion: str, rule: Any, facts: Facts) -> tuple[str, ...]:
    """The facts that would settle one criterion that is unknown."""
    return _MISSING[criterion](rule, facts)


def date_text(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def ages_text(rule: AgeRule | None) -> str:
    """The ages served: "children under 3", "ages 14 through 21", "people of 18 and over", "all ages"."""
    if rule is None:
        return "ages not stated"
    if rule.any:
        return "all ages"
    end = rule.end
    people = "children" if end is not None and end.approximate_days() <= _ADULT_DAYS and not rule.start else "people"
    if rule.start is None:
        return f"{people} {_end_text(rule)}"
    if end is None:
        return f"people of {_age(rule.start)} and over"
    if _is_whole(rule.start) and _is_whole(end) and not rule.school_year_of:
        last = end.years - 1
        return f"ages {rule.start.years} through {last}" if last > rule.start.years else f"age {last}"
    return f"people of {_age(rule.start)} and over, {_end_text(rule)}"


_ADULT_DAYS = Duration(years=18).approximate_days()


def _end_text(rule: AgeRule) -> str:
    if rule.school_year_of:
        return f"to the end of the school year in which they turn {_age(rule.school_year_of)}"
    if rule.through:
        return f"through age {_age(rule.through)}"
    return f"under {_age(rule.under or Duration())}"


def _is_whole(duration: Duration) -> bool:
    return not duration.months and not duration.days


def _age(duration: Duration) -> str:
    return str(duration.years) if duration.years and _is_whole(duration) else str(duration)


def person_age_text(age: PersonAge) -> str:
    """ "2 years 8 months", or "2 years" where only that is known."""
    done = age.completed()
    if not age.is_exact:
        known = Duration(done.years, done.months if (age.latest_birth - age.earliest_birth).days < 300 else 0)
        return str(known) if known != Duration() else "under 1 year"
    if done.years >= 2:
        return str(Duration(done.years, done.months))
    return str(done) if done != Duration() else "newborn"


def _age_text(rule: AgeRule | None, status: Status, facts: Facts, catalog: Catalog) -> str:
    if rule is None:
        return "Ages not stated: ask when you call."
    if rule.any:
        return "For all ages."
    adult = rule.who is Who.CAREGIVER
    served = f"For {'a parent or caregiver, ' if adult else ''}{ages_text(rule)}."
    known = facts.caregiver_age if adult else facts.age
    if known is None:
        return f"{served} {'The age of the caregiver' if adult else 'The age'} is not known here."
    who = "the caregiver" if adult else "this person"
    how = "" if known.is_exact else " (birth date not known)"
    now = f"On {date_text(known.on)} {who} is {person_age_text(known)}{how}."
    ask = " Ask the school for the last day." if status is Status.UNKNOWN and rule.school_year_of else ""
    return f"{served} {now}{ask}"


def place_text(place: Place, catalog: Catalog) -> str:
    if place.town:
        return place.town
    if place.country:
        return "another country"
    if place.state == "CT":
        return "Connecticut"
    return "another state" if place.state == "elsewhere" else str(place.state)


def _residence_text(rule: Residence, status: Status, facts: Facts, catalog: Catalog) -> str:
    area = rule.limit or rule.service_area
    if area is None:
        return "Does not say where people must live."
    if area.whole == "any":
        return "Open to people from anywhere."
    where = catalog.places.describe(area)
    home = place_text(facts.place, catalog) if facts.place else None
    if rule.limit is None:
        text = f"Works in {where}."
        if status is Status.MET:
            return text
        return f"{text} Ask whether it takes people from {home}." if home else f"{text} The town is not known here."
    text = f"For people who live in {where}."
    if home is None:
        return f"{text} The town is not known here."
    if status is Status.UNKNOWN:
        return f"{text} The list of towns is not published: ask whether {home} belongs."
    return text if status is Status.MET else f"{text} {home} is not part of it."


def _labels(ids: tuple[str, ...], catalog: Catalog) -> list[str]:
    vocabulary = catalog.vocabulary
    tables = (vocabulary.conditions, vocabulary.circumstances, vocabulary.insurance)
    return [_inside(next((table[term].label.en for table in tables if term in table), term)) for term in ids]


# First words of labels that are names: they keep their capital inside a sentence.
_NAMES = frozenset(("Birth", "Connecticut", "Down", "Medicaid", "Medicare", "Prader-Willi"))


def _inside(label: str) -> str:
    """A label as it stands inside a sentence: "autism", "a disability", but "HUSKY A" and "Down syndrome"."""
    first = label.split(" ", 1)[0]
    keeps = first in _NAMES or first != first.capitalize()
    return label if keeps else label[:1].lower() + label[1:]


def _either(rule: Terms, catalog: Catalog) -> str:
    labels = _labels(rule.ids, catalog)
    return join(labels) if rule.all_of else "; or ".join(labels)


def _terms_text(rule: Terms, status: Status, facts: Facts, catalog: Catalog) -> str:
    text = f"For: {_either(rule, catalog)}."
    return {
        Status.MET: f"{text} This fits.",
        Status.UNMET: f"{text} You said that this does not apply.",
    }.get(status, f"{text} Not known here whether this applies.")


def _grade_text(rule: Any, status: Status, facts: Facts, catalog: Catalog) -> str:
    names = [f"grade {GRADES[index]}" for index in (rule.start, rule.through) if index is not None]
    if rule.start is None:
        text = f"For students up to {names[0]}."
    else:
        text = f"For students in {' to '.join(names)}." if len(names) == 2 else f"For students from {names[0]} on."
    if facts.grade is None:
        return f"{text} The grade is not known here."
    return f"{text} This student is in grade {GRADES[facts.grade]}."


def _insurance_text(rule: Terms, status: Status, facts: Facts, catalog: Catalog) -> str:
    if "any" in rule.ids:
        return "Any insurance, or none."
    text = f"For people with: {_either(rule, catalog)}."
    if facts.insurance is None:
        return f"{text} The insurance is not known here."
    mine = join(_labels(facts.insurance, catalog)) or "none"
    return f"{text} You named: {mine}."


def _income_text(rule: IncomeRule, status: Status, facts: Facts, catalog: Catalog) -> str:
    if rule.any:
        return "There is no income limit."
    limits = []
    if rule.up_to_fpl_percent is not None:
        limits.append(f"income up to {rule.up_to_fpl_percent:g} % of the federal poverty level")
    if rule.above_fpl_percent is not None:
        limits.append(f"income above {rule.above_fpl_percent:g} % of the federal poverty level")
    if rule.up_to_smi_percent is not None:
        limits.append(f"income up to {rule.up_to_smi_percent:g} % of the state median")
    if rule.up_to_annual is not None:
        limits.append(f"income up to ${rule.up_to_annual:,.0f} a year")
    if rule.stated is not None:
        limits.append(f"income: {rule.stated}")
    text = f"For {join(limits)}."
    if facts.income is None:
        return f"{text} The income is not known here."
    percent = fpl_percent(facts.income, catalog)
    mine = f" This household is at about {percent:.0f} % of the poverty level." if percent is not None else ""
    return f"{text}{mine}{' Ask for the limit that applies.' if status is Status.UNKNOWN else ''}"


def _exclusion_text(rule: Any, status: Status, facts: Facts, catalog: Catalog) -> str:
    labels = _labels((*rule.conditions, *rule.circumstances, *rule.insurance), catalog)
    text = f"Not for: {join(labels)}."
    return text if status is not Status.UNKNOWN else f"{text} Not known here whether this applies."


_TEXTS: dict[str, Callable[[Any, Status, Facts, Catalog], str]] = {
    "age": _age_text,
    "residence": _residence_text,
    "conditions": _terms_text,
    "circumstances": _terms_text,
    "grade": _grade_text,
    "insurance": _insurance_text,
    "income": _income_text,
    "exclusion": _exclusion_text,
}


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
    return tuple("town" if term == OUT_OF_STATE else term for term in rule.ids if not facts.knows(term))


def _missing_income(rule: IncomeRule, facts: Facts) -> tuple[str, ...]:
    return ("income",) if facts.income is None or facts.income.household_size is None else ()


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
