"""Search against Whoosh's own searcher, SQLite FTS5 and tantivy: same documents, same words, same filter."""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import tantivy
from whoosh import index as whoosh_index
from whoosh import query as whoosh_query

from bench.generate import generated_catalog
from bench.timing import side_by_side, table
from catalog.loader import load_catalog
from catalog.model import Catalog
from ordering import best_first
from search.find import Searcher
from search.index import open_index
from search.scoring import word_forms
from search.texts import FIELDS
from settings import load_settings

ON = date(2026, 11, 21)
SIZES = (584, 5_000, 50_000)
NEED = "counseling"
QUERIES = (
    "speech therapy", "food pantry", "respite care for a child with autism", "help with the light bill",
    "summer camp for kids with diabetes", "lawyer for special education", "cupones de comida", "terapia del habla",
)  # fmt: skip

Search = Callable[[str], object]


def run() -> None:
    settings = load_settings()
    real = load_catalog(settings.resources, settings.expectations, ON)
    rows, builds = [], []
    for size in SIZES:
        catalog = real if size == len(real.services) else generated_catalog(real, size)
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            opened = open_index(catalog, Path(folder))
            built = time.perf_counter() - started
            started = time.perf_counter()
            opened = open_index(catalog, Path(folder))
            loaded = 1000 * (time.perf_counter() - started)
            bytes_used = sum(path.stat().st_size for path in opened.folder.rglob("*"))
            contestants: dict[str, Search] = {
                "ours": ours(Searcher.build(catalog, opened)),
                "Whoosh": whoosh(catalog, opened.folder),
                "SQLite FTS5": fts5(catalog),
                "tantivy": with_tantivy(catalog),
            }
            medians = _medians(contestants)
        rows.append([f"{size:,}", *(f"{value:.3f}" for value in medians.values())])
        builds.append([f"{size:,}", f"{built:.1f}", f"{bytes_used / 1e6:.1f}", f"{loaded:.0f}"])
    table(f"Search, need “{NEED}” as the filter, top 20: median ms of a query", ["services", *contestants], rows)
    table("Index", ["services", "built, s", "size, MB", "loaded, ms"], builds)


def _medians(contestants: dict[str, Search]) -> dict[str, float]:
    """For each contestant the median over the queries of its median time; all take turns on one query."""
    each = [side_by_side({name: _asking(search, text) for name, search in contestants.items()}, 8) for text in QUERIES]
    return {name: statistics.median(times[name] for times in each) for name in contestants}


def _asking(search: Search, text: str) -> Callable[[], object]:
    return lambda: search(text)


def ours(searcher: Searcher) -> Search:
    """Reading the query, both languages, needs, names, the order, and why."""
    keep = np.array([NEED in service.needs for service in searcher.services])

    def search(text: str) -> object:
        reading = searcher.read(text)
        best = best_first(np.flatnonzero(reading.matched & keep), np.round(reading.scores, 4), 20)
        return [searcher.why(row, reading) for row in best]

    return search


def _words(text: str) -> list[str]:
    return [forms[0] for forms in word_forms(text)]


def whoosh(catalog: Catalog, folder: Path) -> Search:
    opened = whoosh_index.open_dir(str(folder))
    keep = {service.id for service in catalog.services.values() if NEED in service.needs}

    def search(text: str) -> list[str]:
        with opened.searcher() as searcher:
            terms = [whoosh_query.Term(f"{field}_en", word) for word in _words(text) for field in FIELDS]
            found = searcher.search(whoosh_query.Or(terms), limit=None)
            return [hit["id"] for hit in found if hit["id"] in keep][:20]

    return search


def _texts(catalog: Catalog) -> list[tuple[str, str, str, str]]:
    """(id, name, rest, needs) of each service."""
    return [
        (one.id, one.name, f"{one.summary} {' '.join(one.confirm)}", " ".join(one.needs))
        for one in catalog.services.values()
    ]


def fts5(catalog: Catalog) -> Search:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE s USING fts5(id UNINDEXED, name, body, needs, tokenize='porter unicode61')")
    database.executemany("INSERT INTO s VALUES (?, ?, ?, ?)", _texts(catalog))

    def search(text: str) -> list[object]:
        words = " OR ".join(f'"{word}"' for word in _words(text))
        asked = f'({words}) AND needs:"{NEED}"'
        return database.execute("SELECT id FROM s WHERE s MATCH ? ORDER BY rank LIMIT 20", (asked,)).fetchall()

    return search


def with_tantivy(catalog: Catalog) -> Search:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True)
    builder.add_text_field("name", tokenizer_name="en_stem")
    builder.add_text_field("body", tokenizer_name="en_stem")
    builder.add_text_field("needs")
    index = tantivy.Index(builder.build())
    writer = index.writer()
    for service_id, name, body, needs in _texts(catalog):
        writer.add_document(tantivy.Document(id=service_id, name=name, body=body, needs=needs))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(text: str) -> list[object]:
        words = " ".join(_words(text))
        asked = index.parse_query(f"+({words}) +needs:{NEED}", ["name", "body"])
        return [searcher.doc(address)["id"] for _, address in searcher.search(asked, 20).hits]

    return search
