"""What the catalog is made of besides services: organizations and the taxonomy of needs."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.caching import cacheable_unless_same, etag_of
from api.errors import not_listed
from api.v1.blueprint import blueprint
from api.v1.responses.service_schemas import NeedsSchema, OrganizationSchema
from api.v1.responses.services import organization_detail, taxonomy
from context import directory, today


@blueprint.get("/organizations/<organization_id>")
@blueprint.response(200, OrganizationSchema)
def get_organization(organization_id: str) -> Any:
    """Get one organization, with the ids of its services."""
    catalog = directory().catalog
    organization = catalog.organizations.get(organization_id)
    if organization is None:
        return not_listed("organization", organization_id, catalog.organizations)
    return cacheable_unless_same(etag_of(catalog.version, today()), lambda: organization_detail(organization, catalog))


@blueprint.get("/needs")
@blueprint.response(200, NeedsSchema)
def list_needs() -> Response:
    """List the needs taxonomy: groups and their needs, with labels, everyday words and how many services each has."""
    served = directory()
    etag = etag_of(served.catalog.version, today())
    return cacheable_unless_same(etag, lambda: taxonomy(served.catalog, served.services_by_need))
