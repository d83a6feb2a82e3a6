"""From words to scores: sums over postings, and the rule for what is no answer at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.index.postings import Postings
from search.weights import Weights

# A query of so many words beyond those that say something is a sentence.
SENTENCE = 3

# One or two words that are found (nearly) whole are answered, whatever need they may go with.
SUFFICES = {1: 0.6, 2: 0.98}

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scores:
    """`score` and `share` are of length N: the sum of worths, and the share of the query's weight that was found."""

    score: Floats
    share: Floats


def least_share(words: int, told: int, weights: Weights) -> float:
    """What share of a query of `words` that say something and `told` that do not a service must have to be an answer.

    Short queries must be met nearly whole; of a sentence much is by the way.
    """
    by_length = weights.least_slope * (3 - words)
    by_told = weights.least_told * min(told, SENTENCE) / SENTENCE
    least = max(weights.least + by_length - by_told, weights.least_floor)
    return min(least, SUFFICES.get(words, least))


def word_weights(words: Sequence[tuple[str, ...]], plain: Sequence[bool], postings: Postings, by: Weights) -> Floats:
    """The share of the query that each word is (W), by its rarity; less for ordinary words (`plain`)."""
    each = np.array([_rarity(forms, postings, by) ** by.rarity_power for forms in words], dtype=np.float32)
    each *= np.where(np.array(plain, dtype=np.bool_), np.float32(by.ordinary), np.float32(1))
    return each / max(float(each.sum()), 1e-9)


def _rarity(forms: tuple[str, ...], postings: Postings, by: Weights) -> float:
    word = postings.word(forms)
    return by.unknown_rarity if word is None else word.rarity


def score_words(
    words: Sequence[tuple[str, ...]], plain: Sequence[bool], shares: Floats, postings: Postings, by: Weights
) -> Scores:
    """Sums over words; each comes as its form in each of LANGUAGES, of which the better one counts.

    `plain` are the ordinary words, `shares` (W) what of the query each is. A word is found in part where it stands only
    in a light field or a long one.
    """
    score = np.zeros(len(postings.ids), dtype=np.float32)
    found = np.zeros(len(postings.ids), dtype=np.float32)
    for forms, ordinary, share in zip(words, plain, shares, strict=True):
        word = postings.word(forms)
        if word is None:
            continue
        worth = np.float32(by.ordinary) * word.worth if ordinary else word.worth
        part = share * np.minimum(word.firmness / np.float32(by.full_strength), np.float32(1))
        if word.rows is None:
            score += worth
            found += part
        else:
            np.add.at(score, word.rows, worth)
            np.add.at(found, word.rows, part)
    return Scores(score, found)
