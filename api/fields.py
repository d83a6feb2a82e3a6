"""Types of fields: those that requests are read with, and short forms for those that describe answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Any

from marshmallow import INCLUDE, RAISE, Schema, ValidationError, fields, pre_load, validate

MAX_ITEMS = 60
# Of one object; more are told of as one mistake.
MAX_UNKNOWN = 50

TEXTS: dict[str, Any] = {
    "required": "This field is needed.",
    "null": "This field may not be null; leave it out instead.",
    "unknown": "There is no such field.",
    "type": "This must be an object.",
    "invalid": "This is not a valid value.",
}


class ApiSchema(Schema):
    """The fields of a request. Unknown fields are errors: a misspelled filter that is ignored gives a false answer."""

    class Meta:
        unknown = RAISE

    error_messages = TEXTS

    @pre_load
    def _refuse_what_is_no_request(self, data: Any, **kwargs: Any) -> Any:
        """Refuse FHIR resources with a word on what to send, and masses of unknown fields before any is read."""
        if not isinstance(data, dict):
            return data
        if "resourceType" in data and "resourceType" not in self.fields:
            raise ValidationError(_FHIR.get(str(data["resourceType"]), _FHIR[""]), "resourceType")
        unknown = [name for name in islice(data, MAX_UNKNOWN + len(self.fields) + 1) if name not in self.fields]
        if len(unknown) > MAX_UNKNOWN:
            raise ValidationError({name: [TEXTS["unknown"]] for name in unknown})
        return data


# What to send instead of a FHIR resource, by its type.
_ANSWERS = "“answers”: {“88122-7”: “LA28397-0”}: the code of each question, or its linkId, and the code of its answer."
_FHIR = {
    "QuestionnaireResponse": f"FHIR resources are not read here. Send {_ANSWERS}",
    "Observation": f"FHIR resources are not read here. Send what was observed as an assessment with {_ANSWERS}",
    "Condition": "FHIR resources are not read here. Send “system” and “code” of its coding in the list “codes”.",
    "": "FHIR resources are not read here. See docs/api.md for the fields of a request.",
}


class Word(fields.String):
    """A short piece of text: an id, a name, a code."""

    default_error_messages = {**TEXTS, "invalid": "This must be text.", "invalid_utf8": "This is not valid Unicode."}

    def __init__(self, most: int = 100, **kwargs: Any) -> None:
        metadata = {"pattern": NotBlank.pattern} | kwargs.pop("metadata", {})
        super().__init__(validate=NotBlank(most), metadata=metadata, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = str(super()._deserialize(value, attr, data, **kwargs))
        if any("\ud800" <= char <= "\udfff" for char in text):
            raise self.make_error("invalid_utf8")
        return text


class Words(fields.String):
    """Words to search for. Of any length; what is no Unicode in them is no reason to refuse a search."""

    default_error_messages = {**TEXTS, "invalid": "This must be text."}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = str(super()._deserialize(value, attr, data, **kwargs))
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class NotBlank(validate.Validator):
    """Text with something else than spaces in it, of `most` characters at most."""

    pattern = r"\S"

    def __init__(self, most: int) -> None:
        # As the OpenAPI document looks for the bounds of a length.
        self.min, self.max, self.equal = 1, most, None

    def __call__(self, value: str) -> str:
        if not value.strip():
            raise ValidationError("This may not be blank.")
        if len(value) > self.max:
            raise ValidationError(f"This is too long: {self.max} characters at most.")
        return value


class Whole(fields.Integer):
    """A whole number between two bounds; 3.5, "3" in JSON bodies and true are none."""

    default_error_messages = {**TEXTS, "invalid": "This must be a whole number.", "too_large": "This is too large."}

    def __init__(self, least: int, most: int, *, strict: bool = True, **kwargs: Any) -> None:
        message = f"This must be from {least:,} to {most:,}."
        super().__init__(strict=strict, validate=validate.Range(least, most, error=message), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, bool) or (self.strict and not isinstance(value, int)):
            raise self.make_error("invalid", input=value)
        if isinstance(value, str) and (len(value) > 9 or not value.lstrip("-").isascii()):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **kwargs)


class Amount(fields.Float):
    """A number between two bounds; NaN and infinity are none."""

    default_error_messages = {**TEXTS, "invalid": "This must be a number.", "special": "This must be a number."}

    def __init__(self, most: float, **kwargs: Any) -> None:
        super().__init__(validate=validate.Range(0, most, error=f"This must be from 0 to {most:,.0f}."), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, bool | str):
            raise self.make_error("invalid")
        return super()._deserialize(value, attr, data, **kwargs)


class Day(fields.Date):
    """A date as 2024-02-29. Week dates and days of the year are none."""

    default_error_messages = {**TEXTS, "invalid": "This must be a date such as 2024-02-29."}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise self.make_error("invalid", input=value, obj_type="date")
        return super()._deserialize(value, attr, data, **kwargs)


class Items(fields.List[Any]):
    """A list of `most` items at most. Its length is looked at before its items are read."""

    default_error_messages = {**TEXTS, "invalid": "This must be a list."}

    def __init__(self, item: fields.Field[Any], most: int = MAX_ITEMS, **kwargs: Any) -> None:
        self.length = validate.Length(max=most, error=f"Give {most} items at most.")
        super().__init__(item, validate=self.length, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        if isinstance(value, list):
            self.length(value)
        return super()._deserialize(value, attr, data, **kwargs)


def words(**kwargs: Any) -> Items:
    return Items(Word(), **kwargs)


def one_of(*choices: str, **kwargs: Any) -> fields.String:
    """One of a few words."""
    message = f"This must be one of: {', '.join(choices)}."
    return fields.String(validate=validate.OneOf(choices, error=message), error_messages=TEXTS, **kwargs)


def nested(schema: type[Schema], **kwargs: Any) -> fields.Nested:
    """An object inside of a request."""
    return fields.Nested(schema, error_messages=TEXTS, **kwargs)


# Answers. Every field is always there, unless it is `optional`; it holds something, unless it is `nullable`.


class AnswerSchema(Schema):
    """The fields of an answer. More may be added at any time."""

    class Meta:
        unknown = INCLUDE


def _described(description: str, optional: bool, nullable: bool) -> dict[str, Any]:
    metadata = {"description": description} if description else {}
    return {"required": not optional, "allow_none": nullable, "metadata": metadata}


def string(
    description: str = "", *, choices: Iterable[str] = (), optional: bool = False, nullable: bool = False
) -> fields.String:
    allowed = validate.OneOf(list(choices)) if choices else None
    return fields.String(validate=allowed, **_described(description, optional, nullable))


def day(description: str = "", *, optional: bool = False, nullable: bool = False) -> fields.Date:
    return fields.Date(**_described(description, optional, nullable))


def boolean(description: str = "", *, optional: bool = False, nullable: bool = False) -> fields.Boolean:
    return fields.Boolean(**_described(description, optional, nullable))


def whole(description: str = "", *, optional: bool = False, nullable: bool = False) -> fields.Integer:
    """A whole number from 0."""
    return fields.Integer(validate=validate.Range(min=0), **_described(description, optional, nullable))


def decimal(description: str = "", *, optional: bool = False, nullable: bool = False) -> fields.Float:
    return fields.Float(**_described(description, optional, nullable))


def strings(description: str = "", *, optional: bool = False) -> fields.List[Any]:
    return fields.List(fields.String(), **_described(description, optional, nullable=False))


def part(
    schema: type[Schema], description: str = "", *, optional: bool = False, nullable: bool = False
) -> fields.Nested:
    """An object inside of an answer."""
    return fields.Nested(schema, **_described(description, optional, nullable))


def parts(schema: type[Schema], description: str = "", *, optional: bool = False) -> fields.List[Any]:
    return fields.List(fields.Nested(schema), **_described(description, optional, nullable=False))


def by_key(values: fields.Field[Any], description: str = "", *, optional: bool = False) -> fields.Dict:
    """An object whose keys are data: languages, names of parts."""
    return fields.Dict(keys=fields.String(), values=values, **_described(description, optional, nullable=False))
