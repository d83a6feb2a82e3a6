"""The judged sentences of tests/search/danger.yaml, and the half of each that was never looked at one by one."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class Sentence:
    """`sort` is the kind of danger, or the sort of sentence that is none."""

    text: str
    sort: str
    language: str
    is_danger: bool

    @property
    def is_held_back(self) -> bool:
        """Whether it is only counted: decided by its letters, so that nobody can choose."""
        return zlib.crc32(self.text.encode()) % 2 == 1


@cache
def sentences() -> tuple[Sentence, ...]:
    groups = yaml.safe_load((Path(__file__).parent / "danger.yaml").read_text(encoding="utf-8"))
    return tuple(
        Sentence(text, sort, language, group == "danger")
        for group, sorts in groups.items()
        for sort, languages in sorts.items()
        for language, texts in languages.items()
        for text in texts
    )
