"""A place in a query: a ZIP code, or a Connecticut town or village, also one that is spelled nearly right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalog.places import Place, Places
from search.query.spelling import Speller

# Towns whose name is also an everyday word or a common name: they are understood as towns only after "in", "en",
# "near" or before "ct", or when they are all there is.
_AMBIGUOUS_TOWNS = frozenset(
    ("union", "washington", "sharon", "warren", "kent", "orange", "wilton", "franklin", "morris")
)
# Towns that are also people's names: no towns after "my", "for" or "named", or before "is" or "has".
_NAMES_OF_PEOPLE = _AMBIGUOUS_TOWNS | frozenset(
    ("madison", "preston", "chester", "brooklyn", "bethany", "easton", "weston", "sterling", "avon", "ashford")
)
_BEFORE_PERSON = frozenset(("for", "my", "mi", "named", "called", "and", "with", "para", "llama", "llamada", "llamado"))
_AFTER_PERSON = frozenset(("is", "has", "who", "was", "my", "needs", "age", "tiene", "es", "mi", "and", "y"))
# Also countries or parts of one: who comes from there does not live in the town.
_FOREIGN = frozenset(("lebanon", "berlin", "scotland"))
_BEFORE_TOWN = frozenset(("in", "en", "near", "around", "cerca", "from", "for", "de"))
_SURELY_BEFORE_TOWN = frozenset(("in", "en", "near", "around", "cerca"))
_LEFT_OUT_BEFORE = frozenset(("in", "en", "near", "around"))
_STATE = frozenset(("ct", "conn", "connecticut"))
# What follows a town in the name of something else: a disease, a hospital, a street, a county.
_OF_SOMETHING = frozenset(
    "disease hospital hospitals insurance loan loans health healthcare university college syndrome street st avenue ave"
    " road rd county condado county's medical pediatrics seguro seguros school".split()
)
_BEFORE_COUNTY = ("condado de", "enfermedad de", "yale")
_SHORT = {"e": "east", "w": "west", "n": "north", "s": "south", "so": "south", "no": "north"}

_MAX_WORDS = 3
_MIN_LETTERS = 5
_LONG = 8


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """A folded query without the place that is named in it, the place, and its words as they were typed."""

    text: str
    place: Place | None = None
    words: str | None = None


def take_place(text: str, places: Places, speller: Speller | None = None) -> PlaceWords:
    """Take a place out. With a speller, a word that it does not know may be a town with a slip or two in it.

    Only what is surely a place is taken: a town in the name of a hospital or a disease stays a word. What else says
    the same place (state, ZIP code, town, "+4") goes with it.
    """
    words = _written_out(text.split(), places)
    found = _zip_code(words, places) or _town(words, places)
    if found is None and speller is not None:
        found = _town_with_a_slip(words, places, speller)
    if found is None:
        return PlaceWords(text)
    return _without_the_rest(found, places)


def _written_out(words: list[str], places: Places) -> list[str]:
    """ "e hartford" as "east hartford", where that makes a town."""
    written: list[str] = []
    for number, word in enumerate(words):
        long = _SHORT.get(word)
        names = (f"{long} {' '.join(words[number + 1 : number + 1 + length])}" for length in (1, 2))
        written.append(long if long and any(places.named(name) for name in names) else word)
    return written


def _zip_code(words: list[str], places: Places) -> PlaceWords | None:
    for number, word in enumerate(words):
        code = f"0{word}" if re.fullmatch(r"6[0-9]{3}", word) else word
        if not re.fullmatch(r"06[0-9]{3}", code):
            continue
        place = places.place_of_zip(code)
        if code != word and place.town is None:
            continue
        after = number + 1
        if after < len(words) and re.fullmatch(r"[0-9]{4}", words[after]):
            after += 1
        before = number - 1 if number and words[number - 1] in _LEFT_OUT_BEFORE else number
        return PlaceWords(" ".join(words[:before] + words[after:]), place, word)
    return None


def _town(words: list[str], places: Places) -> PlaceWords | None:
    for start, length in _parts(words):
        name = " ".join(words[start : start + length])
        town = places.named(name)
        if town is not None and _is_sure(words, start, length, name):
            return _without(words, start, length, town)
    return None


def _is_sure(words: Sequence[str], start: int, length: int, name: str) -> bool:
    before = words[start - 1] if start else ""
    after = words[start + length] if start + length < len(words) else ""
    if len(words) == length or _names_state(words, start + length):
        return True
    if after in _OF_SOMETHING or " ".join(words[:start]).endswith(_BEFORE_COUNTY):
        return False
    if name in _FOREIGN and before in ("from", "de"):
        return False
    if name in _NAMES_OF_PEOPLE and before not in _SURELY_BEFORE_TOWN:
        if before in _BEFORE_PERSON or after in _AFTER_PERSON:
            return False
        return name not in _AMBIGUOUS_TOWNS or _is_placed(words, start, length)
    return True


def _town_with_a_slip(words: list[str], places: Places, speller: Speller) -> PlaceWords | None:
    for start, length in _parts(words):
        town = _nearly(words, start, length, places, speller)
        if town is not None:
            return _without(words, start, length, town)
    return None


def _without_the_rest(found: PlaceWords, places: Places) -> PlaceWords:
    """Take out what else says the same place: the town's name, its ZIP codes, the state."""
    words = found.text.split()
    town = found.place.town if found.place else None
    codes = set(places.towns[town].zips) if town is not None else set()
    kept: list[str] = []
    number = 0
    while number < len(words):
        length = next(
            (
                length
                for length in range(_MAX_WORDS, 0, -1)
                if town is not None
                and places.named(" ".join(words[number : number + length])) == town
                and words[number + length : number + length + 1] != ["county"]
                and (words[number + length : number + length + 1] or [""])[0] not in _OF_SOMETHING
            ),
            0,
        )
        if not length and (
            words[number] in codes or words[number] in ("ct", "conn") or _ends_with_state(words, number)
        ):
            length = 1
        if not length:
            kept.append(words[number])
        number += max(length, 1)
    return replace(found, text=" ".join(kept))


