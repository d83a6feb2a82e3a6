"""Whether the service is well: for whoever starts it again, and for whoever mends it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Response

from api.caching import no_store
from api.errors import FieldError, problem
from api.fields import AnswerSchema, part, string
from api.json import Blueprint
from api.v1.responses.match_schemas import CatalogVersionSchema
from context import database_fault, directory, keeper

blueprint = Blueprint("health", __name__, description="Is the service well?")

OK = "ok"
_INDEX_IS_GONE = "Its folder is gone or cannot be read. What is served is in memory; a reload builds it again."


class HealthSchema(AnswerSchema):
    """How the service is. What is not `ok` is said in a sentence."""

    status = string("`ok`, `serving the last good catalog`, or `not everything works`.")
    catalog = part(CatalogVersionSchema)
    failure = string("Why the newest files were refused.", nullable=True)
    index = string("`ok`, or what is wrong.")
    database = string("`ok`, or why nothing can be kept: forms ask people to call.")
    encoder = string("`ready`, or why the search works by words alone, without likeness of meaning.")


@blueprint.get("/healthz")
@blueprint.response(200, HealthSchema)
def healthz() -> Response:
    """Health check: the served catalog version, and what of catalog, index and database does not work.

    It answers 200 as long as pages are answered.
    """
    return no_store(_health())


@blueprint.get("/readyz")
@blueprint.response(200, HealthSchema)
def readyz() -> Response:
    """Readiness check: 200 when the newest catalog, the index and the database work, else 503 with what does not."""
    health = _health()
    parts = {"catalog": health["failure"] or OK, "index": health["index"], "database": health["database"]}
    faults = [FieldError(name, said) for name, said in parts.items() if said != OK]
    return problem(503, faults, "Not everything works.") if faults else no_store(health)


def _health() -> dict[str, Any]:
    served = directory()
    failure = keeper().failure
    index = OK if _is_readable(served.searcher.index.folder) else _INDEX_IS_GONE
    database = database_fault() or OK
    status = OK if index == database == OK else "not everything works"
    return {
        "status": status if failure is None else "serving the last good catalog",
        "catalog": {"version": served.catalog.version, "services": served.service_count},
        "failure": failure,
        "index": index,
        "database": database,
        "encoder": served.encoder_status,
    }


def _is_readable(folder: Path) -> bool:
    try:
        return any(folder.iterdir())
    except OSError:
        return False
