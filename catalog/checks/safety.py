"""Checks that keep people safe: hidden places stay hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.checks.context import Context, texts_of
from catalog.reading.problems import Problem


def confidential_places_stay_hidden(context: Context) -> Iterator[Problem]:
    """A confidential service (a domestic violence shelter) shows no street and gives no directions."""
    for service in context.services:
        if not service.confidential:
            continue
        for index, location in enumerate(service.locations):
            if location.street:
                message = "this service is confidential: leave the street out."
                yield context.problem(service, ("locations", index, "street"), message, "confidential")
        for path, text in texts_of(service):
            if re.search(r"\b\d{1,5} [A-Z][a-z]+ (Street|St|Avenue|Ave|Road|Rd|Lane|Drive|Court|Boulevard)\b", text):
                message = "this service is confidential: leave the street out of the text."
                yield context.problem(service, path, message, "confidential")


_SHELTER = re.compile(r"\b(shelter|safe house|safe home)s?\b", re.IGNORECASE)
_VIOLENCE = frozenset(("domestic-violence", "sexual-assault", "human-trafficking"))


def shelters_from_violence_are_confidential(context: Context) -> Iterator[Problem]:
    """A service about violence that speaks of a shelter shows no street: say that it is confidential."""
    for service in context.services:
        about_violence = _VIOLENCE.intersection(service.needs)
        has_street = any(location.street for location in service.locations)
        if about_violence and has_street and not service.confidential and _SHELTER.search(service.summary):
            message = "speaks of a shelter and shows a street: add “confidential: true”, or leave the street out."
            yield context.problem(service, ("locations",), message, "confidential")
