"""Services: lists by words and filters, suggestions for a search box, one service whole."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, url_for
from marshmallow import RAISE

from api.caching import cacheable, cacheable_unless_same, etag_of, no_store, not_modified
from api.errors import FieldError, InvalidRequestError, not_listed
from api.v1.blueprint import blueprint
from api.v1.requests.schemas import ServicesQuerySchema, ServicesSearchSchema, SuggestQuerySchema, SuggestSchema
from api.v1.requests.service_query import TOWN_NEEDED, read_service_query
from api.v1.responses.searches import service_list, suggestion_list
from api.v1.responses.service_schemas import ServiceListSchema, ServiceSchema, SuggestionsSchema
from api.v1.responses.services import service_detail
from catalog.model import Catalog, Service
from context import directory, today
from directory import TownNeededError
from directory.danger_help import help_in_danger
from matching.match import safety_for
from matching.request import Safety


@blueprint.get("/services")
@blueprint.arguments(ServicesQuerySchema(), location="query", unknown=RAISE)
@blueprint.response(200, ServiceListSchema)
def list_services(query: dict[str, Any]) -> Response:
    """Search the directory by words, need, age, town and other filters."""
    etag = etag_of(directory().catalog.version, today())
    if (same := not_modified(etag, public=False)) is not None:
        return same
    answer, sensitive = _search(query)
    return no_store(answer) if sensitive else cacheable(etag, answer, public=False)


@blueprint.post("/services/search")
@blueprint.arguments(ServicesSearchSchema(), required=False)
@blueprint.response(200, ServiceListSchema)
def search_services(query: dict[str, Any]) -> Response:
    """Same as GET /services with the query in the body, for searches that must not appear in a URL."""
    return no_store(_search(query)[0])


def _search(data: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """The answer to a search, and whether it tells of a sensitive need."""
    served = directory()
    query = read_service_query(data, served, today())
    try:
        results = served.find(query)
    except TownNeededError:
        raise InvalidRequestError([FieldError("sort", TOWN_NEEDED)]) from None
    needs = (query.need or "", *(need for need, _ in results.understood.needs))
    if results.danger is not None:
        safety: Safety | None = help_in_danger(results.danger, results.facts, served.table, query.on).safety
    else:
        safety = safety_for(needs, results.facts, served.table, query.on)
    return service_list(results, query, safety, served.catalog), results.sensitive


@blueprint.get("/suggest")
@blueprint.arguments(SuggestQuerySchema(), location="query", unknown=RAISE)
@blueprint.response(200, SuggestionsSchema)
def suggest(query: dict[str, Any]) -> Response:
    """Suggest programs, needs and towns whose names begin with what was typed."""
    served = directory()
    etag = etag_of(served.catalog.version, today())
    if (same := not_modified(etag, public=False)) is not None:
        return same
    found = served.suggest(query["q"], query["limit"], query["lang"])
    answer = suggestion_list(found)
    if any(suggestion.sensitive for suggestion in found):
        return no_store(answer)
    return cacheable(etag, answer, public=False)


@blueprint.post("/suggest")
@blueprint.arguments(SuggestSchema(), required=False)
@blueprint.response(200, SuggestionsSchema)
def suggest_privately(data: dict[str, Any]) -> Response:
    """Same as GET /suggest with the letters in the body, for a search box whose words must not appear in a URL."""
    return no_store(suggestion_list(directory().suggest(data["q"], data["limit"], data["lang"])))


@blueprint.get("/services/<service_id>")
@blueprint.response(200, ServiceSchema)
def get_service(service_id: str) -> Any:
    """Get everything that the catalog says of one service. A former id redirects to the id of today."""
    catalog = directory().catalog
    service = catalog.resolve(service_id)
    if service is None:
        return not_listed("service", service_id, catalog.services)
    if service.id != service_id:
        return redirect(url_for("v1.get_service", service_id=service.id), 301)
    if _is_sensitive(service, catalog):
        return no_store(service_detail(service, catalog, today()))
    return cacheable_unless_same(etag_of(catalog.version, today()), lambda: service_detail(service, catalog, today()))


def _is_sensitive(service: Service, catalog: Catalog) -> bool:
    """Whether looking at the service tells of something that a family may have to hide."""
    return service.confidential or any(catalog.needs[need].sensitive for need in service.needs)
