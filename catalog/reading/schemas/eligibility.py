"""Who is eligible: alternatives and their criteria."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, post_load, validates_schema

from catalog import model
from catalog.format import duration_text
from catalog.reading.fields import (
    MISSING,
    NOT_EMPTY,
    AgeLimit,
    CatalogSchema,
    Choice,
    Id,
    Many,
    Number,
    Text,
    WebAddress,
)
from catalog.reading.schemas.areas import AreaField
from catalog.reading.schemas.base import ValueSchema, nested, shared_instance


class AgeMapSchema(CatalogSchema):
    start = AgeLimit(data_key="from")
    under = AgeLimit()
    through = AgeLimit()
    school_year_of = AgeLimit()
    apply_from = AgeLimit()
    who = Choice("who", [who.value for who in model.Who])

    @validates_schema(skip_on_field_errors=True)
    def is_possible(self, data: dict[str, Any], **kwargs: Any) -> None:
        ends = [key for key in ("under", "through", "school_year_of") if key in data]
        if len(ends) > 1:
            raise ValidationError(f"give one upper limit, not {' and '.join(ends)}.")
        if not ends and "start" not in data:
            raise ValidationError("give “from”, “under” or “through”; write “age: any” when the page says all ages.")
        rule = _age_rule(data)
        if rule.apply_from and not (rule.start and rule.apply_from.approximate_days() < rule.start.approximate_days()):
            raise ValidationError("must be younger than “from”: it says from when one can ask ahead.", "apply_from")
        if rule.start and rule.end and rule.start.approximate_days() >= rule.end.approximate_days():
            start, end = duration_text(rule.start), duration_text(rule.end)
            raise ValidationError(f"nobody can be {start} or older and also under {end}.", "from")

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> model.AgeRule:
        return _age_rule(data)


def _age_rule(data: dict[str, Any]) -> model.AgeRule:
    return model.AgeRule(**{**data, "who": model.Who(data.get("who", "child"))})


class AgeField(fields.Field[model.AgeRule]):
    """any, or a map of from, under, through, school_year_of, who."""

    default_error_messages = MISSING

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if value == "any":
            return model.AgeRule(any=True)
        if isinstance(value, str):
            raise ValidationError("must be “any”, or a map such as {from: 3y, under: 22y}.")
        return shared_instance(AgeMapSchema).load(value)


class IncomeMapSchema(ValueSchema):
    value = model.IncomeRule

    up_to_fpl_percent = Number(least=1, most_value=1000)
    above_fpl_percent = Number(least=0, most_value=1000)
    up_to_smi_percent = Number(least=1, most_value=300)
    up_to_annual = Number(least=1)
    stated = Text(most=200)

    @validates_schema(skip_on_field_errors=True)
    def is_possible(self, data: dict[str, Any], **kwargs: Any) -> None:
        if not data:
            raise ValidationError("give a limit, or “stated” with the words of the page.")
        low, high = data.get("above_fpl_percent"), data.get("up_to_fpl_percent")
        if low is not None and high is not None and low >= high:
            raise ValidationError("must be below “up_to_fpl_percent”.", "above_fpl_percent")


class IncomeField(fields.Field[model.IncomeRule]):
    """any, or a map of limits."""

    default_error_messages = MISSING

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if value == "any":
            return model.IncomeRule(any=True)
        if isinstance(value, str):
            raise ValidationError("must be “any”, or a map such as {up_to_fpl_percent: 185}.")
        return shared_instance(IncomeMapSchema).load(value)


class AllOfSchema(CatalogSchema):
    all = Many(Id(), required=True, validate=NOT_EMPTY)


class TermsField(fields.Field[model.Terms]):
    """A list of ids of which any one must hold, or {all: [...]}."""

    default_error_messages = MISSING

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, dict):
            return model.Terms(shared_instance(AllOfSchema).load(value)["all"], all_of=True)
        ids = Many(Id()).deserialize(value)
        if not ids:
            raise ValidationError("the list is empty; name at least one, or delete the line.")
        return model.Terms(ids)


class GradeSchema(CatalogSchema):
    start = Choice("grade", model.GRADES, data_key="from")
    through = Choice("grade", model.GRADES)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> model.GradeRule:
        start, through = (model.GRADES.index(data[key]) if key in data else None for key in ("start", "through"))
        if start is None and through is None:
            raise ValidationError("give “from” or “through”.")
        if start is not None and through is not None and start > through:
            raise ValidationError("“from” is above “through”.")
        return model.GradeRule(start, through)


class ExclusionSchema(ValueSchema):
    value = model.Exclusion

    conditions = Many(Id())
    circumstances = Many(Id())
    insurance = Many(Id())


class AlternativeSchema(ValueSchema):
    value = model.Alternative

    source = WebAddress(required=True, most=500)
    age = AgeField()
    residence = AreaField()
    income = IncomeField()
    insurance = TermsField()
    conditions = TermsField()
    circumstances = TermsField()
    grade = nested(GradeSchema)
    exclusion = nested(ExclusionSchema, data_key="not")
