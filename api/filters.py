"""The fields of a request for a list of services, as what the directory is asked for: names and places looked up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from api.parsing import place_from_text
from api.problems import FieldError, InvalidRequest, unknown_name
from catalog.ages import Duration, PersonAge
from catalog.places import Place
from directory import Directory, ServiceQuery
from directory.service_search import FILTERS
from matching.facts import Facts

TOWN_NEEDED = "Give a town or ZIP code in Connecticut: distances are measured from there."


def wanted_of(query: Mapping[str, Any], directory: Directory, on: date) -> ServiceQuery:
    """What a query asks for, on a day. Fields that are not there count as left out.

    Raises InvalidRequest with every name and place that is not known.
    """
    errors = list(_unknown_names(query, directory))
    place = None
    try:
        place = _place(query, directory)
    except InvalidRequest as error:
        errors += error.errors
    if errors:
        raise InvalidRequest(errors)
    return ServiceQuery(
        on=on,
        text=query.get("q", ""),
        facts=Facts(age=_age(query, on), place=place),
        only_fits=query.get("fits") == "eligible",
        **{name: query[name] for name in (*FILTERS, "sort", "page", "per_page") if name in query},
    )


def _unknown_names(query: Mapping[str, Any], directory: Directory) -> Iterator[FieldError]:
    known = directory.service_search.facets.ids
    for name in FILTERS:
        if name in query and query[name] not in known[name]:
            yield unknown_name(name, name, query[name], known[name])


def _place(query: Mapping[str, Any], directory: Directory) -> Place | None:
    """The town or ZIP code of a query. Raises InvalidRequest for an unknown place."""
    return place_from_text(query["town"], directory.catalog) if "town" in query else None


def _age(query: Mapping[str, Any], on: date) -> PersonAge | None:
    """The age of a query: completed months or years."""
    if "age_months" in query:
        return PersonAge.from_months(query["age_months"], on)
    if "age_years" in query:
        return PersonAge.from_age(Duration(query["age_years"]), on)
    return None
