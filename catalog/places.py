"""Where people live and where services reach: towns, counties, planning regions, ZIP codes, villages, named regions.

    Place     where a person is: a Connecticut town, another state, another country
    Area      where a service reaches, as written in a file
    Reach     yes | no | unknown: whether an Area covers a Place

Many named regions have no published list of towns. Such a region is `complete: false`: the towns known to belong are
in, and those that may belong are unknown: towns of the counties that the name can mean, within 15 miles of a town that
is known to belong (docs/decisions/0004-regions.md, 0016-where-it-works.md).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import process

HOME_STATE = "CT"
ELSEWHERE = "elsewhere"
EARTH_RADIUS_MILES = 3958.8
# How far from a town that belongs to it an open-ended region can be thought to reach, between the middles of towns.
MAX_REGION_MILES = 15.0


_NOT_A_WORD = re.compile(r"[^a-z0-9]+")


class Reach(StrEnum):
    """Return whether an area covers a place."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Town:
    """One of the 169 towns. `point` is latitude, longitude of the area's centre, in degrees."""

    name: str
    county: str
    planning_region: str
    zips: tuple[str, ...]
    villages: tuple[str, ...]
    point: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Region:
    """A named region. `towns` are known to belong; with `complete` False, others of `within` (counties) may.

    `states` makes it a region of whole states. `stated` is what its source says of it.
    """

    id: str
    label: str
    towns: tuple[str, ...]
    complete: bool
    within: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    stated: str | None = None
    source: str | None = None
    line: int = 1
    label_es: str | None = None

    def in_language(self, language: str) -> str:
        """Its name in a sentence; the English one where there is no other."""
        return self.label_es if language == "es" and self.label_es else self.label


