"""Names of services in a query: whole, as an acronym, or nearly right; and the numbers that they are called by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from catalog.model import Service
from catalog.places import fold
from search.query.common_words import is_everyday

MAX_NAME_WORDS = 7
MIN_NAME = 3
# A name that is nearly what was typed: how alike in a hundred, and from how many letters on.
ALIKE = 84
MIN_ALIKE = 8
PHONE_DIGITS = 10


@dataclass(frozen=True, slots=True)
class ServiceNames:
    """Names and alternate names, folded and without spaces ("care4kids"), and what they are folded with spaces."""

    rows: Mapping[str, tuple[int, ...]]  # the rows that bear a name
    spelled: Mapping[str, str]
    everyday: frozenset[str]  # names that are also everyday words: "can", "match", "chip"
    phones: Mapping[str, tuple[int, ...]]  # the rows that are called by a number, by its last ten digits

    @classmethod
    def build(cls, services: Sequence[Service]) -> ServiceNames:
        rows: dict[str, tuple[int, ...]] = {}
        spelled: dict[str, str] = {}
        phones: dict[str, tuple[int, ...]] = {}
        for row, service in enumerate(services):
            for name in {fold(name) for name in (service.name, *service.alternate_names)}:
                joined = _joined(name.split())
                if len(joined) >= MIN_NAME:
                    rows[joined] = (*rows.get(joined, ()), row)
                    spelled[joined] = name
            for phone in {"".join(filter(str.isdigit, phone.number))[-PHONE_DIGITS:] for phone in service.phones}:
                phones[phone] = (*phones.get(phone, ()), row)
        everyday = frozenset(name for name in rows if spelled[name] == name and is_everyday(name))
        return cls(rows, spelled, everyday, phones)

    def find(self, text: str, capitals: frozenset[str]) -> dict[int, float]:
        """Rows of services whose name, acronym or phone number stands in a folded query, and what part of it that is.

        A name that is an everyday word counts only in `capitals`, or when it is all there is.
        """
        words = text.split()
        found: dict[int, float] = {}
        for length in range(min(len(words), MAX_NAME_WORDS), 0, -1):
            for start in range(len(words) - length + 1):
                joined = _joined(words[start : start + length])
                rows = self.rows.get(joined) or self._called(joined)
                if rows and (joined not in self.everyday or joined in capitals or len(words) == 1):
                    for row in rows:
                        found[row] = max(found.get(row, 0.0), length / len(words))
        return found

    def _called(self, joined: str) -> tuple[int, ...]:
        """The rows that are called by a phone number, with or without the 1 before it."""
        if not joined.isdigit() or len(joined.removeprefix("1")) != PHONE_DIGITS:
            return ()
        return self.phones.get(joined[-PHONE_DIGITS:], ())

    def nearly(self, text: str) -> str | None:
        """The name of a service that is nearly what was typed, but not quite; None when there is none."""
        typed = _joined(text.split())
        if len(typed) < MIN_ALIKE or typed in self.rows:
            return None
        near = process.extractOne(typed, self.rows.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        return self.spelled[near[0]] if near is not None else None


def _joined(words: Sequence[str]) -> str:
    """Without spaces; "saint" and "mount" as they are mostly written."""
    return "".join({"saint": "st", "mount": "mt"}.get(word, word) for word in words)
