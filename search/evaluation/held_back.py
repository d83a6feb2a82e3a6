"""Which half of the stories is kept from tuning: by a rule on the text, so that nobody chooses."""

from __future__ import annotations

import zlib

from catalog.places import fold


def is_held_back(text: str) -> bool:
    """Whether no weight may be learned from this query: for every other checksum of its folded text."""
    return zlib.crc32(fold(text).encode()) % 2 == 0
