"""The JSON that the API takes: shapes and types only. Names (needs, towns, ...) are looked up in `api.parsing`."""

from __future__ import annotations

from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates_schema

from catalog.format import LANGUAGES
from catalog.model import GRADES
from directory import SORTS

MOST_ITEMS = 60
MOST_PEOPLE = 20
MOST_ANSWERS = 200
MOST_LIMIT = 1000
MOST_PER_PAGE = 100
MOST_PAGE = 10_000
MOST_SUGGESTED = 20

_TEXTS: dict[str, Any] = {
    "required": "This field is needed.",
    "null": "This field may not be null; leave it out instead.",
    "unknown": "There is no such field.",
    "type": "This must be an object.",
    "invalid": "This is not a valid value.",
}


class ApiSchema(Schema):
    """Unknown fields are errors: a misspelled filter that is silently ignored would give a false answer."""

    class Meta:
        unknown = RAISE

    error_messages = _TEXTS


class Word(fields.String):
    """A short piece of text: an id, a name, a code."""

    default_error_messages = {**_TEXTS, "invalid": "This must be text.", "invalid_utf8": "This is not valid Unicode."}

    def __init__(self, most: int = 100, **kwargs: Any) -> None:
        super().__init__(validate=_Length(most), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = str(super()._deserialize(value, attr, data, **kwargs))
        if any("\ud800" <= char <= "\udfff" for char in text):
            raise self.make_error("invalid_utf8")
        return text


class Words(fields.String):
    """Words to search for. Of any length; what is no Unicode in them is no reason to refuse a search."""

    default_error_messages = {**_TEXTS, "invalid": "This must be text."}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = str(super()._deserialize(value, attr, data, **kwargs))
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class _Length(validate.Validator):
    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, value: str) -> str:
        if not value.strip():
            raise ValidationError("This may not be blank.")
        if len(value) > self.most:
            raise ValidationError(f"This is too long: {self.most} characters at most.")
        return value


class Whole(fields.Integer):
    """A whole number between two bounds; 3.5, "3" in JSON bodies and true are none."""

    default_error_messages = {**_TEXTS, "invalid": "This must be a whole number.", "too_large": "This is too large."}

    def __init__(self, least: int, most: int, *, strict: bool = True, **kwargs: Any) -> None:
        message = f"This must be from {least:,} to {most:,}."
        super().__init__(strict=strict, validate=validate.Range(least, most, error=message), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, bool) or (self.strict and not isinstance(value, int)):
            raise self.make_error("invalid", input=value)
        if isinstance(value, str) and (len(value) > 9 or not value.lstrip("-").isascii()):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **kwargs)


class Amount(fields.Float):
    """A number between two bounds; NaN and infinity are none."""

    default_error_messages = {**_TEXTS, "invalid": "This must be a number.", "special": "This must be a number."}

    def __init__(self, most: float, **kwargs: Any) -> None:
        super().__init__(validate=validate.Range(0, most, error=f"This must be from 0 to {most:,.0f}."), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, bool | str):
            raise self.make_error("invalid")
        return super()._deserialize(value, attr, data, **kwargs)


class Day(fields.Date):
    """A date as 2024-02-29."""

    default_error_messages = {**_TEXTS, "invalid": "This must be a date such as 2024-02-29."}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, str) or len(value) != len("2024-02-29"):
            raise self.make_error("invalid", input=value, obj_type="date")
        return super()._deserialize(value, attr, data, **kwargs)


def words(**kwargs: Any) -> fields.List[Any]:
    return _many(Word(), **kwargs)


def _many(item: fields.Field[Any], most: int = MOST_ITEMS, **kwargs: Any) -> fields.List[Any]:
    message = f"Give {most} items at most."
    texts = {**_TEXTS, "invalid": "This must be a list."}
    return fields.List(item, validate=validate.Length(max=most, error=message), error_messages=texts, **kwargs)


