"""Forms that ask the Center to call: for families, for physicians, for families from far away; and what comes after."""

from __future__ import annotations

from flask import Response, abort, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from context import directory
from inquiries.limits import limit_forms
from inquiries.model import Kind
from inquiries.references import read_reference, shown
from inquiries.store import StoreUnavailableError
from web.contact.center import center, far_away
from web.contact.forms import FIELDS, new_token, send
from web.shared.blueprint import site
from web.shared.language import link

# All of these forms together, in both languages.
LIMIT = limit_forms("contact", "10 per hour")


@site.get("/contact")
def contact() -> Response:
    """A family asks the Center to call."""
    return _form(Kind.FAMILY)


@site.post("/contact")
@LIMIT
def send_contact() -> AnyResponse:
    return _sent(Kind.FAMILY)


@site.get("/contact/physician")
def contact_physician() -> Response:
    """A physician refers a family that has agreed."""
    return _form(Kind.PHYSICIAN)


@site.post("/contact/physician")
@LIMIT
def send_contact_physician() -> AnyResponse:
    return _sent(Kind.PHYSICIAN)


@site.get("/contact/far-away")
def contact_far_away() -> Response:
    """A family from another state or country asks about care at the hospital."""
    return _form(Kind.DESTINATION_CARE)


@site.post("/contact/far-away")
@LIMIT
def send_contact_far_away() -> AnyResponse:
    return _sent(Kind.DESTINATION_CARE)


@site.get("/contact/sent/<reference>")
def contact_sent(reference: str) -> Response:
    """The reference number, and what happens next. Tells nothing about what was sent."""
    try:
        number = shown(read_reference(reference))
    except ValueError:
        abort(404)
    return _unkept(render_template("contact_sent.html", number=number, center=center(directory().catalog)))


def _sent(kind: Kind) -> AnyResponse:
    try:
        reference, messages = send(kind, request.form)
    except StoreUnavailableError:
        return _form(kind, unavailable=True)
    if messages:
        return _form(kind, messages)
    return redirect(link("contact_sent", reference=reference), 303)


def _form(kind: Kind, messages: dict[str, str] | None = None, unavailable: bool = False) -> Response:
    """The form with what was typed, and what is wrong with it."""
    catalog = directory().catalog
    page = render_template(
        "contact.html",
        kind=kind,
        fields=FIELDS[kind](),
        typed=request.form,
        token=request.form.get("token") or new_token(),
        messages=messages or {},
        unavailable=unavailable,
        center=far_away(catalog) if kind is Kind.DESTINATION_CARE else center(catalog),
    )
    return _unkept(page, 503 if unavailable else 422 if messages else 200)


def _unkept(page: str, status: int = 200) -> Response:
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
