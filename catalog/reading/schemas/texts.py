"""Labels, words and sources: texts that many files hold."""

from __future__ import annotations

from catalog import model
from catalog.reading.fields import (
    Day,
    Text,
    WebAddress,
    texts,
)
from catalog.reading.schemas.base import ValueSchema


class LabelSchema(ValueSchema):
    value = model.Label

    en = Text(required=True, most=300)
    es = Text(required=True, most=300)


class WordsSchema(ValueSchema):
    value = model.Words

    en = texts()
    es = texts()


class SourceSchema(ValueSchema):
    value = model.Source

    url = WebAddress(required=True, most=500)
    note = Text(most=300)
    date = Day()
