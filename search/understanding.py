"""What a query means beyond its words: needs by their everyday phrases, a town, a ZIP code, an age."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from catalog.ages import Duration
from catalog.model import Catalog
from catalog.places import Place, Places, fold

MOST_WORDS = 100

# Towns whose name is also an everyday word or a common name: they are understood as towns only after "in", "en",
# "near" or before "ct".
_AMBIGUOUS_TOWNS = frozenset(
    ("union", "washington", "sharon", "warren", "kent", "orange", "wilton", "franklin", "morris")
)
_BEFORE_TOWN = frozenset(("in", "en", "near", "around", "cerca", "from", "for", "de"))

_UNITS = {
    "year": ("y", "yr", "yrs", "year", "years", "yo", "ano", "anos"),
    "month": ("m", "mo", "mos", "month", "months", "mes", "meses"),
    "week": ("w", "wk", "week", "weeks", "semana", "semanas"),
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}
_AGE = re.compile(
    r"\b(\d{1,2})\s*(" + "|".join(sorted(_UNIT_OF, key=len, reverse=True)) + r")\b(?:\s*(?:old|olds|of age|de edad)\b)?"
)
_BARE_UNITS = frozenset(("y", "m", "w", "mo", "ano", "mes"))


@dataclass(frozen=True, slots=True)
class NeedPhrases:
    """Phrases (folded, whole words) and the need that each leads to."""

    needs: Mapping[str, str]
    longest: int

    @classmethod
    def build(cls, catalog: Catalog) -> NeedPhrases:
        needs: dict[str, str] = {}
        for need in catalog.needs.values():
            if need.parent is not None:
                for phrase in (need.label.en, need.label.es, *need.words.en, *need.words.es):
                    needs.setdefault(fold(phrase), need.id)
        return cls(needs, max((len(phrase.split()) for phrase in needs), default=0))

    def find(self, text: str) -> list[tuple[str, str]]:
        """(need, phrase) for each need that is named in the first 100 words; of overlapping phrases the longest."""
        words = fold(text).split()[:MOST_WORDS]
        found: dict[str, str] = {}
        start = 0
        while start < len(words):
            phrase = self._longest_at(words, start)
            if phrase is None:
                start += 1
            else:
                found.setdefault(self.needs[phrase], phrase)
                start += len(phrase.split())
        return list(found.items())

    def _longest_at(self, words: list[str], start: int) -> str | None:
        for length in range(min(self.longest, len(words) - start), 0, -1):
            phrase = " ".join(words[start : start + length])
            if phrase in self.needs:
                return phrase
        return None


@dataclass(frozen=True, slots=True)
class Understood:
    """A query taken apart: the words that are left, and the filters that were understood, each with its words."""

    text: str
    needs: tuple[tuple[str, str], ...] = ()
    place: Place | None = None
    place_words: str | None = None
    age: Duration | None = None
    age_words: str | None = None


def understand(text: str, places: Places, phrases: NeedPhrases) -> Understood:
    """Take a town or ZIP code and an age out of the query, and name the needs in it."""
    plain = fold(text)
    rest, age, age_words = _take_age(plain)
    rest, place, place_words = _take_place(rest, places)
    if not rest.strip():
        # A town or an age alone is looked up as words too.
        rest = plain
    return Understood(rest, tuple(phrases.find(rest)), place, place_words, age, age_words)


def _take_age(text: str) -> tuple[str, Duration | None, str | None]:
    match = _AGE.search(text)
    if match is None:
        return text, None, None
    unit, number = _UNIT_OF[match[2]], int(match[1])
    # "2 m" may be anything; "2 months", "2yo" and "2 m old" are ages.
    if match[2] in _BARE_UNITS and not re.search(r"old|edad|age", match[0]) and match[2] not in ("ano", "mes", "y"):
        return text, None, None
    age = {"year": Duration(number), "month": Duration(0, number), "week": Duration(0, 0, 7 * number)}[unit]
    return f"{text[: match.start()]} {text[match.end() :]}", age, match[0]


def _take_place(text: str, places: Places) -> tuple[str, Place | None, str | None]:
    words = text.split()
    for number, word in enumerate(words):
        if re.fullmatch(r"06[0-9]{3}", word):
            return " ".join(words[:number] + words[number + 1 :]), places.place_of_zip(word), word
    for length in (3, 2, 1):
        for start in range(len(words) - length + 1):
            name = " ".join(words[start : start + length])
            town = places.named(name)
            if town is None or (name in _AMBIGUOUS_TOWNS and not _is_placed(words, start, length)):
                continue
            before = start - 1 if start and words[start - 1] in ("in", "en", "near", "around") else start
            after = start + length + (words[start + length : start + length + 1] == ["ct"])
            return " ".join(words[:before] + words[after:]), Place(town=town), name
    return text, None, None


def _is_placed(words: list[str], start: int, length: int) -> bool:
    return (start > 0 and words[start - 1] in _BEFORE_TOWN) or words[start + length : start + length + 1] == ["ct"]
