"""The JSON that the API takes: shapes and types only. Names (needs, towns, ...) are looked up by the modules beside."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from api.fields import MAX_ITEMS, TEXTS, Amount, ApiSchema, Day, Items, Whole, Word, Words, nested, one_of, words
from catalog.format import LANGUAGES
from catalog.model import GRADES
from directory import SORTS

MAX_PEOPLE = 20
MAX_ANSWERS = 200
MAX_TOTAL = 100_000
MAX_LIMIT = 1000
MAX_PER_PAGE = 100
MAX_PAGE = 10_000
MAX_SUGGESTIONS = 20


class AgeSchema(ApiSchema):
    years = Whole(0, 120)
    months = Whole(0, 11)
    days = Whole(0, 30)


class IncomeSchema(ApiSchema):
    fpl_percent = Amount(10_000)
    annual = Amount(100_000_000)
    household_size = Whole(1, 30)


class PersonSchema(ApiSchema):
    """A child, or anyone for whom help is sought. Everything may be left out."""

    id = Word(most=60)
    birth_date = Day()
    age = nested(AgeSchema)
    age_months = Whole(0, 1440)
    town = Word()
    zip = Word(most=10)
    state = Word(most=40)
    country = Word(most=60)
    languages = words()
    insurance = words()
    income = nested(IncomeSchema)
    conditions = words()
    not_conditions = words()
    circumstances = words()
    not_circumstances = words()
    grade = one_of(*GRADES)


class CaregiverSchema(ApiSchema):
    birth_date = Day()
    age = nested(AgeSchema)
    age_months = Whole(0, 1440)
    circumstances = words()
    not_circumstances = words()


class WantedNeedSchema(ApiSchema):
    need = Word(required=True)
    severity = one_of("urgent", "high", "moderate", "low", load_default="moderate")
    who = one_of("child", "caregiver", "household", load_default="child")
    help_wanted = one_of("yes", "no", "later", load_default="yes")


# One instance for all requests: making a schema costs more than using it.
_WANTED_NEED = WantedNeedSchema()


class WantedNeed(fields.Field[Any]):
    """A need's id alone, or an object with severity, who and help_wanted."""

    default_error_messages = TEXTS

    def __init__(self) -> None:
        super().__init__(metadata={"type": ["string", "object"], "description": self.__doc__})

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return _WANTED_NEED.load({"need": value} if isinstance(value, str) else value)


_CODE, _CODES, _TOTAL = Word(), words(), Amount(MAX_TOTAL)


class Given(fields.Field[Any]):
    """An answer: a code, a list of codes, or the number of a total."""

    default_error_messages = {**TEXTS, "invalid": "Give an answer code, a list of answer codes, or a number."}

    def __init__(self) -> None:
        code = {"type": "string", "minLength": 1, "maxLength": 100, "pattern": r"\S"}
        codes = {"type": "array", "items": code, "maxItems": MAX_ITEMS}
        super().__init__(metadata={"anyOf": [code, codes, {"type": "number", "minimum": 0, "maximum": MAX_TOTAL}]})

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, bool):
            raise self.make_error("invalid")
        if isinstance(value, int | float):
            return _TOTAL.deserialize(value)
        if isinstance(value, list):
            return tuple(_CODES.deserialize(value))
        return _CODE.deserialize(value)


class Answers(fields.Dict):
    """Question code to answer. An error is told under the question alone, without marshmallow's "key" and "value"."""

    default_error_messages = {**TEXTS, "invalid": "This must be an object."}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, dict) and len(value) > MAX_ANSWERS:
            raise ValidationError(f"Give {MAX_ANSWERS} answers at most.")
        try:
            return super()._deserialize(value, attr, data, **kwargs)  # type: ignore[no-untyped-call]
        except ValidationError as error:
            if isinstance(error.messages, dict):
                told = {key: inner.get("value", inner.get("key")) for key, inner in error.messages.items()}
                raise ValidationError(told) from None
            raise


