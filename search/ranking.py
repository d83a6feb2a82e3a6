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
        each = [postings.of(form, language) for language, form in zip(LANGUAGES, forms, strict=True) if form]
        hits = [hit for hit in each if hit is not None]
        # A word that is rare in one language may be common in the other: the common meaning is the likelier.
        weight = min((rarity for _, _, rarity in hits), default=postings.greatest_rarity)
        total += weight
        if len(hits) == 1:
            rows = hits[0][0].astype(np.intp)
            np.add.at(score, rows, hits[0][1])
            np.add.at(found, rows, np.float32(weight))
        elif hits:
            best = np.zeros_like(score)
            for documents, worth, _ in hits:
                np.maximum.at(best, documents.astype(np.intp), worth)
            score += best
            found += np.float32(weight) * (best > 0)
    return Scores(score, found / np.float32(total or 1.0))
