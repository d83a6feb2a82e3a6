"""Words that tell of something sensitive, whatever need a query is understood to mean.

Found in the catalog's own phrases: a word is telling when most of the everyday phrases in which it stands are those of
sensitive needs ("hits", "overdose", "asilo"). Better one search too many that stands in no address than one too few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from catalog.model import Catalog
from search.index.documents import LANGUAGES
from search.index.whoosh_index import analyse

TELLING_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class SensitiveWords:
    """Telling words of each of LANGUAGES, in their form in the index."""

    forms: tuple[frozenset[str], ...]

    @classmethod
    def build(cls, catalog: Catalog, needs: frozenset[str] | None = None) -> SensitiveWords:
        """Words that tell of these needs; without any named, of all that are sensitive."""
        if needs is None:
            needs = frozenset(need.id for need in catalog.needs.values() if need.sensitive)
        return cls(tuple(frozenset(_telling(catalog, language, needs)) for language in LANGUAGES))

    def any_in(self, words: Iterable[tuple[str, ...]]) -> bool:
        """Whether one of the words, each given by its form in each of LANGUAGES, tells."""
        return any(form in telling for each in words for form, telling in zip(each, self.forms, strict=True))


def _telling(catalog: Catalog, language: str, needs: frozenset[str]) -> Iterable[str]:
    every: Counter[str] = Counter()
    sensitive: Counter[str] = Counter()
    for need in catalog.needs.values():
        phrases = (need.label.in_language(language), *(need.words.es if language == "es" else need.words.en))
        for phrase in phrases:
            forms = set(analyse(phrase, language))
            every.update(forms)
            if need.id in needs:
                sensitive.update(forms)
    return (form for form, count in sensitive.items() if count > TELLING_SHARE * every[form])
