"""Search against Whoosh's own searcher, SQLite FTS5, tantivy and bm25s: same texts, same words, same filter."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bench.engines import NEED, Search, fts5, ours, texts, whoosh, with_bm25s, with_tantivy
from bench.generate import generated_catalog
from bench.timing import side_by_side, table
from catalog.reading.loader import load_catalog
from directory import keep_out_of_collection
from search.index.whoosh_index import open_index
from search.searcher import Searcher
from settings import load_settings

ON = date(2026, 11, 21)
SIZES = (584, 5_000, 50_000)
QUERIES = (
    "speech therapy", "food pantry", "respite care for a child with autism", "help with the light bill",
    "summer camp for kids with diabetes", "lawyer for special education", "cupones de comida", "terapia del habla",
)  # fmt: skip


def run() -> None:
    settings = load_settings()
    real = load_catalog(settings.resources, settings.expectations, ON)
    rows = []
    for size in SIZES:
        catalog = real if size == len(real.services) else generated_catalog(real, size)
        with tempfile.TemporaryDirectory() as folder:
            opened = open_index(catalog, Path(folder))
            documents = texts(catalog)
            contestants: dict[str, Search] = {
                "ours": ours(Searcher.build(catalog, opened)),
                "Whoosh": whoosh(opened.folder, catalog),
                "SQLite FTS5": fts5(documents),
                "tantivy": with_tantivy(documents),
                "bm25s": with_bm25s(documents),
            }
            keep_out_of_collection()
            medians = _medians(contestants)
        rows.append([f"{size:,}", *(f"{value:.3f}" for value in medians.values())])
    table(f"Search, need “{NEED}” as the filter, top 20: median ms of a query", ["services", *contestants], rows)


def _medians(contestants: dict[str, Search]) -> dict[str, float]:
    """For each contestant the median over the queries of its median time; all take turns on one query."""
    each = [side_by_side({name: _asking(search, text) for name, search in contestants.items()}, 15) for text in QUERIES]
    return {name: statistics.median(times[name] for times in each) for name in contestants}


def _asking(search: Search, text: str) -> Callable[[], object]:
    return lambda: search(text)
