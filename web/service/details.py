"""What the page of one service says beyond its card: who it is for, where, in which languages, and what follows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from catalog.format import area_text, date_text, month_text
from catalog.hours.opening import State, opening
from catalog.hours.text import opening_text, schedule_lines
from catalog.model import Catalog, Location, PartialDate, Service
from catalog.places import Area, Places
from matching.audience import Criteria, criteria_of
from web.shared.labels import value_label
from web.shared.privacy import needs_exit
from web.shared.service_card import Line, ServiceCard, card_of

MAPS = "https://www.openstreetmap.org/search"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a service meets. `street` and `map` are None where the way there must not show, or is not known."""

    name: str | None
    street: str | None
    city: str
    map: str | None


@dataclass(frozen=True, slots=True)
class Relation:
    """Other services and how they belong to this one: part_of, parts, leads_to or see_also."""

    kind: str
    services: tuple[ServiceCard, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """`now` is whether it is open, in a sentence, and until when; None where that is not known.

    `may_change` asks to call first: it says open, and is not open day and night. `lines` are all the hours.
    """

    now: str | None
    may_change: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Details:
    """What the page says in addition to the card.

    `start` is the first way to reach them (`first_way`). `serves` is the area in words; `some_towns` are the towns that
    are known of a region whose list is not complete. `checked` is the date of the last check, as exactly as it is
    known; None where there was none.
    """

    start: str
    criteria: Criteria
    hours: Hours
    serves: str | None
    some_towns: tuple[str, ...]
    languages: tuple[str, ...]
    delivery: tuple[str, ...]
    insurance: tuple[str, ...]
    spots: tuple[Spot, ...]
    relations: tuple[Relation, ...]
    checked: str | None
    checked_day_known: bool


def details_of(service: Service, catalog: Catalog, language: str, now: datetime) -> Details:
    """`now` is the time in Connecticut."""

    def labels(name: str, values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(value_label(name, value, catalog, language) for value in values)

    area, day = service.service_area, service.assured_date
    return Details(
        start=first_way(service),
        criteria=criteria_of(service, catalog, language),
        hours=hours_of(service, language, now),
        serves=area_text(area, catalog.places, language) if area else None,
        some_towns=known_towns(area, catalog.places) if area else (),
        languages=labels("language", service.languages),
        delivery=labels("delivery", service.delivery),
        insurance=labels("insurance", service.insurance_accepted),
        spots=tuple(spot_of(location, service) for location in service.locations),
        relations=tuple(_relations(service, catalog, language, now)),
        checked=partial_date_text(day, language) if day else None,
        checked_day_known=day is not None and day.earliest == day.latest,
    )


def first_way(service: Service) -> str:
    """What the one large button does: phone, dial-211, website or email."""
    if service.phones:
        return "phone"
    if service.next_step.action == "dial-211" or not (service.urls or service.emails):
        return "dial-211"
    writes = service.next_step.action == "email" and service.emails
    return "email" if writes or not service.urls else "website"


def _hours_line(service: Service, spanish: str | None) -> tuple[Line, ...]:
    if service.hours is None:
        return ()
    return (Line(spanish, "es") if spanish else Line(service.hours, "en"),)


def hours_of(service: Service, language: str, now: datetime) -> Hours:
    """Return the hours in the page's words; where these are in English only, the weekly hours stand before them."""
    found = opening(service, now)
    sentence = opening_text(found, now, language)
    if sentence and found.schedule_label:
        sentence = f"{found.schedule_label.in_language(language)}: {sentence}"
    weekly = tuple(Line(line, language) for line in schedule_lines(service, language))
    spanish = service.translations.get("es") if language == "es" else None
    words = _hours_line(service, spanish.hours if spanish else None)
    in_own_words = bool(words) and words[0].lang == language
    lines = words if in_own_words else weekly + words
    return Hours(sentence, found.state is State.OPEN and found.until is not None, lines)


def known_towns(area: Area, places: Places) -> tuple[str, ...]:
    """The towns known to belong to the named regions of an area."""
    return tuple(dict.fromkeys(town for region in area.regions for town in places.regions[region].towns))


def spot_of(location: Location, service: Service) -> Spot:
    """A place of a service: of a confidential one the town alone, and no map where looking at it may be dangerous."""
    street = None if service.confidential else location.street
    city = f"{location.city}, {location.state} {(street and location.postal_code) or ''}".strip()
    if street is None or needs_exit(service):
        return Spot(location.name, street, city, None)
    # A map does not know the floor or the office, which stand in brackets.
    address = f"{street.partition(' (')[0]}, {city}"
    return Spot(location.name, street, city, f"{MAPS}?{urlencode({'query': address})}")


def _relations(service: Service, catalog: Catalog, language: str, now: datetime) -> list[Relation]:
    parts = tuple(item.id for item in catalog.services.values() if service.id in item.part_of)
    ids = {"leads_to": service.leads_to, "part_of": service.part_of, "parts": parts, "see_also": service.see_also}
    relations = []
    named: set[str] = set()
    for kind, others in ids.items():
        new = [other for other in others if other not in named and other in catalog.services]
        named.update(new)
        listed = [catalog.services[item] for item in new if catalog.services[item].is_listed]
        if listed:
            relations.append(Relation(kind, tuple(card_of(item, catalog, language, now.date()) for item in listed)))
    return relations


def partial_date_text(day: PartialDate, language: str) -> str:
    """ "2025", "March 2025" or "3 March 2025", as exactly as it is known."""
    if day.earliest == day.latest:
        return date_text(day.earliest, language)
    if (day.earliest.year, day.earliest.month) == (day.latest.year, day.latest.month):
        return month_text(day.earliest, language)
    return str(day.earliest.year)
