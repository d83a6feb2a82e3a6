"""Reading the JSON of a request: as strict as the fields in it, and whatever is wrong with it is a 422."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import flask_smorest
from flask import Request
from webargs.core import is_json, missing
from webargs.flaskparser import FlaskParser

from api.problems import FieldError, InvalidRequest


def load_json(text: str) -> Any:
    """The value of a JSON text. Raises InvalidRequest for no JSON, and for a field that is there twice."""
    try:
        return json.loads(text, object_pairs_hook=_object)
    # Also for whole numbers of thousands of digits.
    except ValueError:
        raise InvalidRequest([FieldError("", "This is not valid JSON.")]) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise InvalidRequest([FieldError(twice, "This field is there twice.")])
    return found


class JsonParser(FlaskParser):
    """An empty body has no fields. A body that is not said to be JSON is refused, not taken for an empty one."""

    def _raw_load_json(self, req: Request) -> Any:
        data = req.get_data(cache=True)
        if not data:
            return missing
        if not is_json(req.mimetype):
            raise InvalidRequest([FieldError("", "Send JSON, with “Content-Type: application/json”.")])
        try:
            text = data.decode()
        except UnicodeDecodeError:
            raise InvalidRequest([FieldError("", "This is not valid JSON: its text is not UTF-8.")]) from None
        return load_json(text)


class Blueprint(flask_smorest.Blueprint):
    ARGUMENTS_PARSER = JsonParser()
