"""A service in the terms of schema.org, for search engines. Nothing of confidential services or sensitive needs."""

from __future__ import annotations

from typing import Any

from catalog.ages import Duration
from catalog.model import AgeRule, Catalog, Kind, Location, Phone, Schedule, Service, Who
from catalog.places import HOME_STATE, Area
from web.shared.privacy import is_sensitive

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def structured(service: Service, catalog: Catalog, address: str) -> dict[str, Any] | None:
    """The JSON-LD of a service whose page is at `address`; None for one that search engines should not speak of."""
    if service.confidential or is_sensitive(service, catalog):
        return None
    guide = service.kind is Kind.GUIDE
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CreativeWork" if guide else "GovernmentService" if service.sector == "state" else "Service",
        "name": service.name,
        "alternateName": list(service.alternate_names),
        "description": service.summary,
        "url": address,
        "sameAs": list(service.urls),
        "audience": [
            _audience(alternative.age)
            for alternative in service.eligibility
            if alternative.age and _has_limits(alternative.age)
        ],
        "provider": _provider(service, catalog),
    }
    if not guide:
        data["areaServed"] = _areas(service.service_area, catalog) if service.service_area else []
        data["availableChannel"] = _channel(service)
        data["hoursAvailable"] = [_opening(schedule) for schedule in service.schedules]
    if service.cost == "free":
        data |= {"isAccessibleForFree": True} if guide else {"offers": {"@type": "Offer", **_FREE}}
    return _stated(data)


_FREE = {"price": 0, "priceCurrency": "USD"}


def _stated(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}


def _provider(service: Service, catalog: Catalog) -> dict[str, Any]:
    organization = catalog.organizations[service.organization_id]
    return _stated(
        {
            "@type": "GovernmentOrganization" if service.sector == "state" else "Organization",
            "name": organization.name,
            "url": organization.url,
            "telephone": [phone.e164 or phone.number for phone in service.phones],
        }
    )


def _has_limits(rule: AgeRule) -> bool:
    return not rule.any and rule.who is Who.CHILD


def _audience(rule: AgeRule) -> dict[str, Any]:
    """Ages in years; the greatest is that in which the last day falls."""
    return _stated(
        {
            "@type": "PeopleAudience",
            "suggestedMinAge": _years(rule.start) if rule.start else None,
            "suggestedMaxAge": _last_year(rule.end) if rule.end else None,
        }
    )


def _years(age: Duration) -> float:
    return round(age.years + age.months / 12, 2)


def _last_year(end: Duration) -> int:
    return end.years if end.months or end.days else max(end.years - 1, 0)


def _areas(area: Area, catalog: Catalog) -> list[dict[str, Any]]:
    if area.outside or area.whole == "any":
        return []
    if area.whole:
        return [_place("Country", "United States") if area.whole == "nationwide" else _place("State", "Connecticut")]
    regions = (catalog.places.regions[item].label for item in area.regions)
    return [
        *(_place("City", f"{town}, {HOME_STATE}") for town in area.towns),
        *(_place("AdministrativeArea", f"{county}, {HOME_STATE}") for county in area.counties),
        *(_place("AdministrativeArea", region) for region in regions),
    ]


def _place(kind: str, name: str) -> dict[str, Any]:
    return {"@type": kind, "name": name}


def _channel(service: Service) -> dict[str, Any]:
    channel = _stated(
        {
            "servicePhone": [_contact_point(phone) for phone in service.phones],
            "serviceUrl": service.urls[0] if service.urls else None,
            "availableLanguage": [language for language in service.languages if language != "other"],
            "serviceLocation": [_location(location) for location in service.locations],
        }
    )
    return {"@type": "ServiceChannel", **channel} if channel else {}


def _contact_point(phone: Phone) -> dict[str, Any]:
    return _stated({"@type": "ContactPoint", "telephone": phone.e164 or phone.number, "contactType": phone.label})


def _location(location: Location) -> dict[str, Any]:
    address = {
        "@type": "PostalAddress",
        "streetAddress": location.street,
        "addressLocality": location.city,
        "addressRegion": location.state,
        "postalCode": location.postal_code,
        "addressCountry": "US",
    }
    return _stated({"@type": "Place", "name": location.name, "address": _stated(address)})


def _opening(schedule: Schedule) -> dict[str, Any]:
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": [DAYS[day] for day in schedule.weekdays],
        "opens": _clock(schedule.opens),
        "closes": _clock(min(schedule.closes, 24 * 60 - 1)),
    }


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
