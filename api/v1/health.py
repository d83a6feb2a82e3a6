"""Whether the service is well."""

from __future__ import annotations

from flask import Response

from api.caching import no_store
from api.fields import AnswerSchema, part, string
from api.json import Blueprint
from api.v1.responses.match_schemas import CatalogVersionSchema
from context import keeper

blueprint = Blueprint("health", __name__, description="Is the service well?")


class HealthSchema(AnswerSchema):
    status = string("`ok`, or what is wrong.")
    catalog = part(CatalogVersionSchema)
    failure = string("Why the newest files were refused.", nullable=True)


@blueprint.get("/healthz")
@blueprint.response(200, HealthSchema)
def healthz() -> Response:
    """Health check: the served catalog version, and the last reload error if any."""
    held = keeper()
    served = held.current
    return no_store(
        {
            "status": "ok" if held.failure is None else "serving the last good catalog",
            "catalog": {"version": served.catalog.version, "services": served.service_count},
            "failure": held.failure,
        }
    )
