"""What indexes there are below a folder, without opening them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from search.index.fingerprint import Stamp, file_digest
from search.index.generations import generations, must_be_ours
from search.index.whoosh_index import BUILT, MEANING, POSTINGS, RULES, SCHEMA_VERSION
from search.meaning.encoder import NO_ENCODER, encoder_id
from search.weights import INDEX_WEIGHTS


@dataclass(frozen=True, slots=True)
class Generation:
    """An index in its folder, opened or not. `wrong` says why it cannot be used, or built upon; None when it can."""

    place: Path
    stamp: Stamp | None
    built: float  # seconds since 1970
    size: int  # bytes
    wrong: str | None


def generations_in(folder: Path) -> list[Generation]:
    """What there is below the folder of indexes, oldest first."""
    return [looked_at(place) for place in generations(folder)]


def looked_at(place: Path) -> Generation:
    stamp, wrong = None, None
    try:
        must_be_ours(place)
        stamp = Stamp.parse((place / BUILT).read_text())
        if (stamp.schema, stamp.rules, stamp.weights) != (SCHEMA_VERSION, RULES, INDEX_WEIGHTS.digest):
            wrong = "made by other rules"
        elif stamp.postings != file_digest(place / POSTINGS):
            wrong = "its postings were changed"
        elif stamp.encoder != encoder_id():
            wrong = "made with another sentence encoder"
        elif stamp.encoder != NO_ENCODER and stamp.meaning != file_digest(place / MEANING):
            wrong = "its vectors were changed"
    except PermissionError:
        wrong = "others may enter its folder"
    except (OSError, ValueError):
        wrong = "not finished, or damaged"
    size = sum(path.lstat().st_size for path in place.rglob("*"))
    return Generation(place, stamp, place.lstat().st_mtime, size, wrong)
