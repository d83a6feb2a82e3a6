"""What is asked for, as values: the analysed words of a query and all that is known of what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog.places import fold
from search.index.documents import LANGUAGES
from search.index.whoosh_index import typed_form
from search.meaning.likeness import Likeness
from search.query.ages import AgeHint
from search.scoring.bm25f import Floats

MAX_WORDS = 24
# A need of which the words say so much counts as meant.
CLEARLY_MEANT = 0.5

Forms = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class QueryTerms:
    """What a query asks for."""

    words: tuple[Forms, ...]  # (W,) those that say something
    plain: tuple[bool, ...]  # (W,) words of little topical information
    shares: Floats  # (W,) what part of the query each is
    told: int  # how many words say nothing
    evidence: Mapping[str, float]  # need -> what the words say for it, 0 to 1; the most likely ones
    exact: frozenset[str]  # needs named by a whole phrase
    named: Mapping[int, float]  # row of a service whose name stands in the query -> what part of it the name is
    ages: AgeHint | None = None
    last_try: bool = False  # less of the query is enough, but for a need that it goes with
    likely: Mapping[str, float] = field(default_factory=dict)  # need -> how likely it is meant; together at most 1
    stated: frozenset[str] = frozenset()  # conditions and circumstances that are named
    likeness: Likeness | None = None  # None without an encoder
    has_place: bool = False

    @property
    def meant(self) -> frozenset[str]:
        """The needs that are clearly meant."""
        return self.exact | {need for need, said in self.evidence.items() if said >= CLEARLY_MEANT}


def word_forms(text: str, most: int = MAX_WORDS) -> list[Forms]:
    """The first words of a query that say something, each in its form in each language ("" where it is left out)."""
    forms = []
    for word in dict.fromkeys(fold(text).split()):
        each = tuple(typed_form(word, language) for language in LANGUAGES)
        # A word of asking in either language is one: "for" is no word to look for in Spanish texts.
        if all(each):
            forms.append(each)
            if len(forms) == most:
                break
    return forms
