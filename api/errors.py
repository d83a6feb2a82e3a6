"""Errors as RFC 9457 problem details: one shape, one table from exception to HTTP answer.

{"type": "about:blank", "title": "...", "status": 422, "detail": "...",
 "errors": [{"field": "person.age_months", "message": "...", "allowed": ["..."]}]}
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, request
from flask_smorest import Api
from rapidfuzz import process
from werkzeug.exceptions import HTTPException

from api.fields import AnswerSchema, parts, string, strings, whole
from catalog.reading.problems import CatalogError

log = logging.getLogger(__name__)

PROBLEM_JSON = "application/problem+json"
MAX_ALLOWED = 20
MAX_ERRORS = 50

_DETAILS = {
    400: "The request could not be read. Send JSON in UTF-8, with “Content-Type: application/json”.",
    404: "There is nothing at this address. See /api/v1/openapi.json for what there is.",
    405: "This address does not take that method.",
    413: "The request is too large. Send at most 256 kB.",
    415: "Send JSON, with “Content-Type: application/json”.",
    422: "Some fields are wrong. Nothing was computed; correct them and send again.",
    429: "Too many requests from your address. Wait as long as “Retry-After” says, then send again.",
    500: "Something went wrong here, and it was noted. Please try again later.",
    503: "The directory is not ready. Please try again in a minute.",
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field: its path, a sentence, and the values that may stand there (or the nearest)."""

    field: str
    message: str
    allowed: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        # The name of a field is echoed as it was sent, and may hold what UTF-8 cannot.
        shown: dict[str, Any] = {"field": self.field.encode("utf-8", "replace").decode(), "message": self.message}
        return shown | ({"allowed": list(self.allowed)} if self.allowed else {})


@dataclass
class InvalidRequestError(Exception):
    """The request names something that does not exist or cannot be. Answered with 422 and every error found."""

    errors: list[FieldError] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ErrorList:
    """Gathers what is wrong with one request, so that all of it is told at once."""

    found: list[FieldError] = field(default_factory=list)

    def add(self, path: str, message: str, allowed: Iterable[str] = ()) -> None:
        self.found.append(FieldError(path, message, tuple(allowed)))

    def add_unknown(self, path: str, kind: str, value: str, known: Iterable[str]) -> None:
        """An id that is not known, with the nearest names."""
        self.found.append(unknown_name(path, kind, value, known))

    def raise_if_any(self) -> None:
        """Raises InvalidRequestError with every error."""
        if self.found:
            raise InvalidRequestError(list(self.found))


def as_sentence(text: str) -> str:
    """The text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def unknown_name(path: str, kind: str, value: str, known: Iterable[str]) -> FieldError:
    """An id that is not known: the nearest names are given, or all of a short list."""
    names = sorted(known)
    near = [match for match, _, _ in process.extract(value[:60], names, limit=5, score_cutoff=60)]
    shown = near or (names if len(names) <= MAX_ALLOWED else [])
    hint = f" Did you mean {near[0]}?" if near else ""
    return FieldError(path, f"There is no {kind} “{value[:60]}”.{hint}", tuple(shown))


def problem(status: int, errors: Iterable[FieldError] = (), detail: str | None = None) -> Response:
    title = HTTPStatus(status).phrase
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status}
    body["detail"] = detail or _DETAILS.get(status, title)
    listed = [error.as_json() for error in errors][:MAX_ERRORS]
    if listed:
        body["errors"] = listed
    response = Response(json.dumps(body, ensure_ascii=False) + "\n", status, mimetype=PROBLEM_JSON)
    if status >= 400:
        response.headers["Cache-Control"] = "no-store"
    return response


def not_listed(kind: str, value: str, known: Iterable[str]) -> Response:
    """The answer for an address with an id that is not listed: 404, naming the nearest ids."""
    return problem(404, [unknown_name("id", kind, value, known)], f"No {kind} has this id.")


class FieldErrorSchema(AnswerSchema):
    """What is wrong with one field."""

    field = string("Its path in the request; empty for the whole of it.")
    message = string("To show.")
    allowed = strings("The values that may stand there, or the nearest ones.", optional=True)


class ProblemSchema(AnswerSchema):
    """A problem detail (RFC 9457)."""

    type = string()
    title = string()
    status = whole("The HTTP status.")
    detail = string("A sentence to show.")
    errors = parts(FieldErrorSchema, "At most 50.", optional=True)


class DirectoryApi(Api):
    """flask-smorest, answering with problem details and keeping the headers (Allow, Retry-After) of the error."""

    ERROR_SCHEMA = ProblemSchema

    def _register_responses(self) -> None:
        """Describe errors by the content type that they are sent with; flask-smorest knows one for all answers."""
        self.DEFAULT_RESPONSE_CONTENT_TYPE = PROBLEM_JSON
        super()._register_responses()
        del self.DEFAULT_RESPONSE_CONTENT_TYPE

    def handle_http_exception(self, error: HTTPException) -> Response:
        return answer_http(error)


def answer_http(error: HTTPException) -> Response:
    status = error.code or 500
    messages = getattr(error, "data", {}).get("messages", {})
    errors = list(field_errors(messages.get("json", messages.get("query", messages))))
    response = problem(422 if errors else status, errors)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def field_errors(messages: Any, path: str = "") -> Iterator[FieldError]:
    """marshmallow's nested messages as a flat list of fields."""
    if isinstance(messages, dict):
        for key, inner in messages.items():
            step = "" if key == "_schema" else str(key)
            yield from field_errors(inner, ".".join(filter(None, (path, step))))
        return
    for message in messages if isinstance(messages, list) else [messages]:
        yield message if isinstance(message, FieldError) else FieldError(path, str(message))


def register(app: Flask) -> None:
    """The table: which exception gives which answer. Nothing here shows a traceback."""
    app.register_error_handler(InvalidRequestError, lambda error: problem(422, error.errors))
    app.register_error_handler(
        RecursionError, lambda error: problem(422, [FieldError("", "The JSON is nested too deeply.")])
    )
    app.register_error_handler(
        UnicodeError, lambda error: problem(422, [FieldError("", "The text is not valid Unicode.")])
    )
    app.register_error_handler(CatalogError, _not_ready)
    app.register_error_handler(OSError, _not_ready)
    app.register_error_handler(Exception, _unexpected)


def _not_ready(error: Exception) -> Response:
    log.error("The directory cannot be served: %s", error)
    return problem(503)


def _unexpected(error: Exception) -> Response:
    if isinstance(error, HTTPException):
        return answer_http(error)
    # Where it happened, and nothing of what was asked or found: a message may quote what a family typed.
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("Unexpected %s at %s\n%s", type(error).__name__, request.endpoint, frames)
    return problem(500)
