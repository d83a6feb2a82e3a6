"""The search with one ingredient switched off, to see what it is worth. Ingredients are figures of `search.weights`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from search.index.documents import FIELDS, Texts
from search.index.postings import Postings
from search.index.term_counts import Counts, count_words
from search.index.whoosh_index import analyse
from search.searcher import Searcher
from search.weights import INDEX_WEIGHTS, WEIGHTS

# What is measured -> figures of Weights that switch it off.
SWITCHES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "needs by what words go with": {"association": 0.0, "need_share": 0.0},
        "... pairs of words": {"pair": 0.0},
        "... words of services": {"summary": 0.0},
        "... smoothing": {"smoothing": 0.0},
        "... exact phrases": {"phrase": 0.0},
        "order of a service's needs": {"need_fade": 1.0},
        "guides after programs": {"guide": 0.0},
        "hotlines first in danger": {"hotline": 0.0},
        "ages stated": {"age": 0.0, "other_age": 0.0},
        "names": {"name": 0.0},
        "names that are nearly right": {"near_name": False},
        "spelling": {"spelling": False},
        "words spelled right stay": {"dictionary": False},
        "ordinary words say little": {"ordinary": 1.0},
        "rarity counts less in the share": {"rarity_power": 1.0},
        "found in part": {"full_strength": 1e-6},
        "short queries are met whole": {"least_slope": 0.0},
        "sentences may be met in part": {"least_told": 0.0},
        "a last try": {"last_try": math.inf},
        "a least share": {"least": 0.0, "least_slope": 0.0, "least_floor": 1e-6},
    }
)
INDEX_SWITCHES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {f"field {name}": {"fields": {**INDEX_WEIGHTS.fields, name: 0.0}} for name in FIELDS}
    | {"length of fields": {"length_share": 0.0}}
)


def without(searcher: Searcher, name: str) -> Searcher:
    """The same search with one ingredient of SWITCHES or INDEX_SWITCHES off."""
    catalog = searcher.catalog
    if name in SWITCHES:
        return Searcher.build(catalog, searcher.index, replace(WEIGHTS, **SWITCHES[name]))
    weights = replace(INDEX_WEIGHTS, **INDEX_SWITCHES[name])
    postings = Postings.of_counts(_counts(searcher), weights)
    return Searcher.build(catalog, replace(searcher.index, postings=postings))


def _counts(searcher: Searcher) -> Counts:
    texts = Texts.of(searcher.catalog)
    return count_words(((one.id, list(texts.parts(one))) for one in searcher.services), analyse)
