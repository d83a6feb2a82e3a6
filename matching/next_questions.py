"""The next best question: which missing facts would settle the most of the best uncertain matches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from catalog.format import say
from catalog.model import Catalog, Need
from matching import messages as wording
from matching.eligibility import Status, Verdict
from matching.facts import Facts, terms_of
from matching.missing_facts import missing_for
from matching.request import Question
from matching.table.rows import View, views_of
from matching.table.table import EligibilityTable, Judged

MAX_QUESTIONS = 5
# Only what a family may come to see is worth a question.
BEST_MATCHES = 20
# Groups of needs that are about health or disability: asking for one of these hints at a condition.
HEALTH_GROUPS = frozenset(("health", "disability", "mental-health"))


def questions_for(
    table: EligibilityTable,
    judged: Judged,
    order: list[int],
    needs: Iterable[Need],
    language: str = "en",
) -> tuple[Question, ...]:
    """At most five facts, the one that the most of the best twenty uncertain matches wait for first.

    `order` are indexes of `judged`, the best match first. A match is settled by a fact when nothing else of it is
    unknown, and half settled when the fact is one of several. They are chosen one after the other: each next one counts
    what those before leave open.
    No illness is asked about that nothing hints at.
    """
    wanted = tuple(needs)
    uncertain = [index for index in order if judged.verdicts[index] == Verdict.UNCERTAIN][:BEST_MATCHES]
    open_matches = [
        waiting
        for view in views_of(uncertain, table, judged)
        if (waiting := _waiting(view, wanted, table.catalog)) is not None
    ]
    settles = Counter(fact for waiting in open_matches for fact in waiting)
    facts = sorted(_most_telling(open_matches), key=lambda fact: (-settles[fact], fact))
    return tuple(Question(fact, question_text(fact, table.catalog, language), settles[fact]) for fact in facts)


def _most_telling(open_matches: list[frozenset[str]]) -> list[str]:
    """At most five facts, each of which settles the most of what those before leave open."""
    facts: list[str] = []
    while open_matches and len(facts) < MAX_QUESTIONS:
        worth = _worth(open_matches)
        fact = min(worth, key=lambda name: (-worth[name], name))
        facts.append(fact)
        open_matches = [left for waiting in open_matches if (left := waiting - {fact})]
    return facts


def _worth(open_matches: Iterable[frozenset[str]]) -> Counter[str]:
    """How much of the open matches each fact settles, in twelfths: all of one that waits for nothing else."""
    worth: Counter[str] = Counter()
    for waiting in open_matches:
        for fact in waiting:
            worth[fact] += max(1, 12 // len(waiting))
    return worth


def _waiting(view: View, needs: Sequence[Need], catalog: Catalog) -> frozenset[str] | None:
    """The facts that a match waits for; None when no question settles it, or when it would be out of place."""
    # What only a call can tell is left aside: an answer to the rest can still rule the service out.
    facts = {
        fact
        for rule in view.rules
        if rule.status is Status.UNKNOWN
        for fact in missing_for(rule.criterion.name, rule.rule, view.facts)
        if _may_be_asked(fact, view.facts, needs, catalog)
    }
    return frozenset(facts) or None


def _may_be_asked(fact: str, facts: Facts, needs: Sequence[Need], catalog: Catalog) -> bool:
    """Whether a question is in place: not about an illness, or what the vocabulary wants a hint for, without a hint."""
    vocabulary = catalog.vocabulary
    told = facts.has | facts.caregiver_has
    if fact in vocabulary.conditions:
        asks_for_health = any(need.parent in HEALTH_GROUPS for need in needs)
        return asks_for_health or not told.isdisjoint(vocabulary.conditions)
    circumstance = vocabulary.circumstances.get(fact)
    if circumstance is None or not circumstance.hinted_by:
        return True
    return not (told | {need.id for need in needs}).isdisjoint(circumstance.hinted_by)


def question_text(fact: str, catalog: Catalog, language: str = "en") -> str:
    """The question that asks for a fact; a condition or circumstance is asked for by its label."""
    if fact in wording.QUESTIONS:
        return wording.QUESTIONS[fact].in_language(language)
    terms = terms_of(catalog)
    label = terms[fact].label.in_language(language) if fact in terms else fact
    return say(wording.QUESTION_TERM, language, term=label)
