"""Pages about one question each: guides, hotlines, the care coordinator, and coming from far away."""

from __future__ import annotations

from flask import Response, abort, make_response, render_template, request

from catalog.model import Kind
from catalog.places import Place, UnknownPlaceError
from context import directory, today
from directory import ServiceQuery
from matching.care_coordination import Role, care_coordinators, medical_home_regions
from web.browse.lists import ALL, everything, guide_shelves, hotline_shelves, is_always_open, is_text_number
from web.browse.travel import visit_of
from web.browse.views import copied
from web.search.form import MAX_LENGTH, place_of
from web.shared.blueprint import site
from web.shared.language import gettext, language


@site.get("/guides")
def guides() -> str:
    """All guides to read, by theme."""
    found = everything(directory(), ServiceQuery(on=today(), kind=Kind.GUIDE, per_page=ALL))
    shelves = guide_shelves(found, directory().catalog, language())
    return render_template("guides.html", shelves=shelves, total=len(found), copied=copied)


@site.get("/hotlines")
def hotlines() -> str:
    """All numbers to call or text, the most urgent first."""
    found = everything(directory(), ServiceQuery(on=today(), kind=Kind.HOTLINE, per_page=ALL))
    shelves = hotline_shelves(found, directory().catalog, language())
    return render_template(
        "hotlines.html", shelves=shelves, copied=copied, is_text_number=is_text_number, is_always_open=is_always_open
    )


@site.get("/care-coordinator")
def care_coordinator() -> Response:
    """Who helps to put services together, for a town."""
    town = request.args.get("town", "").strip()[:MAX_LENGTH]
    catalog = directory().catalog
    place, message = _place(town) if town else (None, "")
    named = care_coordinators(place, catalog)
    page = render_template(
        "coordinator.html",
        town=town,
        message=message,
        place=place,
        regions=medical_home_regions(place, catalog.places) if place else (),
        offices=[item.service for item in named if item.role is Role.SERVES],
        others=[item.service for item in named if item.role is not Role.SERVES],
        copied=copied,
    )
    return make_response(page, 422 if message else 200)


def _place(text: str) -> tuple[Place | None, str]:
    """The place that was typed, or what is wrong with it."""
    try:
        return place_of(text, directory().catalog.places), ""
    except UnknownPlaceError as error:
        message = gettext("We do not know the place “%(place)s”.", place=text)
        if error.near:
            message += " " + gettext("Did you mean %(places)s?", places=gettext(" or ").join(error.near))
        return None, message
    except ValueError:
        return None, gettext("A ZIP code has five digits, such as 06450.")


@site.get("/far-away")
def far_away() -> str:
    """Coming from another state or country: steps, team, the way, where to stay, and money."""
    visit = visit_of(directory().catalog)
    if visit is None:
        abort(404)
    return render_template("far_away.html", visit=visit, copied=copied)
