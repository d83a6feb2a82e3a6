"""What each form takes: its fields, which of them are needed, how long they may be, and what a mistake gets back.

`check` is the one way in. All mistakes are told at once, one sentence for each field.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields, pre_load, validate, validates_schema

from catalog.reading.fields import ID_PATTERN
from inquiries import messages
from inquiries.model import EMAIL, LONG, PHONE, SHORT, Kind, SafeToCall

MAX_SERVICES = 50
# They turn the order of letters around, so that a name could be made to look like another.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass
class InvalidFormError(Exception):
    """Some answers are wrong or missing: for each field an English sentence of `messages`, in the form's order."""

    errors: dict[str, str]


def _printable(text: str) -> str:
    """Without what a terminal or a database could stumble over. Line breaks stay."""
    kept = (char for char in text if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", "".join(char for char in kept if char not in _TURNING))


def _clean(value: str) -> str:
    """Lines without spaces at their ends; browsers end each with two characters."""
    lines = _printable(value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


class Answer(fields.Field[str]):
    """A short answer on one line. `missing` is said when a needed one is left out."""

    most, too_long = SHORT, messages.TOO_LONG_SHORT

    def __init__(self, missing: str | None = None) -> None:
        said: dict[str, Any] = {"required": missing or "", "null": missing or messages.UNREADABLE}
        super().__init__(required=missing is not None, error_messages=said)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str):
            raise ValidationError(messages.UNREADABLE)
        text = self.read(value)
        if len(text) > self.most:
            raise ValidationError(self.too_long)
        return text

    def read(self, value: str) -> str:
        return " ".join(_clean(value).split())


class LongAnswer(Answer):
    """An answer in one's own words. It keeps its lines."""

    most, too_long = LONG, messages.TOO_LONG_LONG

    def read(self, value: str) -> str:
        return _clean(value)


# As copied from pages and letters: hyphens that do not break, dashes, minus signs, full-width signs.
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"))
_NUMBER = r"\+?[0-9 ()./-]+"
_EXTENSION = r"(?:[,;]? ?(?:x|ext\.?|extension|#)[.: ]*[0-9]{1,6})"
# Whose number it is, such as “cell” or “(mom)”: letters, no digits.
_NOTE = r"(?:[(,;:-]? ?[^\W\d_][^\d@]{0,29})"


class Phone(Answer):
    """A phone number as people write it, with an extension or a word on whose it is, or not.

    `least` digits, 15 at most before an extension: 15 is the most that ITU-T E.164 allows.
    """

    most, too_long = PHONE, messages.TOO_LONG_PHONE

    def __init__(self, least: int = 10, wrong: str = messages.PHONE) -> None:
        super().__init__()
        self.least, self.wrong = least, wrong

    def read(self, value: str) -> str:
        """The number with plain hyphens and digits."""
        return super().read(unicodedata.normalize("NFKC", value).translate(_HYPHENS))

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        match = re.fullmatch(rf"(?:{_NOTE}[:.]? ?)?({_NUMBER}){_EXTENSION}? ?{_NOTE}?", text, re.IGNORECASE)
        digits = sum(map(str.isdigit, match[1])) if match else 0
        if not self.least <= digits <= 15:
            raise ValidationError(self.wrong)
        return text


class Email(Answer):
    """One e-mail address."""

    most, too_long = EMAIL, messages.TOO_LONG_EMAIL

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        return validate.Email(error=messages.EMAIL)(text)


class Choice(Answer):
    """One of a few words."""

    def __init__(self, choices: type[StrEnum], missing: str) -> None:
        super().__init__(missing)
        self.choices, self.missing = choices, missing

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        try:
            return self.choices(super()._deserialize(value, attr, data, **kwargs))
        except ValueError:
            raise ValidationError(self.missing) from None


class Ticked(fields.Field[bool]):
    """A check box, or a choice of yes and no. `missing` is said when it must be ticked and is not."""

    def __init__(self, missing: str | None = None) -> None:
        super().__init__(required=missing is not None, error_messages={"required": missing or ""})
        self.missing = missing

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if value not in ("yes", "on", "no"):
            raise ValidationError(self.missing or messages.UNREADABLE)
        if value == "no" and self.missing is not None:
            raise ValidationError(self.missing)
        return bool(value != "no")


class ServiceIds(fields.Field[list[str]]):
    """Ids of services, as a list. Whether the catalog still has them is for whoever shows them."""

    def __init__(self) -> None:
        super().__init__(load_default=list)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[str]:
        if not isinstance(value, list | tuple) or len(value) > MAX_SERVICES:
            raise ValidationError(messages.UNREADABLE)
        return list(dict.fromkeys(_service_id(item) for item in value))


class ServiceId(Answer):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        return _service_id(value)


def _service_id(value: Any) -> str:
    if not isinstance(value, str) or len(value) > SHORT or not ID_PATTERN.fullmatch(value):
        raise ValidationError(messages.UNREADABLE)
    return value


class Form(Schema):
    """The base of all forms. A blank answer counts as none; fields that a form does not have are left out.

    Of the fields in `reached_by`, one at least must be filled in; otherwise `unreachable` is said at the first.
    """

    class Meta:
        unknown = "exclude"

    reached_by: ClassVar[tuple[str, ...]] = ()
    unreachable: ClassVar[str] = messages.PHONE_OR_EMAIL

    @pre_load
    def _leave_out_blanks(self, data: Mapping[str, Any], **kwargs: Any) -> dict[str, Any]:
        return {name: value for name, value in data.items() if _is_given(value)}

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _must_be_reachable(self, data: Any, original: Mapping[str, Any], **kwargs: Any) -> None:
        if self.reached_by and not any(_is_given(original.get(name)) for name in self.reached_by):
            raise ValidationError({self.reached_by[0]: [self.unreachable]})


def _is_given(value: Any) -> bool:
    return bool(_clean(value)) if isinstance(value, str) else value not in (None, [], (), False)


class FamilySchema(Form):
    """A family asks the Center to call."""

    reached_by = ("phone", "email")

    name = Answer(messages.NAME)
    phone = Phone()
    email = Email()
    safe_to_call = Choice(SafeToCall, messages.SAFE_TO_CALL)
    best_time = Answer()
    language = Answer()
    town = Answer()
    child_age = Answer()
    need = LongAnswer(messages.NEED)
    services = ServiceIds()

    @validates_schema(skip_on_field_errors=False)
    def _must_be_reachable_without_a_call(self, data: Any, **kwargs: Any) -> None:
        if data.get("safe_to_call") is SafeToCall.NO and "phone" in data and "email" not in data:
            raise ValidationError({"email": [messages.EMAIL_WHEN_NO_CALL]})


class PhysicianSchema(Form):
    """A physician refers a family that has agreed. The patient's name is not asked for."""

    reached_by = ("phone", "fax", "email")
    unreachable = messages.PHONE_FAX_OR_EMAIL

    name = Answer(messages.NAME)
    practice = Answer(messages.PRACTICE)
    phone = Phone()
    fax = Phone()
    email = Email()
    child_age = Answer()
    town = Answer()
    need = LongAnswer(messages.NEED)
    family_agreed = Ticked(messages.FAMILY_AGREED)


class DestinationCareSchema(Form):
    """A family from another state or country asks about care at the hospital."""

    reached_by = ("phone", "email")

    name = Answer(messages.NAME)
    home = Answer(messages.HOME)
    phone = Phone(least=8, wrong=messages.PHONE_ABROAD)
    email = Email()
    child_age = Answer()
    need = LongAnswer(messages.CARE)
    language = Answer()
    interpreter = Ticked()
    travel_dates = Answer()


class ReportSchema(Form):
    """Something is wrong with what the directory says of a service."""

    service_id = ServiceId(messages.UNREADABLE)
    text = LongAnswer(messages.REPORT)
    contact = Answer()


FORMS: dict[Kind, Form] = {
    Kind.FAMILY: FamilySchema(),
    Kind.PHYSICIAN: PhysicianSchema(),
    Kind.DESTINATION_CARE: DestinationCareSchema(),
}
REPORT = ReportSchema()


def check(form: Form, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as they are kept; those left out are not in it. Raises InvalidFormError with every mistake.

    `typed` has one text for each field, and a list of texts for `services`.
    """
    try:
        answers: dict[str, Any] = form.load(typed)
    except ValidationError as error:
        found: Any = error.messages
        raise InvalidFormError({name: found[name][0] for name in form.fields if name in found}) from None
    return answers
