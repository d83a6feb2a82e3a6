"""The filters of a list of services, over the same table that matching uses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from api.parsing import place_from_text
from api.problems import InvalidRequest, unknown_name
from catalog.ages import Duration, PersonAge
from catalog.model import SECTORS, Kind
from directory import Directory
from matching.facts import Facts, with_residence
from search.find import Bools


def allowed_services(query: Mapping[str, Any], directory: Directory) -> Bools:
    """Which services (in the order of their ids) the need, sector and kind of a query leave.

    Raises InvalidRequest for a name that is not known.
    """
    table = directory.table
    _refuse_unknown(query, directory)
    keep = np.ones(len(table.services), dtype=np.bool_)
    if "need" in query:
        keep &= table.is_filed_under(np.arange(len(keep)), directory.catalog.needs_under(query["need"]))
    for name in ("sector", "kind"):
        if name in query:
            keep &= np.array([str(getattr(service, name)) == query[name] for service in table.services])
    return keep


def _refuse_unknown(query: Mapping[str, Any], directory: Directory) -> None:
    known = {"need": directory.catalog.needs, "sector": SECTORS, "kind": [kind.value for kind in Kind]}
    errors = [
        unknown_name(name, name, query[name], names)
        for name, names in known.items()
        if name in query and query[name] not in names
    ]
    if errors:
        raise InvalidRequest(errors)


def facts_of(query: Mapping[str, Any], directory: Directory, today: date) -> Facts:
    """The age (completed months or years) and the town of a query. Raises InvalidRequest for an unknown place."""
    age = None
    if "age_months" in query:
        age = PersonAge.from_months(query["age_months"], today)
    elif "age_years" in query:
        age = PersonAge.from_age(Duration(query["age_years"]), today)
    place = place_from_text(query["town"], directory.catalog) if "town" in query else None
    return with_residence(Facts(age=age, place=place))
