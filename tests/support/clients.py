"""Reading answers in tests."""

from __future__ import annotations

from typing import Any

from werkzeug.test import TestResponse


def body(answer: TestResponse) -> Any:
    """The JSON of an answer, of whatever shape."""
    return answer.get_json()