def answers(**kwargs: Any) -> fields.Dict:
    return Answers(keys=Word(), values=Given(), metadata={"maxProperties": MAX_ANSWERS}, **kwargs)


class AssessmentSchema(ApiSchema):
    instrument = Word(required=True)
    answers = answers(required=True)


class CodeSchema(ApiSchema):
    system = Word(most=200, required=True)
    code = Word(required=True)


class ScoreSchema(ApiSchema):
    """POST /api/v1/assessments/ID/score"""

    answers = answers(required=True)
    age_months = Whole(0, 1440)


class MatchSchema(ApiSchema):
    """POST /api/v1/matches"""

    on = Day()
    person = nested(PersonSchema)
    people = Items(nested(PersonSchema), most=MAX_PEOPLE)
    caregiver = nested(CaregiverSchema)
    needs = Items(WantedNeed())
    assessment = nested(AssessmentSchema)
    codes = Items(nested(CodeSchema))
    words = Word(most=500)
    include = Items(one_of("ineligible", "upcoming"))
    limit = Whole(1, MAX_LIMIT, load_default=20)
    language = one_of(*LANGUAGES, load_default="en")


class ExplainSchema(MatchSchema):
    """POST /api/v1/matches/explain"""

    service = Word(required=True)


class PathwayQuerySchema(ApiSchema):
    """GET /api/v1/pathway"""

    birth_date = Day(required=True)
    on = Day()
    language = one_of(*LANGUAGES, load_default="en")


def _service_fields(strict: bool) -> dict[str, fields.Field[Any]]:
    """The fields of a list of services; `strict` for JSON, where a number is no text."""
    return {
        "q": Words(load_default="", metadata={"description": "Words, in English or Spanish."}),
        "need": Word(metadata={"description": "A need, or a group of needs."}),
        "age_months": Whole(0, 1440, strict=strict),
        "age_years": Whole(0, 120, strict=strict),
        "town": Word(metadata={"description": "A Connecticut town, village or ZIP code."}),
        "sector": Word(),
        "kind": Word(),
        "language": Word(metadata={"description": "A language spoken there."}),
        "insurance": Word(metadata={"description": "An insurance with which one can come."}),
        "cost": Word(),
        "delivery": Word(),
        "fits": one_of("eligible", "possible", load_default="possible"),
        "more": one_of("yes", "no", load_default="no"),
        "sort": one_of(*SORTS, load_default="relevance"),
        "page": Whole(1, MAX_PAGE, strict=strict, load_default=1),
        "per_page": Whole(1, MAX_PER_PAGE, strict=strict, load_default=20),
    }


class _ServicesSchema(ApiSchema):
    @validates_schema
    def _refuse_two_ages(self, data: dict[str, Any], **kwargs: Any) -> None:
        if "age_months" in data and "age_years" in data:
            raise ValidationError("Give “age_months” or “age_years”, not both.", "age_years")


class ServicesQuerySchema(_ServicesSchema.from_dict(_service_fields(strict=False))):  # type: ignore[misc]
    """GET /api/v1/services"""


class ServicesSearchSchema(_ServicesSchema.from_dict(_service_fields(strict=True))):  # type: ignore[misc]
    """POST /api/v1/services/search"""


def _suggest_fields(strict: bool) -> dict[str, fields.Field[Any]]:
    return {
        "q": Words(load_default=""),
        "limit": Whole(1, MAX_SUGGESTIONS, strict=strict, load_default=8),
        "lang": one_of(*LANGUAGES, load_default="en"),
    }


class SuggestQuerySchema(ApiSchema.from_dict(_suggest_fields(strict=False))):  # type: ignore[misc]
    """GET /api/v1/suggest"""


class SuggestSchema(ApiSchema.from_dict(_suggest_fields(strict=True))):  # type: ignore[misc]
    """POST /api/v1/suggest"""
