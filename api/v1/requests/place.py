"""Places as requests give them: a town, a ZIP code, a state, a country."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.errors import ErrorList, as_sentence
from catalog.places import Place, Places, UnknownPlaceError

STATES = frozenset(
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR "
    "PA RI SC SD TN TX UT VT VA WA WV WI WY PR VI GU AS MP".split()
)
_FIELDS = ("town", "zip", "state", "country")


def read_place(path: str, person: Mapping[str, Any], places: Places, errors: ErrorList) -> Place | None:
    """Where a person lives, from whatever is given; what is given twice must agree."""
    given = [name for name in _FIELDS if name in person]
    # The United States alone do not tell whether it is Connecticut.
    if _is_home_country(person.get("country", "")):
        given.remove("country")
    found = [_read_field(f"{path}.{name}", name, person[name], places, errors) for name in given]
    known = [place for place in found if place is not None]
    if not known or len(known) < len(given):
        return None
    towns = {place.town for place in known if place.town}
    if len(towns) > 1 or len({place.in_state for place in known}) > 1:
        errors.add(f"{path}.{given[-1]}", f"This does not agree with “{given[0]}”.")
    return min(known, key=lambda place: (place.town is None, place.state is None, place.state == "elsewhere"))


def read_town_or_zip(path: str, text: str, places: Places, errors: ErrorList) -> Place | None:
    """A Connecticut town, village or ZIP code as a person types it."""
    try:
        return places.place(text)
    except UnknownPlaceError as error:
        errors.add(path, as_sentence(str(error)), error.near)
    except ValueError as error:
        errors.add(path, as_sentence(str(error)))
    return None


def _read_field(path: str, name: str, text: str, places: Places, errors: ErrorList) -> Place | None:
    if name == "town":
        return _read_town(path, text, places, errors)
    if name == "zip":
        return _read_zip(path, text, places, errors)
    if name == "state":
        return _read_state(path, text, errors)
    return Place(country=text.strip())


def _read_town(path: str, text: str, places: Places, errors: ErrorList) -> Place | None:
    try:
        return Place(town=places.town(text).name)
    except UnknownPlaceError as error:
        errors.add(path, f"{as_sentence(str(error))} For another state give “state”.", error.near)
        return None


def _read_zip(path: str, text: str, places: Places, errors: ErrorList) -> Place | None:
    try:
        return places.place_of_zip(text.strip())
    except ValueError as error:
        errors.add(path, as_sentence(str(error)))
        return None


def _read_state(path: str, text: str, errors: ErrorList) -> Place | None:
    code = text.strip().upper()
    if code not in STATES:
        errors.add(path, "Give the two letters of a US state, such as NY; for elsewhere give “country”.")
        return None
    return Place(state=code)


def _is_home_country(text: str) -> bool:
    return text.strip().upper() in ("US", "USA", "UNITED STATES")
