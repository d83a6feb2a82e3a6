"""How hard a text is to read: the Flesch-Kincaid grade, with a small syllable counter of our own (no word lists).

Formula: Kincaid et al. 1975, 0.39 words a sentence + 11.8 syllables a word - 15.59. A grade of 8 suits most adults.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SENTENCE_END = re.compile(r"[.!?:;]+(?:\s|$)")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_NUMBER = re.compile(r"\d[\d,.]*")
_SILENT_ENDING = re.compile(r"(?:[^laeiouy]es|[^laeiouytd]ed|[^l]e)$")
_VOWELS = re.compile(r"[aeiouy]+")


@lru_cache(maxsize=65536)
def syllables(word: str) -> int:
    """Syllables of an English word, by its vowels; within one of the right count for nearly all words."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    if len(letters) > 3:
        letters = _SILENT_ENDING.sub("", letters)
    return max(1, len(_VOWELS.findall(letters)))


def grade(text: str) -> float:
    """US school grade at which `text` can be read; 0.0 for a text without words."""
    plain = _NUMBER.sub("two", text)
    words = _WORD.findall(plain)
    if not words:
        return 0.0
    sentences = sum(bool(part.strip()) for part in _SENTENCE_END.split(plain))
    return 0.39 * len(words) / max(1, sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
