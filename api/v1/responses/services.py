"""How services, organizations and needs look as JSON. Field names are those of HSDS 3.2 where it has them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

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
from matching.narration import ages_text


def without_nothing(data: dict[str, Any]) -> dict[str, Any]:
    """Fields that hold something; an absent field means "not stated", never "no"."""
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}


MAX_SUMMARIES = 20_000
# (version of the catalog, id) -> the day it was made on, the service that it was made of, and the summary.
_summaries: dict[tuple[str, str], tuple[date, Service, dict[str, Any]]] = {}


def service_summary(service: Service, catalog: Catalog, today: date) -> dict[str, Any]:
    """A service in a list: enough to act on. Phones, pages, e-mail and next step are always complete.

    The same dict is given again for the same day: do not change it.
    """
    key = (catalog.version, service.id)
    made = _summaries.get(key)
    # Two catalogs of one version can differ in a test, so the service itself must be the same too.
    if made is None or made[0] != today or made[1] is not service:
        if len(_summaries) >= MAX_SUMMARIES:
            _summaries.clear()
        made = _summaries[key] = (today, service, _build_summary(service, catalog, today))
    return made[2]


def _build_summary(service: Service, catalog: Catalog, today: date) -> dict[str, Any]:
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
        "phones": [_phone(item) for item in service.phones],
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
            "locations": [_location(item, service.confidential) for item in service.locations],
            "confidential": service.confidential or None,
            "hours": service.hours,
            "schedules": [_schedule(item) for item in service.schedules],
            "eligibility": [_alternative(item) for item in service.eligibility],
            "service_area": _area(service.service_area),
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


def _phone(item: Phone) -> dict[str, Any]:
    return without_nothing(
        {"number": item.number, "e164": item.e164, "extension": item.extension, "label": item.label, "type": item.type}
    )


def _location(item: Location, confidential: bool) -> dict[str, Any]:
    place: dict[str, Any] = {"name": item.name, "city": item.city, "state": item.state, "town": item.town}
    if not confidential:
        place |= {"street": item.street, "postal_code": item.postal_code, "point": item.point}
    return without_nothing(place)


def _schedule(item: Schedule) -> dict[str, Any]:
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


def _area(item: Area | None) -> Any:
    if item is None:
        return None
    if item.whole and not item.outside:
        return item.whole
    lists = {"towns": list(item.towns), "counties": list(item.counties), "regions": list(item.regions)}
    inner = item.whole or without_nothing(lists)
    return {"outside": inner} if item.outside else inner


def _alternative(item: Alternative) -> dict[str, Any]:
    rule: dict[str, Any] = {"residence": _area(item.residence), "source": item.source}
    if item.age is not None:
        limits = {"from": item.age.start, "under": item.age.under, "through": item.age.through}
        limits |= {"school_year_of": item.age.school_year_of, "apply_from": item.age.apply_from}
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
    needs = [_need(need, services.get(need.id, 0)) for need in catalog.needs.values()]
    return {"version": catalog.version, "needs": needs}


def _need(need: Need, services: int) -> dict[str, Any]:
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
