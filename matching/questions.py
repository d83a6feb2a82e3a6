"""The next best question: which missing facts would settle the most uncertain matches."""

from __future__ import annotations

from collections import Counter

import numpy as np

from catalog.model import Catalog
from matching.eligibility import Status, Verdict
from matching.request import Question
from matching.table import Bools, EligibilityTable, Judged

MOST_QUESTIONS = 5

_TEXTS = {
    "age": "How old is the child? A birth date is best.",
    "caregiver_age": "How old is the parent or caregiver?",
    "town": "Which town do they live in?",
    "income": "What is the household's income, and how many people live on it?",
    "insurance": "What health insurance do they have?",
    "grade": "Which grade is the student in?",
}


def questions_for(table: EligibilityTable, judged: Judged) -> tuple[Question, ...]:
    """At most five facts, the one that the most uncertain matches wait for first.

    A match waits for a fact once for each of its criteria that the fact would settle.
    """
    uncertain = judged.verdicts == Verdict.UNCERTAIN
    waiting: Counter[str] = Counter()
    if judged.adult is None or judged.takes_adult is None:
        waiting.update(_waiting(table, judged, uncertain))
    else:
        waiting.update(_waiting(table, judged, uncertain & ~judged.takes_adult))
        waiting.update(_waiting(table, judged.adult, uncertain & judged.takes_adult))
    ordered = sorted(waiting.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Question(fact, question_text(fact, table.catalog), count) for fact, count in ordered[:MOST_QUESTIONS])


def _waiting(table: EligibilityTable, judged: Judged, which: Bools) -> Counter[str]:
    """How many of these services wait for each fact: counted by distinct rule, not service by service."""
    best = judged.best[which]
    waiting: Counter[str] = Counter()
    for column, statuses in zip(table.rules, judged.statuses, strict=True):
        codes = column.codes[best]
        counts = np.bincount(codes[statuses[codes] == Status.UNKNOWN], minlength=len(column.values))
        for fact, count in column.waiting(counts, judged.facts):
            waiting[fact] += count
    return waiting


def question_text(fact: str, catalog: Catalog) -> str:
    """The question that asks for a fact; a condition or circumstance is asked for by its label."""
    if fact in _TEXTS:
        return _TEXTS[fact]
    for terms in (catalog.vocabulary.conditions, catalog.vocabulary.circumstances):
        if fact in terms:
            return f"Does this apply: {terms[fact].label.en}?"
    return f"Does this apply: {fact}?"
