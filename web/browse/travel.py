"""Coming from far away: Destination Care and its parts, as the catalog has them, sorted for one page."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.model import Catalog, Kind, Location, Service
from catalog.model.travel import FarAway

DESTINATION_CARE = "destination-care"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of Destination Care, and the services that its entry points to."""

    service: Service
    related: tuple[Service, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """`facts` are the team, the steps and the ways to the hospital; parts that the catalog does not have are None."""

    main: Part
    facts: FarAway
    travel: Part | None
    stay: Part | None
    money: Part | None
    interpreters: tuple[Service, ...]

    @property
    def hospital(self) -> Location | None:
        return next(iter(self.main.service.locations), None)


def visit_of(catalog: Catalog) -> Visit | None:
    """All that the page shows; None in a catalog without Destination Care or its file."""
    main = catalog.resolve(DESTINATION_CARE)
    if main is None or not main.is_listed or catalog.far_away is None:
        return None
    parts = [service for service in catalog.services.values() if main.id in service.part_of and service.is_listed]

    def part(need: str) -> Part | None:
        return next((_part(part, catalog) for part in parts if need in part.needs), None)

    return Visit(
        _part(main, catalog),
        catalog.far_away,
        part("travel-directions"),
        part("lodging"),
        part("financial-counseling"),
        tuple(
            service
            for service in catalog.services.values()
            if service.kind is Kind.GUIDE and service.needs[0] == "interpreter"
        ),
    )


def _part(service: Service, catalog: Catalog) -> Part:
    """With what its entry points to, beside the other parts of Destination Care."""
    others = (catalog.services[item] for item in service.see_also if item in catalog.services)
    related = (other for other in others if other.is_listed and DESTINATION_CARE not in other.part_of)
    return Part(service, tuple(related))
