"""Checks of texts: plain words, and nothing that perishes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.checks.context import Context
from catalog.readability import grade
from catalog.reading.problems import Problem

HARDEST_GRADE = 8.0


def texts_are_plain(context: Context) -> Iterator[Problem]:
    """Summaries and next steps read at grade 8 or below."""
    for service in context.services:
        for path, text in ((("summary",), service.summary), (("next_step", "text"), service.next_step.text)):
            level = grade(text)
            if level > HARDEST_GRADE:
                message = f"reads at grade {level:.1f}; use shorter words and sentences (8 at most)."
                yield context.warning(service, path, message, "reading-level")


_PERISHABLE = re.compile(
    r"\b(planned|plans to|will open|opening soon|coming soon|new this year|recently opened)\b"
    r"|\b\d+ (sites|locations|offices|towns|centers|programs|clinics|schools|branches)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(19|20)\d\d\b")


def texts_do_not_perish(context: Context) -> Iterator[Problem]:
    """Summaries carry no counts, plans or years: they are wrong soon after they are written."""
    for service in context.services:
        found = _PERISHABLE.search(service.summary) or _YEAR.search(service.summary)
        if found:
            message = f"“{found[0]}” will not stay true; leave counts, plans and years out of summaries."
            yield context.warning(service, ("summary",), message, "perishable")
