"""How well plain words find services of another directory, by the labels of its staff: nDCG@10.

Nothing is tuned to that directory, and nothing of it is kept here. The folder given has two files of a JSON object a
line: `dc_docs.jsonl`, services with id, name, organization, description and application_process; and
`dc_qrels_by_term.jsonl`, each a query and the ids that are relevant to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from bench.search import ON
from bench.timing import table
from catalog.reading.loader import load_catalog
from search.index.documents import LANGUAGES, Part
from search.index.postings import Postings
from search.index.term_counts import count_words
from search.index.whoosh_index import analyse
from search.query.common_words import is_ordinary
from search.scoring.bm25f import Floats, score_words, word_weights
from search.scoring.need_evidence import Associations
from search.scoring.query_terms import word_forms
from search.weights import WEIGHTS
from settings import load_settings

DOCUMENTS = "dc_docs.jsonl"
JUDGED = "dc_qrels_by_term.jsonl"
FIELDS = {"name": "name_en", "organization": "organization_en", "description": "summary_en"}
FIELDS |= {"application_process": "details_en"}
FIRST = 10
DIMENSIONS = 60
SHARE = 0.6
EXPANSION = 0.2
NEED_WORDS = 10


def run(folder: Path | None) -> None:
    if folder is None or not all((folder / name).is_file() for name in (DOCUMENTS, JUDGED)):
        print(f"relevance: give the folder that has {DOCUMENTS} and {JUDGED}: python -m bench relevance --folder DIR")
        return
    documents = sorted(_lines(folder / DOCUMENTS), key=lambda item: str(item["id"]))
    queries = list(_lines(folder / JUDGED))
    postings = Postings.of_counts(
        count_words(((str(document["id"]), _parts(document)) for document in documents), analyse)
    )
    plain = [_greatest_one(_words(postings, query["query"])) for query in queries]
    hidden = _hidden(postings)
    meaning = [SHARE * _like(hidden, postings, query["query"]) for query in queries]
    needs = _Expansion(postings)
    wider = [EXPANSION * _greatest_one(needs.scores(query["query"])) for query in queries]
    wanted = [{str(item) for item in query["relevant"]} for query in queries]
    rows = [
        [name, f"{_mean(postings, scores, wanted):.3f}"]
        for name, scores in {
            "words": plain,
            "words, and words of the needs that they go with": _sums(plain, wider),
            f"words, and hidden topics ({DIMENSIONS})": _sums(plain, meaning),
            "all of these": _sums(_sums(plain, meaning), wider),
        }.items()
    ]
    table(
        f"nDCG@{FIRST} on {len(documents)} services of another directory, {len(queries)} queries", ["by", "nDCG"], rows
    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as lines:
        yield from (orjson.loads(line) for line in lines)


def _parts(document: dict[str, Any]) -> list[Part]:
    return [Part(field, document.get(name) or "") for name, field in FIELDS.items()]


def _words(postings: Postings, text: str) -> Floats:
    """The part of our score that words make up."""
    forms = word_forms(text)
    plain = [is_ordinary(each) for each in forms]
    scored = score_words(forms, plain, word_weights(forms, plain, postings, WEIGHTS), postings, WEIGHTS)
    score: Floats = scored.score * scored.share
    return score


class _Expansion:
    """Words of the needs that a query goes with, looked up as if they had been asked for."""

    def __init__(self, postings: Postings) -> None:
        settings = load_settings()
        self.catalog = load_catalog(settings.resources, settings.expectations, ON)
        self.associations = Associations.build(self.catalog, WEIGHTS)
        self.postings = postings

    def scores(self, text: str) -> Floats:
        forms = word_forms(text)
        shares = np.full(len(forms), 1 / max(len(forms), 1), dtype=np.float32)
        evidence = self.associations.evidence(forms, shares, {})
        need = int(evidence.argmax())
        telling = self.associations.shares[:, need]
        score = np.zeros(len(self.postings.ids), dtype=np.float32)
        words = {row: hint[0] for hint, row in self.associations.rows["en"].items() if len(hint) == 1}
        for row in sorted(words, key=lambda row: -float(telling[row]))[:NEED_WORDS]:
            hit = self.postings.of(words[row], "en")
            if hit is not None:
                score[hit[0]] += float(evidence[need]) * telling[row] * hit[1]
        return score


def _hidden(postings: Postings) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Latent semantic analysis (Deerwester et al. 1990): words (T, D) and documents (N, D), rows of length 1."""
    size = len(postings.rarity)
    matrix = np.zeros((len(postings.ids), size))
    matrix[postings.documents, np.repeat(np.arange(size), np.diff(postings.starts))] = postings.worth
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    values, vectors = np.linalg.eigh(matrix @ matrix.T)
    strength = np.sqrt(np.maximum(values[-DIMENSIONS:], 1e-9))
    vectors = vectors[:, -DIMENSIONS:]
    documents = vectors * strength
    return matrix.T @ vectors / strength, documents / np.maximum(np.linalg.norm(documents, axis=1, keepdims=True), 1e-9)


def _like(hidden: tuple[NDArray[np.float64], NDArray[np.float64]], postings: Postings, text: str) -> Floats:
    words, documents = hidden
    query = np.zeros(words.shape[1])
    for forms in word_forms(text):
        for form, language in zip(forms, LANGUAGES, strict=True):
            number = postings.rows[language].get(form)
            if number is not None:
                query += postings.rarity[number] * words[number]
    like: Floats = np.maximum(documents @ query / max(float(np.linalg.norm(query)), 1e-9), 0).astype(np.float32)
    return like


def _greatest_one(scores: Floats) -> Floats:
    scaled: Floats = scores / max(float(scores.max(initial=0)), 1e-9)
    return scaled


def _sums(one: list[Floats], other: list[Floats]) -> list[Floats]:
    return [left + right for left, right in zip(one, other, strict=True)]


def _mean(postings: Postings, scores: list[Floats], wanted: list[set[str]]) -> float:
    return float(np.mean([_ndcg(postings, each, relevant) for each, relevant in zip(scores, wanted, strict=True)]))


def _ndcg(postings: Postings, scores: Floats, relevant: set[str]) -> float:
    """The gain of the first ten over that of the best order, each place worth 1 / log2(place + 1)."""
    worth = 1 / np.log2(np.arange(2, FIRST + 2))
    order = [row for row in np.argsort(-scores, kind="stable")[:FIRST].tolist() if scores[row] > 0]
    gained = sum(worth[place] for place, row in enumerate(order) if postings.ids[row] in relevant)
    return float(gained / worth[: len(relevant)].sum())
