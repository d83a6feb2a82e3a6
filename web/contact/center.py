"""The Center that this directory belongs to, as its own entry in the catalog says how to reach it."""

from __future__ import annotations

from catalog.model import Catalog, Service
from matching.care_coordination import CENTER
from web.browse.travel import DESTINATION_CARE


def center(catalog: Catalog) -> Service | None:
    """The Center for Care Coordination; None in a catalog that does not have it."""
    return catalog.resolve(CENTER)


def far_away(catalog: Catalog) -> Service | None:
    """The team for families from other states and countries."""
    return catalog.resolve(DESTINATION_CARE)
