"""What the files of assessments and of the crosswalk may say: schemas to the values of `catalog.assessments`."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, post_load

from catalog.model.assessment import (
    CODE_SYSTEMS,
    HELP_WANTED,
    RESPONDENTS,
    SEVERITIES,
    TEXT_KINDS,
    Answer,
    AskIf,
    Assessment,
    Crosswalk,
    CrosswalkEntry,
    Instrument,
    Question,
    Sum,
)
from catalog.reading.fields import CatalogSchema, Choice, Id, Many, Number, Text, WebAddress, YesNo, texts
from catalog.reading.schemas import AgeField, LabelSchema, nested


class _Built(CatalogSchema):
    """Makes `value` of what it loads."""

    value: type[Any]

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Any:
        return self.value(**data)


class AnswerSchema(_Built):
    value = Answer
    code = Text(required=True, most=60)
    label = nested(LabelSchema)
    needs = Many(Id())
    also = Many(Id())
    severity = Choice("severity", SEVERITIES)
    circumstances = Many(Id())
    help_wanted = Choice("answer", HELP_WANTED)
    points = Number()

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Any:
        also = data.pop("also", ())
        return Answer(**{**data, "needs": (*data.get("needs", ()), *also)})


class AskIfSchema(_Built):
    value = AskIf
    question = Text(required=True)
    answers = texts(required=True)


class QuestionSchema(_Built):
    value = Question
    code = Text(required=True, most=60)
    label = nested(LabelSchema)
    help_question = Text()
    many = YesNo()
    derived = YesNo()
    ages = AgeField()
    ask_if = nested(AskIfSchema)
    answers = Many(nested(AnswerSchema), required=True)


class SumSchema(_Built):
    value = Sum
    id = Id(required=True)
    label = nested(LabelSchema)
    questions = texts()
    at_least = Number()
    at_most = Number()
    complete = YesNo()
    total_code = Text()
    ages = AgeField()
    needs = Many(Id(), required=True)
    severity = Choice("severity", SEVERITIES)


class InstrumentSchema(_Built):
    value = Instrument
    id = Id(required=True)
    title = nested(LabelSchema, required=True)
    terms = Text(required=True)
    sources = Many(WebAddress())


class PanelSchema(CatalogSchema):
    system = WebAddress(required=True)
    code = Text(required=True)


class AssessmentFileSchema(_Built):
    """resources/assessments/ID.yaml"""

    value = Assessment
    id = Id(required=True)
    title = nested(LabelSchema, required=True)
    description = nested(LabelSchema, required=True)
    text = Choice("text", TEXT_KINDS, required=True)
    respondent = Choice("respondent", RESPONDENTS, required=True)
    panel = nested(PanelSchema)
    credit = Text()
    terms = Text()
    notice = Text()
    sources = Many(WebAddress())
    instruments = Many(nested(InstrumentSchema))
    questions = Many(nested(QuestionSchema))
    sums = Many(nested(SumSchema))

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Any:
        made = Assessment(**data)
        labelled = [q.code for q in made.questions if q.label or any(answer.label for answer in q.answers)]
        if made.text == "codes-only" and labelled:
            raise ValidationError(f"may show no text, but {labelled[0]} has a label.", "questions")
        if made.text == "public" and len(labelled) < len(made.questions):
            raise ValidationError("every question of a public assessment needs a label.", "questions")
        return made


class CrosswalkEntrySchema(_Built):
    value = CrosswalkEntry
    need = Id(required=True)
    system = Choice("code system", CODE_SYSTEMS, required=True)
    code = Text(required=True, most=60)
    label = Text(required=True, most=300)
    children = YesNo()
    weak = YesNo()
    kind = Choice("kind", ("finding", "service"))
    ages = AgeField()


class IgnoredSchema(CatalogSchema):
    system = Choice("code system", CODE_SYSTEMS, required=True)
    code = Text(required=True)
    label = Text(required=True)
    why = Text(required=True)


class CrosswalkFileSchema(CatalogSchema):
    """resources/crosswalk.yaml"""

    systems = fields.Dict(keys=Choice("code system", CODE_SYSTEMS), values=WebAddress(), required=True)
    sources = texts()
    ignored = Many(nested(IgnoredSchema), load_default=())
    codes = Many(nested(CrosswalkEntrySchema), required=True)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Any:
        ignored = frozenset((item["system"], item["code"]) for item in data["ignored"])
        return Crosswalk(data["codes"], ignored, data["systems"])
