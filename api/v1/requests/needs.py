"""Where needs come from: named ones, answers of an assessment, codes of health records, words.

What another program sends is richer than what is known here. Codes, answers and words that are not understood do not
stop the rest: they are listed as Unknown, and the answer shows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from api.errors import ErrorList
from catalog.ages import PersonAge
from catalog.model import Catalog, Who
from catalog.model.assessment import Assessment
from matching.assessments import scoring
from matching.assessments.scoring import Contribution, Given
from matching.request import Severity, WantedNeed
from search.query.parse import NeedPhrases

FIELDS = ("needs", "assessment", "codes", "words")


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something in a request that is not understood here."""

    field: str  # its path in the request
    given: Mapping[str, str]  # what was sent, by the names of its fields
    message: str


@dataclass(frozen=True, slots=True)
class NeedSources:
    """All that names needs in one request, the same for each of its people."""

    named: tuple[WantedNeed, ...]
    refused: frozenset[str]  # ids of needs whose help is refused by name: dropped, wherever else they come from
    instrument: Assessment | None
    answers: Mapping[str, Given]  # question code -> answer
    codes: tuple[tuple[str, str], ...]  # (system, code)
    phrases: tuple[tuple[str, str], ...]  # (id of a need, the words that name it)
    unknown: tuple[Unknown, ...]  # words without a need


def read_sources(data: Mapping[str, Any], catalog: Catalog, phrases: NeedPhrases, errors: ErrorList) -> NeedSources:
    """Read the fields `needs`, `assessment`, `codes` and `words` of a request."""
    if not any(data.get(name) for name in FIELDS):
        errors.add("needs", "Give at least one need, such as “food”. GET /api/v1/needs lists them.")
    named, refused = _read_named(data.get("needs", []), catalog, errors)
    instrument, answers = _read_assessment(data.get("assessment"), catalog, errors)
    found, unknown = _read_words(data, phrases, errors)
    codes = tuple((item["system"], item["code"]) for item in data.get("codes", []))
    return NeedSources(named, refused, instrument, answers, codes, found, unknown)


def needs_of_person(
    sources: NeedSources, age: PersonAge | None, catalog: Catalog
) -> tuple[tuple[WantedNeed, ...], tuple[str, ...], tuple[Unknown, ...]]:
    """What a person of this age needs, the circumstances that answers state, and what was not understood.

    Of repeats of a need the most pressing counts.
    """
    contributions: list[Contribution] = []
    circumstances: tuple[str, ...] = ()
    unknown: list[Unknown] = []
    if sources.instrument is not None:
        scored = scoring.score(sources.instrument, sources.answers, catalog, age)
        contributions += scored.contributions
        circumstances = scored.circumstances
        for item in scored.unknown:
            given = {"question": item.question, "answer": item.answer}
            unknown.append(Unknown(f"assessment.answers.{item.question}", given, item.message))
    from_codes, unknown_codes = scoring.from_codes(sources.codes, catalog, age)
    contributions += from_codes
    contributions += (
        Contribution(f"words {words}", words, (need,), Severity.MODERATE) for need, words in sources.phrases
    )
    unknown += (_unknown_code(index, *sources.codes[index], catalog) for index in unknown_codes)
    wanted = scoring.merged([*sources.named, *scoring.wants_of(contributions, catalog)])
    kept = tuple(want for want in wanted if want.need.id not in sources.refused)
    return kept, circumstances, (*unknown, *sources.unknown)


def as_wanted(need_id: str) -> dict[str, str]:
    """A need as the schema reads one that is given by its id alone."""
    return {"need": need_id, "severity": "moderate", "who": "child", "help_wanted": "yes"}


def _read_named(
    items: Iterable[Mapping[str, Any]], catalog: Catalog, errors: ErrorList
) -> tuple[tuple[WantedNeed, ...], frozenset[str]]:
    """Needs of the taxonomy that are wanted, and ids of those that are refused; a group stands for its needs."""
    named: list[WantedNeed] = []
    refused: set[str] = set()
    for index, item in enumerate(items):
        if item["need"] not in catalog.needs:
            errors.add_unknown(f"needs.{index}", "need", item["need"], catalog.needs)
            continue
        ids = catalog.needs_under(item["need"])
        if item["help_wanted"] == "no":
            refused.update(ids)
        else:
            named += (WantedNeed(catalog.needs[need], _severity(item), Who(item["who"])) for need in ids)
    return tuple(named), frozenset(refused)


def _severity(item: Mapping[str, Any]) -> Severity:
    """What can wait until later is low."""
    return Severity.LOW if item["help_wanted"] == "later" else Severity[item["severity"].upper()]


def _read_assessment(
    data: Mapping[str, Any] | None, catalog: Catalog, errors: ErrorList
) -> tuple[Assessment | None, Mapping[str, Given]]:
    if data is None:
        return None, {}
    instrument = catalog.assessments.get(data["instrument"])
    if instrument is None:
        errors.add_unknown("assessment.instrument", "instrument", data["instrument"], catalog.assessments)
    return instrument, data["answers"]


def _read_words(
    data: Mapping[str, Any], phrases: NeedPhrases, errors: ErrorList
) -> tuple[tuple[tuple[str, str], ...], tuple[Unknown, ...]]:
    """(need, words) of each phrase that names a need. Words without any are an error when nothing else is given."""
    if "words" not in data:
        return (), ()
    found = tuple(phrases.find(data["words"]))
    if found:
        return found, ()
    if not any(data.get(name) for name in FIELDS if name != "words"):
        errors.add("words", "No need was recognised in these words. Name needs, or use other words.")
    return (), (Unknown("words", {"words": data["words"]}, "No need was recognised in these words."),)


def _unknown_code(index: int, system: str, code: str, catalog: Catalog) -> Unknown:
    is_question = any(code.strip() in instrument.by_code for instrument in catalog.assessments.values())
    message = (
        "This is the code of a question. Send it with its answer in “assessment”."
        if is_question
        else f"The code “{code}” of “{system}” is not known here."
    )
    return Unknown(f"codes.{index}", {"system": system, "code": code}, message)
