"""How alike a query is to what services say of themselves and to what people ask, and which needs it tells of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.meaning.classifier import NeedClassifier
from search.meaning.encoder import Encoder, Vectors

Floats = NDArray[np.float32]

# Where a service has no text of a kind, it is as alike as most are that have nothing to do with a query.
NOTHING_TO_COMPARE = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """What the encoder hears in a query: cosines with texts of each service, and a value for each need."""

    own: Floats  # (S,) with the name and summary, in the language that is liker
    asked: Floats  # (S,) with the nearest of the things people say
    needs: Floats  # (K,) of the classifier's needs, about 0 to 1
    need_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Meaning:
    """What queries are held against. Nothing of a query is kept."""

    encoder: Encoder
    vectors: Vectors  # (N, D) first the own texts of all services, then what people ask
    own_of: NDArray[np.intp]  # the service of each own text, ascending
    asked_of: NDArray[np.intp]  # the service of each text that people say, ascending
    size: int  # how many services there are
    classifier: NeedClassifier

    def hear(self, text: str) -> Likeness:
        vector = self.encoder.encode([text])[0]
        cosines = self.vectors @ vector
        needs = self.classifier.values(vector)
        own, asked = cosines[: len(self.own_of)], cosines[len(self.own_of) :]
        return Likeness(self._most(own, self.own_of), self._most(asked, self.asked_of), needs, self.classifier.needs)

    def _most(self, cosines: Floats, owners: NDArray[np.intp]) -> Floats:
        """(S,) the greatest of each service's cosines."""
        most = np.full(self.size, NOTHING_TO_COMPARE, dtype=np.float32)
        if len(owners):
            starts = np.flatnonzero(np.diff(owners, prepend=-1))
            most[owners[starts]] = np.maximum.reduceat(cosines, starts)
        return most
