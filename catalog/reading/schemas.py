"""What each catalog file may say: marshmallow schemas from text to the frozen values of `catalog.model`.

References between files (needs, towns, other services) are not looked up here; `catalog.checks` does that.
Every field is described in docs/writing-a-resource.md and offered to editors by `flask catalog schema`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from catalog import model
from catalog.format import duration_text
from catalog.places import Area
from catalog.reading.fields import (
    MISSING,
    NOT_EMPTY,
    AgeLimit,
    CatalogSchema,
    Choice,
    ClockTime,
    Day,
    EmailAddress,
    Id,
    Many,
    Number,
    PhoneNumber,
    PostalCode,
    Text,
    WebAddress,
    Weekdays,
    YesNo,
    e164,
    texts,
)

WHOLE_AREAS = ("any", "nationwide", "statewide")
STATUSES = ("active", "inactive", "defunct", "temporarily closed")


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
def _shared(schema: type[CatalogSchema]) -> CatalogSchema:
    """One instance of each schema that a field calls itself: making one costs more than using it."""
    return schema()


class PhoneSchema(CatalogSchema):
    number = PhoneNumber(required=True)
    label = Text(most=120)
    label_es = Text(most=120)
    extension = Text(most=10)
    type = Choice("phone type", model.PHONE_TYPES)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> model.Phone:
        return model.Phone(e164=e164(data["number"]), **data)


class LocationSchema(CatalogSchema):
    name = Text(most=120)
    street = Text(most=120)
    city = Text(required=True, most=60)
    state = Text(load_default="CT", validate=validate.Regexp("[A-Z]{2}$", error="must be two letters, such as CT."))
    postal_code = PostalCode()

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> model.Location:
        return model.Location(**{"street": None, "postal_code": None, **data})


class ScheduleSchema(CatalogSchema):
    days = Weekdays(required=True)
    opens = ClockTime(required=True)
    closes = ClockTime(required=True)
    label = Text(most=120)
    label_es = Text(most=120)

    @validates_schema
    def opens_before_it_closes(self, data: dict[str, Any], **kwargs: Any) -> None:
        if data["opens"] >= data["closes"]:
            raise ValidationError("must be later than “opens”; give hours past midnight as two lines.", "closes")

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> model.Schedule:
        return model.Schedule(data["days"], data["opens"], data["closes"], data.get("label"), data.get("label_es"))


class NextStepSchema(CatalogSchema):
    action = Choice("action", model.NEXT_STEP_ACTIONS, required=True)
    text = Text(required=True, most=300)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> model.NextStep:
        return model.NextStep(**data)


class SourceSchema(CatalogSchema):
    url = WebAddress(required=True, most=500)
    note = Text(most=300)
    date = Day()

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> model.Source:
        return model.Source(**data)


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
        return _shared(AreaMapSchema).load(value)


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
        return _shared(AgeMapSchema).load(value)


class IncomeMapSchema(CatalogSchema):
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

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> model.IncomeRule:
        return model.IncomeRule(**data)


class IncomeField(fields.Field[model.IncomeRule]):
    """any, or a map of limits."""

    default_error_messages = MISSING

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if value == "any":
            return model.IncomeRule(any=True)
        if isinstance(value, str):
            raise ValidationError("must be “any”, or a map such as {up_to_fpl_percent: 185}.")
        return _shared(IncomeMapSchema).load(value)


class AllOfSchema(CatalogSchema):
    all = Many(Id(), required=True, validate=NOT_EMPTY)


class TermsField(fields.Field[model.Terms]):
    """A list of ids of which any one must hold, or {all: [...]}."""

    default_error_messages = MISSING

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, dict):
            return model.Terms(_shared(AllOfSchema).load(value)["all"], all_of=True)
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


class ExclusionSchema(CatalogSchema):
    conditions = Many(Id())
    circumstances = Many(Id())
    insurance = Many(Id())

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> model.Exclusion:
        return model.Exclusion(**data)


class AlternativeSchema(CatalogSchema):
    source = WebAddress(required=True, most=500)
    age = AgeField()
    residence = AreaField()
    income = IncomeField()
    insurance = TermsField()
    conditions = TermsField()
    circumstances = TermsField()
    grade = nested(GradeSchema)
    exclusion = nested(ExclusionSchema, data_key="not")

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> model.Alternative:
        return model.Alternative(**data)


class WordsSchema(CatalogSchema):
    en = texts()
    es = texts()

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> model.Words:
        return model.Words(**data)


class TranslationSchema(CatalogSchema):
    name = Text(most=160)
    summary = Text(most=900)
    next_step = Text(most=400)
    alert = Text(most=500)
    hours = Text(most=400)
    cost_note = Text(most=400)
    confirm = texts()
    required_documents = texts()
    reviewed = YesNo(load_default=False)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> model.Translation:
        return model.Translation(**data)


class ServiceSchema(CatalogSchema):
    """One program, guide or hotline. Loads to the keyword arguments of `model.Service` but for where it stands."""

    id = Id(required=True, most=60)
    name = Text(required=True, most=120)
    alternate_names = texts()
    sector = Choice("sector", model.SECTORS)
    kind = Choice("kind", [kind.value for kind in model.Kind], load_default="program")
    status = Choice("status", STATUSES)
    alert = Text(most=400)
    confidence = Choice("confidence", ("normal", "low"))
    needs = Many(Id(), required=True, validate=NOT_EMPTY)
    summary = Text(required=True, most=700)
    description = Text(most=2000)
    next_step = nested(NextStepSchema, required=True)
    phones = Many(nested(PhoneSchema))
    emails = Many(EmailAddress())
    urls = Many(WebAddress(most=500))
    locations = Many(nested(LocationSchema))
    confidential = YesNo()
    hours = Text(most=300)
    schedules = Many(nested(ScheduleSchema))
    eligibility = Many(nested(AlternativeSchema))
    service_area = AreaField()
    insurance_accepted = Many(Id())
    cost = Choice("cost", model.COSTS)
    cost_note = Text(most=300)
    confirm = texts()
    required_documents = texts()
    languages = Many(Id())
    delivery = Many(Id())
    accessibility = texts()
    protective_factors = Many(Choice("protective factor", model.PROTECTIVE_FACTORS))
    part_of = Many(Id())
    leads_to = Many(Id())
    see_also = Many(Id())
    former_ids = Many(Id())
    assured_date = Day()
    sources = Many(nested(SourceSchema), required=True)
    es = nested(TranslationSchema)
    asked_as = nested(WordsSchema)
    curator_note = Text(most=600)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        if "es" in data:
            data["translations"] = MappingProxyType({"es": data.pop("es")})
        data["kind"] = model.Kind(data["kind"])
        return data


class OrganizationSchema(CatalogSchema):
    id = Id(required=True, most=60)
    name = Text(required=True, most=160)
    alternate_names = texts()
    url = WebAddress(most=500)
    description = Text(most=1000)


class OrganizationFileSchema(CatalogSchema):
    """resources/<sector>/<organization>.yaml"""

    organization = nested(OrganizationSchema, required=True)
    services = Many(nested(ServiceSchema), required=True)


class LabelSchema(CatalogSchema):
    en = Text(required=True, most=300)
    es = Text(required=True, most=300)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> model.Label:
        return model.Label(**data)


class FrontDoorSchema(CatalogSchema):
    service = Id(required=True)
    age = AgeField()
    source = WebAddress(most=500)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> model.FrontDoor:
        return model.FrontDoor(data["service"], data.get("age"), data.get("source"))


class StatedTermsSchema(CatalogSchema):
    conditions = Many(Id())
    circumstances = Many(Id())

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> model.StatedTerms:
        return model.StatedTerms(**data)


class NeedSchema(CatalogSchema):
    id = Id(required=True)
    parent = Id()
    label = nested(LabelSchema, required=True)
    description = nested(LabelSchema, required=True)
    words = nested(WordsSchema, load_default=model.Words)
    sensitive = YesNo()
    urgent = YesNo()
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
