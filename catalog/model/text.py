"""Texts for people in English and Spanish, and partial dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the year, the month or the day. `earliest` and `latest` bound it."""

    text: str
    earliest: date
    latest: date


@dataclass(frozen=True, slots=True)
class Label:
    """A word for people, in English and Spanish."""

    en: str
    es: str

    def in_language(self, language: str) -> str:
        return self.es if language == "es" else self.en


@dataclass(frozen=True, slots=True)
class Words:
    """What people say instead of a term."""

    en: tuple[str, ...] = ()
    es: tuple[str, ...] = ()
