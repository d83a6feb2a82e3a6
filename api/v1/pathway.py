"""The path from birth to 26."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import RAISE

from api.caching import no_store
from api.errors import FieldError, InvalidRequestError, as_sentence
from api.v1.blueprint import blueprint
from api.v1.requests.match_request import refuse_far_day
from api.v1.requests.schemas import PathwayQuerySchema
from api.v1.responses.match_schemas import PathwaySchema
from api.v1.responses.matches import pathway_step
from context import directory, today
from matching.pathway import pathway


@blueprint.get("/pathway")
@blueprint.arguments(PathwayQuerySchema(), location="query", unknown=RAISE)
@blueprint.response(200, PathwaySchema)
def get_pathway(query: dict[str, Any]) -> Response:
    """List which programs begin and end when, from birth to 26, and what leads to what."""
    return no_store(_pathway(query))


@blueprint.post("/pathway")
@blueprint.arguments(PathwayQuerySchema())
@blueprint.response(200, PathwaySchema)
def search_pathway(data: dict[str, Any]) -> Response:
    """Same as GET /pathway with the birth date in the body, so that it does not appear in a URL."""
    return no_store(_pathway(data))


def _pathway(data: dict[str, Any]) -> dict[str, Any]:
    on = data.get("on", today())
    refuse_far_day(on)
    try:
        steps = pathway(data["birth_date"], directory().table, on, data["language"])
    except ValueError as error:
        raise InvalidRequestError([FieldError("birth_date", as_sentence(str(error)))]) from None
    return {"birth_date": data["birth_date"].isoformat(), "steps": [pathway_step(step) for step in steps]}
