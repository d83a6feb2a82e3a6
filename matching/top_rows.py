"""The best few of many, in a total order. Imports nothing of ours; search and matching rank with it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def best_first(rows: NDArray[np.intp], keys: NDArray[np.floating[Any]], limit: int) -> list[int]:
    """The `limit` of `rows` with the greatest keys (`keys` is indexed by row); equal keys in the order of `rows`.

    Keys are compared as they are: round them first where the last bit of a sum must not decide.
    """
    chosen = keys[rows]
    if len(rows) > limit:
        threshold = np.partition(chosen, len(rows) - limit)[len(rows) - limit]
        kept = chosen >= threshold
        rows, chosen = rows[kept], chosen[kept]
    order: list[int] = rows[np.argsort(-chosen, kind="stable")[:limit]].tolist()
    return order
