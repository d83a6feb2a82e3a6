"""What travels in hidden form fields is signed: the server keeps nothing, and reads back only what it wrote itself.

The key is SECRET_KEY, or a file that is made at the first start. All workers, and the server after a restart, must have
the same: a form that was written by one is sent to another.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from itsdangerous import BadData, URLSafeSerializer

from catalog.reading.problems import CatalogError, Problem
from context import EXTENSION as DIRECTORY
from directory import DirectoryKeeper
from settings import MIN_KEY_LENGTH, Settings

EXTENSION = "secret_key"
# A finished interview with every answer chosen takes less than half of it.
MAX_LENGTH = 8_000


class UnsealedTextError(ValueError):
    """A text that this server did not write, or that was changed on its way."""


@dataclass(frozen=True, slots=True)
class Seal:
    """Signs values and reads them back. Signed is not secret: whoever has the page can read them."""

    serializer: URLSafeSerializer

    @classmethod
    def of(cls, key: bytes, purpose: str) -> Seal:
        """What is signed for one purpose is refused for another."""
        return cls(URLSafeSerializer(key, salt=purpose))

    def close(self, value: Any) -> str:
        """A value of JSON as letters that may stand in a form field."""
        text: str | bytes = self.serializer.dumps(value)
        return text if isinstance(text, str) else text.decode()

    def open(self, text: str) -> Any:
        """The value again. Raises UnsealedTextError, also for a text that is too long to be one of ours."""
        if len(text) > MAX_LENGTH:
            raise UnsealedTextError
        try:
            return self.serializer.loads(text)
        except BadData:
            raise UnsealedTextError from None


def secret_key(app: Flask) -> bytes:
    """The key of this application. Raises CatalogError when its file can be neither read nor made."""
    if EXTENSION not in app.extensions:
        keeper: DirectoryKeeper = app.extensions[DIRECTORY]
        app.extensions[EXTENSION] = key_of(keeper.settings())
    key: bytes = app.extensions[EXTENSION]
    return key


def key_of(settings: Settings) -> bytes:
    """The key that the settings name; one for this process alone when they name none."""
    if settings.secret_key:
        return settings.secret_key.encode()
    if settings.secret_file is None:
        return secrets.token_bytes(32)
    try:
        return _kept(settings.secret_file)
    except OSError as error:
        raise _wrong(settings.secret_file, f"cannot be read or made: {error.strerror}. Or set SECRET_KEY.") from None


def _kept(path: Path) -> bytes:
    if not path.exists():
        _make(path)
    key = path.read_bytes().strip()
    if len(key) < MIN_KEY_LENGTH:
        raise _wrong(path, "is too short for a key. Delete it: a new one is made.")
    return key


def _make(path: Path) -> None:
    """A new key that its owner alone can read. The file is there whole or not at all: two workers may start at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        # Another worker was quicker: its key counts.
        pass
    finally:
        draft.unlink()


def _wrong(path: Path, message: str) -> CatalogError:
    return CatalogError([Problem(str(path), 1, "secret", message)])
