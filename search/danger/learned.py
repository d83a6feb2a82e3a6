"""What no rule foresees: a small classifier over words, pairs of words and bits of words, learned from examples.

Logistic regression over hashed features, trained when the catalog is built: the same examples give the same weights. A
text is read in windows, so that one clause in a long story is enough.
"""

from __future__ import annotations

import itertools
import math
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from search.danger.grammar import MASK
from search.danger.words import END

Floats = NDArray[np.float64]

FEATURES = 1 << 15
ROUNDS = 120
RATE = 1.0
# How much large weights cost: few examples, many features.
RIDGE = 3e-4
WINDOW_WORDS, WINDOW_STEP = 11, 4
# A piece of a longer text says too little with fewer.
MIN_WORDS = 4
# Beside words that were taken out it is half a sentence, and needs more of its own.
MIN_WORDS_BESIDE_GAP = 7
# In such a part of the ordinary texts a common word stands.
COMMON_SHARE = 0.004
_BITS = 4


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much a text is like the examples of danger (0 even, above 0 more like them), and which words are most so."""

    score: float
    start: int
    stop: int


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """The weights (FEATURES,) of the classifier and its bias."""

    weights: Floats
    bias: float
    # Words that stand in many ordinary texts: a piece of nothing but such words tells nothing.
    common: frozenset[str] = frozenset()
    # Sum of weights, and how many, of the words of the examples. What people type is never added.
    _known: dict[str, tuple[float, int]] = field(default_factory=dict, repr=False)

    @classmethod
    def train(cls, examples: Sequence[Sequence[str]], marks: Sequence[float], worth: Sequence[float]) -> Learned:
        """Learn from texts in plain words: `marks` is 1 for danger and 0 for none, `worth` how much each counts."""
        features = [_features(words) for words in examples]
        sizes = np.array([len(each) for each in features])
        flat = np.concatenate([np.array(each, dtype=np.intp) for each in features])
        values = np.repeat(1.0 / np.sqrt(sizes), sizes)
        rows = np.repeat(np.arange(len(features)), sizes)
        target, weight = np.array(marks), np.array(worth) / np.sum(worth) * 1.0
        weights, bias = np.zeros(FEATURES), 0.0
        seen, seen_bias = np.full(FEATURES, 1e-8), 1e-8
        for _ in range(ROUNDS):
            scores = np.bincount(rows, values * weights[flat], len(features)) + bias
            error = weight * (1.0 / (1.0 + np.exp(-np.clip(scores, -30, 30))) - target)
            slope = np.bincount(flat, values * error[rows], FEATURES) + RIDGE * weights / len(features)
            seen += slope**2
            seen_bias += float(error.sum()) ** 2
            weights -= RATE * slope / np.sqrt(seen) * 0.3
            bias -= 0.3 * RATE * float(error.sum()) / math.sqrt(seen_bias)
        none = [words for words, mark in zip(examples, marks, strict=True) if not mark]
        learned = cls(weights, bias, _common_words(none))
        return replace(learned, _known={word: learned._of_word(word) for words in examples for word in words})

    def likeness(self, words: Sequence[str]) -> Likeness:
        """The window of the words that is most like danger."""
        each = [self._of_word(word) for word in words]
        pairs = [self.weights[_hash(f"{one} {two}")] for one, two in itertools.pairwise(words)]
        best = Likeness(-math.inf, 0, 0)
        for start, stop in windows(words):
            if self.common.issuperset(words[start:stop]):
                continue
            total = sum(value for value, _ in each[start:stop]) + sum(pairs[start : stop - 1])
            size = sum(count for _, count in each[start:stop]) + stop - start - 1
            score = float(total) / math.sqrt(size) + self.bias
            if score > best.score:
                best = Likeness(score, start, stop)
        return best

    def _of_word(self, word: str) -> tuple[float, int]:
        """Return the sum of a word's weights, and of how many."""
        if (found := self._known.get(word)) is not None:
            return found
        features = [_hash(bit) for bit in _bits_of(word)]
        return float(self.weights[features].sum()), len(features)


def _common_words(texts: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the words that stand in one of 250 texts or more."""
    counts = Counter(word for words in texts for word in set(words))
    return frozenset(word for word, count in counts.items() if count >= max(2, COMMON_SHARE * len(texts)))


def windows(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Sentences, and pieces of long sentences: (start, stop) among the words."""
    start = 0
    for stop in [*(place for place, word in enumerate(words) if word in (END, MASK)), len(words)]:
        beside_gap = MASK in (*words[max(start - 1, 0) : start], *words[stop : stop + 1])
        least = MIN_WORDS_BESIDE_GAP if beside_gap else MIN_WORDS
        if stop - start >= least or (stop > start and stop - start >= len(words) - 1):
            yield start, stop
            for begin in range(start, stop - WINDOW_WORDS, WINDOW_STEP):
                yield begin, begin + WINDOW_WORDS
            if stop - start > WINDOW_WORDS:
                yield stop - WINDOW_WORDS, stop
        start = stop + 1


def _features(words: Sequence[str]) -> list[int]:
    words = [word for word in words if word not in (END, MASK)] or [END]
    bits = [_hash(bit) for word in words for bit in _bits_of(word)]
    return bits + [_hash(f"{one} {two}") for one, two in itertools.pairwise(words)]


def _bits_of(word: str) -> Iterator[str]:
    yield word
    whole = f"<{word}>"
    for place in range(max(len(whole) - _BITS + 1, 0)):
        yield "#" + whole[place : place + _BITS]


def _hash(feature: str) -> int:
    return zlib.crc32(feature.encode()) % FEATURES
