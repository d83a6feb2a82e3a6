"""Whom to call first in danger: the hotlines for urgent needs stand above everything else that was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from catalog.model import Service
from matching.facts import Facts
from matching.match import is_urgent, match, urgent_of
from matching.request import MatchRequest
from matching.table.table import EligibilityTable
from web.browse.lists import is_always_open
from web.shared.service_card import ServiceCard, card_of

# The hotlines for urgent needs are always among the first matches.
FIRST_MATCHES = 50
MAX_HOTLINES, HOTLINES_FOR_A_NEED = 8, 3


@dataclass(frozen=True, slots=True)
class CrisisLines:
    """What to do in danger, and the hotlines for what was told: empty where none is listed for it."""

    text: str
    hotlines: tuple[ServiceCard, ...]


def first_help(request: MatchRequest, table: EligibilityTable) -> CrisisLines | None:
    """Whom to call first when something that is asked for is urgent; None when nothing is."""
    result = match(request, table)
    if result.safety is None:
        return None
    lines = [match_.service for match_ in result.matches if match_.service.id in result.safety.services]
    ranked = [_for_need(want.need.id, lines) for want in request.wanted if is_urgent(want)]
    # The first of each need, then the second of each.
    best = [services[place] for place in range(HOTLINES_FOR_A_NEED) for services in ranked if place < len(services)]
    each_once = list({item.id: item for item in best}.values())[:MAX_HOTLINES]
    copies = (card_of(service, table.catalog, request.language, request.on) for service in each_once)
    return CrisisLines(result.safety.text, tuple(copies))


def help_for_needs(
    needs: Iterable[str], facts: Facts, table: EligibilityTable, on: date, language: str
) -> CrisisLines | None:
    """The same for a search that asks for these needs."""
    urgent = urgent_of(needs, table.catalog)
    if not urgent:
        return None
    return first_help(MatchRequest(on, facts, urgent, FIRST_MATCHES, language=language), table)


def _for_need(need_id: str, lines: list[Service]) -> list[Service]:
    """The hotlines for a need, those that are there for it first of all before others; of these the ones for the whole
    state, and then those that answer day and night.
    """
    meeting = [line for line in lines if need_id in line.needs]
    return sorted(
        meeting,
        key=lambda item: (
            item.needs.index(need_id),
            not _is_for_the_state(item),
            not is_always_open(item),
            _is_doubtful(item),
        ),
    )


def _is_for_the_state(service: Service) -> bool:
    return service.service_area is not None and service.service_area.whole == "statewide"


def _is_doubtful(service: Service) -> bool:
    return service.confidence == "low"
