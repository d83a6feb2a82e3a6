"""places.yaml: towns, regions and ZIP codes."""

from __future__ import annotations

from marshmallow import validate

from catalog.reading.fields import (
    CatalogSchema,
    Id,
    Many,
    Number,
    PostalCode,
    Text,
    WebAddress,
    YesNo,
    texts,
)
from catalog.reading.schemas.base import nested
from catalog.reading.schemas.texts import SourceSchema


class TownSchema(CatalogSchema):
    name = Text(required=True)
    county = Text(required=True)
    planning_region = Text(required=True)
    zips = Many(PostalCode(), required=True)
    villages = texts(load_default=())
    point = Many(
        Number(least=-180, most_value=180),
        required=True,
        validate=validate.Length(equal=2, error="must be a latitude and a longitude."),
    )


class RegionSchema(CatalogSchema):
    id = Id(required=True)
    label = Text(required=True)
    label_es = Text()
    towns = texts(load_default=())
    complete = YesNo(required=True)
    within = texts(load_default=())
    states = texts(load_default=())
    stated = Text()
    source = WebAddress(most=500)


class ZipPlaceSchema(CatalogSchema):
    zip = PostalCode(required=True)
    town = Text(required=True)


class PlacesFileSchema(CatalogSchema):
    """resources/places.yaml"""

    towns = Many(nested(TownSchema), required=True)
    regions = Many(nested(RegionSchema), required=True)
    zip_places = Many(nested(ZipPlaceSchema), load_default=())
    sources = Many(nested(SourceSchema), load_default=())
