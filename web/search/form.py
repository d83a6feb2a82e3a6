"""What was typed and chosen on a search page: read from a form or an address, and put back into one.

Values stay text until the directory is asked, so that a page can always show again what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalog.ages import Duration, PersonAge
from catalog.places import Place, Places, UnknownPlaceError
from directory import Directory, ServiceQuery
from directory.query import SORTS
from directory.service_search import FILTERS
from matching.facts import Facts
from web.shared.language import gettext

# In the order in which they stand in an address.
TYPED = ("q", "town", "age")
NAMES = (*TYPED, *FILTERS, "fits", "more", "sort", "page")
MAX_LENGTH = 200
# A story is read whole for what it tells of danger. An address holds only what is short.
MAX_STORY = 4000
MAX_PAGES = 1000

_AGE = re.compile(r"([0-9]{1,3})\s*([a-zñ]*)\.?")
_YEARS = frozenset(("", "y", "yr", "yrs", "yo", "year", "years", "año", "años", "ano", "anos"))
_MONTHS = frozenset(("m", "mo", "mos", "month", "months", "mes", "meses"))
OLDEST_YEARS = 120


@dataclass(frozen=True, slots=True)
class SearchForm:
    """The fields of a search that hold something, by name."""

    values: Mapping[str, str]

    @classmethod
    def read(cls, values: Mapping[str, str]) -> SearchForm:
        """From the fields of a form or an address. Fields of other names are left alone."""
        longest = {"q": MAX_STORY}
        cut = {name: values.get(name, "").strip()[: longest.get(name, MAX_LENGTH)] for name in NAMES}
        return cls({name: text for name, text in cut.items() if text})

    @property
    def is_long(self) -> bool:
        """Whether it is too long to stand in an address."""
        return len(self.q) > MAX_LENGTH

    def __getattr__(self, name: str) -> str:
        if name not in NAMES:
            raise AttributeError(name)
        return self.values.get(name, "")

    def but(self, **changes: str) -> dict[str, str]:
        """The fields with some changed, on the first page again unless a page is named; "" takes one away."""
        changed = {**self.values, "page": "", **changes}
        return {name: changed[name] for name in NAMES if changed.get(name)}


def to_query(asked: SearchForm, directory: Directory, on: date) -> tuple[ServiceQuery, dict[str, str]]:
    """What the directory is asked, and a message for each field that could not be used (it is then left out)."""
    messages: dict[str, str] = {}
    facts = Facts(age=_age(asked.age, on, messages), place=_place(asked.town, directory.catalog.places, messages))
    known = directory.service_search.facets.ids
    filters: dict[str, Any] = {name: asked.values[name] for name in FILTERS if name in asked.values}
    for name, value in list(filters.items()):
        if value not in known[name]:
            messages[name] = gettext("We do not know the choice “%(value)s”. It was left out.", value=value)
            del filters[name]
    page = int(asked.page) if asked.page.isascii() and asked.page.isdigit() else 1
    wanted = ServiceQuery(
        on=on,
        text=asked.q,
        facts=facts,
        only_fits=asked.fits == "eligible",
        more=asked.more == "yes",
        sort=asked.sort if asked.sort in SORTS else "relevance",
        page=min(max(page, 1), MAX_PAGES),
        **filters,
    )
    return wanted, messages


def _age(text: str, on: date, messages: dict[str, str]) -> PersonAge | None:
    if not text:
        return None
    try:
        return age_of(text, on)
    except ValueError:
        messages["age"] = gettext("Give the age in years, such as 3, or in months, such as 18 months.")
        return None


def age_of(text: str, on: date) -> PersonAge:
    """ "6", "6 years", "18 months", "2 años": the age of a person on a day. Raises ValueError for anything else."""
    match = _AGE.fullmatch(text.strip().lower())
    if match is None or match[2] not in _YEARS | _MONTHS:
        raise ValueError(text)
    number = int(match[1])
    months = number if match[2] in _MONTHS else 12 * number
    if months > 12 * OLDEST_YEARS:
        raise ValueError(text)
    return PersonAge.from_months(months, on) if match[2] in _MONTHS else PersonAge.from_age(Duration(number), on)


def _place(text: str, places: Places, messages: dict[str, str]) -> Place | None:
    if not text:
        return None
    try:
        return place_of(text, places)
    except UnknownPlaceError as error:
        messages["town"] = gettext("We do not know the place “%(place)s”.", place=text)
        if error.near:
            near = gettext(" or ").join(error.near[:3])
            messages["town"] += " " + gettext("Did you mean %(places)s?", places=near)
    except ValueError:
        messages["town"] = gettext("A ZIP code has five digits, such as 06450.")
    return None


def place_of(text: str, places: Places) -> Place:
    """A town, village or ZIP code. Raises UnknownPlaceError, or ValueError for a ZIP code that is none."""
    if re.fullmatch(r"[0-9-]+ [0-9 -]+", text):
        raise ValueError(text)
    return places.place(text)
