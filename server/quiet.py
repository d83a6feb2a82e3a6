"""Faults in the log: where they happened and of which kind, without the words of an exception.

A message may quote what a family typed: “invalid literal for int(): 'my husband ...'”.
"""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

# An exception, as logging takes it.
ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
MAX_CAUSES = 5


def without_words(error: BaseException | None) -> str:
    """The lines of code and the kind of an exception, and of those that led to it."""
    parts: list[str] = []
    while error is not None and len(parts) < MAX_CAUSES:
        parts.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__name__)
        error = error.__cause__ or error.__context__
    return "\nwhich came of\n".join(parts)


class QuietFormatter(logging.Formatter):
    """Leaves out the words of exceptions."""

    def formatException(self, ei: ExceptionInfo) -> str:
        return without_words(ei[1])


def set_up() -> None:
    """Log to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(QuietFormatter("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
