"""The stamp of an index: what it was made of, and by which rules. An index without one was not finished."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass, fields
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Stamp:
    """`catalog`, `schema` and `services`: the catalog's version, the schema's, and how many services there are.

    `rules`, `weights`, `postings` and `meaning` are digests: of how words are made from texts, of the weights, of the
    postings, of the vectors. `encoder` names the encoder that made the vectors, or says that there was none.
    """

    catalog: str
    schema: int
    rules: str
    weights: str
    services: int
    postings: str
    encoder: str
    meaning: str

    def __str__(self) -> str:
        return " ".join(str(value) for value in astuple(self))

    @classmethod
    def parse(cls, text: str) -> Stamp:
        """Raises ValueError for a text that is no stamp."""
        words = text.split(" ")
        if len(words) != len(fields(cls)):
            raise ValueError("this is no stamp of an index")
        catalog, schema, rules, weights, services, *digests = words
        return cls(catalog, int(schema), rules, weights, int(services), *digests)


def file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
