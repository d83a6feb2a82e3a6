"""What is known of a person beside the words of a query."""

from __future__ import annotations

from dataclasses import dataclass

from search.query.ages import AgeHint


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Facts that were given in fields of their own. They count for the order as if the words told them."""

    ages: AgeHint | None = None
    has_place: bool = False
    terms: frozenset[str] = frozenset()  # ids of conditions and circumstances


NOBODY = KnownPerson()
