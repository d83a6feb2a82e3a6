"""A text as the search for danger reads it: plain words, contractions written out, sentences ended by a point."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

END = "."
# What a family tells is read whole; a text beyond this was not typed by a person in need of an answer.
MAX_CHARACTERS = 6000
# From these lengths on, a word may be one or two letters wrong.
MIN_FOR_ONE_SLIP, MIN_FOR_TWO_SLIPS = 6, 9

_TOKEN = re.compile(r"[a-z0-9]+|[.!?;\n…]+")
_REPEATED = re.compile(r"([a-z])\1{2,}")
# Letters that stand for others, inside a word that also has letters: "su1c1de", "k!ll", "d1e".
_DISGUISED = re.compile(r"(?<=[a-z])[1!|0*@$3](?=[a-z])")
_DISGUISES = str.maketrans({"1": "i", "!": "i", "|": "i", "0": "o", "*": "", "@": "a", "$": "s", "3": "e"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word in its plain form, and where it stands in the text as it was typed."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class WordReader:
    """Puts a text into tokens.

    `spelling` gives the words that stand for a short or wrong one; `known`, words that are right as they are;
    `telling`, the long words of the rules, which a slip may hide.
    """

    spelling: Mapping[str, tuple[str, ...]]
    known: frozenset[str]
    telling: tuple[str, ...]

    def read(self, text: str) -> list[Token]:
        """Return the tokens of a text. Accents, case, apostrophes and letters written again and again are nothing."""
        plain, places = _plain(text[:MAX_CHARACTERS])
        tokens = [token for match in _TOKEN.finditer(plain) for token in self._tokens(match, places)]
        return [*tokens, Token(END, len(text), len(text))]

    def words(self, text: str) -> list[str]:
        """Return the plain words alone."""
        return [token.word for token in self.read(text)]

    def _tokens(self, match: re.Match[str], places: list[int]) -> Iterator[Token]:
        start, end = places[match.start()], places[match.end() - 1] + 1
        if not match[0][0].isalnum():
            yield Token(END, start, end)
            return
        word = self._put_right(match[0])
        for part in self.spelling.get(word, (word,)):
            yield Token(part, start, end)

    def _put_right(self, word: str) -> str:
        if word in self.known or word in self.spelling or word.isdigit():
            return word
        if _REPEATED.search(word):
            once, twice = _REPEATED.sub(r"\1", word), _REPEATED.sub(r"\1\1", word)
            word = next((form for form in (once, twice) if form in self.known or form in self.spelling), once)
        if len(word) < MIN_FOR_ONE_SLIP or word in self.known:
            return word
        slips = 2 if len(word) >= MIN_FOR_TWO_SLIPS else 1
        near = extractOne(word, self.telling, scorer=OSA.distance, score_cutoff=slips)
        return near[0] if near is not None and near[0][0] == word[0] else word


def plain_text(text: str) -> str:
    """Return a text in lower case without accents and apostrophes."""
    return _plain(text)[0]


def _plain(text: str) -> tuple[str, list[int]]:
    """Lower case without accents and apostrophes, and the place of each letter in the text as it was typed."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character in "'’‘`´":
            continue
        for letter in unicodedata.normalize("NFKD", character.casefold()):
            if not unicodedata.combining(letter):
                letters.append(letter)
                places.append(place)
    plain = "".join(letters)
    return _DISGUISED.sub(lambda match: match[0].translate(_DISGUISES) or "?", plain), places
