"""Generated catalogs of any size with the distributions of the real one. Same seed, same catalog."""

from __future__ import annotations

import random
from dataclasses import replace
from types import MappingProxyType

from catalog.model import Catalog, Service

SEED = 20261121


def generated_catalog(real: Catalog, size: int) -> Catalog:
    """A catalog of `size` services. Each takes needs, rules, places and dates from different real ones."""
    draw = random.Random(SEED)
    pool = list(real.services.values())
    services = (_service(draw, pool, number) for number in range(size))
    made = MappingProxyType({service.id: service for service in services})
    return replace(real, version=f"generated-{SEED}-{size}", services=made)


def _service(draw: random.Random, pool: list[Service], number: int) -> Service:
    text, rules, places, dates = (draw.choice(pool) for _ in range(4))
    return replace(
        text,
        id=f"s{number:07d}",
        former_ids=(),
        eligibility=rules.eligibility,
        service_area=places.service_area,
        locations=places.locations,
        assured_date=dates.assured_date,
        confidence=dates.confidence,
        sources=rules.sources,
    )
