"""What resources/danger.yaml may say: a schema to the values of `catalog.model.danger`."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from marshmallow import ValidationError, post_load

from catalog import model
from catalog.model.danger import Danger, DangerKind, DangerLine
from catalog.reading.fields import NOT_EMPTY, CatalogSchema, Id, Many, Number, Text, texts
from catalog.reading.schemas.base import ValueSchema, nested
from catalog.reading.schemas.eligibility import AgeField
from catalog.reading.schemas.texts import LabelSchema, WordsSchema


class DangerLineSchema(CatalogSchema):
    service = Id(required=True)
    age = AgeField()

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> DangerLine:
        return DangerLine(data["service"], data.get("age"))


class DangerKindSchema(ValueSchema):
    value = DangerKind

    id = Id(required=True)
    label = nested(LabelSchema, required=True)
    say = nested(LabelSchema, required=True)
    needs = Many(Id())
    lines = Many(nested(DangerLineSchema))
    names = texts()
    rules = nested(WordsSchema, load_default=model.Words)
    examples = nested(WordsSchema, load_default=model.Words)


class ConceptSchema(CatalogSchema):
    id = Id(required=True)
    words = texts(required=True, validate=NOT_EMPTY)


class SpellingField(Text):
    """A short or wrong word, “=”, and the words that it stands for."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        word, equals, words = (part.strip() for part in text.partition("="))
        if not equals or not words or len(word.split()) != 1:
            raise ValidationError("write one word, “=”, and what it stands for, such as “wanna = want to”.")
        return word, tuple(words.split())


class DangerFileSchema(CatalogSchema):
    """resources/danger.yaml"""

    spelling = Many(SpellingField())
    concepts = Many(nested(ConceptSchema))
    near_misses = texts()
    topics = texts()
    kinds = Many(nested(DangerKindSchema), required=True, validate=NOT_EMPTY)
    likeness = Number(least=0, most_value=100)
    examples_of_none = nested(WordsSchema, load_default=model.Words)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Danger:
        concepts = {concept["id"]: concept["words"] for concept in data.get("concepts", ())}
        spelling = dict(data.get("spelling", ()))
        return Danger(**data | {"concepts": MappingProxyType(concepts), "spelling": MappingProxyType(spelling)})
