"""How searches and suggestions look as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from api.v1.responses.services import service_summary
from catalog.format import duration_text
from catalog.model import Catalog
from directory import FacetCount, SearchResults, ServiceHit, ServiceQuery
from matching.request import Safety
from search.results.highlight import Highlight
from search.results.suggest import Suggestion


def service_list(
    results: SearchResults, query: ServiceQuery, safety: Safety | None, catalog: Catalog
) -> dict[str, Any]:
    """One page of a list of services, and how the question was read."""
    return {
        "total": results.total,
        "more": results.more,
        "page": results.page,
        "pages": results.pages,
        "per_page": query.per_page,
        "query": _reading(results, query, catalog),
        "items": [_hit(hit, catalog, query.on) for hit in results.found],
        "facets": {name: [_facet_count(value) for value in values] for name, values in results.facets.items()},
        "relaxed": [{"drop": relaxed.drop, "total": relaxed.total} for relaxed in results.relaxed],
        "safety": safety_first(safety),
    }


def suggestion_list(suggestions: Iterable[Suggestion]) -> dict[str, Any]:
    return {
        "suggestions": [
            {"type": item.type, "id": item.id, "label": item.label, "sensitive": item.sensitive} for item in suggestions
        ]
    }


def safety_first(safety: Safety | None) -> dict[str, Any] | None:
    """Whom to call first, and what to say above everything else."""
    return {"text": safety.text, "services": list(safety.services)} if safety else None


def _facet_count(value: FacetCount) -> dict[str, Any]:
    return {"id": value.id, "count": value.count, "chosen": value.chosen}


def _hit(hit: ServiceHit, catalog: Catalog, on: date) -> dict[str, Any]:
    """A service in a list, with what this question adds: why, and what is known of the person and the place."""
    return service_summary(hit.service, catalog, on) | {
        "why": list(hit.why),
        "highlight": _highlight(hit.highlight) if hit.highlight else None,
        "verdict": hit.verdict.word if hit.verdict is not None else None,
        "distance_miles": hit.distance_miles,
        "serves_town": hit.serves_town,
    }


def _highlight(highlight: Highlight) -> dict[str, Any]:
    return {"text": highlight.text, "marks": [list(mark) for mark in highlight.marks], "language": highlight.language}


def _reading(results: SearchResults, query: ServiceQuery, catalog: Catalog) -> dict[str, Any]:
    """How a query was read: the words that were looked up, and the town, age and needs that were understood in it."""
    read = results.understood
    filters: list[dict[str, Any]] = []
    if read.place is not None:
        filters.append({"filter": "town", "value": read.place.town, "words": read.place_words})
    if read.age is not None:
        filters.append({"filter": "age", "value": duration_text(read.age), "words": read.age_words})
    needs = catalog.needs_under(query.need) if query.need else [need for need, _ in read.needs]
    return {
        "text": query.text,
        "words": read.text,
        "understood_as": filters,
        "corrected_from": results.corrected_from,
        "needs": list(needs),
        "shortened": results.shortened,
        "used": {"characters": results.characters_used, "words": results.words_used},
        "sensitive": results.sensitive,
    }
