"""Where a service works or a family must live."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from marshmallow import ValidationError, fields, post_load

from catalog.places import Area
from catalog.reading.fields import (
    MISSING,
    CatalogSchema,
    Id,
    Many,
    texts,
)
from catalog.reading.schemas.base import shared_instance

WHOLE_AREAS = ("any", "nationwide", "statewide")


class AreaMapSchema(CatalogSchema):
    towns = texts()
    counties = texts()
    regions = Many(Id())
    outside = fields.Raw(error_messages=MISSING)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Area:
        if "outside" in data:
            if len(data) > 1:
                raise ValidationError("“outside” stands alone; put the towns and regions under it.")
            inner: Area = AreaField().deserialize(data["outside"])
            if inner.outside:
                raise ValidationError("“outside” cannot stand under “outside”.")
            return replace(inner, outside=True)
        if not any(data.values()):
            raise ValidationError("name at least one town, county or region, or write statewide or any.")
        return Area(**data)


class AreaField(fields.Field[Area]):
    """any, nationwide or statewide; or a map of towns, counties and regions."""

    default_error_messages = MISSING

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, str):
            if value not in WHOLE_AREAS:
                raise ValidationError(
                    f"must be one of {', '.join(WHOLE_AREAS)}, or a map of towns, counties or regions."
                )
            return Area(whole=value)
        return shared_instance(AreaMapSchema).load(value)
