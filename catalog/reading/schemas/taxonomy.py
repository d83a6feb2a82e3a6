"""needs.yaml, need-questions.yaml and vocabulary.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from marshmallow import post_load

from catalog import model
from catalog.reading.fields import (
    CatalogSchema,
    Choice,
    Id,
    Many,
    Text,
    WebAddress,
    YesNo,
)
from catalog.reading.schemas.base import ValueSchema, nested
from catalog.reading.schemas.eligibility import AgeField
from catalog.reading.schemas.texts import LabelSchema, WordsSchema


class FrontDoorSchema(CatalogSchema):
    service = Id(required=True)
    age = AgeField()
    source = WebAddress(most=500)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> model.FrontDoor:
        return model.FrontDoor(data["service"], data.get("age"), data.get("source"))


class StatedTermsSchema(ValueSchema):
    value = model.StatedTerms

    conditions = Many(Id())
    circumstances = Many(Id())


class NeedSchema(CatalogSchema):
    id = Id(required=True)
    parent = Id()
    label = nested(LabelSchema, required=True)
    description = nested(LabelSchema, required=True)
    words = nested(WordsSchema, load_default=model.Words)
    sensitive = YesNo()
    urgent = YesNo()
    personal = YesNo()
    start_with = Many(nested(FrontDoorSchema))
    no_front_door = Text(most=300)
    states = nested(StatedTermsSchema)


class NeedsFileSchema(CatalogSchema):
    """resources/needs.yaml"""

    needs = Many(nested(NeedSchema), required=True)


def need_questions_schema(need_ids: Iterable[str]) -> CatalogSchema:
    """Return the schema of resources/need-questions.yaml: one map of questions (en, es) for each of `need_ids`."""
    schema: type[CatalogSchema] = CatalogSchema.from_dict(  # type: ignore[assignment]
        {need_id: nested(WordsSchema) for need_id in need_ids}, name="NeedQuestionsFileSchema"
    )
    return schema()


class TermSchema(CatalogSchema):
    id = Id(required=True)
    label = nested(LabelSchema, required=True)
    words = nested(WordsSchema, load_default=model.Words)
    parents = Many(Id())
    who = Choice("who", [who.value for who in model.Who])
    ages = Many(AgeField())
    participant = YesNo()
    rare = YesNo()
    hinted_by = Many(Id())

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        return {**data, "who": model.Who(data.get("who", "child"))}


class VocabularyFileSchema(CatalogSchema):
    """resources/vocabulary.yaml"""

    conditions = Many(nested(TermSchema), required=True)
    circumstances = Many(nested(TermSchema), required=True)
    insurance = Many(nested(TermSchema), required=True)
    languages = Many(nested(TermSchema), required=True)
    delivery = Many(nested(TermSchema), required=True)
