"""Checks of what leads people to the right service: front doors of needs, what asking tells, everyday questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from catalog.ages import Duration
from catalog.checks.context import Context
from catalog.model import AgeRule, FrontDoor, Need, Service
from catalog.places import fold
from catalog.reading.problems import Problem, unknown_value

# The ages that the directory is made for: from birth up to the 22nd birthday.
AGES = range(22)


def front_doors_are_known(context: Context) -> Iterator[Problem]:
    """A need starts with listed services that meet it."""
    for index, need in enumerate(context.catalog.needs.values()):
        for number, door in enumerate(need.start_with):
            message = _fault_of_door(context, need, door)
            if message is not None:
                where = ("needs", index, "start_with", number, "service")
                yield context.in_shared("needs.yaml", where, message, "front-doors")


def _fault_of_door(context: Context, need: Need, door: FrontDoor) -> str | None:
    services = context.catalog.services
    service = services.get(door.service_id)
    if service is None:
        return unknown_value("service", door.service_id, services)
    if not service.is_listed:
        return f"“{service.id}” is not listed, so nobody can start there."
    if need.id not in service.needs:
        return f"“{service.id}” does not have “{need.id}” among its needs."
    return None


def every_age_has_a_front_door(context: Context) -> Iterator[Problem]:
    """Each need has a front door at each age from birth to 21, or says why it has none."""
    for index, need in enumerate(context.catalog.needs.values()):
        if need.parent is None or need.no_front_door is not None or not need.start_with:
            continue
        without = [str(age) for age in AGES if not any(_is_open_at(door.age, age) for door in need.start_with)]
        if without:
            message = (
                f"{need.id} has no front door at {', '.join(without)} years; add one, or say why in no_front_door."
            )
            yield context.in_shared("needs.yaml", ("needs", index, "start_with"), message, "front-doors")


def _is_open_at(age: AgeRule | None, years: int) -> bool:
    """Return whether some day of this year of life lies within the rule."""
    if age is None or age.any:
        return True
    first, last = Duration(years).approximate_days(), Duration(years + 1).approximate_days()
    starts = age.start.approximate_days() if age.start else 0
    ends = age.end.approximate_days() if age.end else last
    return starts < last and ends > first


def stated_terms_are_known(context: Context) -> Iterator[Problem]:
    """What asking for a need makes known is in the vocabulary."""
    vocabulary = context.catalog.vocabulary
    for index, need in enumerate(context.catalog.needs.values()):
        for kind, ids, terms in (
            ("conditions", need.states.conditions, vocabulary.conditions),
            ("circumstances", need.states.circumstances, vocabulary.circumstances),
        ):
            for number, term_id in enumerate(ids):
                if term_id not in terms:
                    where = ("needs", index, "states", kind, number)
                    yield context.in_shared("needs.yaml", where, unknown_value(kind, term_id, terms), "known-terms")


def questions_lead_to_one_need(context: Context) -> Iterator[Problem]:
    """No everyday question stands under two needs."""
    owner: dict[str, str] = {}
    for need in context.catalog.needs.values():
        for language, number, text in _questions(need):
            key = fold(text)
            if owner.setdefault(key, need.id) != need.id:
                message = f"“{text}” also leads to {owner[key]}; keep it under one need."
                where = (need.id, language, number)
                yield context.in_shared("need-questions.yaml", where, message, "everyday-words")


def _questions(need: Need) -> Iterator[tuple[str, int, str]]:
    for language, texts in (("en", need.questions.en), ("es", need.questions.es)):
        yield from ((language, number, text) for number, text in enumerate(texts))


def translations_are_complete(context: Context) -> Iterator[Problem]:
    """Spanish lists are as long as the English ones: sentence for sentence."""
    for service in context.services:
        spanish = service.translations.get("es")
        if spanish is None:
            continue
        for field_name, own, translated in _lists(service, spanish.confirm, spanish.required_documents):
            if translated and len(translated) != len(own):
                message = f"has {len(translated)} lines, but there are {len(own)} in English; give one for each."
                yield context.problem(service, ("es", field_name), message, "translations")


def _lists(
    service: Service, confirm: Iterable[str], documents: Iterable[str]
) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    yield "confirm", service.confirm, tuple(confirm)
    yield "required_documents", service.required_documents, tuple(documents)
