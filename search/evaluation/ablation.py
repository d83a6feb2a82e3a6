"""The search with one ingredient switched off, to see what it is worth. Most are figures of `search.weights`."""

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
from search.weights import BLEND, BLEND_OF_WORDS, INDEX_WEIGHTS, WEIGHTS

# What is measured -> figures of BlendWeights that switch it off.
BLEND_SWITCHES: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "worth of words": {"words": 0.0},
        "share of the query": {"share": 0.0},
        "needs that words go with": {"needs": 0.0},
        "likeness to name and summary": {"own": 0.0},
        "likeness to what people say": {"asked": 0.0},
        "the likeliest need": {"likely_need": 0.0},
        "the classifier of needs": {"need_meaning": 0.0},
        "front doors": {"front_door": 0.0},
        "rules that name a condition": {"unspoken_rule": 0.0, "spoken_rule": 0.0},
        "guides after programs": {"guide": 0.0},
        "programs of a few towns later": {"local": 0.0},
        "ages stated": {"of_age": 0.0, "of_other_age": 0.0},
        "names": {"name": 0.0},
    }
)
# ... -> figures of Weights.
SWITCHES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "pairs of words": {"pair": 0.0},
        "words of services": {"summary": 0.0},
        "smoothing": {"smoothing": 0.0},
        "exact phrases": {"phrase": 0.0},
        "order of a service's needs": {"need_fade": 1.0},
        "hotlines first in danger": {"hotline": 0.0},
        "names that are nearly right": {"near_name": False},
        "spelling": {"spelling": False},
        "words spelled right stay": {"dictionary": False},
        "ordinary words say little": {"ordinary": 1.0},
        "found in part": {"full_strength": 1e-6},
        "a last try": {"last_try": math.inf},
    }
)
ENCODER = "the sentence encoder"
INDEX_SWITCHES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {f"field {name}": {"fields": {**INDEX_WEIGHTS.fields, name: 0.0}} for name in FIELDS}
    | {"length of fields": {"length_share": 0.0}}
)


def without(searcher: Searcher, name: str) -> Searcher:
    """The same search with one ingredient off: the encoder, or one of the switches."""
    catalog = searcher.catalog
    if name == ENCODER:
        return replace(searcher, index=replace(searcher.index, meaning=None))
    if name in BLEND_SWITCHES:
        blend, of_words = (replace(weights, **BLEND_SWITCHES[name]) for weights in (BLEND, BLEND_OF_WORDS))
        return replace(searcher, scorer=replace(searcher.scorer, blend=blend, blend_of_words=of_words))
    if name in SWITCHES:
        return Searcher.build(catalog, searcher.index, replace(WEIGHTS, **SWITCHES[name]))
    weights = replace(INDEX_WEIGHTS, **INDEX_SWITCHES[name])
    postings = Postings.of_counts(_counts(searcher), weights)
    return Searcher.build(catalog, replace(searcher.index, postings=postings))


def _counts(searcher: Searcher) -> Counts:
    texts = Texts.of(searcher.catalog)
    return count_words(((service.id, list(texts.parts(service))) for service in searcher.services), analyse)
