"""Whom to call first in danger: the hotlines for urgent needs stand above everything else that was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from directory.danger_help import help_in_danger
from matching.facts import Facts
from matching.match import match, urgent_of
from matching.request import MatchRequest
from matching.table.table import EligibilityTable
from search.danger import DangerReading
from web.shared.service_card import ServiceCard, card_of

FIRST_MATCHES = 50


@dataclass(frozen=True, slots=True)
class CrisisLines:
    """What to do in danger, and the hotlines for what was told: empty where none is listed for it.

    `nearby` are a few crisis services of the place and age, where words told of danger.
    """

    text: str
    hotlines: tuple[ServiceCard, ...]
    nearby: tuple[ServiceCard, ...] = ()


def first_help(request: MatchRequest, table: EligibilityTable) -> CrisisLines | None:
    """Whom to call first when something that is asked for is urgent; None when nothing is."""
    result = match(request, table)
    if result.safety is None:
        return None
    services = (table.catalog.services[service_id] for service_id in result.safety.services)
    copies = (card_of(service, table.catalog, request.language, request.on) for service in services)
    return CrisisLines(result.safety.text, tuple(copies))


def help_for_needs(
    needs: Iterable[str], facts: Facts, table: EligibilityTable, on: date, language: str
) -> CrisisLines | None:
    """The same for a search that asks for these needs."""
    urgent = urgent_of(needs, table.catalog)
    if not urgent:
        return None
    return first_help(MatchRequest(on, facts, urgent, FIRST_MATCHES, language=language), table)


def help_for_danger(
    danger: DangerReading, facts: Facts, table: EligibilityTable, on: date, language: str
) -> CrisisLines:
    """Whom to call first where words tell of danger."""
    help_ = help_in_danger(danger, facts, table, on, language)
    lines, nearby = (
        tuple(card_of(service, table.catalog, language, on) for service in services)
        for services in (help_.lines, help_.nearby)
    )
    return CrisisLines(help_.text, lines, nearby)
