"""A list of services as a family keeps it: keys of services in an address or a form. Nothing of it is stored here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import segno

from catalog.model import Catalog
from web.shared.privacy import service_at
from web.shared.service_card import ServiceCard, card_of

MAX_KEPT = 60
MAX_KEY_LENGTH = 80


@dataclass(frozen=True, slots=True)
class SavedList:
    """The services that the keys stand for, in their order, and how many keys stand for nothing that is listed."""

    items: tuple[ServiceCard, ...]
    gone: int

    @property
    def keys(self) -> str:
        """The list as it stands in an address."""
        return ",".join(item.key for item in self.items)


def read_list(text: str, catalog: Catalog, language: str, today: date) -> SavedList:
    """Keys with commas between them -> their services; the first 60, each once."""
    keys = [key.strip() for key in text.split(",") if key.strip()][:MAX_KEPT]
    found = {}
    gone = 0
    for key in dict.fromkeys(keys):
        service = service_at(key, catalog) if len(key) <= MAX_KEY_LENGTH else None
        if service is None or not service.is_listed:
            gone += 1
        else:
            found[service.id] = card_of(service, catalog, language, today)
    return SavedList(tuple(found.values()), gone)


@lru_cache(maxsize=2048)
def qr_code(address: str) -> str:
    """The address of a service's page as a QR code: inline SVG without style. Kept, because it takes long to draw."""
    return segno.make(address, error="m").svg_inline(scale=3, border=2, omitsize=True, svgclass="qr", lineclass=None)
