"""Addresses that give nothing away: what stands in a URL for services and needs that a family may have to hide.

A history, a bookmark or a proxy's log shows addresses. A service for a sensitive need therefore has a number in its
address, not its name, and searches for such needs are sent in the body of the request.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from catalog.model import Catalog, Service
from search.query.sensitive_words import SensitiveWords
from search.scoring.scorer import word_forms

# Needs whose pages may put someone at risk when another person sees the screen: these pages offer a quick exit.
# The rest of the sensitive needs are private, but looking at a page about them is not dangerous in itself.
EXIT_NEEDS = frozenset(("domestic-violence", "child-abuse", "sexual-assault", "human-trafficking", "runaway-youth"))


def is_sensitive(service: Service, catalog: Catalog) -> bool:
    """Whether one of its needs must not show in a URL."""
    return any(catalog.needs[need].sensitive for need in service.needs if need in catalog.needs)


def needs_exit(service: Service) -> bool:
    """Whether its page offers a quick exit and keeps its title neutral."""
    return not EXIT_NEEDS.isdisjoint(service.needs)


def words_need_exit(text: str, catalog: Catalog) -> bool:
    """Whether a word of a search tells of violence, abuse, running away or trafficking."""
    words = _EXIT_WORDS.get(catalog.version)
    if words is None:
        _EXIT_WORDS.clear()
        words = _EXIT_WORDS[catalog.version] = SensitiveWords.build(catalog, EXIT_NEEDS)
    return words.any_in(word_forms(text))


# Those of the catalog that is served; kept by its version.
_EXIT_WORDS: dict[str, SensitiveWords] = {}


def service_key(service: Service, catalog: Catalog) -> str:
    """What stands for a service in the address of its page: its id, or a number where the id would tell too much."""
    return number_of(service.id) if is_sensitive(service, catalog) else service.id


def number_of(service_id: str) -> str:
    """Twelve digits that are always the same for an id and tell nothing."""
    return f"{int.from_bytes(hashlib.sha256(service_id.encode()).digest()[:8]) % 10**12:012}"


def service_at(key: str, catalog: Catalog) -> Service | None:
    """The service that a page's address names, by number, id or former id; None when it is not in the catalog."""
    service_id = _numbers(catalog.version, tuple(catalog.services)).get(key, key)
    return catalog.resolve(service_id)


@lru_cache(maxsize=4)
def _numbers(version: str, ids: tuple[str, ...]) -> dict[str, str]:
    return {number_of(service_id): service_id for service_id in ids}
