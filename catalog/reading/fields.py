"""marshmallow fields for catalog files: text in, typed frozen parts out. Each error is a sentence for a curator."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import phonenumbers
from marshmallow import Schema, ValidationError, fields, validate, validates_schema
from phonenumbers import shortnumberinfo

from catalog.ages import Duration
from catalog.model import PartialDate
from catalog.reading.problems import shown, unknown_value

MISSING: dict[str, Any] = {"required": "is missing.", "null": "has no value; fill it in or delete the line."}
ID_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES_A_DAY = 24 * 60
MAX_ITEMS = 1000
NOT_EMPTY = validate.Length(min=1, error="is empty; give at least one.")


class CatalogSchema(Schema):
    """The base of all file schemas: names the field that is not known, and what may stand there instead."""

    class Meta:
        unknown = "exclude"

    error_messages = {"type": "must be a map of fields, each on its own line as “name: value”."}

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _refuse_unknown_fields(self, data: Any, original: Any, **kwargs: Any) -> None:
        if not isinstance(original, dict):
            return
        allowed = {field.data_key or name for name, field in self.fields.items()}
        errors = {name: [unknown_value("field", name, allowed)] for name in original if name not in allowed}
        if errors:
            raise ValidationError(errors)


class Text(fields.Field[str]):
    """One piece of text, trimmed; may not be blank. `most` limits its length in characters."""

    default_error_messages = MISSING

    def __init__(self, *, most: int = 1000, **kwargs: Any) -> None:
        self.most = most
        super().__init__(**kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str):
            raise ValidationError("must be text, not a list or a map.")
        text = " ".join(value.split())
        if not text:
            raise ValidationError(MISSING["null"])
        if len(text) > self.most:
            raise ValidationError(f"is {len(text)} characters long; {self.most} at most.")
        return text


class Id(Text):
    """A kebab-case id: lower-case letters and digits joined by single hyphens."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        # Nor may spaces stand around it: an id is compared as it is written.
        if value != text or not ID_PATTERN.fullmatch(text):
            raise ValidationError(f"{shown(text)} is no id: use lower-case letters, digits and single hyphens.")
        return text


