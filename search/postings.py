"""Postings as numpy arrays: which words stand in which documents, and what each is worth there.

Read once from the Whoosh reader and kept beside the index (no pickles). The worth of a word in a document is BM25F
(Robertson and Zaragoza 2009): counts weighted by field and length, saturated, times the rarity of the word.

Shapes: N documents in the order of their ids, T words, P postings (word, document), F fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.weights import INDEX_WEIGHTS, IndexWeights

LANGUAGES = ("en", "es")

Posting = tuple[str, list[int], list[float]]
Gather = Callable[[str], Iterator[Posting]]


@dataclass(frozen=True, slots=True)
class _Joined:
    """All postings of all fields, one after the other, and how many words there are."""

    words: NDArray[np.int32]
    documents: NDArray[np.int32]
    counts: NDArray[np.float32]
    total: int


def _join(parts: list[Any], dtype: Any) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=dtype)


def _length_norm(postings: Iterable[Posting], size: int, share: float) -> NDArray[np.float32]:
    """By what to divide the counts of one field in each document (size,): more where the field is long."""
    length = np.zeros(size, dtype=np.float32)
    for _, found, count in postings:
        length[found] += np.array(count, dtype=np.float32)
    mean = max(1.0, float(length.mean()) if size else 1.0)
    return (1 - share + share * length / mean).astype(np.float32)


@dataclass(frozen=True)
class Postings:
    """`rows[language][word]` is a word's number; its postings are `documents[starts[number]:starts[number + 1]]`.

    `worth` (P,) float32 is what the word is worth in each of those documents; `rarity` (T,) float32 its idf.
    """

    ids: tuple[str, ...]
    rows: dict[str, dict[str, int]]
    starts: NDArray[np.int64]
    documents: NDArray[np.int32]
    worth: NDArray[np.float32]
    rarity: NDArray[np.float32]

    @classmethod
    def gather(
        cls, ids: Sequence[str], names: Iterable[str], postings: Gather, weights: IndexWeights = INDEX_WEIGHTS
    ) -> Postings:
        """From each field's (word, documents, counts)."""
        rows: dict[str, dict[str, int]] = {language: {} for language in LANGUAGES}
        words: list[NDArray[np.int32]] = []
        documents: list[NDArray[np.int32]] = []
        counts: list[NDArray[np.float32]] = []
        total = 0
        for language in LANGUAGES:
            for name in names:
                field = f"{name}_{language}"
                each = list(postings(field))
                norm = _length_norm(each, len(ids), weights.length_share)
                for word, found, count in each:
                    number = rows[language].setdefault(word, total)
                    total += number == total
                    at = np.array(found, dtype=np.int32)
                    words.append(np.full(len(at), number, dtype=np.int32))
                    documents.append(at)
                    counts.append(weights.fields[name] * np.array(count, dtype=np.float32) / norm[at])
        joined = _Joined(_join(words, np.int32), _join(documents, np.int32), _join(counts, np.float32), total)
        return cls._sum_up(tuple(ids), rows, joined, weights.saturation)

    @classmethod
    def _sum_up(
        cls, ids: tuple[str, ...], rows: dict[str, dict[str, int]], each: _Joined, saturation: float
    ) -> Postings:
        """Add the weighted counts of the fields of one document, then saturate and weigh by rarity."""
        size = max(1, len(ids))
        key = each.words.astype(np.int64) * size + each.documents
        order = np.argsort(key, kind="stable")
        unique, first = np.unique(key[order], return_index=True)
        summed = np.add.reduceat(each.counts[order], first) if len(first) else each.counts
        word, document = (unique // size).astype(np.int32), (unique % size).astype(np.int32)
        frequency = np.bincount(word, minlength=each.total).astype(np.float32)
        rarity = np.log1p((len(ids) - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
        worth = rarity[word] * summed * (saturation + 1) / (saturation + summed)
        starts = np.concatenate(([0], np.cumsum(np.bincount(word, minlength=each.total)))).astype(np.int64)
        return cls(ids, rows, starts, document, worth.astype(np.float32), rarity)

    def save(self, path: Path) -> None:
        arrays: dict[str, Any] = {
            "ids": np.array(self.ids),
            "starts": self.starts,
            "documents": self.documents,
            "worth": self.worth,
            "rarity": self.rarity,
        }
        for language, found in self.rows.items():
            arrays[f"words_{language}"] = np.array(list(found), dtype=np.str_)
            arrays[f"numbers_{language}"] = np.array(list(found.values()), dtype=np.int32)
        np.savez(path, **arrays)

    @classmethod
    def load(cls, path: Path) -> Postings:
        """Raises OSError, ValueError or KeyError for a file that is no whole set of postings."""
        with np.load(path, allow_pickle=False) as data:
            rows = {
                language: dict(
                    zip(data[f"words_{language}"].tolist(), data[f"numbers_{language}"].tolist(), strict=True)
                )
                for language in LANGUAGES
            }
            found = cls(
                tuple(data["ids"].tolist()), rows, data["starts"], data["documents"], data["worth"], data["rarity"]
            )
        if len(found.starts) != len(found.rarity) + 1 or found.starts[-1] != len(found.documents):
            raise ValueError("the postings are cut short")
        return found

    def of(self, word: str, language: str) -> tuple[NDArray[np.int32], NDArray[np.float32], float] | None:
        """(documents, worth, rarity) of a word; None when it stands nowhere."""
        number = self.rows[language].get(word)
        if number is None:
            return None
        start, end = self.starts[number], self.starts[number + 1]
        return self.documents[start:end], self.worth[start:end], float(self.rarity[number])

    @property
    def greatest_rarity(self) -> float:
        """The rarity of a word that stands nowhere."""
        return float(np.log1p((len(self.ids) + 0.5) / 0.5))
