"""JSON in and out: answers written by orjson, request bodies read as strictly as the fields in them."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import flask_smorest
import orjson
from flask import Request, Response
from flask.json.provider import JSONProvider
from webargs.core import is_json, missing
from webargs.flaskparser import FlaskParser

from api.errors import FieldError, InvalidRequestError


class FastJSONProvider(JSONProvider):
    """JSON by orjson: dates as ISO 8601 text; keys in the order in which they were put in."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        return orjson.dumps(obj).decode()

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Parse JSON. Raises ValueError for what is not JSON; NaN, infinities and lone surrogates are not."""
        return orjson.loads(s)

    def response(self, *args: Any, **kwargs: Any) -> Any:
        obj = self._prepare_response_obj(args, kwargs)
        return Response(orjson.dumps(obj) + b"\n", mimetype="application/json")


def load_json(text: str) -> Any:
    """Parse a JSON text. Raises InvalidRequestError for no JSON, and for a field that is there twice."""
    try:
        return json.loads(text, object_pairs_hook=_object)
    # Also for whole numbers of thousands of digits.
    except ValueError:
        raise InvalidRequestError([FieldError("", "This is not valid JSON.")]) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise InvalidRequestError([FieldError(twice, "This field is there twice.")])
    return found


class JsonParser(FlaskParser):
    """An empty body has no fields. A body that is not said to be JSON is refused, not taken for an empty one."""

    def _raw_load_json(self, req: Request) -> Any:
        data = req.get_data(cache=True)
        if not data:
            return missing
        if not is_json(req.mimetype):
            raise InvalidRequestError([FieldError("", "Send JSON, with “Content-Type: application/json”.")])
        try:
            text = data.decode()
        except UnicodeDecodeError:
            raise InvalidRequestError([FieldError("", "This is not valid JSON: its text is not UTF-8.")]) from None
        return load_json(text)


class Blueprint(flask_smorest.Blueprint):
    """A blueprint of flask-smorest whose bodies are read by JsonParser."""

    ARGUMENTS_PARSER = JsonParser()
