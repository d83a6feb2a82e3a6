"""The blueprint of version 1, on which the modules beside name their views."""

from __future__ import annotations

from api.json import Blueprint

blueprint = Blueprint(
    "v1", __name__, url_prefix="/api/v1", description="Find services, and match a family's needs to those that fit."
)
