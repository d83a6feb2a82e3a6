"""thresholds.yaml: poverty guidelines and median incomes."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from marshmallow import post_load

from catalog import model
from catalog.reading.fields import (
    NOT_EMPTY,
    CatalogSchema,
    Many,
    Number,
    Text,
)
from catalog.reading.schemas.base import nested


class PovertySchema(CatalogSchema):
    year = Number(least=2000, most_value=2100, required=True)
    one_person = Number(required=True)
    each_additional_person = Number(required=True)
    source = Text(required=True, most=500)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> model.PovertyGuideline:
        return model.PovertyGuideline(**{**data, "year": int(data["year"])})


class MedianSchema(CatalogSchema):
    season = Text(required=True)
    percent = Number(least=1, most_value=100, required=True)
    by_household_size = Many(Number(), required=True, validate=NOT_EMPTY)
    doubtful_sizes = Many(Number(), load_default=())
    note = Text(most=500)
    source = Text(required=True, most=500)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> model.MedianIncome:
        by_size = dict(enumerate(data["by_household_size"], start=1))
        doubtful = tuple(int(size) for size in data["doubtful_sizes"])
        return model.MedianIncome(data["season"], data["percent"], MappingProxyType(by_size), doubtful, data["source"])


class ThresholdsFileSchema(CatalogSchema):
    """resources/thresholds.yaml"""

    poverty_guidelines = Many(nested(PovertySchema), required=True, validate=NOT_EMPTY)
    median_incomes = Many(nested(MedianSchema), required=True, validate=NOT_EMPTY)
