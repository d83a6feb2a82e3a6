"""What a query means beyond its words: needs by their everyday phrases, a town, a ZIP code, an age."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.ages import Duration
from catalog.model import Catalog
from catalog.places import Place, Places
from search.query.ages import AgeHint, take_age
from search.query.places import take_place
from search.query.plain_text import plain_query
from search.query.spelling import Speller
from search.query.stated_terms import TermPhrases

MAX_WORDS = 100
# The word before a condition that someone has.
_HAVING = [["with"], ["w"], ["con"], ["has"], ["tiene"]]


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
                    needs.setdefault(plain_query(phrase), need.id)
        return cls(needs, max((len(phrase.split()) for phrase in needs), default=0))

    def find(self, text: str) -> list[tuple[str, str]]:
        """(need, phrase) for each need that is named in the first 100 words; of overlapping phrases the longest."""
        words = plain_query(text).split()[:MAX_WORDS]
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
class ParsedQuery:
    """A query taken apart: the words that are left, and the filters that were understood, each with its words.

    `hint` is a time of life that was told of instead of an age. It leaves nothing out.
    """

    text: str
    needs: tuple[tuple[str, str], ...] = ()
    place: Place | None = None
    place_words: str | None = None
    age: Duration | None = None
    age_words: str | None = None
    hint: AgeHint | None = None
    terms: frozenset[str] = frozenset()  # conditions and circumstances that are named
    condition_needs: frozenset[str] = frozenset()  # those of `needs` that only say what someone has
    capitals: frozenset[str] = frozenset()  # folded words that were written in capitals among others that were not


@dataclass(frozen=True, slots=True)
class QueryParser:
    """What reading a query needs, made once for a catalog."""

    places: Places
    phrases: NeedPhrases
    terms: TermPhrases
    speller: Speller

    @classmethod
    def build(cls, catalog: Catalog, phrases: NeedPhrases, speller: Speller) -> QueryParser:
        return cls(catalog.places, phrases, TermPhrases.build(catalog), speller)

    def parse(self, text: str, written_in_capitals: frozenset[str] = frozenset()) -> ParsedQuery:
        """Take a town or ZIP code and an age out of a plain query, and name the needs and conditions in it."""
        aged = take_age(text)
        placed = take_place(aged.text, self.places, self.speller)
        rest = " ".join(placed.text.split())
        needs = tuple(self.phrases.find(rest))
        return ParsedQuery(
            rest,
            needs,
            placed.place,
            placed.words,
            aged.age,
            aged.words,
            aged.hint,
            self.terms.find(text),
            frozenset(need for need, phrase in needs if self._describes(phrase, rest)),
            written_in_capitals,
        )

    def _describes(self, phrase: str, text: str) -> bool:
        """Whether a phrase of a need says in `text` what someone has, as in "a camp for a child with asthma"."""
        before, _, _ = f" {text} ".partition(f" {phrase} ")
        return phrase in self.terms.conditions and before.split()[-1:] in _HAVING
