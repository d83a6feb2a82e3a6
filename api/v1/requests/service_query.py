"""The fields of a request for a list of services, as the query of the directory: names and places looked up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from api.errors import ErrorList
from api.v1.requests.age import read_whole_age
from api.v1.requests.place import read_town_or_zip
from directory import Directory, ServiceQuery
from directory.service_search import FILTERS
from matching.facts import Facts

TOWN_NEEDED = "Give a town or ZIP code in Connecticut: distances are measured from there."


def read_service_query(data: Mapping[str, Any], directory: Directory, on: date) -> ServiceQuery:
    """Read what a request asks for, on a day. Fields that are not there count as left out.

    Raises InvalidRequestError with every name and place that is not known.
    """
    errors = ErrorList()
    known = directory.service_search.facets.ids
    for name in FILTERS:
        if name in data and data[name] not in known[name]:
            errors.add_unknown(name, name, data[name], known[name])
    places = directory.catalog.places
    place = read_town_or_zip("town", data["town"], places, errors) if "town" in data else None
    errors.raise_if_any()
    return ServiceQuery(
        on=on,
        text=data.get("q", ""),
        facts=Facts(age=read_whole_age(data, on), place=place),
        only_fits=data.get("fits") == "eligible",
        more=data.get("more") == "yes",
        **{name: data[name] for name in (*FILTERS, "sort", "page", "per_page") if name in data},
    )
