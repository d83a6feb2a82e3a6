"""“Something wrong? Tell us”: a word to the curators about one service. No name is needed."""

from __future__ import annotations

from flask import Response, abort, make_response, render_template, request

from catalog.model import Service
from context import directory, today
from inquiries.filing import report_problem
from inquiries.limits import limit_forms
from inquiries.schemas import InvalidFormError
from inquiries.store import StoreUnavailableError
from web.contact.forms import messages_of, report_fields, typed
from web.shared.blueprint import site
from web.shared.language import language
from web.shared.privacy import needs_exit, service_at
from web.shared.service_card import card_of

# All of these forms together, in both languages.
LIMIT = limit_forms("reports", "20 per hour")


@site.get("/services/<key>/report")
def report(key: str) -> Response:
    return _form(_service(key))


@site.post("/services/<key>/report")
@LIMIT
def send_report(key: str) -> Response:
    """Kept for the curators, or the form again with what is wrong."""
    service = _service(key)
    try:
        report_problem({**typed(request.form), "service_id": service.id})
    except InvalidFormError as error:
        return _form(service, messages_of(error), status=422)
    except StoreUnavailableError:
        return _form(service, unavailable=True, status=503)
    return _form(service, sent=True)


def _service(key: str) -> Service:
    service = service_at(key, directory().catalog)
    if service is None:
        abort(404)
    return service


def _form(
    service: Service,
    messages: dict[str, str] | None = None,
    *,
    sent: bool = False,
    unavailable: bool = False,
    status: int = 200,
) -> Response:
    page = render_template(
        "report.html",
        item=card_of(service, directory().catalog, language(), today()),
        fields=report_fields(),
        typed=request.form,
        messages=messages or {},
        sent=sent,
        unavailable=unavailable,
        discreet=needs_exit(service),
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
