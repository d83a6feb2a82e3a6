"""Answers are the same whether requests come one after the other or many at once."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from app import create_app
from search.index.whoosh_index import ANALYZERS
from settings import Settings, load_settings

THREADS = 16
ROUNDS = 1
# Path, and JSON to send or None. Each in both languages where there are two, so that threads differ in language.
WORDS = ("food", "pañales", "autism respite Meriden", "my son is 4 and does not talk", "abogado", "988", "asma 6 años")
PAGES = (
    "/",
    "/search?q={}",
    "/hotlines",
    "/services/ct-wic",
    "/towns/hartford",
    "/needs/food",
    "/list/handout?s=ct-wic",
)
REQUESTS: list[tuple[str, Any]] = [
    *((prefix + page.format(word), None) for prefix in ("", "/es") for page in PAGES for word in WORDS if "{}" in page),
    *((prefix + page, None) for prefix in ("", "/es") for page in PAGES if "{}" not in page),
    *(
        (f"/api/v1/services?q={word}&age_months=18&town={town}", None)
        for word in WORDS
        for town in ("Hartford", "Kent")
    ),
    *((f"/api/v1/suggest?q={word[:4]}", None) for word in WORDS),
    *(
        ("/api/v1/matches", {"person": {"age_months": months, "town": town}, "needs": ["food", "early-intervention"]})
        for months in (6, 30, 150)
        for town in ("New Haven", "Union", "Stamford")
    ),
]


def test_the_analysers_keep_no_words() -> None:
    """Whoosh's own caches lose count when threads meet in them."""
    stems = [each for analyser in ANALYZERS.values() for each in analyser.items if hasattr(each, "cachesize")]
    assert len(stems) == len(ANALYZERS)
    assert [each.cache_info() for each in stems] == [None] * len(stems)


@pytest.mark.slow
def test_many_threads_get_what_one_gets(index: Path) -> None:
    """What an application keeps is filled here by all threads at once."""
    real = load_settings()
    app = create_app(Settings(real.resources, index, real.expectations))

    def answer(request: tuple[str, Any]) -> bytes:
        path, body = request
        client = app.test_client()
        found = client.get(path) if body is None else client.post(path, json=body)
        assert found.status_code == 200, path
        data: bytes = found.data
        return data

    with ThreadPoolExecutor(THREADS) as threads:
        order = [number for number in range(len(REQUESTS)) for _ in range(ROUNDS)]
        random.Random(7).shuffle(order)
        together = list(zip(order, threads.map(lambda number: answer(REQUESTS[number]), order), strict=True))
    alone = [answer(request) for request in REQUESTS]
    assert [REQUESTS[number][0] for number, data in together if data != alone[number]] == []
