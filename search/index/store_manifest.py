"""What a Whoosh store holds, kept beside it so that the next store can be built upon it. No pickles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from search.index.fingerprint import file_digest


@dataclass(frozen=True, slots=True)
class Record:
    """Of each service the digest of its texts and its number in the store; of each file of the store its digest."""

    documents: Mapping[str, tuple[str, int]]
    files: Mapping[str, str]

    @classmethod
    def of_store(cls, documents: Mapping[str, tuple[str, int]], place: Path) -> Record:
        return cls(documents, {path.name: file_digest(path) for path in sorted(place.iterdir())})

    def save(self, path: Path) -> None:
        digests = [digest for digest, _ in self.documents.values()]
        numbers = [number for _, number in self.documents.values()]
        np.savez(
            path,
            ids=np.array(list(self.documents), dtype=np.str_),
            digests=np.array(digests, dtype=np.str_),
            numbers=np.array(numbers, dtype=np.int64),
            files=np.array(list(self.files), dtype=np.str_),
            file_digests=np.array(list(self.files.values()), dtype=np.str_),
        )

    @classmethod
    def load(cls, path: Path) -> Record:
        """The record at `path`, of a store that is as it was written.

        Raises OSError, ValueError, KeyError or BadZipFile when the record or a file of the store is not whole.
        """
        with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
            ids, digests, numbers, files, file_digests = (
                data[name].tolist() for name in ("ids", "digests", "numbers", "files", "file_digests")
            )
        found = cls(
            dict(zip(ids, zip(digests, numbers, strict=True), strict=True)), dict(zip(files, file_digests, strict=True))
        )
        if found.files != {name: file_digest(path.parent / Path(name).name) for name in found.files}:
            raise ValueError("a file of the store was changed")
        return found
