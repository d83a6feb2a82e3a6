"""An address of a service that is not listed: what to offer instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from catalog.model import Service
from directory import Directory, ServiceQuery
from web.shared.privacy import needs_exit

MAX_OFFERED = 4
MAX_WORDS = 12


@dataclass(frozen=True, slots=True)
class Instead:
    """Services to offer. `sensitive`: the page must not be kept; `discreet`: its title stays neutral."""

    services: tuple[Service, ...]
    sensitive: bool
    discreet: bool


def suggest_alternatives(gone: Service | None, key: str, served: Directory, on: date) -> Instead:
    """What is like a service that is no longer listed; where it is not known, what is like the words of the address."""
    text = gone.name if gone else words_of(key)
    if not text:
        return Instead((), False, False)
    found = served.find(ServiceQuery(on=on, text=text, need=gone.needs[0] if gone else None, per_page=MAX_OFFERED))
    if gone and not found.found:
        found = served.find(ServiceQuery(on=on, need=gone.needs[0], per_page=MAX_OFFERED))
    services = tuple(hit.service for hit in found.found)
    discreet = any(needs_exit(service) for service in (*services, *((gone,) if gone else ())))
    return Instead(services, found.sensitive, discreet)


def words_of(key: str) -> str:
    """The words of an id: "food-pantry-hamden" is "food pantry hamden"; a number has none."""
    return " ".join(word for word in key.split("-")[:MAX_WORDS] if word.isalpha())
