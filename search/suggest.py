"""Names that go on from what is typed: programs, needs and towns, for a search box. Pure; made once for a catalog.

Every typed word must begin a word of the name, in any order. Names that are typed whole come first, then names that
begin as typed, then the others; among these the one comes first to which the most services point: other services that
link to a program, services for a need, services that are in a town.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.model import Catalog, Service
from catalog.places import fold

MOST_CHARACTERS = 100
MOST_WORDS = 8
LANGUAGES = ("en", "es")

# After every letter and digit that a folded text may hold.
_END = "\x7f"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to search for: `type` is service, need or town, `id` its id (the name of a town).

    `sensitive` needs are to be asked for without an address that tells of them.
    """

    type: str
    id: str
    label: str
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class _Named:
    """Something to suggest, the names that lead to it, and how many services point to it."""

    suggestion: Suggestion
    names: tuple[str, ...]
    weight: int


@dataclass(frozen=True)
class _Names:
    """The names of one language, numbered so that smaller is weightier.

    `words[i]` is a word of the name number `word_names[i]`, `names[i]` the whole of the name `name_numbers[i]`; both
    lists are sorted.
    """

    suggestions: tuple[Suggestion, ...]  # by number of the name
    words: tuple[str, ...]
    word_names: NDArray[np.int32]
    names: tuple[str, ...]
    name_numbers: NDArray[np.int32]

    @classmethod
    def of(cls, named: Iterable[_Named]) -> _Names:
        pairs = [(one, name) for one in named for name in dict.fromkeys(map(fold, one.names)) if name]
        pairs.sort(key=lambda pair: (-pair[0].weight, pair[1], pair[0].suggestion.id))
        whole = sorted((name, number) for number, (_, name) in enumerate(pairs))
        words = sorted((word, number) for number, (_, name) in enumerate(pairs) for word in set(name.split()))
        return cls(
            tuple(one.suggestion for one, _ in pairs),
            tuple(word for word, _ in words),
            np.array([number for _, number in words], dtype=np.int32),
            tuple(name for name, _ in whole),
            np.array([number for _, number in whole], dtype=np.int32),
        )

    def best(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        """The weightiest, for a folded text."""
        found: dict[tuple[str, str], Suggestion] = {}
        for number in self._numbers(text):
            one = self.suggestions[number]
            found.setdefault((one.type, one.id), one)
            if len(found) == limit:
                break
        return tuple(found.values())

    def _numbers(self, text: str) -> Iterator[int]:
        """Numbers of names, the best first; some twice."""
        yield from np.sort(self.name_numbers[_range(self.names, text, "")]).tolist()
        yield from np.sort(self.name_numbers[_range(self.names, text, _END)]).tolist()
        yield from np.flatnonzero(self._with_each_word(text)).tolist()

    def _with_each_word(self, text: str) -> NDArray[np.bool_]:
        every = np.ones(len(self.suggestions), dtype=np.bool_)
        for word in text.split()[:MOST_WORDS]:
            begun = np.zeros_like(every)
            begun[self.word_names[_range(self.words, word, _END)]] = True
            every &= begun
        return every


def _range(ordered: tuple[str, ...], text: str, end: str) -> slice:
    """Where the texts stand that begin with `text` (`end` _END), or that are just it (`end` "")."""
    return slice(bisect_left(ordered, text), bisect_left(ordered, text + (end or "\0")))


@dataclass(frozen=True)
class Suggester:
    """The names of the catalog in each language."""

    languages: Mapping[str, _Names]

    @classmethod
    def build(cls, catalog: Catalog) -> Suggester:
        return cls({language: _Names.of(_named(catalog, language)) for language in LANGUAGES})

    def suggest(self, text: str, limit: int, language: str) -> tuple[Suggestion, ...]:
        """At most `limit`, the likeliest first; none for a text without a letter or digit."""
        typed = fold(text[:MOST_CHARACTERS])
        return self.languages[language].best(typed, limit) if typed and limit else ()


def _named(catalog: Catalog, language: str) -> Iterator[_Named]:
    services = [service for service in catalog.services.values() if service.is_listed]
    yield from _services(services, language)
    yield from _needs(catalog, services, language)
    yield from _towns(catalog, services)


def _services(services: list[Service], language: str) -> Iterator[_Named]:
    links = Counter(other for one in services for field in (one.part_of, one.leads_to, one.see_also) for other in field)
    for one in services:
        translation = one.translations.get(language)
        name = (translation.name if translation else None) or one.name
        yield _Named(Suggestion("service", one.id, name), (name, one.name, *one.alternate_names), links[one.id])


def _needs(catalog: Catalog, services: list[Service], language: str) -> Iterator[_Named]:
    counts = Counter(need for one in services for need in one.needs)
    counts.update(
        group for one in services for group in {catalog.needs[need].parent for need in one.needs} if group is not None
    )
    for need in catalog.needs.values():
        label = need.label.in_language(language)
        words = need.words.es if language == "es" else need.words.en
        yield _Named(Suggestion("need", need.id, label, need.sensitive), (label, *words), counts[need.id])


def _towns(catalog: Catalog, services: list[Service]) -> Iterator[_Named]:
    counts = Counter(town for one in services for town in {place.town for place in one.locations})
    for town in catalog.places.towns.values():
        yield _Named(Suggestion("town", town.name, town.name), (town.name, *town.villages), counts[town.name])
