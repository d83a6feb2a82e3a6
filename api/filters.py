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
from matching.eligibility import Verdict
from matching.facts import Facts, with_residence


def allowed_services(query: Mapping[str, Any], directory: Directory, today: date) -> frozenset[str] | None:
    """Ids of the services that the filters leave; None when there is no filter.

    Age and town leave out only services that state a limit which this age or town does not meet: unknown is never no.
    Raises InvalidRequest for a name that is not known.
    """
    catalog, table = directory.catalog, directory.table
    keep = np.ones(len(table.services), dtype=np.bool_)
    _refuse_unknown(query, directory)
    if "need" in query:
        keep &= table.is_filed_under(np.arange(len(table.services)), catalog.needs_under(query["need"]))
    for name in ("sector", "kind"):
        if name in query:
            keep &= np.array([str(getattr(service, name)) == query[name] for service in table.services])
    if "age_months" in query or "town" in query:
        keep &= table.judge(_facts(query, directory, today)).verdicts > Verdict.INELIGIBLE
    if keep.all():
        return None
    return frozenset(table.services[row].id for row in np.flatnonzero(keep))


def _refuse_unknown(query: Mapping[str, Any], directory: Directory) -> None:
    known = {"need": directory.catalog.needs, "sector": SECTORS, "kind": [kind.value for kind in Kind]}
    errors = [
        unknown_name(name, name, query[name], names)
        for name, names in known.items()
        if name in query and query[name] not in names
    ]
    if errors:
        raise InvalidRequest(errors)


def age_of_months(age_months: int, today: date) -> PersonAge:
    """An age in completed months."""
    return PersonAge.from_age(Duration(*divmod(age_months, 12)), today)


def _facts(query: Mapping[str, Any], directory: Directory, today: date) -> Facts:
    age = age_of_months(query["age_months"], today) if "age_months" in query else None
    place = place_from_text(query["town"], directory.catalog) if "town" in query else None
    return with_residence(Facts(age=age, place=place))
