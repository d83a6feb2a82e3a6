"""How fresh the facts of a service are, and whether a family should call first."""

from __future__ import annotations

from datetime import date, timedelta

from catalog.model import Kind, Service

STALE_DAYS = 365
STALE_DAYS_HOTLINE = 90


def is_stale(service: Service, today: date) -> bool:
    """Return whether a service was last assured over 365 days ago (hotlines: 90), or never.

    A date known to the year or month counts from its first day, so that nothing passes for fresher than it is.
    """
    if service.assured_date is None:
        return True
    days = STALE_DAYS_HOTLINE if service.kind is Kind.HOTLINE else STALE_DAYS
    return service.assured_date.earliest + timedelta(days=days) < today


def is_call_first(service: Service, today: date) -> bool:
    """Return whether families should call before they rely on it: doubtful sources, or not checked lately."""
    return service.confidence == "low" or is_stale(service, today)
