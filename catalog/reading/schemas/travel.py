"""What the file of the page for families from far away may say: schemas to the values of `catalog.far_away`."""

from __future__ import annotations

from typing import Any

from marshmallow import post_load

from catalog.model.travel import FarAway, Journey, TeamMember
from catalog.reading.fields import CatalogSchema, Many, Number, Text
from catalog.reading.schemas import LabelSchema, SourceSchema, ValueSchema, nested


class TeamMemberSchema(ValueSchema):
    value = TeamMember

    who = nested(LabelSchema, required=True)
    does = nested(LabelSchema, required=True)


class JourneySchema(CatalogSchema):
    start = nested(LabelSchema, required=True, data_key="from")
    town = Text(required=True, most=100)
    minutes = Number(required=True, least=1, most_value=1440)
    miles = Number(required=True, least=1, most_value=3000)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Journey:
        return Journey(data["start"], data["town"], round(data["minutes"]), round(data["miles"]))


class FarAwayFileSchema(ValueSchema):
    """resources/far-away.yaml"""

    value = FarAway

    team = Many(nested(TeamMemberSchema), required=True)
    steps = Many(nested(LabelSchema), required=True)
    journeys = Many(nested(JourneySchema), required=True)
    sources = Many(nested(SourceSchema), required=True)
