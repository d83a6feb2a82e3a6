"""The next best question: which missing facts would settle the most uncertain matches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np

from catalog.model import Catalog, Service
from matching.eligibility import Judgement, Verdict
from matching.facts import Facts
from matching.reasons import missing_facts
from matching.request import MatchRequest, Question
from matching.table import EligibilityTable, Judged

MOST_QUESTIONS = 5
MOST_JUDGED = 2000

_TEXTS = {
    "age": "How old is the child? A birth date is best.",
    "caregiver_age": "How old is the parent or caregiver?",
    "town": "Which town do they live in?",
    "income": "What is the household's income, and how many people live on it?",
    "insurance": "What health insurance do they have?",
    "grade": "Which grade is the student in?",
}


def questions_for(
    request: MatchRequest,
    table: EligibilityTable,
    judged: Judged,
    judgement_of: Callable[[Service], tuple[Judgement, Facts]],
) -> tuple[Question, ...]:
    """At most five facts, the one that the most uncertain matches wait for first.

    `judgement_of` judges a service for the person whose need it meets, and gives that person's facts.
    """
    wanted = table.rows_of(want.need.id for want in request.wanted) & table.listed
    rows = np.flatnonzero(wanted & (judged.verdicts == Verdict.UNCERTAIN))[:MOST_JUDGED]
    waiting: Counter[str] = Counter()
    for row in rows:
        service = table.services[row]
        waiting.update(missing_facts(service, *judgement_of(service)))
    ordered = sorted(waiting.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Question(fact, question_text(fact, table.catalog), count) for fact, count in ordered[:MOST_QUESTIONS])


def question_text(fact: str, catalog: Catalog) -> str:
    """The question that asks for a fact; a condition or circumstance is asked for by its label."""
    if fact in _TEXTS:
        return _TEXTS[fact]
    for terms in (catalog.vocabulary.conditions, catalog.vocabulary.circumstances):
        if fact in terms:
            return f"Does this apply: {terms[fact].label.en}?"
    return f"Does this apply: {fact}?"
