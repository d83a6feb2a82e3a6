"""JSON Schema (2020-12) of an organization file, made from the marshmallow schemas, so that editors complete it."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from catalog.model import Catalog
from catalog.reading import schemas
from catalog.reading.fields import (
    AgeLimit,
    Choice,
    ClockTime,
    Id,
    Many,
    Number,
    PhoneNumber,
    PostalCode,
    Text,
    WebAddress,
    Weekdays,
    YesNo,
)

_PATTERNS: list[tuple[type[fields.Field[Any]], dict[str, Any]]] = [
    (Id, {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}),
    (YesNo, {"enum": [True, False, "true", "false", "yes", "no"]}),
    (Number, {"type": ["number", "string"]}),
    (WebAddress, {"type": "string", "pattern": "^https?://"}),
    (PhoneNumber, {"type": ["string", "integer"], "description": "860-555-0123, 1-800-555-0123 or 211"}),
    (PostalCode, {"type": ["string", "integer"], "description": "06106"}),
    (AgeLimit, {"type": "string", "pattern": "^([0-9]+y)?([0-9]+m)?([0-9]+w)?([0-9]+d)?$"}),
    (Weekdays, {"type": "string", "description": "mon-fri, sat, daily"}),
    (ClockTime, {"type": ["string", "integer"], "description": "9:30 or 17:00"}),
    (Text, {"type": ["string", "number", "boolean"]}),
]


def organization_file_schema(catalog: Catalog) -> dict[str, Any]:
    """The schema, with the ids of this catalog's needs, vocabulary and regions as the allowed values."""
    vocabulary = catalog.vocabulary
    known = {
        "needs": [need.id for need in catalog.needs.values() if need.parent],
        "conditions": list(vocabulary.conditions),
        "circumstances": list(vocabulary.circumstances),
        "insurance": list(vocabulary.insurance),
        "insurance_accepted": list(vocabulary.insurance),
        "languages": list(vocabulary.languages),
        "delivery": list(vocabulary.delivery),
        "towns": list(catalog.places.towns),
        "counties": list(catalog.places.counties),
        "regions": list(catalog.places.regions),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An organization and its services",
        **_object(schemas.OrganizationFileSchema(), known),
    }


def _object(schema: Schema, known: dict[str, list[str]]) -> dict[str, Any]:
    properties = {field.data_key or name: _field(name, field, known) for name, field in schema.fields.items()}
    required = [field.data_key or name for name, field in schema.fields.items() if field.required]
    shape: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    return shape | ({"required": required} if required else {})


def _field(name: str, field: fields.Field[Any], known: dict[str, list[str]]) -> dict[str, Any]:
    match field:
        case fields.Nested():
            return _object(field.schema, known)
        case Many():
            inner = {"enum": known[name]} if name in known else _field(name, field.inner, known)
            return {"type": "array", "items": inner}
        case schemas.TermsField():
            ids = {"type": "array", "items": {"enum": known[name]}}
            return {"anyOf": [ids, {"type": "object", "properties": {"all": ids}, "additionalProperties": False}]}
        case schemas.AreaField():
            inner = _object(schemas.AreaMapSchema(), known)
            return {"anyOf": [{"enum": list(schemas.WHOLE_AREAS)}, inner]}
        case schemas.AgeField():
            return {"anyOf": [{"const": "any"}, _object(schemas.AgeMapSchema(), known)]}
        case schemas.IncomeField():
            return {"anyOf": [{"const": "any"}, _object(schemas.IncomeMapSchema(), known)]}
        case Choice():
            return {"enum": list(field.allowed)}
        case _:
            return next((dict(shape) for kind, shape in _PATTERNS if isinstance(field, kind)), {})
