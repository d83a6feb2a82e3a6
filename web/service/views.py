"""One service: who it is for, what it costs, how to start, and how we know."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, make_response, redirect, render_template, request
from flask_babel import format_date
from werkzeug.wrappers import Response as AnyResponse

from catalog.model import Service
from context import directory, now, today
from web.saved.saved_list import qr_code
from web.service.alternatives import suggest_alternatives
from web.service.details import details_of
from web.service.schema_org import structured
from web.service.sharing import Reminder, calendar_file, mail_address, next_working_day, text_address
from web.shared.blueprint import site
from web.shared.language import gettext, language, link
from web.shared.privacy import is_sensitive, needs_exit, service_at, service_key
from web.shared.service_card import card_of


@site.get("/services/<key>")
def service(key: str) -> AnyResponse:
    """All that a family needs to know of one service."""
    catalog = directory().catalog
    entry = service_at(key, catalog)
    if entry is None or not entry.is_listed:
        return _no_longer_listed(entry, key)
    if (proper := service_key(entry, catalog)) != key:
        return redirect(link("service", key=proper), 301)
    address = link("service", key=key, _external=True)
    page = render_template(
        "service.html",
        item=card_of(entry, catalog, language(), today()),
        details=details_of(entry, catalog, language(), now()),
        more=[catalog.needs[need] for need in entry.needs if not catalog.needs[need].sensitive],
        share=_share(entry, address),
        data=structured(entry, catalog, address),
        discreet=needs_exit(entry),
    )
    answer = make_response(page)
    if needs_exit(entry):
        # Nothing of it may stay on a device that someone else looks through.
        answer.headers["Cache-Control"] = "no-store"
    return answer


@site.get("/services/<key>/reminder.ics")
def service_reminder(key: str) -> Response:
    """A reminder to call, for a calendar. Of a service for a sensitive need it names nothing."""
    catalog = directory().catalog
    entry = service_at(key, catalog)
    if entry is None or not entry.is_listed:
        abort(404)
    answer = make_response(calendar_file(_reminder(entry, service_key(entry, catalog))))
    answer.mimetype = "text/calendar"
    answer.headers["Content-Disposition"] = 'attachment; filename="reminder.ics"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _no_longer_listed(gone: Service | None, key: str) -> Response:
    served = directory()
    instead = suggest_alternatives(gone, key, served, today())
    offered = [card_of(entry, served.catalog, language(), today()) for entry in instead.services]
    item = card_of(gone, served.catalog, language(), today()) if gone else None
    page = make_response(
        render_template("service_gone.html", gone=item, offered=offered, discreet=instead.discreet),
        410 if gone else 404,
    )
    if instead.sensitive:
        page.headers["Cache-Control"] = "no-store"
    return page


def _share(entry: Service, address: str) -> dict[str, Any]:
    """The ways to pass a service on; only the link where someone may look over a shoulder."""
    if needs_exit(entry):
        return {"address": address}
    spanish = entry.translations.get("es") if language() == "es" else None
    name = (spanish.name if spanish else None) or entry.name
    subject = gettext("A program that may help") if is_sensitive(entry, directory().catalog) else name
    return {
        "address": address,
        "mail": mail_address(subject, f"{subject}\n{address}"),
        "text": text_address(f"{subject} {address}"),
        "code": qr_code(address),
        "day": format_date(next_working_day(today()), "EEEE"),
    }


def _reminder(entry: Service, key: str) -> Reminder:
    day = next_working_day(today())
    if is_sensitive(entry, directory().catalog):
        return Reminder(key, request.host, today(), day, gettext("A call to make"))
    item = card_of(entry, directory().catalog, language(), today())
    numbers = "\n".join(" ".join(filter(None, (phone.number, phone.label))) for phone in entry.phones)
    notes = "\n".join(filter(None, (str(item.next_step), numbers)))
    title = gettext("Call %(name)s", name=item.name) if entry.phones else str(item.name)
    return Reminder(key, request.host, today(), day, title, notes, link("service", key=key, _external=True))
