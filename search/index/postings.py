"""Postings as numpy arrays: which words stand in which documents, and what each is worth there.

Made from the same counts as the Whoosh index and kept beside it (no pickles). The worth of a word in a document is
BM25F (Robertson and Zaragoza 2009): counts weighted by field and length, saturated, times the rarity of the word.

Shapes: N documents in the order of their ids, T words, P postings (word, document).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.index.documents import INDEX_FIELDS, LANGUAGES
from search.index.term_counts import Column, Counts
from search.weights import INDEX_WEIGHTS, IndexWeights

# The share of the documents from which on a word is a whole column, which is then quicker to add up.
DENSE = 1 / 8

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A word as its forms in each language, of which in each document the better counts.

    `rows` (R,) are the documents that it stands in, `worth` (R,) what it is worth there, and `firmness` (R,) what part
    that is of the most that it could be worth anywhere, 0 to 1. Without `rows` both are of all N documents.
    """

    rows: NDArray[np.intp] | None
    worth: Floats
    firmness: Floats
    rarity: float


@dataclass(frozen=True)
class Postings:
    """`rows[language][word]` is a word's number; its postings are `documents[starts[number]:starts[number + 1]]`.

    `worth` (P,) float32 is what the word is worth in each of those documents; `rarity` (T,) float32 its idf.
    """

    ids: tuple[str, ...]
    rows: dict[str, dict[str, int]]
    starts: NDArray[np.int64]
    documents: NDArray[np.int32]
    worth: Floats
    rarity: Floats

    @classmethod
    def of_counts(cls, counts: Counts, weights: IndexWeights = INDEX_WEIGHTS) -> Postings:
        """What each word is worth: the weighted counts of a document's fields, saturated, times rarity."""
        first = np.cumsum([0, *(len(counts.words[language]) for language in LANGUAGES)])
        rows = {
            language: dict(zip(counts.words[language], range(start, end), strict=True))
            for language, start, end in zip(LANGUAGES, first[:-1].tolist(), first[1:].tolist(), strict=True)
        }
        languages = [_summed(counts, language, weights) for language in LANGUAGES]
        word = np.concatenate([each.words + start for each, start in zip(languages, first[:-1], strict=True)])
        summed = np.concatenate([each.weighted for each in languages])
        frequency = np.bincount(word, minlength=first[-1])
        rarity = np.log1p((len(counts.ids) - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
        worth = rarity[word] * summed * (weights.saturation + 1) / (weights.saturation + summed)
        return cls(
            counts.ids,
            rows,
            np.concatenate(([0], np.cumsum(frequency))).astype(np.int64),
            np.concatenate([each.documents for each in languages]),
            worth.astype(np.float32),
            rarity,
        )

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

    def word(self, forms: tuple[str, ...]) -> Word | None:
        """A word by its form in each of LANGUAGES ("" for none); None when it stands nowhere. Nothing is kept."""
        return _word(self, forms)


def _word(postings: Postings, forms: tuple[str, ...]) -> Word | None:
    each = [postings.of(form, language) for language, form in zip(LANGUAGES, forms, strict=True) if form]
    hits = [hit for hit in each if hit is not None]
    if not hits:
        return None
    worth, firmness = (np.zeros(len(postings.ids), dtype=np.float32) for _ in range(2))
    for documents, value, rarity in hits:
        rows = documents.astype(np.intp)
        np.maximum.at(worth, rows, value)
        np.maximum.at(firmness, rows, value / np.float32(rarity * (INDEX_WEIGHTS.saturation + 1)))
    # A word that is rare in one language may be common in the other: the common meaning is the likelier.
    least = min(rarity for _, _, rarity in hits)
    stands = np.flatnonzero(worth)
    if len(stands) > DENSE * len(worth):
        return Word(None, worth, firmness, least)
    return Word(stands, worth[stands], firmness[stands], least)


@dataclass(frozen=True, slots=True)
class _Summed:
    """Of each word and document of a language: the counts of all fields, weighted by field and length, added up."""

    words: NDArray[np.int32]
    documents: NDArray[np.int32]
    weighted: NDArray[np.float32]


def _summed(counts: Counts, language: str, weights: IndexWeights) -> _Summed:
    size = max(1, len(counts.ids))
    columns = {name: counts.columns[field] for field, (name, each) in INDEX_FIELDS.items() if each == language}
    weighted = [
        weights.fields[name] * column.counts / _length_norm(column, size, weights.length_share)[column.documents]
        for name, column in columns.items()
    ]
    keys = np.concatenate([column.words.astype(np.int64) * size + column.documents for column in columns.values()])
    order = np.argsort(keys, kind="stable")
    unique, first = np.unique(keys[order], return_index=True)
    values = np.concatenate(weighted)[order].astype(np.float32)
    summed = np.add.reduceat(values, first) if len(first) else values
    return _Summed((unique // size).astype(np.int32), (unique % size).astype(np.int32), summed)


def _length_norm(column: Column, size: int, share: float) -> NDArray[np.float32]:
    """By what to divide the counts of one field in each document (size,): more where the field is long."""
    length = column.lengths(size)
    mean = max(1.0, float(length.mean()))
    return (1 - share + share * length / mean).astype(np.float32)
