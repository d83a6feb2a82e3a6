"""Checks for a program that is listed twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz import fuzz

from catalog.checks.context import Context
from catalog.model import Service
from catalog.places import fold
from catalog.reading.problems import Problem

SAME_SERVICE_SCORE = 93


def services_are_not_repeated(context: Context) -> Iterator[Problem]:
    """Two services of nearly one name in one place may be one; relate them, or merge them."""
    by_word: dict[str, list[Service]] = defaultdict(list)
    for service in context.services:
        # Twins share their most telling word; comparing only within a word keeps this far below all pairs.
        for word in set(fold(service.name).split()):
            if len(word) > 4:
                by_word[word].append(service)
    seen: set[tuple[str, str]] = set()
    for services in by_word.values():
        for number, item in enumerate(services if len(services) <= 40 else []):
            for other in services[number + 1 :]:
                pair = (item.id, other.id)
                if pair not in seen and not _related(item, other) and _alike(item, other):
                    message = f"looks like {item.name} ({item.id}); merge them, or relate them with “see_also”."
                    yield context.warning(other, ("name",), message, "near-duplicate")
                seen.add(pair)


def _related(one: Service, other: Service) -> bool:
    linked = {*one.part_of, *one.see_also, *one.leads_to}
    return other.id in linked or one.id in {*other.part_of, *other.see_also, *other.leads_to}


def _alike(one: Service, other: Service) -> bool:
    return fuzz.ratio(fold(one.name), fold(other.name)) >= SAME_SERVICE_SCORE
