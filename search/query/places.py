"""A place in a query: a ZIP code, or a Connecticut town or village, also one that is spelled nearly right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalog.places import Place, Places
from search.query.spelling import Speller

# Towns whose name is also an everyday word or a common name: they are understood as towns only after "in", "en",
# "near" or before "ct".
_AMBIGUOUS_TOWNS = frozenset(
    ("union", "washington", "sharon", "warren", "kent", "orange", "wilton", "franklin", "morris")
)
_BEFORE_TOWN = frozenset(("in", "en", "near", "around", "cerca", "from", "for", "de"))
_LEFT_OUT_BEFORE = frozenset(("in", "en", "near", "around"))
_STATE = frozenset(("ct", "conn", "connecticut"))

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
    """Take a place out. With a speller, a word that it does not know may be a town with a slip or two in it."""
    words = text.split()
    for number, word in enumerate(words):
        if re.fullmatch(r"06[0-9]{3}", word):
            return PlaceWords(" ".join(words[:number] + words[number + 1 :]), places.place_of_zip(word), word)
    for start, length in _parts(words):
        name = " ".join(words[start : start + length])
        town = places.named(name)
        if town is not None and (name not in _AMBIGUOUS_TOWNS or _is_placed(words, start, length)):
            return _without(words, start, length, town)
    if speller is not None:
        for start, length in _parts(words):
            town = _nearly(words, start, length, places, speller)
            if town is not None:
                return _without(words, start, length, town)
    return PlaceWords(text)


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
