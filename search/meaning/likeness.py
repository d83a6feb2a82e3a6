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

# A need is heard by its three phrases that are likest to the query, as far as these are liker than a half: most texts
# that have nothing to do with each other stay below. It adds to what the classifier hears, which smooths such phrases.
LIKEST_PHRASES = 3
UNLIKE = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """What the encoder hears in a query: cosines with texts of each service, and a value for each need."""

    own: Floats  # (S,) with the name and summary, in the language that is liker
    asked: Floats  # (S,) with the nearest of the things people say
    needs: Floats  # (K,) for each of the classifier's needs, about 0 to 1.5
    need_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Meaning:
    """What queries are held against. Nothing of a query is kept."""

    encoder: Encoder
    vectors: Vectors  # (N, D) the own texts of all services, then what people ask, then the phrases of needs
    own_of: NDArray[np.intp]  # the service of each own text, ascending
    asked_of: NDArray[np.intp]  # the service of each text that people say, ascending
    phrase_of: NDArray[np.intp]  # the need (number in the classifier) of each phrase, ascending
    size: int  # how many services there are
    classifier: NeedClassifier

    def hear(self, text: str) -> Likeness:
        vector = self.encoder.encode([text])[0]
        cosines = self.vectors @ vector
        own, asked, phrases = np.split(cosines, [len(self.own_of), len(self.own_of) + len(self.asked_of)])
        return Likeness(
            own=self._most(own, self.own_of),
            asked=self._most(asked, self.asked_of),
            needs=self.classifier.values(vector) + self._near_phrases(phrases),
            need_ids=self.classifier.needs,
        )

    def _near_phrases(self, cosines: Floats) -> Floats:
        """Return (K,) how far the likest phrases of each need are liker than what has nothing to do with a query."""
        heard = np.zeros(len(self.classifier.needs), dtype=np.float32)
        bounds = np.searchsorted(self.phrase_of, np.arange(len(heard) + 1))
        for need in np.unique(self.phrase_of[cosines > UNLIKE]).tolist():
            of_need = cosines[bounds[need] : bounds[need + 1]]
            likest = np.partition(of_need, -min(LIKEST_PHRASES, len(of_need)))[-LIKEST_PHRASES:]
            heard[need] = max(0.0, float(likest.mean()) - UNLIKE)
        return heard

    def _most(self, cosines: Floats, owners: NDArray[np.intp]) -> Floats:
        """(S,) the greatest of each service's cosines."""
        most = np.full(self.size, NOTHING_TO_COMPARE, dtype=np.float32)
        if len(owners):
            starts = np.flatnonzero(np.diff(owners, prepend=-1))
            most[owners[starts]] = np.maximum.reduceat(cosines, starts)
        return most
