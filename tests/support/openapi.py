"""Answers held against the OpenAPI document, more strictly than clients should: no field may be left undescribed."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker


def closed(document: Any) -> Any:
    """The document, with objects that have exactly the fields that are described."""
    strict = copy.deepcopy(document)
    for schema in _objects(strict["components"]["schemas"]):
        if schema.get("additionalProperties") in (True, None):
            schema["additionalProperties"] = False
    return strict


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "properties" in value and value.get("type") == "object":
            yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)


def operation_at(document: Any, method: str, path: str) -> Any:
    """The description of a request: (path template, operation). None for what is not described."""
    found = [
        operations[method.lower()]
        for template, operations in document["paths"].items()
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path.partition("?")[0]) and method.lower() in operations
    ]
    # A template without a gap goes first: /services/search is not a service.
    return found[-1] if found else None


def problems_of(document: Any, request: dict[str, Any], status: int, content_type: str, body: Any) -> list[str]:
    """What of the answer to a request (`method`, `path`) is not as the document says."""
    operation = operation_at(document, request["method"], request["path"])
    responses = operation["responses"]
    response = responses.get(str(status), responses.get("default"))
    if "$ref" in response:
        response = document["components"]["responses"][response["$ref"].rpartition("/")[2]]
    if content_type not in response.get("content", {}):
        return [f"{content_type} is not described for {status}"]
    schema = response["content"][content_type]["schema"] | {"components": document["components"]}
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}"[:300] for error in validator.iter_errors(body)]
