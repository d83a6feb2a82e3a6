"""How catalog values look as JSON. Field names are those of HSDS 3.2 where it has them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from catalog.format import duration_text
from catalog.freshness import is_call_first
from catalog.model import (
    GRADES,
    Alternative,
    Catalog,
    IncomeRule,
    Location,
    Need,
    Organization,
    Phone,
    Schedule,
    Service,
    Terms,
)
from catalog.places import Area
from directory import SearchResults, ServiceHit, ServiceQuery
from matching.narration import ages_text
from search.results.highlight import Highlight


def without_nothing(data: dict[str, Any]) -> dict[str, Any]:
    """Fields that hold something; an absent field means "not stated", never "no"."""
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}


def service_summary(service: Service, catalog: Catalog, today: date) -> dict[str, Any]:
    """A service in a list: enough to act on. Phones, pages, e-mail and next step are always complete.

    The same dict is given again for the same day: do not change it.
    """
    kept = _SUMMARIES.get((catalog.version, service.id))
    # Two catalogs of one version can differ in a test, so the service itself must be the same too.
    if kept is None or kept[0] != today or kept[1] is not service:
        if len(_SUMMARIES) >= MOST_KEPT:
            _SUMMARIES.clear()
        kept = (today, service, _summary(service, catalog, today))
        _SUMMARIES[catalog.version, service.id] = kept
    return kept[2]


MOST_KEPT = 20_000
_SUMMARIES: dict[tuple[str, str], tuple[date, Service, dict[str, Any]]] = {}


def _summary(service: Service, catalog: Catalog, today: date) -> dict[str, Any]:
    organization = catalog.organizations[service.organization_id]
    return {
        "id": service.id,
        "name": service.name,
        "organization": {"id": organization.id, "name": organization.name},
        "sector": service.sector,
        "kind": service.kind.value,
        "status": service.status,
        "summary": service.summary,
        "needs": list(service.needs),
        "next_step": {"action": service.next_step.action, "text": service.next_step.text},
        "phones": [phone(item) for item in service.phones],
        "urls": list(service.urls),
        "emails": list(service.emails),
        "assured_date": service.assured_date.text if service.assured_date else None,
        "call_first": is_call_first(service, today),
        **without_nothing({"alert": service.alert, "cost": service.cost, "languages": list(service.languages)}),
    }


def service_detail(service: Service, catalog: Catalog, today: date) -> dict[str, Any]:
    """Everything that the catalog says of a service."""
    return service_summary(service, catalog, today) | without_nothing(
        {
            "alternate_names": list(service.alternate_names),
            "description": service.description,
            "locations": [location(item, service.confidential) for item in service.locations],
            "confidential": service.confidential or None,
            "hours": service.hours,
            "schedules": [schedule(item) for item in service.schedules],
            "eligibility": [alternative(item) for item in service.eligibility],
            "service_area": area(service.service_area),
            "insurance_accepted": list(service.insurance_accepted),
            "cost_note": service.cost_note,
            "confirm": list(service.confirm),
            "required_documents": list(service.required_documents),
            "delivery": list(service.delivery),
            "accessibility": list(service.accessibility),
            "protective_factors": list(service.protective_factors),
            "part_of": list(service.part_of),
            "leads_to": list(service.leads_to),
            "see_also": list(service.see_also),
            "former_ids": list(service.former_ids),
            "sources": [without_nothing({"url": source.url, "note": source.note}) for source in service.sources],
            "translations": {language: _translation(text) for language, text in service.translations.items()},
        }
    )


def _translation(text: Any) -> dict[str, Any]:
    return without_nothing({"name": text.name, "summary": text.summary, "next_step": text.next_step}) | {
        "reviewed": text.reviewed
    }


def phone(item: Phone) -> dict[str, Any]:
    return without_nothing({"number": item.number, "e164": item.e164, "extension": item.extension, "label": item.label})


def location(item: Location, confidential: bool) -> dict[str, Any]:
    place: dict[str, Any] = {"name": item.name, "city": item.city, "state": item.state, "town": item.town}
    if not confidential:
        place |= {"street": item.street, "postal_code": item.postal_code, "point": item.point}
    return without_nothing(place)


def schedule(item: Schedule) -> dict[str, Any]:
    days = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    return without_nothing(
        {
            "byday": ",".join(days[number] for number in item.weekdays),
            "opens_at": _clock(item.opens),
            "closes_at": _clock(item.closes),
            "description": item.label,
        }
    )


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def area(item: Area | None) -> Any:
    if item is None:
        return None
    if item.whole and not item.outside:
        return item.whole
    lists = {"towns": list(item.towns), "counties": list(item.counties), "regions": list(item.regions)}
    inner = item.whole or without_nothing(lists)
    return {"outside": inner} if item.outside else inner


def alternative(item: Alternative) -> dict[str, Any]:
    rule: dict[str, Any] = {"residence": area(item.residence), "source": item.source}
    if item.age is not None:
        limits = {"from": item.age.start, "under": item.age.under, "through": item.age.through}
        limits["school_year_of"] = item.age.school_year_of
        written = {name: limit.short() for name, limit in limits.items() if limit is not None}
        rule["age"] = written | {"who": item.age.who.value, "text": ages_text(item.age)} | {"any": item.age.any}
    if item.income is not None:
        rule["income"] = _income(item.income)
    for name in ("insurance", "conditions", "circumstances"):
        terms: Terms | None = getattr(item, name)
        if terms is not None:
            rule[name] = {"all" if terms.all_of else "any": list(terms.ids)}
    if item.grade is not None:
        limits_of_grade = {"from": item.grade.start, "through": item.grade.through}
        rule["grade"] = {name: GRADES[index] for name, index in limits_of_grade.items() if index is not None}
    if item.exclusion is not None:
        lists = {name: list(getattr(item.exclusion, name)) for name in ("conditions", "circumstances", "insurance")}
        rule["not"] = without_nothing(lists)
    return without_nothing(rule)


def _income(rule: IncomeRule) -> dict[str, Any]:
    names = ("up_to_fpl_percent", "above_fpl_percent", "up_to_smi_percent", "up_to_annual", "stated")
    return {"any": True} if rule.any else without_nothing({name: getattr(rule, name) for name in names})


def service_list(results: SearchResults, wanted: ServiceQuery, catalog: Catalog) -> dict[str, Any]:
    """One page of a list of services, and how the question was read."""
    return {
        "total": results.total,
        "page": results.page,
        "pages": results.pages,
        "per_page": wanted.per_page,
        "query": _reading(results, wanted, catalog),
        "items": [_found(one, catalog, wanted.on) for one in results.found],
        # orjson writes these values as they are, by the names of their fields.
        "facets": results.facets,
        "relaxed": results.relaxed,
    }


def _found(one: ServiceHit, catalog: Catalog, on: date) -> dict[str, Any]:
    """A service in a list, with what this question adds: why, and what is known of the person and the place."""
    return service_summary(one.service, catalog, on) | {
        "why": list(one.why),
        "highlight": _highlight(one.highlight) if one.highlight else None,
        "verdict": one.verdict.word if one.verdict is not None else None,
        "distance_miles": one.distance_miles,
        "serves_town": one.serves_town,
    }


def _highlight(one: Highlight) -> dict[str, Any]:
    return {"text": one.text, "marks": [list(mark) for mark in one.marks], "language": one.language}


def _reading(results: SearchResults, wanted: ServiceQuery, catalog: Catalog) -> dict[str, Any]:
    """How a query was read: the words that were looked up, and the town, age and needs that were understood in it."""
    read = results.understood
    filters: list[dict[str, Any]] = []
    if read.place is not None:
        filters.append({"filter": "town", "value": read.place.town, "words": read.place_words})
    if read.age is not None:
        filters.append({"filter": "age", "value": duration_text(read.age), "words": read.age_words})
    needs = catalog.needs_under(wanted.need) if wanted.need else [need for need, _ in read.needs]
    return {
        "text": wanted.text,
        "words": read.text,
        "understood_as": filters,
        "corrected_from": results.corrected_from,
        "needs": list(needs),
        "shortened": results.shortened,
        "used": {"characters": results.characters_used, "words": results.words_used},
        "sensitive": results.sensitive,
    }


def organization_detail(item: Organization, catalog: Catalog) -> dict[str, Any]:
    services = [service.id for service in catalog.services.values() if service.organization_id == item.id]
    return without_nothing(
        {
            "id": item.id,
            "name": item.name,
            "alternate_names": list(item.alternate_names),
            "website": item.url,
            "description": item.description,
            "services": services,
        }
    )


def taxonomy(catalog: Catalog, services: Mapping[str, int]) -> dict[str, Any]:
    """All needs, with how many services each has."""
    needs = [need_term(need, services.get(need.id, 0)) for need in catalog.needs.values()]
    return {"version": catalog.version, "needs": needs}


def need_term(need: Need, services: int) -> dict[str, Any]:
    return {
        "id": need.id,
        "parent": need.parent,
        "label": {"en": need.label.en, "es": need.label.es},
        "description": {"en": need.description.en, "es": need.description.es},
        "words": {"en": list(need.words.en), "es": list(need.words.es)},
        "sensitive": need.sensitive,
        "urgent": need.urgent,
        "services": services,
    }
