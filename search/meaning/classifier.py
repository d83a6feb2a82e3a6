"""Which needs a text tells of, learned from the catalog's own phrases when the index is built.

A ridge regression from a text's vector to its needs (Hoerl and Kennard 1970), solved exactly: the same catalog gives
the same figures, in about a second. It hears what a sentence means as a whole; what single words go with is
`search.scoring.need_evidence`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.meaning.encoder import DIMENSIONS, Vectors
from search.meaning.texts import NeedText

# How much large figures are held down: more hears less of each single phrase.
RIDGE = 6.0

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NeedClassifier:
    """`figures` (DIMENSIONS + 1, K) float32 turn a vector, and a constant, into a value for each of `needs` (K)."""

    needs: tuple[str, ...]
    figures: Floats

    @classmethod
    def learn(cls, needs: Sequence[str], texts: Sequence[NeedText], vectors: Vectors) -> NeedClassifier:
        """Learn from texts and their vectors (N, DIMENSIONS). Needs with many texts count no more than others."""
        numbers = {need: number for number, need in enumerate(needs)}
        targets = np.zeros((len(texts), len(needs)))
        for row, text in enumerate(texts):
            for need, share in text.needs.items():
                if need in numbers:
                    targets[row, numbers[need]] = share
        told = targets.sum(axis=0)
        balance = np.sqrt(max(told.mean(), 1.0) / np.maximum(told, 1.0)) if len(needs) else told
        importance = (targets * balance).max(axis=1, initial=0.0)
        inputs = np.hstack([vectors.astype(np.float64), np.ones((len(texts), 1))])
        weighted = inputs * importance[:, None]
        square = inputs.T @ weighted + RIDGE * np.eye(DIMENSIONS + 1)
        return cls(tuple(needs), np.linalg.solve(square, weighted.T @ (targets > 0)).astype(np.float32))

    def values(self, vector: Vectors) -> Floats:
        """Return (K,) what a text with this vector (DIMENSIONS,) says of each need: about 0 to 1."""
        values: Floats = vector @ self.figures[:-1] + self.figures[-1]
        return values