def _nested(schema: type[Schema], **kwargs: Any) -> fields.Nested:
    return fields.Nested(schema, error_messages=_TEXTS, **kwargs)


def _one_of(*choices: str, **kwargs: Any) -> fields.String:
    message = f"This must be one of: {', '.join(choices)}."
    return fields.String(validate=validate.OneOf(choices, error=message), error_messages=_TEXTS, **kwargs)


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
    age = _nested(AgeSchema)
    age_months = Whole(0, 1440)
    town = Word()
    zip = Word(most=10)
    state = Word(most=40)
    country = Word(most=60)
    languages = words()
    insurance = words()
    income = _nested(IncomeSchema)
    conditions = words()
    not_conditions = words()
    circumstances = words()
    not_circumstances = words()
    grade = _one_of(*GRADES)


class CaregiverSchema(ApiSchema):
    birth_date = Day()
    age = _nested(AgeSchema)
    age_months = Whole(0, 1440)
    circumstances = words()
    not_circumstances = words()


class WantedNeedSchema(ApiSchema):
    need = Word(required=True)
    severity = _one_of("urgent", "high", "moderate", "low", load_default="moderate")
    who = _one_of("child", "caregiver", "household", load_default="child")
    help_wanted = _one_of("yes", "no", "later", load_default="yes")


# One instance for all requests: making a schema costs more than using it.
_WANTED_NEED = WantedNeedSchema()


class WantedNeed(fields.Field[Any]):
    """A need's id alone, or an object with severity, who and help_wanted."""

    default_error_messages = _TEXTS

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return _WANTED_NEED.load({"need": value} if isinstance(value, str) else value)


_CODE, _CODES, _TOTAL = Word(), words(), Amount(100_000)


class Given(fields.Field[Any]):
    """An answer: a code, a list of codes, or the number of a total."""

    default_error_messages = {**_TEXTS, "invalid": "Give an answer code, a list of answer codes, or a number."}

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

    default_error_messages = {**_TEXTS, "invalid": "This must be an object."}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        try:
            return super()._deserialize(value, attr, data, **kwargs)  # type: ignore[no-untyped-call]
        except ValidationError as error:
            if isinstance(error.messages, dict):
                told = {key: inner.get("value", inner.get("key")) for key, inner in error.messages.items()}
                raise ValidationError(told) from None
            raise


def answers(**kwargs: Any) -> fields.Dict:
    message = f"Give {MOST_ANSWERS} answers at most."
    return Answers(
        keys=Word(),
        values=Given(),
        validate=validate.Length(max=MOST_ANSWERS, error=message),
        **kwargs,
    )


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
    person = _nested(PersonSchema)
    people = _many(_nested(PersonSchema), most=MOST_PEOPLE)
    caregiver = _nested(CaregiverSchema)
    needs = _many(WantedNeed())
    assessment = _nested(AssessmentSchema)
    codes = _many(_nested(CodeSchema))
    words = Word(most=500)
    include = _many(_one_of("ineligible", "upcoming"))
    limit = Whole(1, MOST_LIMIT, load_default=20)
    language = _one_of(*LANGUAGES, load_default="en")


class ExplainSchema(MatchSchema):
    """POST /api/v1/matches/explain"""

    service = Word(required=True)


class PathwayQuerySchema(ApiSchema):
    """GET /api/v1/pathway"""

    birth_date = Day(required=True)
    on = Day()
    language = _one_of(*LANGUAGES, load_default="en")


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
        "fits": _one_of("eligible", "possible", load_default="possible"),
        "sort": _one_of(*SORTS, load_default="relevance"),
        "page": Whole(1, MOST_PAGE, strict=strict, load_default=1),
        "per_page": Whole(1, MOST_PER_PAGE, strict=strict, load_default=20),
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


class SuggestQuerySchema(ApiSchema):
    """GET /api/v1/suggest"""

    q = Words(load_default="")
    limit = Whole(1, MOST_SUGGESTED, strict=False, load_default=8)
    lang = _one_of(*LANGUAGES, load_default="en")
