"""All figures of the search, as values that can be changed one at a time (tuning, ablation).

How they were found, and what each is worth, is in docs/search-quality.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class IndexWeights:
    """Worked into the postings when the index is built.

    `fields`: how much a word counts where it stands. `length_share` and `saturation` are BM25's b and k1.
    """

    fields: Mapping[str, float]
    length_share: float
    saturation: float

    @property
    def digest(self) -> str:
        """Changes with the figures: postings are kept with them worked in."""
        figures = (sorted(self.fields.items()), self.length_share, self.saturation)
        return hashlib.sha256(repr(figures).encode()).hexdigest()[:8]


INDEX_WEIGHTS = IndexWeights(
    fields=MappingProxyType(
        {
            "name": 5.0,
            "alternate_names": 5.0,
            "organization": 1.5,
            "needs": 0.8,
            "summary": 1.5,
            "details": 0.6,
            "places": 0.8,
        }
    ),
    length_share=0.5,
    saturation=1.2,
)
