"""The next best question: which missing facts would settle the most uncertain matches."""

from __future__ import annotations

from collections import Counter

import numpy as np

from catalog.format import say
from catalog.model import Catalog
from matching import messages as wording
from matching.eligibility import Status, Verdict
from matching.facts import terms_of
from matching.request import Question
from matching.table.table import Bools, EligibilityTable, Judged

MAX_QUESTIONS = 5


def questions_for(table: EligibilityTable, judged: Judged, language: str = "en") -> tuple[Question, ...]:
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
    return tuple(
        Question(fact, question_text(fact, table.catalog, language), count) for fact, count in ordered[:MAX_QUESTIONS]
    )


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


def question_text(fact: str, catalog: Catalog, language: str = "en") -> str:
    """The question that asks for a fact; a condition or circumstance is asked for by its label."""
    if fact in wording.QUESTIONS:
        return wording.QUESTIONS[fact].in_language(language)
    terms = terms_of(catalog)
    label = terms[fact].label.in_language(language) if fact in terms else fact
    return say(wording.QUESTION_TERM, language, term=label)
