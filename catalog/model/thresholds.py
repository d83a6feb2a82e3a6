"""Poverty guidelines and median incomes, by which income limits are reckoned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PovertyGuideline:
    """US dollars a year: for one person and for each further one (48 contiguous states)."""

    year: int
    one_person: float
    each_additional_person: float
    source: str

    def for_household(self, size: int) -> float:
        return self.one_person + self.each_additional_person * (size - 1)


@dataclass(frozen=True, slots=True)
class MedianIncome:
    """A share of the state median income, by household size; `doubtful_sizes` disagree with their page."""

    season: str
    percent: float
    by_household_size: Mapping[int, float]
    doubtful_sizes: tuple[int, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Newest first."""

    poverty: tuple[PovertyGuideline, ...]
    median: tuple[MedianIncome, ...]
