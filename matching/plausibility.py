"""What nobody is taken to be in unless they say so: a rare illness that nothing hints at, a pregnancy in a family that
asks for an eight-year-old.

Without this a side door of a program ("or anyone who is pregnant") would keep it open, and asked about, at every age.
It is the one place where what is not told counts as "no"; it is said so, and telling the fact opens the program.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from catalog.model import Catalog, Term
from matching.eligibility import Status, age_status
from matching.facts import Facts, terms_of


def with_plausibility(facts: Facts, need_ids: Iterable[str], catalog: Catalog) -> Facts:
    """The facts, with every term that nobody told and that neither the age, the needs nor another term hints at."""
    hints = facts.has | facts.caregiver_has | frozenset(need_ids)
    return replace(
        facts,
        implausible=frozenset(
            term.id
            for term in terms_of(catalog).values()
            if not facts.knows(term.id) and hints.isdisjoint(term.hinted_by) and _is_unlikely(term, facts)
        ),
    )


def _is_unlikely(term: Term, facts: Facts) -> bool:
    if term.rare:
        return True
    ages = [age_status(rule, facts.age) for rule in term.ages]
    return bool(ages) and max(ages) is Status.UNMET
