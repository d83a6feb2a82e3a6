"""Ways to look around: by kind of help, by who runs it, by town, by age."""

from __future__ import annotations

from flask import abort, redirect, render_template, request
from werkzeug.wrappers import Response

from catalog.model import SECTORS, Service
from context import directory, today
from directory import ServiceQuery
from web.browse.ages import AGES, by_age
from web.browse.lists import ALL, best_first, branches, counts_of, everything, is_about_danger, leaf_of, various
from web.browse.towns import by_town, slug_of, town_at, towns_by_letter
from web.shared.blueprint import site
from web.shared.labels import sectors as sector_labels
from web.shared.language import language, link
from web.shared.service_card import ServiceCard, card_of

ENTRIES = 8


@site.get("/needs")
def needs() -> str:
    """All kinds of help at a glance: the groups, each with its needs."""
    catalog = directory().catalog
    counts = counts_of(directory().find(ServiceQuery(on=today())), "need")
    groups = branches(None, counts, catalog, language())
    below = {group.id: branches(group.id, counts, catalog, language()) for group in groups}
    return render_template("browse.html", groups=groups, below=below)


@site.get("/needs/<need_id>")
def need(need_id: str) -> str | Response:
    """A group with its needs and first programs, or a need with its programs."""
    wanted_need = directory().catalog.needs.get(need_id)
    if wanted_need is None:
        abort(404)
    if wanted_need.sensitive:
        # Typed by hand: from its group it can be asked for without an address that tells it.
        return redirect(link("need", need_id=wanted_need.parent) if wanted_need.parent else link("needs"), 302)
    return _group(need_id) if wanted_need.parent is None else _need(need_id)


def _group(group_id: str) -> str:
    catalog = directory().catalog
    counts = counts_of(directory().find(ServiceQuery(on=today())), "need")
    found = best_first(_all(need=group_id), catalog.needs_under(group_id), catalog)
    return render_template(
        "need_group.html",
        group=catalog.needs[group_id],
        needs=branches(group_id, counts, catalog, language()),
        entries=various(found, ENTRIES),
        total=len(found),
        copied=copied,
        discreet=is_about_danger(group_id, catalog),
    )


def _need(need_id: str) -> str:
    catalog = directory().catalog
    wanted_need = catalog.needs[need_id]
    return render_template(
        "need.html",
        need=wanted_need,
        group=catalog.needs[wanted_need.parent] if wanted_need.parent else wanted_need,
        leaf=leaf_of(best_first(_all(need=need_id), (need_id,), catalog), request.args.get("page", "")),
        copied=copied,
    )


@site.get("/sectors")
def sectors() -> str:
    """Who runs programs: six kinds of organizations."""
    counts = counts_of(directory().find(ServiceQuery(on=today())), "sector")
    return render_template("browse_sectors.html", counts=counts, labels=sector_labels())


@site.get("/sectors/<sector_id>")
def sector(sector_id: str) -> str:
    """The programs of one kind of organization."""
    if sector_id not in SECTORS:
        abort(404)
    counts = counts_of(directory().find(ServiceQuery(on=today(), sector=sector_id)), "need")
    return render_template(
        "browse_sector.html",
        sector=sector_id,
        label=sector_labels()[sector_id],
        groups=branches(None, counts, directory().catalog, language()),
        leaf=leaf_of(_all(sector=sector_id), request.args.get("page", "")),
        copied=copied,
    )


@site.get("/towns")
def towns() -> str:
    """The 169 towns, below their first letters."""
    return render_template("browse_towns.html", letters=towns_by_letter(directory().catalog), slug_of=slug_of)


@site.get("/towns/<slug>")
def town(slug: str) -> str | Response:
    """What there is for the people of one town."""
    town = town_at(slug, directory().catalog)
    if town is None:
        abort(404)
    if (proper := slug_of(town.name)) != slug:
        return redirect(link("town", slug=proper), 301)
    shown = by_town(town, directory(), today(), language())
    return render_template("browse_town.html", shown=shown, copied=copied)


@site.get("/ages")
def ages() -> str:
    """From birth to 26, a year each."""
    return render_template("browse_ages.html", ages=AGES)


@site.get("/ages/<int:years>")
def age(years: int) -> str:
    """What there is for a child of one age."""
    if years not in AGES:
        abort(404)
    shown = by_age(years, directory(), today(), language())
    return render_template("browse_age.html", shown=shown, copied=copied, last=AGES[-1])


def _all(**filters: str) -> tuple[Service, ...]:
    return everything(directory(), ServiceQuery(on=today(), per_page=ALL, **filters))  # type: ignore[arg-type]


def copied(service: Service) -> ServiceCard:
    """What this page shows of a service."""
    return card_of(service, directory().catalog, language(), today())
