"""What can be wrong with a catalog, and how it is said.

    Problem        one finding: where, which field, what, how grave
    CatalogError   the catalog cannot be used; carries every problem found

A problem reads `path:line: field: message`, so that a terminal or an editor can jump to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import process


class Grade(StrEnum):
    """How grave a problem is. An error stops the catalog from being served; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding. `line` counts from 1; `check` names the rule, so that warnings can be counted by kind."""

    path: str
    line: int
    field: str
    message: str
    grade: Grade = Grade.ERROR
    check: str = "schema"

    def __str__(self) -> str:
        prefix = "" if self.grade is Grade.ERROR else "warning: "
        field = f"{self.field}: " if self.field else ""
        return f"{self.path}:{self.line}: {prefix}{field}{self.message}"


class CatalogError(Exception):
    """The catalog has errors and was not loaded.

    `problems` holds all of them (warnings too), sorted by file and line.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        errors = sum(problem.grade is Grade.ERROR for problem in self.problems)
        super().__init__(f"The catalog has {errors} error{'s' if errors != 1 else ''}.")


LISTED_VALUES = 14
SHOWN_LENGTH = 60


def shown(text: str) -> str:
    """A value from a file as it may appear in a message: short, on one line, printable."""
    clean = "".join(char if char.isprintable() else "�" for char in text[: SHOWN_LENGTH + 1])
    return f"“{clean[:SHOWN_LENGTH]}…”" if len(clean) > SHOWN_LENGTH else f"“{clean}”"


def unknown_value(kind: str, value: str, allowed: Iterable[str]) -> str:
    """The message for a value that is not one of `allowed`: the nearest names, or all of them when they are few."""
    values = sorted(allowed)
    near = [match for match, _, _ in process.extract(value[:SHOWN_LENGTH], values, limit=3, score_cutoff=70)]
    message = f"unknown {kind} {shown(value)}."
    if near:
        message += f" Did you mean {' or '.join(near)}?"
    if len(values) <= LISTED_VALUES:
        message += f" Allowed: {', '.join(values)}."
    elif not near:
        message += f" Run “flask catalog schema” for all {len(values)} allowed values."
    return message
