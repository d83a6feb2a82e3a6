"""The whole catalog as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog.model.assessment import Assessment, Crosswalk
from catalog.model.danger import Danger
from catalog.model.service import Organization, Service
from catalog.model.taxonomy import Need, Vocabulary
from catalog.model.thresholds import Thresholds
from catalog.model.travel import FarAway
from catalog.places import Places


@dataclass(frozen=True, slots=True)
class Catalog:
    """The whole catalog, read and checked. `version` is a digest of its files: equal files, equal version."""

    version: str
    organizations: Mapping[str, Organization]
    services: Mapping[str, Service]
    needs: Mapping[str, Need]
    places: Places
    vocabulary: Vocabulary
    thresholds: Thresholds
    assessments: Mapping[str, Assessment]
    crosswalk: Crosswalk
    far_away: FarAway | None = None
    danger: Danger = field(default_factory=Danger)

    def resolve(self, service_id: str) -> Service | None:
        """The service under this id, or under the id that it has now; None when it was never listed."""
        service = self.services.get(service_id)
        if service is None:
            service = next((item for item in self.services.values() if service_id in item.former_ids), None)
        return service

    def needs_under(self, need_id: str) -> tuple[str, ...]:
        """The need itself, or the needs of a group."""
        below = tuple(need.id for need in self.needs.values() if need.parent == need_id)
        return below or (need_id,)
