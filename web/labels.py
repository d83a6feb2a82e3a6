"""Words for the ids that the catalog and the search use: filters and their values, orders, sectors, kinds, costs."""

from __future__ import annotations

from catalog.model import Catalog
from search.facets import NOT_STATED
from web.language import gettext

# In the order in which a page offers them.
FILTER_ORDER = ("need", "cost", "language", "insurance", "delivery", "kind", "sector")


def filter_label(name: str) -> str:
    return {
        "need": gettext("Kind of help"),
        "cost": gettext("Cost"),
        "language": gettext("Language"),
        "insurance": gettext("Insurance"),
        "delivery": gettext("How it is offered"),
        "kind": gettext("What it is"),
        "sector": gettext("Who runs it"),
    }[name]


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
    return {"cost": costs, "kind": kinds, "sector": sectors}.get(name, dict)().get(value, value)


def costs() -> dict[str, str]:
    return {
        "free": gettext("Free"),
        "sliding": gettext("By income"),
        "insurance": gettext("Insurance pays"),
        "fee": gettext("There is a fee"),
    }


def kinds() -> dict[str, str]:
    return {
        "program": gettext("Programs to join"),
        "guide": gettext("Guides to read"),
        "hotline": gettext("Hotlines to call"),
    }


def sectors() -> dict[str, str]:
    return {
        "state": gettext("State of Connecticut"),
        "community": gettext("Community groups"),
        "behavioral-health": gettext("Mental health care"),
        "educational": gettext("Schools and education"),
        "legal": gettext("Legal help"),
        "medical": gettext("Medical care"),
    }


def sorts() -> dict[str, str]:
    return {
        "relevance": gettext("Best fit"),
        "distance": gettext("Nearest"),
        "name": gettext("Name"),
        "assured": gettext("Checked most lately"),
    }
