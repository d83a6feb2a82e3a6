"""Addresses that give nothing away: what stands in a URL for services and needs that a family may have to hide.

A history, a bookmark or a proxy's log shows addresses. A service for a sensitive need therefore has a number in its
address, not its name, and searches for such needs are sent in the body of the request.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from catalog.model import Catalog, Service
from search.query.sensitive_words import SensitiveWords
from search.scoring.query_terms import word_forms

# Needs whose pages may put someone at risk when another person sees the screen: these pages offer a quick exit.
# The rest of the sensitive needs are private, but looking at a page about them is not dangerous in itself.
EXIT_NEEDS = frozenset(("domestic-violence", "child-abuse", "sexual-assault", "human-trafficking", "runaway-youth"))


def is_sensitive(service: Service, catalog: Catalog) -> bool:
    """Whether one of its needs must not show in a URL."""
    return any(catalog.needs[need].sensitive for need in service.needs if need in catalog.needs)


def needs_exit(service: Service) -> bool:
    """Whether its page offers a quick exit and keeps its title neutral."""
    return not EXIT_NEEDS.isdisjoint(service.needs)


_MONTHS = (
    "jan feb mar apr may jun jul aug sep oct nov dec ene abr ago dic "
    "january february march april june july august september october november december "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
).replace(" ", "|")
# What tells of one person, whatever they look for: dates, telephone and social security numbers, e-mail addresses.
_OF_A_PERSON = re.compile(
    r"(?<!\d)\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?!\d)"
    rf"|\b(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?,? (?:of )?\d{{2,4}}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?,? (?:of |de )?(?:{_MONTHS})\.?,? (?:of |de |del )?\d{{2,4}}\b"
    r"|(?<!\d)\(?\d{3}\)?[ .\u2010-\u2015-]{0,2}\d{3}[ .\u2010-\u2015-]?\d{4}(?!\d)"
    r"|(?<!\d)\d{3}[.\u2010-\u2015-]\d{4}(?!\d)"
    r"|(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)"
    r"|[^\s@]+@[^\s@]+\.[a-z]{2,}",
    re.IGNORECASE,
)


def tells_of_a_person(text: str) -> bool:
    """Whether there is a date, a telephone number or an e-mail address in it: such words go into no address."""
    return _OF_A_PERSON.search(unicodedata.normalize("NFKC", text)) is not None


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