class Choice(Text):
    """One of a fixed set of words."""

    def __init__(self, kind: str, allowed: Iterable[str], **kwargs: Any) -> None:
        self.kind, self.allowed = kind, tuple(allowed)
        super().__init__(**kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text not in self.allowed:
            raise ValidationError(unknown_value(self.kind, text, self.allowed))
        return text


class Many(fields.List[Any]):
    """A list of 1,000 items at most, one a line; becomes a tuple. Repeats are an error."""

    default_error_messages = {**MISSING, "invalid": "must be a list: put each item on a line that begins with “- ”."}

    def __init__(self, item: fields.Field[Any], **kwargs: Any) -> None:
        super().__init__(item, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        # marshmallow also takes text as a list of letters.
        if not isinstance(value, list):
            raise ValidationError(self.error_messages["invalid"])
        if len(value) > MAX_ITEMS:
            raise ValidationError(f"has {len(value)} items; {MAX_ITEMS} at most.")
        items = super()._deserialize(value, attr, data, **kwargs)
        repeats = {index: ["is listed twice."] for index in _repeats(items)}
        if repeats:
            raise ValidationError(repeats)
        return tuple(items)


def _repeats(items: list[Any]) -> list[int]:
    """The places of items that stand there before."""
    try:
        first = {item: index for index, item in reversed(list(enumerate(items)))}
    except TypeError:
        # Maps and lists cannot be hashed: compare each with those before it.
        return [index for index, item in enumerate(items) if item in items[:index]]
    return [index for index, item in enumerate(items) if first[item] != index]


def texts(**kwargs: Any) -> Many:
    return Many(Text(), **kwargs)


class YesNo(Text):
    """true or false, yes or no."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs).casefold()
        if text not in ("true", "yes", "false", "no"):
            raise ValidationError(f"must be true or false, not {shown(text)}.")
        return text in ("true", "yes")


class Number(Text):
    """A plain number from `least` to `most_value`, written without signs, commas or units."""

    def __init__(self, *, least: float = 0, most_value: float = 10_000_000, **kwargs: Any) -> None:
        self.least, self.most_value = least, most_value
        super().__init__(**kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,8})?", text):
            raise ValidationError(f"must be a plain number, not {shown(text)}.")
        number = float(text)
        if not self.least <= number <= self.most_value:
            raise ValidationError(f"must be from {self.least:g} to {self.most_value:g}.")
        return number


class WebAddress(Text):
    """An http or https URL with a host."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            parts = urlsplit(text)
            host = parts.hostname
            _ = parts.port
        except ValueError:
            host = None
        if host is None or parts.scheme not in ("http", "https") or " " in text or "." not in host:
            raise ValidationError(f"{shown(text)} is no web address; write it whole, beginning with https://.")
        return text


class EmailAddress(Text):
    """One e-mail address."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not re.fullmatch(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", text):
            raise ValidationError(f"{shown(text)} is no e-mail address.")
        return text


class PhoneNumber(Text):
    """A US number, or a short code to dial or text (211, 988, 741741). Gives the number as people write it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if re.fullmatch(r"[0-9]{3,6}", text):
            if len(text) >= 5 or _is_short_code(text):
                return text
        elif re.fullmatch(r"(\+?1[-. ])?[0-9]{3}[-. ][0-9]{3}[-. ][0-9]{4}", text) and e164(text) is not None:
            return text
        raise ValidationError(
            f"{shown(text)} is no US phone number; write 860-555-0123, 1-800-555-0123 or a short code such as 211."
        )


def _is_short_code(text: str) -> bool:
    number = phonenumbers.PhoneNumber(country_code=1, national_number=int(text))
    return shortnumberinfo.is_valid_short_number_for_region(number, "US")


@lru_cache(maxsize=4096)
def e164(text: str) -> str | None:
    """The number in international form (+18608376200); None for a short code or no valid US number."""
    if re.fullmatch(r"[0-9]{3,6}", text):
        return None
    try:
        number = phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class PostalCode(Text):
    """A US ZIP code, kept as text."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not re.fullmatch(r"[0-9]{5}(-[0-9]{4})?", text):
            raise ValidationError(f"{shown(text)} is no ZIP code; it has five digits, such as 06106.")
        return text


class AgeLimit(Text):
    """An age such as 3y, 18m, 2y320d."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            return Duration.parse(text)
        except ValueError as error:
            raise ValidationError(f"{shown(text)}: {error}") from None


class Day(Text):
    """A day known to the year (2024), the month (2024-05) or the day (2024-05-31)."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            return partial_date(text)
        except ValueError:
            raise ValidationError(f"{shown(text)} is no date; write 2024, 2024-05 or 2024-05-31.") from None


def partial_date(text: str) -> PartialDate:
    """Raises ValueError for anything but YYYY, YYYY-MM or YYYY-MM-DD."""
    match = re.fullmatch(r"(20[0-9]{2})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", text)
    if match is None:
        raise ValueError(text)
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if month is None:
        return PartialDate(text, date(year, 1, 1), date(year, 12, 31))
    if day is None:
        first = date(year, month, 1)
        return PartialDate(text, first, first.replace(day=calendar.monthrange(year, month)[1]))
    exact = date(year, month, day)
    return PartialDate(text, exact, exact)


class Weekdays(Text):
    """mon, mon-fri, "mon, wed" or daily: a tuple of weekday numbers, 0 is Monday."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs).casefold()
        if text == "daily":
            return tuple(range(7))
        days: set[int] = set()
        for part in text.split(","):
            first, _, last = part.strip().partition("-")
            if first not in DAYS or (last and last not in DAYS):
                raise ValidationError(f"{shown(text)}: write days as mon-fri, sat, “mon, wed” or daily.")
            start, end = DAYS.index(first), DAYS.index(last or first)
            days.update(range(start, end + 1) if start <= end else [*range(start, 7), *range(end + 1)])
        return tuple(sorted(days))


class ClockTime(Text):
    """9:30 or 17:00, in minutes after midnight; 24:00 ends a day."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        match = re.fullmatch(r"([0-9]{1,2}):([0-5][0-9])", text)
        minutes = int(match[1]) * 60 + int(match[2]) if match else MINUTES_A_DAY + 1
        if minutes > MINUTES_A_DAY:
            raise ValidationError(f"{shown(text)} is no time; write 9:30 or 17:00.")
        return minutes
