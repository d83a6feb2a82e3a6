"""Words for the ids that the catalog and the search use: filters and their values, orders, sectors, kinds, costs."""

from __future__ import annotations

from catalog.model import Catalog
from search.results.facets import NOT_STATED
from web.shared.language import N_, gettext

# In the order in which a page offers them.
FILTER_ORDER = ("need", "cost", "language", "insurance", "delivery", "kind", "sector")


_FILTERS = {
    "need": N_("Kind of help"),
    "cost": N_("Cost"),
    "language": N_("Language"),
    "insurance": N_("Insurance"),
    "delivery": N_("How it is offered"),
    "kind": N_("What it is"),
    "sector": N_("Who runs it"),
}
_SECTORS = {
    "state": N_("State of Connecticut"),
    "community": N_("Community groups"),
    "behavioral-health": N_("Mental health care"),
    "educational": N_("Schools and education"),
    "legal": N_("Legal help"),
    "medical": N_("Medical care"),
}
_VALUES = {
    "cost": {
        "free": N_("Free"),
        "sliding": N_("By income"),
        "insurance": N_("Insurance pays"),
        "fee": N_("There is a fee"),
    },
    "kind": {
        "program": N_("Programs to join"),
        "guide": N_("Guides to read"),
        "hotline": N_("Hotlines to call"),
    },
    "sector": _SECTORS,
}
_SORTS = {
    "relevance": N_("Best fit"),
    "distance": N_("Nearest"),
    "name": N_("Name"),
    "assured": N_("Checked most lately"),
}


def filter_label(name: str) -> str:
    return gettext(_FILTERS[name])


def value_label(name: str, value: str, catalog: Catalog, language: str) -> str:
    """A value of a filter in words; the value itself where it is not known."""
    if value == NOT_STATED:
        return gettext("Not stated")
    if name == "need" and value in catalog.needs:
        return catalog.needs[value].label.in_language(language)
    terms = {
        "language": catalog.vocabulary.languages,
        "insurance": catalog.vocabulary.insurance,
        "delivery": catalog.vocabulary.delivery,
    }.get(name, {})
    if value in terms:
        return terms[value].label.in_language(language)
    words = _VALUES.get(name, {})
    return gettext(words[value]) if value in words else value


def sectors() -> dict[str, str]:
    return {name: gettext(text) for name, text in _SECTORS.items()}


def sorts() -> dict[str, str]:
    return {name: gettext(text) for name, text in _SORTS.items()}
