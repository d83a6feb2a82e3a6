"""Vectors of a catalog's texts, and what was learned from them, as arrays beside the index. No pickles.

A text that stood in the last generation keeps its vector, so that a change of a few services costs little.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog.model import Catalog, Service
from search.meaning.classifier import NeedClassifier
from search.meaning.encoder import DIMENSIONS, Encoder, Vectors
from search.meaning.likeness import Meaning
from search.meaning.texts import ServiceTexts, need_texts, phrases_of_needs


@dataclass(frozen=True, slots=True)
class MeaningStore:
    """`vectors` (T, DIMENSIONS) float16 of texts, by their `digests` (T,), and what was learned from them."""

    digests: tuple[str, ...]
    vectors: NDArray[np.float16]
    classifier: NeedClassifier

    @classmethod
    def build(cls, catalog: Catalog, encoder: Encoder, last: MeaningStore | None = None) -> MeaningStore:
        """Encode every text of the catalog that `last` does not have, and learn the needs."""
        services = _services(catalog)
        told = need_texts(catalog, services)
        texts = list(dict.fromkeys([*(text.text for text in told), *_all_texts(ServiceTexts.of(services))]))
        digests = [digest(text) for text in texts]
        known = dict(zip(last.digests, last.vectors, strict=True)) if last else {}
        new = [number for number, each in enumerate(digests) if each not in known]
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float16)
        vectors[new] = encoder.encode([texts[number] for number in new])
        for number, each in enumerate(digests):
            if each in known:
                vectors[number] = known[each]
        rows = {text: number for number, text in enumerate(texts)}
        needs = [need.id for need in catalog.needs.values() if need.parent is not None]
        classifier = NeedClassifier.learn(needs, told, vectors[[rows[text.text] for text in told]].astype(np.float32))
        return cls(tuple(digests), vectors, classifier)

    def save(self, path: Path) -> None:
        np.savez(
            path,
            digests=np.array(self.digests, dtype=np.str_),
            vectors=self.vectors,
            needs=np.array(self.classifier.needs, dtype=np.str_),
            figures=self.classifier.figures,
        )

    @classmethod
    def load(cls, path: Path) -> MeaningStore:
        """Raises OSError, ValueError or KeyError for a file that is no whole store."""
        with np.load(path, allow_pickle=False) as data:
            classifier = NeedClassifier(tuple(data["needs"].tolist()), data["figures"])
            found = cls(tuple(data["digests"].tolist()), data["vectors"], classifier)
        if found.vectors.shape != (len(found.digests), DIMENSIONS):
            raise ValueError("the vectors are cut short")
        if classifier.figures.shape != (DIMENSIONS + 1, len(classifier.needs)):
            raise ValueError("the figures of the needs are cut short")
        return found

    def meaning(self, catalog: Catalog, encoder: Encoder) -> Meaning:
        """Put together what a query is held against. Raises KeyError for a text of the catalog that is not here."""
        texts = ServiceTexts.of(_services(catalog))
        rows = {each: number for number, each in enumerate(self.digests)}
        own, own_of = self._gather(texts.own, rows)
        asked, asked_of = self._gather(texts.asked, rows)
        by_need = phrases_of_needs(catalog)
        phrases, phrase_of = self._gather([by_need[need] for need in self.classifier.needs], rows)
        return Meaning(
            encoder=encoder,
            vectors=np.vstack([own, asked, phrases]),
            own_of=own_of,
            asked_of=asked_of,
            phrase_of=phrase_of,
            size=len(texts.own),
            classifier=self.classifier,
        )

    def _gather(self, texts: Sequence[Sequence[str]], rows: dict[str, int]) -> tuple[Vectors, NDArray[np.intp]]:
        """Vectors (N, DIMENSIONS) of all texts, and which service each is of (N,)."""
        numbers = [rows[digest(text)] for each in texts for text in each]
        owners = np.repeat(np.arange(len(texts)), [len(each) for each in texts]).astype(np.intp)
        return self.vectors[numbers].astype(np.float32), owners


def digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _services(catalog: Catalog) -> list[Service]:
    return [catalog.services[service_id] for service_id in sorted(catalog.services)]


def _all_texts(texts: ServiceTexts) -> Iterable[str]:
    return (text for each in (*texts.own, *texts.asked) for text in each)