@dataclass(frozen=True, slots=True)
class Area:
    """Where a service reaches. `whole` is any | nationwide | statewide; else towns, counties and regions together.

    `outside` turns it round: those who live elsewhere.
    """

    whole: str | None = None
    towns: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person is. Exactly one of town, state (not Connecticut) and country is set, or state CT alone.

    `state` is two letters, or ELSEWHERE: another state, not known which.
    """

    town: str | None = None
    state: str | None = None
    country: str | None = None

    @property
    def in_state(self) -> bool:
        return self.town is not None or self.state == HOME_STATE


class UnknownPlaceError(ValueError):
    """No town, village or ZIP code of this name. `near` holds the nearest names."""

    def __init__(self, text: str, near: tuple[str, ...]) -> None:
        self.near = near
        super().__init__(f"no Connecticut town is called “{text[:60]}”.")


def fold(text: str) -> str:
    """Lower case, without accents or punctuation, single spaces: for comparing names.

    Nothing is remembered: what families type passes through here.
    """
    plain = text.lower()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", text.casefold())
        plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(_NOT_A_WORD.sub(" ", plain).split())


@dataclass(frozen=True, slots=True)
class Places:
    """All places, with lookups by name, village and ZIP code. `zip_places` are ZIP codes of post offices."""

    towns: Mapping[str, Town]
    regions: Mapping[str, Region]
    zip_places: Mapping[str, str] = field(default_factory=dict)
    _by_name: Mapping[str, str] = field(default_factory=dict, repr=False)
    _by_zip: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def build(cls, towns: Iterable[Town], regions: Iterable[Region], zip_places: Mapping[str, str]) -> Places:
        by_town = {town.name: town for town in towns}
        by_name = {fold(village): town.name for town in by_town.values() for village in town.villages}
        by_name |= {fold(name): name for name in by_town}
        by_zip = {code: town.name for town in by_town.values() for code in town.zips}
        by_zip |= {code: by_name[fold(name)] for code, name in zip_places.items() if fold(name) in by_name}
        return cls(by_town, {region.id: region for region in regions}, dict(zip_places), by_name, by_zip)

    def town(self, text: str) -> Town:
        """The town of this name, village or "Town, CT". Raises UnknownPlaceError with the nearest names."""
        wanted = re.sub(r" (ct|conn|connecticut)$", "", fold(text))
        name = self._by_name.get(wanted) or self._by_name.get(re.sub(r"^(town|city) of ", "", wanted))
        if name is None:
            near = process.extract(wanted[:60], list(self._by_name), limit=3, score_cutoff=70)
            raise UnknownPlaceError(text, tuple(dict.fromkeys(self._by_name[match] for match, _, _ in near)))
        return self.towns[name]

    def place(self, text: str) -> Place:
        """A town, village or ZIP code as a person types it. Raises UnknownPlaceError, or ValueError for no ZIP code."""
        if re.fullmatch(r"\s*[0-9-]+\s*", text):
            return self.place_of_zip(text.strip())
        return Place(town=self.town(text).name)

    def named(self, folded: str) -> str | None:
        """The town of exactly this folded name, or of the village of this name; None when there is none."""
        return self._by_name.get(folded)

    @property
    def names(self) -> Collection[str]:
        """The folded names of all towns and villages."""
        return self._by_name.keys()

    def place_of_zip(self, code: str) -> Place:
        """Return where a five-digit ZIP code is: a town, Connecticut without a known town, or another state.

        Connecticut's codes begin with 06; 06390 is Fishers Island, New York. Raises ValueError for other text.
        """
        if not re.fullmatch(r"[0-9]{5}(-[0-9]{4})?", code):
            raise ValueError("a ZIP code has five digits, such as 06106.")
        code = code[:5]
        if code == "00000":
            raise ValueError("00000 is not a ZIP code. A ZIP code has five digits, such as 06106.")
        if code in self._by_zip:
            return Place(town=self._by_zip[code])
        if code.startswith("06") and code != "06390":
            return Place(state=HOME_STATE)
        return Place(state=ELSEWHERE)

    @property
    def counties(self) -> tuple[str, ...]:
        return tuple(sorted({town.county for town in self.towns.values()}))

    def towns_of_county(self, county: str) -> tuple[str, ...]:
        return tuple(town.name for town in self.towns.values() if town.county == county)

    def covers(self, area: Area, place: Place) -> Reach:
        """Return whether `area` covers `place`. Pure; a place without a town is unknown to an area of towns."""
        inside = self._inside(area, place)
        if not area.outside or inside is Reach.UNKNOWN:
            return inside
        return Reach.NO if inside is Reach.YES else Reach.YES

    def _inside(self, area: Area, place: Place) -> Reach:
        if area.whole == "any":
            return Reach.YES
        if area.whole == "nationwide":
            return Reach.NO if place.country else Reach.YES
        if area.whole == "statewide":
            return Reach.YES if place.in_state else Reach.NO
        if place.town is None:
            return self._beyond_towns(area, place)
        return self._town_inside(area, place.town)

    def _beyond_towns(self, area: Area, place: Place) -> Reach:
        regions = [self.regions[region] for region in area.regions]
        if place.state and any(place.state in region.states for region in regions):
            return Reach.YES
        if place.state == HOME_STATE:
            return Reach.UNKNOWN
        # Which other state it is may not be known.
        open_ended = any(region.states and (not region.complete or place.state == ELSEWHERE) for region in regions)
        return Reach.UNKNOWN if place.state and open_ended else Reach.NO

    def _town_inside(self, area: Area, name: str) -> Reach:
        town = self.towns[name]
        if name in area.towns or town.county in area.counties:
            return Reach.YES
        answers = [self._region_covers(self.regions[region], town) for region in area.regions]
        if Reach.YES in answers:
            return Reach.YES
        return Reach.UNKNOWN if Reach.UNKNOWN in answers else Reach.NO

    def _region_covers(self, region: Region, town: Town) -> Reach:
        if town.name in region.towns or HOME_STATE in region.states:
            return Reach.YES
        may_belong = not region.complete and (not region.within or town.county in region.within)
        return Reach.UNKNOWN if may_belong and self._is_near_region(region, town) else Reach.NO

    def _is_near_region(self, region: Region, town: Town) -> bool:
        """Return whether a town is near one that is known to belong; True where none is known."""
        known = [self.towns[name] for name in region.towns if name in self.towns]
        return not known or any(self.miles(town.point, other.point) <= MAX_REGION_MILES for other in known)

    def towns_of(self, area: Area) -> frozenset[str]:
        """The towns that are known to belong to an area of towns, counties and regions."""
        of_regions = (name for region in area.regions if region in self.regions for name in self.regions[region].towns)
        of_counties = (town.name for town in self.towns.values() if town.county in area.counties)
        return frozenset((*area.towns, *of_regions, *of_counties)) & self.towns.keys()

    def miles_to(self, area: Area, place: Place) -> float:
        """Miles from a town to the nearest town of `area`, between their middles; infinite where none is known."""
        if place.town is None or area.outside:
            return math.inf
        point = self.towns[place.town].point
        return min((self.miles(point, self.towns[name].point) for name in self.towns_of(area)), default=math.inf)

    def miles(self, one: tuple[float, float], other: tuple[float, float]) -> float:
        """Great-circle distance in miles between two points (latitude, longitude in degrees)."""
        return _miles(one, other)


@lru_cache(maxsize=65536)
def _miles(one: tuple[float, float], other: tuple[float, float]) -> float:
    (lat1, lon1), (lat2, lon2) = ((math.radians(a), math.radians(b)) for a, b in (one, other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_MILES * math.asin(math.sqrt(half))
