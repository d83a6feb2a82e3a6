"""Learns the figures of the blend and of silence from judged queries: `python -m bench tune`.

Read are `queries.yaml`, `queries-elsewhere.yaml` and the half of `queries-stories.yaml` that is not held back. Three
small models, each learned by following its slope, with large figures held down; the same queries give the same figures:

1. which needs are meant (a softmax over needs and none of them),
2. which services are good answers (a listwise loss over all services, Cao et al. 2007),
3. whether there is an answer at all (a logistic rule).

Each is also learned five times with a fifth left out, to see what it is worth on queries it has not seen. Nothing is
written but what it prints; the figures go into search/weights.py by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bench.timing import table
from catalog.reading.yaml_reader import read_file
from directory import Directory, build_directory
from search.evaluation.evaluate import FIRST, JudgedQuery, judged_queries
from search.evaluation.held_back import is_held_back
from search.query.plain_text import capitals, plain_query
from search.scoring.bm25f import word_weights
from search.scoring.query_terms import QueryTerms, word_forms
from search.scoring.scorer import FEATURES, Scorer, need_phrase_places
from search.searcher import Searcher
from search.weights import BLEND, SILENCE, BlendWeights
from settings import ROOT, load_settings

# The day that ages are reckoned on.
ON = date(2026, 11, 21)

FILES = ("queries.yaml", "queries-elsewhere.yaml", "queries-stories.yaml")
FOLDS = 5
NEED_FIGURES = ("need_words", "need_phrase", "need_meaning", "need_none")
# What holds figures down.
NEEDS_HELD, BLEND_HELD, SILENCE_HELD = 1e-4, 0.02, 0.002
# Of the loss, what goes to any one good answer, and what to all of them alike.
ANY_GOOD = 0.5
# Of the queries that have an answer, so many may stay without one.
UNANSWERED = 0.008

Figures = NDArray[np.float64]
Slope = Callable[[Figures], Figures]


@dataclass(slots=True)
class Example:
    """A judged query as it was read: what the models learn from."""

    query: JudgedQuery
    terms: QueryTerms
    evidence: Figures  # (K,)
    exact: Figures  # (K,)
    heard: Figures  # (K,)
    needs: Figures  # (K + 1,) which needs its good answers are for; the last is none
    good: NDArray[np.bool_]  # (S,)
    near: Figures  # (S,) the logarithm of what closeness multiplies a score by
    features: Figures  # (F, S)


def run() -> None:
    served = build_directory(load_settings(), ON)
    examples = [example(served, query) for query in tuning_queries()]
    needs = learn_needs(examples)
    blend = replace(BLEND, **dict(zip(NEED_FIGURES, needs.tolist(), strict=True)))
    scorer = replace(served.searcher.scorer, blend=blend)
    reread(examples, scorer)
    answerable = [each for each in examples if each.good.any()]
    figures = learn_blend(answerable)
    table("Fifths left out", ["fold", f"success@{FIRST}", "first"], left_out(answerable))
    found = {
        **dict(zip(NEED_FIGURES, needs.tolist(), strict=True)),
        **dict(zip(FEATURES, figures.tolist(), strict=True)),
    }
    rows = [
        [field.name, f"{found[field.name]:.2f}", f"{getattr(BLEND, field.name):.2f}"] for field in fields(BlendWeights)
    ]
    table("Blend", ["weight", "learned", "now"], rows)
    names, silence, least, rows = learn_silence(examples, scorer)
    table("Silence, fifths left out", ["fold", "answered", "silent"], rows)
    now = [f"{getattr(SILENCE, name):.2f}" for name in names]
    table("Silence", ["weight", "learned", "now"], [list(row) for row in zip(names, silence, now, strict=True)])
    print(f"least {least:.2f} (now {SILENCE.least:.2f})")


def tuning_queries() -> list[JudgedQuery]:
    queries = []
    for name in FILES:
        found = judged_queries(read_file(ROOT / "tests" / "search" / name).value)
        queries += [query for query in found if name != "queries-stories.yaml" or not is_held_back(query.text)]
    return queries


def example(served: Directory, query: JudgedQuery) -> Example:
    searcher, scorer = served.searcher, served.searcher.scorer
    text = corrected(searcher, query.text)
    parsed = searcher.parser.parse(text, capitals(query.text))
    words = word_forms(parsed.text)
    terms = searcher.terms(parsed, words)
    phrases = {need: need_phrase_places(phrase, words) for need, phrase in parsed.needs}
    shares = word_weights(words, terms.plain, searcher.index.postings, scorer.weights)
    known = scorer.associations.needs
    rows = np.arange(len(searcher.services))
    close = served.table.closeness.shares(rows, parsed.place)
    good = np.array([service.id in query.relevant for service in searcher.services], dtype=np.bool_)
    return Example(
        query=query,
        terms=terms,
        evidence=scorer.associations.evidence(words, shares, phrases).astype(np.float64),
        exact=np.array([float(need in terms.exact) for need in known]),
        heard=(terms.likeness.needs if terms.likeness else np.zeros(len(known))).astype(np.float64),
        needs=_needs_of(good, scorer),
        good=good,
        near=2 * np.log(0.5 + close) if parsed.place is not None else np.zeros(len(rows)),
        features=np.zeros((len(FEATURES), len(rows))),
    )


def corrected(searcher: Searcher, text: str) -> str:
    """The plain query as the search reads it at last."""
    plain = plain_query(text)
    return (searcher.corrected(plain) or plain) if searcher.read(text).corrected_from is not None else plain


def reread(examples: Sequence[Example], scorer: Scorer) -> None:
    """Work the features out again, with what is now known of needs."""
    for each in examples:
        likely = scorer.likely(each.evidence.astype(np.float32), each.terms.exact, each.terms.likeness)
        each.terms = replace(each.terms, likely=likely)
        each.features = scorer.features(each.terms).astype(np.float64)


def _needs_of(good: NDArray[np.bool_], scorer: Scorer) -> Figures:
    worth = [
        float(np.square(scorer.columns.need_worth[need][good]).sum()) if need in scorer.columns.need_worth else 0.0
        for need in scorer.associations.needs
    ]
    shares = np.array([*worth, 0.0 if good.any() else 1.0])
    return shares / max(float(shares.sum()), 1e-9)


def follow(figures: Figures, slope: Slope, steps: int, pace: float) -> Figures:
    """Adam (Kingma and Ba 2015): go down the slope, each figure at its own pace."""
    mean, square = np.zeros_like(figures), np.zeros_like(figures)
    for step in range(1, steps + 1):
        down = slope(figures)
        mean, square = 0.9 * mean + 0.1 * down, 0.99 * square + 0.01 * down * down
        figures = figures - pace * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return figures


def learn_needs(examples: Sequence[Example]) -> Figures:
    inputs = np.stack([np.stack([each.evidence, each.exact, each.heard]) for each in examples])  # (Q, 3, K)
    wanted = np.stack([each.needs for each in examples])  # (Q, K + 1)

    def slope(figures: Figures) -> Figures:
        values = np.einsum("f,qfk->qk", figures[:3], inputs)
        values = np.hstack([values, np.full((len(values), 1), figures[3])])
        shares = np.exp(values - values.max(axis=1, keepdims=True))
        off = shares / shares.sum(axis=1, keepdims=True) - wanted
        down = np.append(np.einsum("qk,qfk->f", off[:, :-1], inputs), off[:, -1].sum()) / len(values)
        return down + NEEDS_HELD * figures

    return follow(np.array([5.0, 0.5, 9.0, 4.0]), slope, steps=600, pace=0.03)


def learn_blend(examples: Sequence[Example]) -> Figures:
    spread = np.array([np.mean([each.features[number].std() for each in examples]) for number in range(len(FEATURES))])
    scale = np.maximum(spread, 0.02)

    def slope(figures: Figures) -> Figures:
        down = np.zeros(len(FEATURES))
        for each in examples:
            total = (figures / scale) @ each.features + each.near
            shares = np.exp(total - total.max())
            shares /= shares.sum()
            good = shares * each.good
            wanted = ANY_GOOD * good / max(float(good.sum()), 1e-12) + (1 - ANY_GOOD) * each.good / each.good.sum()
            down += each.features @ (shares - wanted) / scale
        return down / len(examples) + BLEND_HELD * figures

    learned: Figures = follow(np.zeros(len(FEATURES)), slope, steps=300, pace=0.05) / scale
    return learned


def left_out(examples: Sequence[Example]) -> list[list[str]]:
    rows = []
    for fold in range(FOLDS):
        figures = learn_blend([each for number, each in enumerate(examples) if number % FOLDS != fold])
        orders = [
            (each, np.argsort(-(figures @ each.features + each.near), kind="stable")) for each in examples[fold::FOLDS]
        ]
        first = [bool(each.good[order[0]]) for each, order in orders]
        early = [bool(each.good[order[:FIRST]].any()) for each, order in orders]
        rows.append([str(fold), f"{np.mean(early):.3f}", f"{np.mean(first):.3f}"])
    return rows


def learn_silence(examples: Sequence[Example], scorer: Scorer) -> tuple[list[str], list[str], float, list[list[str]]]:
    parts = [scorer.silence_parts(each.terms, each.features.astype(np.float32)) for each in examples]
    names = list(parts[0])
    inputs = np.array([[part[name] for name in names] for part in parts])
    wanted = np.array([float(each.good.any()) for each in examples])
    rows = []
    for fold in range(FOLDS):
        out = np.arange(len(wanted)) % FOLDS == fold
        figures = _logistic(inputs[~out], wanted[~out])
        least = _least(inputs[~out] @ figures, wanted[~out])
        values = inputs[out] @ figures
        answered, silent = np.mean(values[wanted[out] > 0] >= least), np.mean(values[wanted[out] == 0] < least)
        rows.append([str(fold), f"{answered:.3f}", f"{silent:.3f}"])
    figures = _logistic(inputs, wanted)
    return names, [f"{figure:.2f}" for figure in figures], _least(inputs @ figures, wanted), rows


def _logistic(inputs: Figures, wanted: Figures) -> Figures:
    scale = np.maximum(inputs.std(axis=0), 0.05)
    importance = np.where(wanted > 0, 0.5 / wanted.mean(), 0.5 / (1 - wanted.mean()))

    def slope(figures: Figures) -> Figures:
        off = (1 / (1 + np.exp(-(inputs / scale) @ figures)) - wanted) * importance
        down: Figures = (inputs / scale).T @ off / len(wanted) + SILENCE_HELD * figures
        return down

    learned: Figures = follow(np.zeros(inputs.shape[1]), slope, steps=1500, pace=0.02) / scale
    return learned


def _least(values: Figures, wanted: Figures) -> float:
    return float(np.quantile(values[wanted > 0], UNANSWERED))
