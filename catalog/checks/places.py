"""Checks of places: towns, regions and locations are known."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.checks.context import Context
from catalog.model import Service
from catalog.places import Area, UnknownPlaceError
from catalog.reading.problems import Problem, unknown_value


def places_are_known(context: Context) -> Iterator[Problem]:
    """Towns, counties and regions are in places.yaml."""
    for service in context.services:
        if service.service_area is not None:
            yield from _unknown_places(context, service, ("service_area",), service.service_area)
        for number, alternative in enumerate(service.eligibility):
            if alternative.residence is not None:
                where = ("eligibility", number, "residence")
                yield from _unknown_places(context, service, where, alternative.residence)


def _unknown_places(context: Context, service: Service, where: tuple[str | int, ...], area: Area) -> Iterator[Problem]:
    places = context.catalog.places
    for kind, field_name, values, allowed in (
        ("town", "towns", area.towns, places.towns),
        ("county", "counties", area.counties, places.counties),
        ("region", "regions", area.regions, places.regions),
    ):
        for index, value in enumerate(values):
            if value not in allowed:
                message = unknown_value(kind, value, allowed)
                yield context.problem(service, (*where, field_name, index), message, "known-places")


def places_file_is_sound(context: Context) -> Iterator[Problem]:
    """Regions name known towns and counties, and ZIP codes of post offices known towns."""
    places = context.catalog.places
    for index, region in enumerate(places.regions.values()):
        for field_name, values, allowed in (
            ("towns", region.towns, places.towns),
            ("within", region.within, places.counties),
        ):
            for value in values:
                if value not in allowed:
                    message = unknown_value(field_name, value, allowed)
                    yield context.in_shared("places.yaml", ("regions", index, field_name), message, "known-places")
    for index, town in enumerate(places.zip_places.values()):
        if town not in places.towns:
            message = unknown_value("town", town, places.towns)
            yield context.in_shared("places.yaml", ("zip_places", index, "town"), message, "known-places")


def locations_are_in_known_towns(context: Context) -> Iterator[Problem]:
    """A Connecticut address names one of the 169 towns, or a village of one."""
    for service in context.services:
        for index, location in enumerate(service.locations):
            if location.state == "CT" and location.town is None:
                try:
                    context.catalog.places.town(location.city)
                except UnknownPlaceError as error:
                    near = f" Did you mean {' or '.join(error.near)}?" if error.near else ""
                    message = f"no town or village in places.yaml is called “{location.city}”.{near}"
                    yield context.problem(service, ("locations", index, "city"), message, "known-places")
