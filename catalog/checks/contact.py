"""Checks that a person can act on an entry: relations, next steps, numbers, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.checks.context import Context, texts_of
from catalog.places import fold
from catalog.reading.problems import Problem, unknown_value


def relations_are_known(context: Context) -> Iterator[Problem]:
    """part_of, leads_to and see_also name other services that are listed."""
    services = context.catalog.services
    for service in context.services:
        for field_name in ("part_of", "leads_to", "see_also"):
            for index, other in enumerate(getattr(service, field_name)):
                if other == service.id:
                    message = "a service cannot be related to itself."
                    yield context.problem(service, (field_name, index), message, "known-services")
                elif other not in services:
                    now = context.catalog.resolve(other)
                    message = f"“{other}” is now {now.id}." if now else unknown_value("service", other, services)
                    yield context.problem(service, (field_name, index), message, "known-services")


# Steps that need nothing from the entry: everyone can reach their school, doctor, caseworker and 211.
_STEPS_WITHOUT_CONTACT = frozenset(("dial-211", "ask-school", "ask-doctor", "ask-caseworker"))


def a_person_can_act(context: Context) -> Iterator[Problem]:
    """There is a phone, a page, an e-mail or an address; where there is none, the next step is one that needs none."""
    for service in context.services:
        reachable = service.phones or service.urls or service.emails or service.locations
        if not reachable and service.next_step.action not in _STEPS_WITHOUT_CONTACT:
            message = "nobody can reach this: give a phone, page, e-mail or address, or make the next step dial-211."
            yield context.problem(service, ("next_step",), message, "can-act")
        if service.next_step.action == "call" and not service.phones:
            message = "says to call, but there is no phone."
            yield context.problem(service, ("next_step", "action"), message, "can-act")
        if service.next_step.action == "email" and not service.emails:
            message = "says to e-mail, but there is no e-mail address."
            yield context.problem(service, ("next_step", "action"), message, "can-act")
        if service.next_step.action in ("website", "apply-online", "read") and not service.urls:
            message = f"says “{service.next_step.action}”, but there is no page to go to."
            yield context.problem(service, ("next_step", "action"), message, "can-act")


def phones_stand_in_one_place(context: Context) -> Iterator[Problem]:
    """Numbers and addresses stay out of texts, where they would grow old unseen. Short codes (211) may be named."""
    for service in context.services:
        for path, text in texts_of(service):
            if re.search(r"\d{3}[-. ]\d{4}|https?://|www\.", text):
                message = "move phone numbers and web addresses to “phones” and “urls”."
                yield context.problem(service, path, message, "texts-without-numbers")


def addresses_are_not_repeated(context: Context) -> Iterator[Problem]:
    """One service lists an address once."""
    for service in context.services:
        seen: set[tuple[str, str]] = set()
        for index, location in enumerate(service.locations):
            key = (fold(location.street or ""), fold(location.city))
            if key in seen:
                message = "this address is listed twice."
                yield context.warning(service, ("locations", index), message, "repeated-address")
            seen.add(key)
