"""Typos: the likeliest word of the directory for one that it does not know. A second try only, and always said."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import orjson
from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalog.model import Catalog
from catalog.places import fold
from search.index.documents import LANGUAGES

MIN_LETTERS = 5
LONG = 9
MIN_BOLD = 4
LONG_BOLD = 7
MIN_SOUND = 3
MIN_SOUND_RIGHT = 6

# Spellings of one sound, in English and Spanish: each is written as its plainest form, in this order.
_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"^ps"), "s"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"qu(?=[ei])|ck"), "k"),
    (re.compile(r"ch"), "C"),
    (re.compile(r"h"), ""),
    (re.compile(r"c(?=[eiy])|z"), "s"),
    (re.compile(r"[cq]"), "k"),
    (re.compile(r"ll|y"), "i"),
    (re.compile(r"v"), "b"),
    (re.compile(r"g(?=[ei])"), "j"),
    (re.compile(r"n(?=[pb])"), "m"),
    (re.compile(r"(.)\1"), r"\1"),
)


_VOWEL = re.compile(r"[aeiouy]")


def sound(word: str) -> str:
    """A folded word as it sounds, roughly: "sicologo" and "psicologo", "disleksia" and "dyslexia" are one."""
    for spelling, plain in _SOUNDS:
        word = spelling.sub(plain, word)
    return word


@cache
def dictionary() -> frozenset[str]:
    """Every common word of English and Spanish, folded: lists of pyspellchecker, from the subtitles of films."""
    folder = resources.files("spellchecker") / "resources"
    lists = (orjson.loads(gzip.decompress((folder / f"{name}.json.gz").read_bytes())) for name in LANGUAGES)
    return frozenset(word if word.isascii() else fold(word) for words in lists for word in words)


@dataclass(frozen=True, slots=True)
class Speller:
    """Every word of the directory (folded, not stemmed) with how often it stands there."""

    counts: dict[str, int]
    by_initial: Mapping[str, tuple[str, ...]]
    by_sound: dict[str, str]
    dictionary: frozenset[str]

    @classmethod
    def build(cls, catalog: Catalog, spelled_right: bool = True) -> Speller:
        """With `spelled_right`, words of the dictionary are left as they are."""
        counts: Counter[str] = Counter()
        for service in catalog.services.values():
            spanish = service.translations.get("es")
            texts = [service.name, service.summary, *service.alternate_names]
            texts += [spanish.name or "", spanish.summary or ""] if spanish else []
            counts.update(word for text in texts for word in fold(text).split())
        for need in catalog.needs.values():
            for text in (need.label.en, need.label.es, *need.words.en, *need.words.es):
                counts.update(fold(text).split())
        for term in (*catalog.vocabulary.conditions.values(), *catalog.vocabulary.circumstances.values()):
            for text in (term.label.en, term.label.es, *term.words.en, *term.words.es):
                counts.update(fold(text).split())
        for town in catalog.places.towns:
            counts.update(fold(town).split())
        known = {word: count for word, count in counts.items() if re.fullmatch(r"[a-z]{3,30}", word)}
        # Of words that sound alike the commonest stands last, and stays.
        by_sound = {sound(word): word for word in sorted(known, key=lambda word: (known[word], word))}
        by_initial: dict[str, list[str]] = {}
        for word in known:
            by_initial.setdefault(word[0], []).append(word)
        initials = {initial: tuple(words) for initial, words in by_initial.items()}
        return cls(known, initials, by_sound, dictionary() if spelled_right else frozenset())

    def knows(self, word: str) -> bool:
        return word in self.counts

    def is_word(self, word: str) -> bool:
        """Whether the directory or the dictionary has it."""
        return word in self.counts or word in self.dictionary

    def correct(self, word: str, boldly: bool = False) -> str | None:
        """The word of the directory that sounds the same, or is one slip away (two for 9 letters or more), or None.

        Boldly, 4 letters are enough for one slip and 7 for two.

        A word that is spelled right, in English or Spanish, means what it says, whether the directory has it or not;
        only a long one may be another spelling of what it sounds like ("sicólogo"). Without a vowel it is an acronym.
        """
        if not word.isascii() or not word.isalpha() or word in self.counts or not _VOWEL.search(word):
            return None
        right = word in self.dictionary
        if (
            len(word) >= (MIN_SOUND_RIGHT if right else MIN_SOUND)
            and (alike := self.by_sound.get(sound(word))) is not None
        ):
            return alike
        if right or len(word) < (MIN_BOLD if boldly else MIN_LETTERS):
            return None
        most = 2 if len(word) >= (LONG_BOLD if boldly else LONG) else 1
        alike_begun = self.by_initial.get(word[0], ())
        near = process.extract(word, alike_begun, scorer=OSA.distance, score_cutoff=most, limit=None)
        if near:
            return min(near, key=lambda hit: (hit[1], -self.counts[hit[0]], hit[0]))[0]
        return self._two_words(word)

    def _two_words(self, word: str) -> str | None:
        """ "foodstamps" as "food stamps": two known words run together."""
        for place in range(3, len(word) - 2):
            if self.counts.get(word[:place], 0) > 1 and self.counts.get(word[place:], 0) > 1:
                return f"{word[:place]} {word[place:]}"
        return None
