"""resources/<sector>/<organization>.yaml: organizations and their services."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from marshmallow import ValidationError, post_load, validate, validates_schema

from catalog import model
from catalog.reading.fields import (
    NOT_EMPTY,
    CatalogSchema,
    Choice,
    ClockTime,
    Day,
    EmailAddress,
    Id,
    Many,
    PhoneNumber,
    PostalCode,
    Text,
    WebAddress,
    Weekdays,
    YesNo,
    e164,
    texts,
)
from catalog.reading.schemas.areas import AreaField
from catalog.reading.schemas.base import ValueSchema, nested
from catalog.reading.schemas.eligibility import AlternativeSchema
from catalog.reading.schemas.texts import SourceSchema, WordsSchema

STATUSES = ("active", "inactive", "defunct", "temporarily closed")


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


class NextStepSchema(ValueSchema):
    value = model.NextStep

    action = Choice("action", model.NEXT_STEP_ACTIONS, required=True)
    text = Text(required=True, most=300)


class TranslationSchema(ValueSchema):
    value = model.Translation

    name = Text(most=160)
    summary = Text(most=900)
    next_step = Text(most=400)
    alert = Text(most=500)
    hours = Text(most=400)
    cost_note = Text(most=400)
    confirm = texts()
    required_documents = texts()
    reviewed = YesNo(load_default=False)


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
