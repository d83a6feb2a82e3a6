"""The fields of the forms that ask the Center to call, in words: one description, one template for all of them.

What each form takes and what a mistake gets back is decided in `inquiries.schemas`.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inquiries.filing import file_inquiry
from inquiries.model import Kind
from inquiries.schemas import InvalidFormError
from web.shared.language import gettext

MAX_TYPED = 5000


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. `kind` is text, tel, email, area (several lines), choice (one of `choices`) or tick.

    `complete` is the value of the autocomplete attribute (HTML: autofill field names).
    """

    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    needed: bool = False
    complete: str = "off"
    choices: tuple[tuple[str, str], ...] = ()


def family_fields() -> tuple[Field, ...]:
    return (
        Field("name", gettext("Your name"), needed=True, complete="name"),
        Field(
            "phone",
            gettext("Phone number"),
            "tel",
            gettext("A phone number or an e-mail address is enough."),
            complete="tel",
        ),
        Field("email", gettext("E-mail address"), "email", complete="email"),
        Field(
            "safe_to_call",
            gettext("Is it safe for us to call you?"),
            "choice",
            gettext("Someone else may hear the phone or see the number."),
            needed=True,
            choices=(
                ("yes", gettext("Yes, you can call")),
                ("write", gettext("Please write only: e-mail or text message")),
                ("no", gettext("No. Please use e-mail only")),
            ),
        ),
        Field("best_time", gettext("When is a good time?"), hint=gettext("For example: weekdays after 3 pm")),
        Field("language", gettext("Which language do you like to speak?")),
        Field("town", gettext("Town where you live"), complete="address-level2"),
        Field("child_age", gettext("How old is your child?"), hint=gettext("For example: 3 years")),
        Field(
            "need",
            gettext("What do you need help with?"),
            "area",
            gettext("A few words are enough. Please leave out medical details."),
            needed=True,
        ),
    )


def physician_fields() -> tuple[Field, ...]:
    return (
        Field("name", gettext("Your name"), needed=True, complete="name"),
        Field("practice", gettext("Your practice"), needed=True, complete="organization"),
        Field(
            "phone",
            gettext("Phone number"),
            "tel",
            gettext("A phone number, a fax number or an e-mail address is enough."),
            complete="tel",
        ),
        Field("fax", gettext("Fax number"), "tel"),
        Field("email", gettext("E-mail address"), "email", complete="email"),
        Field(
            "child_age", gettext("How old is the patient?"), hint=gettext("Please do not give the patient’s name here.")
        ),
        Field("town", gettext("Town where the patient lives")),
        Field("need", gettext("What does the family need?"), "area", needed=True),
        Field("family_agreed", gettext("The family knows of this and agrees"), "tick", needed=True),
    )


def far_away_fields() -> tuple[Field, ...]:
    return (
        Field("name", gettext("Your name"), needed=True, complete="name"),
        Field("home", gettext("Country or state where you live"), needed=True, complete="country-name"),
        Field("phone", gettext("Phone number"), "tel", gettext("With the country code, such as +44."), complete="tel"),
        Field("email", gettext("E-mail address"), "email", complete="email"),
        Field("child_age", gettext("How old is your child?"), hint=gettext("For example: 3 years")),
        Field("need", gettext("What care are you looking for?"), "area", needed=True),
        Field("language", gettext("Which language do you like to speak?")),
        Field("interpreter", gettext("We would like an interpreter"), "tick"),
        Field("travel_dates", gettext("When could you travel?"), hint=gettext("For example: in March, for two weeks")),
    )


def report_fields() -> tuple[Field, ...]:
    return (
        Field(
            "text",
            gettext("What is wrong?"),
            "area",
            gettext("For example: the number does not work, or the program has closed."),
            needed=True,
        ),
        Field(
            "contact",
            gettext("How can we reach you, if we have a question?"),
            hint=gettext("You can leave this empty."),
        ),
    )


FIELDS = {Kind.FAMILY: family_fields, Kind.PHYSICIAN: physician_fields, Kind.DESTINATION_CARE: far_away_fields}


def new_token() -> str:
    """Names one form that was handed out, so that sending it twice is noticed. It tells nothing of anyone."""
    return secrets.token_urlsafe(12)


def send(kind: Kind, form: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Keep an inquiry: its reference number, or a message for each wrong field. Raises StoreUnavailableError."""
    try:
        return file_inquiry(kind, typed(form), form.get("token", "")[:100]), {}
    except InvalidFormError as error:
        return "", messages_of(error)


def typed(form: Mapping[str, str]) -> dict[str, Any]:
    return {name: text[:MAX_TYPED] for name, text in form.items() if name != "token"}


def messages_of(error: InvalidFormError) -> dict[str, str]:
    """Each mistake in the language of the page."""
    return {name: gettext(text) for name, text in error.errors.items()}
