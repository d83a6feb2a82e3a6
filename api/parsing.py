"""From the JSON of a match request to the matcher's values: names looked up, contradictions found, errors named.

Either everything is understood, or nothing is computed and InvalidRequest names every field that is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from api.problems import FieldError, InvalidRequest, unknown_name
from catalog.ages import Duration, PersonAge
from catalog.model import GRADES, Catalog, Need, Term, Who
from catalog.places import Place, UnknownPlaceError
from matching.assessments import scoring as assessment
from matching.assessments.scoring import Contribution, Scored
from matching.facts import Facts, Income, implied, ruled_out, terms_of, with_implied
from matching.request import MatchRequest, Severity, WantedNeed
from search.query.parse import NeedPhrases

STATES = frozenset(
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR "
    "PA RI SC SD TN TX UT VT VA WA WV WI WY PR VI GU AS MP".split()
)


# Of all people of one request together: an answer of 20,000 took 0.9 seconds and 19 MB.
MOST_MATCHES = 5_000


@dataclass(slots=True)
class Parser:
    """Gathers errors while reading one request. Use `match_requests`."""

    catalog: Catalog
    today: date
    phrases: NeedPhrases = field(default_factory=lambda: NeedPhrases({}, 0))
    errors: list[FieldError] = field(default_factory=list)

    def match_requests(self, data: Mapping[str, Any]) -> list[tuple[str | None, MatchRequest]]:
        """(id, request) for each person. Raises InvalidRequest with every error."""
        on = data.get("on", self.today)
        refuse_far_day(on)
        people = self._people(data)
        caregiver = data.get("caregiver", {})
        found = [self._person(path, person, caregiver, on, data) for path, person in people]
        self._refuse_repeated_ids(people)
        if not any(data.get(name) for name in ("needs", "assessment", "codes", "words")):
            self._error("needs", "Give at least one need, such as “food”. GET /api/v1/needs lists them.")
        if len(people) > 1 and len(people) * data["limit"] > MOST_MATCHES:
            most = MOST_MATCHES // len(people)
            self._error("limit", f"For {len(people)} people at once give at most {most}, or ask for fewer people.")
        if self.errors:
            raise InvalidRequest(list(dict.fromkeys(self.errors)))
        include = data.get("include", [])
        return [
            (
                person_id,
                MatchRequest(
                    on=on,
                    facts=facts,
                    wanted=wanted,
                    limit=data["limit"],
                    include_ineligible="ineligible" in include,
                    include_upcoming="upcoming" in include,
                    language=data["language"],
                ),
            )
            for person_id, facts, wanted in found
        ]

    def _person(
        self, path: str, person: Mapping[str, Any], caregiver: Mapping[str, Any], on: date, data: Mapping[str, Any]
    ) -> tuple[str | None, Facts, tuple[WantedNeed, ...]]:
        """One person's id, facts and needs: those named, and those that answers, codes and words point to."""
        age = self._age(path, person, on)
        contributions, stated = self._contributions(data, age)
        facts = self._facts(path, person, caregiver, on, stated)
        return person.get("id"), facts, self._wanted(data.get("needs", []), contributions)

    def _contributions(
        self, data: Mapping[str, Any], age: PersonAge | None
    ) -> tuple[list[Contribution], tuple[str, ...]]:
        """What the assessment, the codes and the words say, and the circumstances that answers state."""
        found: list[Contribution] = []
        stated: tuple[str, ...] = ()
        if "assessment" in data:
            scored = self._scored(data["assessment"], age)
            found += scored.contributions
            stated = scored.circumstances
        pairs = [(item["system"], item["code"]) for item in data.get("codes", [])]
        from_codes, unknown = assessment.from_codes(pairs, self.catalog, age)
        for index in unknown:
            self._error(f"codes.{index}", f"The code “{pairs[index][1]}” of “{pairs[index][0]}” is not known here.")
        found += from_codes
        if "words" in data:
            needs = self.phrases.find(data["words"])
            if not needs:
                self._error("words", "No need was recognised in these words. Name needs, or use other words.")
            found += [Contribution(f"words {words}", words, (need,), Severity.MODERATE) for need, words in needs]
        return found, stated

    def _scored(self, data: Mapping[str, Any], age: PersonAge | None) -> Scored:
        instrument = self.catalog.assessments.get(data["instrument"])
        if instrument is None:
            names = self.catalog.assessments
            self.errors.append(unknown_name("assessment.instrument", "instrument", data["instrument"], names))
            return Scored((), ())
        scored = assessment.score(instrument, data["answers"], self.catalog, age)
        for one in scored.unknown:
            self._error(f"assessment.answers.{one.question}", one.message)
        return scored

    def _error(self, path: str, message: str, allowed: Iterable[str] = ()) -> None:
        self.errors.append(FieldError(path, message, tuple(allowed)))

    def _people(self, data: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
        if "people" not in data:
            return [("person", data.get("person", {}))]
        if "person" in data:
            self._error("people", "Give “person” or “people”, not both.")
        if not data["people"]:
            self._error("people", "Give at least one person.")
        for index, person in enumerate(data["people"]):
            if "id" not in person:
                self._error(f"people.{index}.id", "Each of several people needs an id of your own.")
        return [(f"people.{index}", person) for index, person in enumerate(data["people"])]

    def _refuse_repeated_ids(self, people: list[tuple[str, Mapping[str, Any]]]) -> None:
        seen: set[str] = set()
        for path, person in people:
            person_id = person.get("id")
            if person_id is not None and person_id in seen:
                self._error(f"{path}.id", "Two people have this id.")
            seen.add(person_id or "")

    def _wanted(self, needs: list[Mapping[str, Any]], contributions: list[Contribution]) -> tuple[WantedNeed, ...]:
        """Needs of the taxonomy; a group stands for its needs, and of repeats the most pressing counts.

        A need whose help is refused by name is dropped, wherever else it comes from.
        """
        named: list[WantedNeed] = []
        refused: set[str] = set()
        for index, item in enumerate(needs):
            if item["need"] not in self.catalog.needs:
                path = f"needs.{index}"
                self.errors.append(unknown_name(path, "need", item["need"], self.catalog.needs))
                continue
            for need in self._needs(item["need"]):
                want = _wanted(need, item)
                if want is None:
                    refused.add(need.id)
                else:
                    named.append(want)
        wants = assessment.merged([*named, *assessment.wants_of(contributions, self.catalog)])
        return tuple(want for want in wants if want.need.id not in refused)

    def _needs(self, need_id: str) -> list[Need]:
        return [self.catalog.needs[need] for need in self.catalog.needs_under(need_id)]

    def _facts(
        self,
        path: str,
        person: Mapping[str, Any],
        caregiver: Mapping[str, Any],
        on: date,
        stated: tuple[str, ...] = (),
    ) -> Facts:
        terms = terms_of(self.catalog)
        vocabulary = self.catalog.vocabulary
        has = [*self._terms(path, person, ("conditions", "circumstances"), terms), *stated]
        has_not = self._terms(path, person, ("not_conditions", "not_circumstances"), terms)
        for term in sorted(implied(has, terms) & ruled_out(has_not, terms)):
            name = "not_conditions" if term in vocabulary.conditions else "not_circumstances"
            self._error(f"{path}.{name}", f"“{term}” is said to apply and not to apply.")
        adult_has = self._terms("caregiver", caregiver, ("circumstances",), vocabulary.circumstances)
        adult_has_not = self._terms("caregiver", caregiver, ("not_circumstances",), vocabulary.circumstances)
        for term in sorted(set(adult_has) & set(adult_has_not)):
            self._error("caregiver.not_circumstances", f"“{term}” is said to apply and not to apply.")
        told = Facts(
            age=self._age(path, person, on),
            caregiver_age=self._age("caregiver", caregiver, on),
            place=self._place(path, person),
            has=frozenset(has),
            has_not=frozenset(has_not),
            insurance=self._insurance(path, person),
            income=self._income(path, person),
            grade=GRADES.index(person["grade"]) if "grade" in person else None,
            languages=tuple(self._known(path, person, "languages", "language", vocabulary.languages)),
            caregiver_has=frozenset(adult_has),
            caregiver_has_not=frozenset(adult_has_not),
        )
        return with_implied(told, self.catalog)

    def _terms(
        self, path: str, data: Mapping[str, Any], names: tuple[str, ...], terms: Mapping[str, Term]
    ) -> list[str]:
        vocabulary = self.catalog.vocabulary
        found: list[str] = []
        for name in names:
            table = vocabulary.conditions if name.endswith("conditions") else vocabulary.circumstances
            found += self._known(path, data, name, name.removeprefix("not_").removesuffix("s"), table)
        return found

    def _known(self, path: str, data: Mapping[str, Any], name: str, kind: str, table: Mapping[str, Term]) -> list[str]:
        found = []
        for index, value in enumerate(data.get(name, [])):
            if value in table:
                found.append(value)
            else:
                self.errors.append(unknown_name(f"{path}.{name}.{index}", kind, value, table))
        return found

    def _insurance(self, path: str, person: Mapping[str, Any]) -> tuple[str, ...] | None:
        if "insurance" not in person:
            return None
        kinds = self.catalog.vocabulary.insurance
        named = self._known(path, person, "insurance", "insurance", {key: kinds[key] for key in kinds if key != "any"})
        if "uninsured" in named and len(named) > 1:
            self._error(f"{path}.insurance", "Someone who is uninsured has no other insurance.")
        if not person["insurance"]:
            self._error(
                f"{path}.insurance", "Name the whole coverage, or [“uninsured”]; leave it out when it is not known."
            )
        return tuple(named)

    def _income(self, path: str, person: Mapping[str, Any]) -> Income | None:
        income = person.get("income")
        if income is None:
            return None
        if "fpl_percent" in income and "annual" in income:
            self._error(f"{path}.income", "Give “fpl_percent”, or “annual” with “household_size”, not both.")
        if "fpl_percent" not in income and "annual" not in income:
            self._error(f"{path}.income", "Give “fpl_percent”, or “annual” with “household_size”.")
        return Income(income.get("fpl_percent"), income.get("annual"), income.get("household_size"))

    def _age(self, path: str, person: Mapping[str, Any], on: date) -> PersonAge | None:
        """The age from whatever is given; what is given twice must agree."""
        ages: dict[str, PersonAge] = {}
        try:
            if "birth_date" in person:
                ages["birth_date"] = PersonAge.from_birth_date(person["birth_date"], on)
            if "age" in person:
                if not person["age"]:
                    raise ValueError("give “years”, “months” or “days”.")
                ages["age"] = PersonAge.from_age(_duration(person["age"]), on)
            if "age_months" in person:
                ages["age_months"] = PersonAge.from_months(person["age_months"], on)
        except ValueError as error:
            name = next(name for name in ("birth_date", "age", "age_months") if name in person and name not in ages)
            self._error(f"{path}.{name}", _sentence(str(error)))
            return None
        if not ages:
            return None
        known = list(ages.values())
        earliest, latest = max(age.earliest_birth for age in known), min(age.latest_birth for age in known)
        if earliest > latest:
            self._error(f"{path}.{list(ages)[-1]}", f"This does not agree with “{next(iter(ages))}”.")
            return None
        return PersonAge(earliest, latest, on)

    def _place(self, path: str, person: Mapping[str, Any]) -> Place | None:
        given = [name for name in ("town", "zip", "state", "country") if name in person]
        # The United States alone do not tell whether it is Connecticut.
        if _is_home_country(person.get("country", "")):
            given.remove("country")
        if not given:
            return None
        places = [place for name in given if (place := self._one_place(path, name, person[name])) is not None]
        if len(places) < len(given):
            return None
        towns = {place.town for place in places if place.town}
        if len(towns) > 1 or len({place.in_state for place in places}) > 1:
            self._error(f"{path}.{given[-1]}", f"This does not agree with “{given[0]}”.")
        return min(places, key=lambda place: (place.town is None, place.state is None, place.state == "elsewhere"))

    def _one_place(self, path: str, name: str, text: str) -> Place | None:
        if name == "zip":
            try:
                return self.catalog.places.place_of_zip(text.strip())
            except ValueError as error:
                self._error(f"{path}.zip", _sentence(str(error)))
                return None
        if name == "town":
            return self._town(path, text)
        if name == "state":
            code = text.strip().upper()
            if code not in STATES:
                self._error(
                    f"{path}.state", "Give the two letters of a US state, such as NY; for elsewhere give “country”."
                )
                return None
            return Place(state=code)
        return Place(country=text.strip())

    def _town(self, path: str, text: str) -> Place | None:
        try:
            return Place(town=self.catalog.places.town(text).name)
        except UnknownPlaceError as error:
            message = f"{_sentence(str(error))} For another state give “state”."
            self._error(f"{path}.town", message, error.near)
            return None


def place_from_text(text: str, catalog: Catalog) -> Place:
    """A town, village or ZIP code as a person types it. Raises InvalidRequest naming the nearest towns."""
    try:
        return catalog.places.place(text)
    except UnknownPlaceError as error:
        raise InvalidRequest([FieldError("town", _sentence(str(error)), error.near)]) from None
    except ValueError as error:
        raise InvalidRequest([FieldError("town", _sentence(str(error)))]) from None


def refuse_far_day(on: date) -> None:
    """Raises InvalidRequest for a day to judge for that is not in 2000 to 2099."""
    if not date(2000, 1, 1) <= on <= date(2099, 12, 31):
        raise InvalidRequest([FieldError("on", "This must be a day from 2000-01-01 to 2099-12-31.")])


def _wanted(need: Need, item: Mapping[str, Any]) -> WantedNeed | None:
    """A need as it is wanted: help refused drops it, "later" makes it low."""
    if item["help_wanted"] == "no":
        return None
    severity = Severity.LOW if item["help_wanted"] == "later" else Severity[item["severity"].upper()]
    return WantedNeed(need, severity, Who(item["who"]))


def _is_home_country(text: str) -> bool:
    return text.strip().upper() in ("US", "USA", "UNITED STATES")


def _duration(age: Mapping[str, int]) -> Duration:
    return Duration(age.get("years", 0), age.get("months", 0), age.get("days", 0))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
