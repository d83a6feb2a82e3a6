"""What all schemas of catalog files share: nested maps, and schemas that build frozen values."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, ClassVar

from marshmallow import fields, post_load

from catalog.reading.fields import (
    MISSING,
    CatalogSchema,
)


def nested(schema: type[CatalogSchema], **kwargs: Any) -> fields.Nested:
    return fields.Nested(
        schema,
        error_messages={
            **MISSING,
            "type": "must be a map of fields.",
        },
        **kwargs,
    )


@cache
def shared_instance(schema: type[CatalogSchema]) -> CatalogSchema:
    """Return the one instance of a schema that fields share: making it costs more than using it."""
    return schema()


class ValueSchema(CatalogSchema):
    """A schema that loads to the frozen value of the class named by `value`."""

    value: ClassVar[Callable[..., Any]]

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Any:
        return type(self).value(**data)
