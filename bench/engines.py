"""Other search engines, each over the same texts as ours and with the same filter: a need that a service must have.

All are asked for the best 20 ids. All are given the analysed words of the query, joined by "or".
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import bm25s
import numpy as np
import tantivy
from whoosh import index as whoosh_index
from whoosh import query as whoosh_query

from catalog.model import Catalog
from matching.top_rows import best_first
from search.index.documents import FIELDS, LANGUAGES, Texts
from search.index.whoosh_index import analyse
from search.scoring.query_terms import word_forms
from search.searcher import Searcher

NEED = "counseling"
LIMIT = 20
NAME_FIELDS = ("name", "alternate_names")

Search = Callable[[str], object]


def ours(searcher: Searcher) -> Search:
    """Reading the query, both languages, needs, names, the order, and why."""
    keep = np.array([NEED in service.needs for service in searcher.services])

    def search(text: str) -> object:
        reading = searcher.read(text)
        rows = np.flatnonzero(reading.matched & keep)
        best = rows[best_first(np.arange(len(rows)), np.round(reading.scores[rows], 4), LIMIT)]
        return [(searcher.services[row].id, searcher.why(row, reading)) for row in best.tolist()]

    return search


def whoosh(folder: Path, catalog: Catalog) -> Search:
    """Whoosh's own searcher over our index, all fields in the languages of the words."""
    searcher = whoosh_index.open_dir(str(folder)).searcher()
    has = {service.id for service in catalog.services.values() if NEED in service.needs}
    keep = {number for number, values in searcher.reader().iter_docs() if values["id"] in has}

    def search(text: str) -> list[str]:
        terms = [
            whoosh_query.Term(f"{field}_{language}", form)
            for forms in word_forms(text)
            for language, form in zip(LANGUAGES, forms, strict=True)
            for field in FIELDS
        ]
        return [hit["id"] for hit in searcher.search(whoosh_query.Or(terms), filter=keep, limit=LIMIT)]

    return search


def texts(catalog: Catalog) -> list[tuple[str, str, str, str]]:
    """(id, names, all other texts, needs) of each service: the texts of our index. A need is one word."""
    of = Texts.of(catalog)
    rows = []
    for service in catalog.services.values():
        names: list[str] = []
        others: list[str] = []
        for part in of.parts(service):
            (names if part.field[:-3] in NAME_FIELDS else others).append(part.text)
        rows.append((service.id, " ".join(names), " ".join(others), " ".join(map(_as_word, service.needs))))
    return rows


def _as_word(need: str) -> str:
    return need.replace("-", "")


def fts5(rows: list[tuple[str, str, str, str]]) -> Search:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE s USING fts5(id UNINDEXED, name, body, needs, tokenize='porter unicode61')")
    database.executemany("INSERT INTO s VALUES (?, ?, ?, ?)", rows)
    database.execute("INSERT INTO s(s) VALUES ('optimize')")

    def search(text: str) -> list[object]:
        words = " OR ".join(f'"{word}"' for word in _words(text))
        asked = f'{{name body}} : ({words}) AND needs : "{_as_word(NEED)}"'
        return database.execute(f"SELECT id FROM s WHERE s MATCH ? ORDER BY rank LIMIT {LIMIT}", (asked,)).fetchall()

    return search


def with_tantivy(rows: list[tuple[str, str, str, str]]) -> Search:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True)
    builder.add_text_field("name", tokenizer_name="en_stem")
    builder.add_text_field("body", tokenizer_name="en_stem")
    builder.add_text_field("needs")
    index = tantivy.Index(builder.build())
    writer = index.writer(heap_size=512_000_000, num_threads=1)
    for service_id, name, body, needs in rows:
        writer.add_document(tantivy.Document(id=service_id, name=name, body=body, needs=needs))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(text: str) -> list[object]:
        words = " ".join(_words(text))
        asked = index.parse_query(f"+({words}) +needs:{_as_word(NEED)}", ["name", "body"])
        return [searcher.doc(address)["id"] for _, address in searcher.search(asked, LIMIT).hits]

    return search


def with_bm25s(rows: list[tuple[str, str, str, str]]) -> Search:
    """Its own stop words and stemmer are extras: it is given the words as our index has them."""
    engine = bm25s.BM25()
    engine.index([analyse(f"{name} {body}", "en") for _, name, body, _ in rows], show_progress=False)
    ids = np.array([row[0] for row in rows])
    keep = np.array([_as_word(NEED) in needs.split() for *_, needs in rows], dtype=np.float32)

    def search(text: str) -> list[str]:
        words = [[form for form, _ in word_forms(text)]]
        found = engine.retrieve(words, k=LIMIT, show_progress=False, weight_mask=keep)
        return [str(item_id) for item_id in ids[found.documents[0][found.scores[0] > 0]]]

    return search


def _words(text: str) -> list[str]:
    """The words of a query that say something, as typed: these engines stem them themselves."""
    return [word for word in text.split() if word_forms(word)]
