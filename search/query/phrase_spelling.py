"""Phrases that are nearly what was typed: of all that a slip may have meant, what makes a phrase of the taxonomy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.index.stop_words import ASKING
from search.query.parse import NeedPhrases

_ASKING = tuple(frozenset(words.split()) for words in ASKING.values())

MAX_WORDS = 3
MIN_LETTERS = 9
MIN_SHARED = 4
MAX_SLIPS = 2
MIN_STRANGE = 3


@dataclass(frozen=True, slots=True)
class PhraseSpeller:
    """The phrases of two words and more, and each two words that say something and stand beside each other in one."""

    by_word: Mapping[str, tuple[str, ...]]

    @classmethod
    def build(cls, phrases: NeedPhrases) -> PhraseSpeller:
        whole = (phrase for phrase in phrases.needs if " " in phrase)
        pairs = (
            " ".join(pair) for phrase in phrases.needs for pair in pairwise(phrase.split()) if _says_something(pair)
        )
        by_word: dict[str, list[str]] = {}
        for phrase in dict.fromkeys((*whole, *pairs)):
            for word in _telling(phrase.split()) if len(phrase) >= MIN_LETTERS else ():
                by_word.setdefault(word, []).append(phrase)
        return cls({word: tuple(found) for word, found in by_word.items()})

    def correct(self, words: Sequence[str], knows: Callable[[str], bool]) -> list[str] | None:
        """The words with one phrase put right in which a word stands that the directory does not know, or None."""
        best: tuple[int, int, int, str] | None = None
        for start, length in _windows(words, knows):
            typed = words[start : start + length]
            sharing = list(chain.from_iterable(self.by_word.get(word, ()) for word in sorted(_telling(typed))))
            near = process.extract(" ".join(typed), sharing, scorer=OSA.distance, score_cutoff=MAX_SLIPS, limit=3)
            for phrase, slips, _ in near:
                if _begin_alike(typed, phrase.split()) and (best is None or (slips, -length) < (best[0], -best[1])):
                    best = slips, length, start, phrase
        if best is None:
            return None
        _, length, start, phrase = best
        return [*words[:start], *phrase.split(), *words[start + length :]]


def _says_something(words: Iterable[str]) -> bool:
    return not any(word in asking for word in words for asking in _ASKING)


def _windows(words: Sequence[str], knows: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    for length in range(2, MAX_WORDS + 1):
        for start in range(len(words) - length + 1):
            if not all(len(word) < MIN_STRANGE or knows(word) for word in words[start : start + length]):
                yield start, length


def _telling(words: Iterable[str]) -> set[str]:
    """The words of which one must stand in what was typed and in the phrase that was meant."""
    return {word for word in words if len(word) >= MIN_SHARED}


def _begin_alike(typed: Sequence[str], phrase: Sequence[str]) -> bool:
    return [word[0] for word in typed] == [word[0] for word in phrase]