def _ends_with_state(words: Sequence[str], number: int) -> bool:
    return number == len(words) - 1 and words[number] in _STATE


def _parts(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where a name may stand, and how many words it may have: the longest first."""
    for length in range(_MAX_WORDS, 0, -1):
        yield from ((start, length) for start in range(len(words) - length + 1))


def _is_placed(words: Sequence[str], start: int, length: int) -> bool:
    return (start > 0 and words[start - 1] in _BEFORE_TOWN) or _names_state(words, start + length)


def _names_state(words: Sequence[str], at: int) -> bool:
    return at < len(words) and words[at] in _STATE


def _without(words: list[str], start: int, length: int, town: str) -> PlaceWords:
    before = start - 1 if start and words[start - 1] in _LEFT_OUT_BEFORE else start
    after = start + length + _names_state(words, start + length)
    return PlaceWords(
        " ".join(words[:before] + words[after:]), Place(town=town), " ".join(words[start : start + length])
    )


def _nearly(words: Sequence[str], start: int, length: int, places: Places, speller: Speller) -> str | None:
    """The town that words nearly spell: one slip away, or two for 8 letters and more, with the same first letter."""
    part = words[start : start + length]
    typed = " ".join(part)
    strange = [word for word in part if word.isalpha() and len(word) >= _MIN_LETTERS and not speller.is_word(word)]
    if not strange:
        return None
    most = 2 if len(typed) >= _LONG else 1
    near = process.extractOne(typed, places.names, scorer=OSA.distance, score_cutoff=most)
    if near is None or near[0][0] != typed[0] or near[0] in _AMBIGUOUS_TOWNS:
        return None
    # Where no "in" or "near" tells that it is a town, no other word may be as likely.
    others = {speller.correct(word) for word in strange} - {None, near[0], *near[0].split()}
    return None if others and not _is_placed(words, start, length) else places.named(near[0])
