"""Checks of ids, needs and vocabulary: each stands once, and what names it is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from catalog.checks.context import Context
from catalog.model import Alternative, Service, Term
from catalog.places import fold
from catalog.reading.problems import Problem, unknown_value


def ids_are_unique(context: Context) -> Iterator[Problem]:
    """Needs, vocabulary, towns and regions: an id stands once. Services: no id is another's former id."""
    yield from _repeated(context, "needs.yaml", "needs")
    yield from _repeated(context, "places.yaml", "towns", "name")
    yield from _repeated(context, "places.yaml", "regions")
    for kind in ("conditions", "circumstances", "insurance", "languages", "delivery"):
        yield from _repeated(context, "vocabulary.yaml", kind)
    taken: dict[str, str] = {service.id: service.id for service in context.services}
    for service in context.services:
        for index, former in enumerate(service.former_ids):
            if former in taken:
                message = f"“{former}” is already an id or former id of {taken[former]}."
                yield context.problem(service, ("former_ids", index), message, "unique-ids")
            taken[former] = service.id


def _repeated(context: Context, name: str, kind: str, key: str = "id") -> Iterator[Problem]:
    value = context.documents[name].value
    items = value.get(kind) if isinstance(value, dict) else None
    seen: set[str] = set()
    for index, item in enumerate(items if isinstance(items, list) else []):
        item_id = item.get(key) if isinstance(item, dict) else None
        if isinstance(item_id, str):
            if item_id in seen:
                yield context.in_shared(name, (kind, index, key), f"“{item_id}” is there twice.", "unique-ids")
            seen.add(item_id)


def taxonomy_has_two_levels(context: Context) -> Iterator[Problem]:
    """A need's parent is a group, and a group has no parent."""
    needs = context.catalog.needs
    for index, need in enumerate(needs.values()):
        if need.parent is None:
            continue
        parent = needs.get(need.parent)
        if parent is None or parent.parent is not None:
            groups = [item.id for item in needs.values() if item.parent is None]
            message = unknown_value("group", need.parent, groups)
            yield context.in_shared("needs.yaml", ("needs", index, "parent"), message, "taxonomy")


def everyday_words_are_enough(context: Context) -> Iterator[Problem]:
    """Each need has at least 8 everyday words in each language, and no phrase leads to two needs."""
    owner: dict[str, str] = {}
    for index, need in enumerate(context.catalog.needs.values()):
        if need.parent is None:
            continue
        for language, words in (("en", need.words.en), ("es", need.words.es)):
            place = ("needs", index, "words", language)
            if len(words) < 8:
                message = f"{need.id} has {len(words)} everyday words; give at least 8."
                yield context.in_shared("needs.yaml", place, message, "everyday-words")
            for number, word in enumerate(words):
                key = f"{language} {fold(word)}"
                if owner.setdefault(key, need.id) != need.id:
                    message = f"“{word}” also leads to {owner[key]}; keep it under one need."
                    yield context.in_shared("needs.yaml", (*place, number), message, "everyday-words")


def vocabulary_parents_are_known(context: Context) -> Iterator[Problem]:
    """A broader term is one of the same list, and no term is broader than itself."""
    for kind, terms in _vocabularies(context).items():
        for index, term in enumerate(terms.values()):
            for number, parent in enumerate(term.parents):
                where = (kind, index, "parents", number)
                if parent not in terms:
                    yield context.in_shared("vocabulary.yaml", where, unknown_value(kind, parent, terms), "vocabulary")
                elif term.id in _broader(parent, terms):
                    message = f"{term.id} and {parent} are each broader than the other."
                    yield context.in_shared("vocabulary.yaml", where, message, "vocabulary")


def vocabulary_hints_are_known(context: Context) -> Iterator[Problem]:
    """What hints at a term is a need, a condition or a circumstance; a rare term has a hint."""
    vocabulary = context.catalog.vocabulary
    known = {**context.catalog.needs, **vocabulary.conditions, **vocabulary.circumstances}
    for kind, terms in _vocabularies(context).items():
        for index, term in enumerate(terms.values()):
            for number, hint in enumerate(term.hinted_by):
                if hint not in known:
                    where = (kind, index, "hinted_by", number)
                    message = unknown_value("need or term", hint, known)
                    yield context.in_shared("vocabulary.yaml", where, message, "vocabulary")
            if term.rare and not term.hinted_by:
                message = f"{term.id} is rare: say under hinted_by what hints at it."
                yield context.in_shared("vocabulary.yaml", (kind, index, "rare"), message, "vocabulary")


def _broader(term_id: str, terms: Mapping[str, Term]) -> set[str]:
    found: set[str] = set()
    waiting = [term_id]
    while waiting:
        current = waiting.pop()
        if current not in found and current in terms:
            found.add(current)
            waiting.extend(terms[current].parents)
    return found


def _vocabularies(context: Context) -> dict[str, Mapping[str, Term]]:
    vocabulary = context.catalog.vocabulary
    return {
        "conditions": vocabulary.conditions,
        "circumstances": vocabulary.circumstances,
        "insurance": vocabulary.insurance,
        "languages": vocabulary.languages,
        "delivery": vocabulary.delivery,
    }


def needs_are_known(context: Context) -> Iterator[Problem]:
    """A service is filed under needs (the second level), each of which is in needs.yaml."""
    leaves = [need.id for need in context.catalog.needs.values() if need.parent is not None]
    for service in context.services:
        for index, need in enumerate(service.needs):
            if need not in leaves:
                yield context.problem(service, ("needs", index), unknown_value("need", need, leaves), "known-needs")


def terms_are_known(context: Context) -> Iterator[Problem]:
    """Conditions, circumstances, insurance kinds, languages and delivery ways are in vocabulary.yaml."""
    known = _vocabularies(context)
    for service in context.services:
        for kind, path, value in _used_terms(service):
            if value not in known[kind]:
                message = unknown_value(kind.removesuffix("s"), value, known[kind])
                yield context.problem(service, path, message, "known-terms")


def _used_terms(service: Service) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    for kind, field_name, values in (
        ("languages", "languages", service.languages),
        ("delivery", "delivery", service.delivery),
        ("insurance", "insurance_accepted", service.insurance_accepted),
    ):
        for index, value in enumerate(values):
            yield kind, (field_name, index), value
    for number, alternative in enumerate(service.eligibility):
        yield from _terms_of_alternative(number, alternative)


def _terms_of_alternative(number: int, alternative: Alternative) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    for kind in ("conditions", "circumstances", "insurance"):
        terms = getattr(alternative, kind)
        for value in terms.ids if terms is not None else ():
            yield kind, ("eligibility", number, kind), value
        for value in getattr(alternative.exclusion, kind, ()):
            yield kind, ("eligibility", number, "not", kind), value
