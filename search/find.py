"""Words and filters -> services. Pure over an open index and a catalog."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.model import Catalog, Service
from catalog.places import fold
from search.index import SearchIndex, analyse

MOST_CHARACTERS = 200
MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Found:
    """A service that fits, and why: the names of the parts of its entry in which words were found."""

    service: Service
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. `text` may be anything; 200 characters and 12 words of it are used.

    `allowed` are the ids that the filters leave, None for all.
    """

    text: str = ""
    allowed: frozenset[str] | None = None


def find(query: Query, catalog: Catalog, index: SearchIndex) -> list[Found]:
    """Services that fit, best first; without words, all that the filters leave, by name."""
    words = used_words(query.text)
    if not query.text.strip():
        services = [service for service in catalog.services.values() if _is_allowed(service, query)]
        return [Found(service, 0.0, ()) for service in sorted(services, key=lambda one: (fold(one.name), one.id))]
    found = []
    for hit in index.search(words):
        service = catalog.services.get(hit.service_id)
        if service is not None and _is_allowed(service, query):
            found.append(Found(service, hit.score, tuple(_why(service, words, catalog))))
    return found


def used_words(text: str) -> list[str]:
    """The analysed words of a query: of its first 200 characters, the first 12."""
    return analyse(text[:MOST_CHARACTERS])[:MOST_WORDS]


def _is_allowed(service: Service, query: Query) -> bool:
    return service.is_listed and (query.allowed is None or service.id in query.allowed)


def _why(service: Service, words: Iterable[str], catalog: Catalog) -> Iterable[str]:
    wanted = set(words)
    if wanted.intersection(analyse(" ".join((service.name, *service.alternate_names)))):
        yield "name"
    for need_id in service.needs:
        need = catalog.needs[need_id]
        if wanted.intersection(analyse(" ".join((need.label.en, need.label.es, *need.words.en, *need.words.es)))):
            yield f"need: {need_id}"
    if wanted.intersection(analyse(service.summary)):
        yield "summary"
