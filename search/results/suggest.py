"""Names that go on from what is typed: programs, needs and towns, for a search box. Pure; made once for a catalog.

Every typed word must begin a word of the name, in any order. Names that are typed whole come first, then names that
begin as typed, then the others; of these, names proper come before the everyday words of a need. Among equals, that
comes first to which the most services point: services that link to a program, are for a need, or are in a town.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.model import Catalog, Service
from catalog.places import fold

MAX_CHARACTERS = 100
MAX_WORDS = 8
LANGUAGES = ("en", "es")

# After every letter and digit that a folded text may hold.
_END = "\x7f"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to search for: `type` is service, need or town, `id` its id (the name of a town).

    A need may be `sensitive`, or the first need of a service: what tells of it is not to stand in an address.
    """

    type: str
    id: str
    label: str
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class _Named:
    """Something to suggest, the names and everyday words that lead to it, and how many services point to it."""

    suggestion: Suggestion
    weight: int
    names: tuple[str, ...]
    everyday: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Names:
    """Names, numbered so that smaller is weightier.

    `words[i]` is a word of the name number `word_names[i]`, `names[i]` the whole of the name `name_numbers[i]`; both
    lists are sorted.
    """

    suggestions: tuple[Suggestion, ...]  # by number of the name
    words: tuple[str, ...]
    word_names: NDArray[np.int32]
    names: tuple[str, ...]
    name_numbers: NDArray[np.int32]

    @classmethod
    def of(cls, named: Iterable[tuple[_Named, tuple[str, ...]]]) -> _Names:
        pairs = [(one, name) for one, names in named for name in dict.fromkeys(map(fold, names)) if name]
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

    def just(self, text: str) -> Iterator[Suggestion]:
        """Those whose whole name is the folded text, the weightiest first; so in the two below."""
        yield from self._at(np.sort(self.name_numbers[_range(self.names, text, "\0")]))

    def begun(self, text: str) -> Iterator[Suggestion]:
        """Those whose name begins with the text."""
        yield from self._at(np.sort(self.name_numbers[_range(self.names, text, _END)]))

    def with_each_word(self, text: str) -> Iterator[Suggestion]:
        """Those whose name has, for each word of the text, a word that begins with it."""
        every = np.ones(len(self.suggestions), dtype=np.bool_)
        for word in text.split()[:MAX_WORDS]:
            begun = np.zeros_like(every)
            begun[self.word_names[_range(self.words, word, _END)]] = True
            every &= begun
        yield from self._at(np.flatnonzero(every))

    def _at(self, numbers: NDArray[Any]) -> Iterator[Suggestion]:
        return (self.suggestions[number] for number in numbers.tolist())


def _range(ordered: tuple[str, ...], text: str, end: str) -> slice:
    """Where the texts stand that begin with `text` (`end` _END), or that are just it (`end` the least character)."""
    return slice(bisect_left(ordered, text), bisect_left(ordered, text + end))


@dataclass(frozen=True)
class Suggester:
    """By language: the names proper, and the everyday words."""

    languages: Mapping[str, tuple[_Names, _Names]]

    @classmethod
    def build(cls, catalog: Catalog) -> Suggester:
        languages = {}
        for language in LANGUAGES:
            named = list(_named(catalog, language))
            proper, everyday = ((one, one.names) for one in named), ((one, one.everyday) for one in named)
            languages[language] = _Names.of(proper), _Names.of(everyday)
        return cls(languages)

    def suggest(self, text: str, limit: int, language: str) -> tuple[Suggestion, ...]:
        """At most `limit`, the likeliest first; none for a text without a letter or digit."""
        found: dict[tuple[str, str], Suggestion] = {}
        for one in self._ordered(fold(text[:MAX_CHARACTERS]), language):
            if len(found) == limit:
                break
            found.setdefault((one.type, one.id), one)
        return tuple(found.values())

    def _ordered(self, typed: str, language: str) -> Iterator[Suggestion]:
        """All that go on from a folded text, the best first; some twice."""
        if typed:
            for way in (_Names.just, _Names.begun, _Names.with_each_word):
                for names in self.languages[language]:
                    yield from way(names, typed)


def _named(catalog: Catalog, language: str) -> Iterator[_Named]:
    services = [service for service in catalog.services.values() if service.is_listed]
    yield from _services(catalog, services, language)
    yield from _needs(catalog, services, language)
    yield from _towns(catalog, services)


def _services(catalog: Catalog, services: list[Service], language: str) -> Iterator[_Named]:
    links = Counter(other for one in services for field in (one.part_of, one.leads_to, one.see_also) for other in field)
    for one in services:
        translation = one.translations.get(language)
        name = (translation.name if translation else None) or one.name
        sensitive = any(catalog.needs[need].sensitive for need in one.needs[:1])
        yield _Named(
            Suggestion("service", one.id, name, sensitive), links[one.id], (name, one.name, *one.alternate_names)
        )


def _needs(catalog: Catalog, services: list[Service], language: str) -> Iterator[_Named]:
    counts = Counter(need for one in services for need in one.needs)
    counts.update(
        group for one in services for group in {catalog.needs[need].parent for need in one.needs} if group is not None
    )
    for need in catalog.needs.values():
        label = need.label.in_language(language)
        words = need.words.es if language == "es" else need.words.en
        yield _Named(Suggestion("need", need.id, label, need.sensitive), counts[need.id], (label,), words)


def _towns(catalog: Catalog, services: list[Service]) -> Iterator[_Named]:
    counts = Counter(town for one in services for town in {place.town for place in one.locations})
    for town in catalog.places.towns.values():
        yield _Named(Suggestion("town", town.name, town.name), counts[town.name], (town.name, *town.villages))
