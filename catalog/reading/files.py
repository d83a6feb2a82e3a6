"""Which files make up a catalog, and what must not stand among them.

Every file below the resources folder is either read or named as a problem: nothing vanishes without a word.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from catalog.model import SECTORS
from catalog.reading.problems import Problem

ENDING = ".yaml"


def organization_paths(folder: Path) -> Iterator[Path]:
    """Yield the organization files, sector by sector, in the order of their names."""
    for sector in SECTORS:
        yield from sorted((folder / sector).glob(f"*{ENDING}"))


def assessment_paths(folder: Path) -> list[Path]:
    """Return the files of screening instruments, in the order of their names."""
    return sorted((folder / "assessments").glob(f"*{ENDING}"))


def version_of(digests: Iterable[tuple[str, bytes]]) -> str:
    """Return a catalog's version: 16 hexadecimal digits of its files' names and digests, in any order.

    The digests are of the bytes that were read, so that a file that changes meanwhile cannot give its new version to
    its old content.
    """
    whole = hashlib.sha256()
    for name, digest in sorted(digests):
        whole.update(name.encode() + b"\0" + digest)
    return whole.hexdigest()[:16]


def digest_of(data: bytes) -> bytes:
    """Return the digest by which a file counts in the version."""
    return hashlib.sha256(data).digest()


def unread_files(folder: Path, read: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each file below `folder` that is not among `read` (names relative to it), and each folder
    that cannot be listed. Names that begin with a dot are left to editors and version control."""
    refused: list[OSError] = []
    for current, folders, files in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in sorted(files):
            name = (Path(current) / file).relative_to(folder).as_posix()
            if not file.startswith(".") and name not in read:
                yield Problem(name, 1, "", _why_unread(name))
    for error in refused:
        name = Path(error.filename).relative_to(folder).as_posix()
        yield Problem(name, 1, "", f"this folder cannot be listed: {error.strerror}.")


def _why_unread(name: str) -> str:
    path = Path(name)
    if path.suffix != ENDING:
        return f"is not read: catalog files end in {ENDING}, in small letters. Rename it, or move it elsewhere."
    if len(path.parts) == 2 and path.parts[0] not in (*SECTORS, "assessments"):
        return f"is not read: {path.parts[0]}/ is no sector. Organizations belong to {', '.join(SECTORS)}."
    return "is not read: organizations stand in a sector's own folder. Move it there, or elsewhere."
