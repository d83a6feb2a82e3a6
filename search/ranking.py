"""From words to scores: sums over postings, and the rule for what is no answer at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.postings import Postings
from search.texts import LANGUAGES

# A document must hold words that carry this share of what the query says (by rarity), or it is noise. Short queries
# must be met nearly whole; of a long sentence much is by the way.
LEAST_SHARES = {1: 0.5, 2: 0.55, 3: 0.5, 4: 0.45, 5: 0.4}
LEAST_SHARE_LONG = 0.35

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scores:
    """`score` and `share` are of length N: the sum of worths, and the share of the query's weight that was found."""

    score: Floats
    share: Floats


def least_share(words: int) -> float:
    return LEAST_SHARES.get(words, LEAST_SHARE_LONG)


def score_words(words: Iterable[tuple[str, ...]], postings: Postings) -> Scores:
    """Sum over words; each word comes as its form in each of LANGUAGES, of which the better one counts."""
    score = np.zeros(len(postings.ids), dtype=np.float32)
    found = np.zeros(len(postings.ids), dtype=np.float32)
    total = 0.0
    for forms in words:
        best = np.zeros(len(postings.ids), dtype=np.float32)
        rarities = []
        for language, form in zip(LANGUAGES, forms, strict=True):
            hit = postings.of(form, language) if form else None
            if hit is not None:
                documents, worth, rarity = hit
                best[documents] = np.maximum(best[documents], worth)
                rarities.append(rarity)
        # A word that is rare in one language may be common in the other: the common meaning is the likelier.
        weight = min(rarities, default=postings.greatest_rarity)
        score += best
        found += weight * (best > 0)
        total += weight
    return Scores(score, found / np.float32(total or 1.0))
