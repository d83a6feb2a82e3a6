"""How often each word stands in each field of each service: what the Whoosh index and the postings are made from.

Texts that many services share are analysed once. Rows are services in the order of their ids (N).
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from search.index.documents import INDEX_FIELDS, LANGUAGES, Part

# Documents whose words are held as plain tokens at a time, to bound memory.
CHUNK = 20_000

# A token as one number, to be sorted by: field, word, document.
_DOCUMENT_BITS = 32
_FIELD_BITS = 56
_DOCUMENT_MASK = (1 << _DOCUMENT_BITS) - 1
_FIELD_NUMBERS = {name: number for number, name in enumerate(INDEX_FIELDS)}

Analyse = Callable[[str, str], list[str]]
Term = tuple[str, Sequence[int], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Column:
    """The words of one field, in the order of words, then documents.

    Of each (word, document): `words` (P,) int32 the number of the word in its language, `documents` (P,) int32 the row
    of the service, `counts` (P,) int32 how often.
    """

    words: NDArray[np.int32]
    documents: NDArray[np.int32]
    counts: NDArray[np.int32]

    def lengths(self, size: int) -> NDArray[np.int64]:
        """How many words the field has in each of `size` documents."""
        return np.bincount(self.documents, weights=self.counts, minlength=size).astype(np.int64)

    def only(self, rows: NDArray[np.int64], size: int) -> Column:
        """What stands in these documents (ascending) of `size`; they are numbered from 0."""
        numbers = np.full(size, -1, dtype=np.int32)
        numbers[rows] = np.arange(len(rows))
        documents = numbers[self.documents]
        kept = documents >= 0
        return Column(self.words[kept], documents[kept], self.counts[kept])

    def by_word(self, alphabet: Sequence[str]) -> Iterator[Term]:
        """Each word that stands anywhere, in order, with its documents and counts."""
        starts = np.flatnonzero(np.diff(self.words, prepend=-1)).tolist()
        for start, end in pairwise([*starts, len(self.words)]):
            yield alphabet[self.words[start]], self.documents[start:end].tolist(), self.counts[start:end].tolist()


@dataclass(frozen=True, slots=True)
class Counts:
    """`words[language]` are in alphabetical order; a word's number is its place. `digests` are of the texts."""

    ids: tuple[str, ...]
    digests: tuple[str, ...]
    words: Mapping[str, Sequence[str]]
    columns: Mapping[str, Column]


def count_words(documents: Iterable[tuple[str, Sequence[Part]]], analyse: Analyse) -> Counts:
    """Count the words of documents, given as (id, parts) in the order of ids."""
    tokens = _Tokens(analyse)
    ids, digests = [], []
    for row, (document_id, parts) in enumerate(documents):
        ids.append(document_id)
        digests.append(_digest(parts))
        for part in parts:
            tokens.add(row, part)
        if row % CHUNK == CHUNK - 1:
            tokens.sum_up()
    return Counts(tuple(ids), tuple(digests), *tokens.sorted_out())


def _digest(parts: Iterable[Part]) -> str:
    text = "\0".join(f"{part.field}\0{part.text}" for part in parts)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


@dataclass(slots=True)
class _Tokens:
    """Words as numbers, in the order of their first coming, and where they stand: runs of one document and field.

    What is summed up is kept sorted by field, word and document: (keys, counts) of each chunk.
    """

    analyse: Analyse
    numbers: dict[str, dict[str, int]] = field(default_factory=lambda: {language: {} for language in LANGUAGES})
    shared: dict[tuple[str, str], array[int]] = field(default_factory=dict)
    words: array[int] = field(default_factory=lambda: array("i"))
    runs: list[tuple[int, int, int]] = field(default_factory=list)
    summed: list[tuple[NDArray[np.int64], NDArray[np.int32]]] = field(default_factory=list)

    def add(self, row: int, part: Part) -> None:
        words = self._words(part)
        self.words.extend(words)
        self.runs.append((_FIELD_NUMBERS[part.field], row, len(words)))

    def _words(self, part: Part) -> array[int]:
        language = INDEX_FIELDS[part.field][1]
        known = self.shared.get((language, part.text)) if part.shared else None
        if known is not None:
            return known
        numbers = self.numbers[language]
        words = array("i", [numbers.setdefault(word, len(numbers)) for word in self.analyse(part.text, language)])
        if part.shared:
            self.shared[language, part.text] = words
        return words

    def sum_up(self) -> None:
        """Equal tokens become one with a count."""
        fields, rows, lengths = np.array(self.runs, dtype=np.int64).reshape(-1, 3).T
        keys = np.repeat(fields << _FIELD_BITS | rows, lengths)
        keys |= np.array(self.words, dtype=np.int64) << _DOCUMENT_BITS
        unique, counts = np.unique(keys, return_counts=True)
        self.summed.append((unique, counts.astype(np.int32)))
        self.words = array("i")
        self.runs = []

    def sorted_out(self) -> tuple[dict[str, list[str]], dict[str, Column]]:
        """The words of each language in alphabetical order, and the columns with words numbered so."""
        self.sum_up()
        words = {language: sorted(numbers) for language, numbers in self.numbers.items()}
        places = {language: self._places(language, words[language]) for language in LANGUAGES}
        columns = {name: self._column(name, places[language]) for name, (_, language) in INDEX_FIELDS.items()}
        return words, columns

    def _places(self, language: str, words: list[str]) -> NDArray[np.int64]:
        """Each word's place in the alphabet, by its number here."""
        places = np.empty(len(words), dtype=np.int64)
        places[[self.numbers[language][word] for word in words]] = np.arange(len(words))
        return places

    def _column(self, name: str, places: NDArray[np.int64]) -> Column:
        start = _FIELD_NUMBERS[name] << _FIELD_BITS
        parts = [
            (keys[first:last] - start, counts[first:last])
            for keys, counts in self.summed
            for first, last in [np.searchsorted(keys, (start, start + (1 << _FIELD_BITS)))]
        ]
        keys = np.concatenate([each for each, _ in parts])
        keys = places[keys >> _DOCUMENT_BITS] << _DOCUMENT_BITS | keys & _DOCUMENT_MASK
        order = np.argsort(keys)
        keys, counts = keys[order], np.concatenate([each for _, each in parts])[order]
        return Column((keys >> _DOCUMENT_BITS).astype(np.int32), (keys & _DOCUMENT_MASK).astype(np.int32), counts)
