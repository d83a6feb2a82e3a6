"""A page of results as the page shows it: cards with their fit, what was understood, what can be chosen and dropped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from directory import Directory, SearchResults, ServiceQuery
from directory.danger_help import needs_in_danger
from directory.query import ServiceHit, TownNeededError
from web.search.filters import Chip, Filter, Suggestion, chips, filters, ways
from web.search.fit import Fit, fits_in
from web.search.form import SearchForm
from web.shared.crisis_lines import CrisisLines, help_for_danger, help_for_needs
from web.shared.language import gettext, ngettext
from web.shared.privacy import EXIT_NEEDS, is_sensitive, needs_exit, tells_of_a_person, words_need_exit
from web.shared.service_card import ServiceCard, card_of

# A search is taken to be about what most of its first results are about, whatever its words.
FIRST = 3
MOSTLY = 2


@dataclass(frozen=True, slots=True)
class Item:
    """A card: the service, how it was found, and how it fits when something is known of the child.

    `known` is what is settled, in words: the age, the town, how far it is.
    """

    copy: ServiceCard
    found: ServiceHit
    fit: Fit | None
    known: str


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """All that a page of results needs.

    `sensitive`: the search must stand in no address. `discreet`: the page may
    put someone at risk, and offers a quick exit. `help_now` are hotlines to call before all else, on the first page.
    """

    asked: SearchForm
    results: SearchResults
    messages: dict[str, str]
    items: tuple[Item, ...]
    chips: tuple[Chip, ...]
    filters: tuple[Filter, ...]
    ways: tuple[Suggestion, ...]
    sensitive: bool
    discreet: bool
    help_now: CrisisLines | None

    @property
    def fitting(self) -> int | None:
        """How many look like a fit; None when nothing is known of the child."""
        counts = {facet.id: facet.count for facet in self.results.facets.get("verdict", ())}
        return counts.get("eligible", 0) if counts else None


def show(
    asked: SearchForm, wanted: ServiceQuery, messages: dict[str, str], directory: Directory, language: str
) -> ResultsPage:
    """Ask the directory, and put its answer into what the page shows."""
    wanted, results, messages = _ask(wanted, messages, directory)
    catalog = directory.catalog
    first = [hit.service for hit in results.found[:FIRST]]
    needs = [asked.need, *(need for need, _ in results.understood.needs)]
    if results.danger is not None:
        needs += [want.need.id for want in needs_in_danger(results.danger, directory.table)]
    sensitive = (
        results.sensitive
        or asked.is_long
        or sum(is_sensitive(item, catalog) for item in first) >= MOSTLY
        or tells_of_a_person(wanted.text)
    )
    return ResultsPage(
        asked,
        results,
        messages,
        tuple(_items(results, wanted, directory, language)),
        tuple(chips(asked, results, catalog, language)),
        tuple(filters(asked, results, catalog, language, sensitive)),
        tuple(ways(asked, results, directory, language)),
        sensitive,
        discreet=not EXIT_NEEDS.isdisjoint(needs)
        or sum(needs_exit(item) for item in first) >= MOSTLY
        or words_need_exit(results.understood.text, catalog),
        help_now=_help_now(needs, results, wanted, directory, language) if results.page == 1 else None,
    )


def _help_now(
    needs: list[str], results: SearchResults, wanted: ServiceQuery, directory: Directory, language: str
) -> CrisisLines | None:
    """Whom to call before all else: for danger that the words tell of, or else for a need that is urgent in itself."""
    if results.danger is not None:
        return help_for_danger(results.danger, results.facts, directory.table, wanted.on, language)
    return help_for_needs(needs, results.facts, directory.table, wanted.on, language)


def _ask(
    wanted: ServiceQuery, messages: dict[str, str], directory: Directory
) -> tuple[ServiceQuery, SearchResults, dict[str, str]]:
    """The answer; by relevance, with a message, where the nearest cannot come first for want of a town."""
    try:
        return wanted, directory.find(wanted), messages
    except TownNeededError:
        wanted = replace(wanted, sort="relevance")
        message = gettext("To see the nearest first, give a town or ZIP code.")
        return wanted, directory.find(wanted), {"town": message, **messages}


def _items(results: SearchResults, wanted: ServiceQuery, directory: Directory, language: str) -> Iterator[Item]:
    fits: list[Fit | None] = [None] * len(results.found)
    if results.judged is not None:
        fits = [*fits_in(results.judged, results.places, directory.table, language)]
    for found, fit in zip(results.found, fits, strict=True):
        copy = card_of(found.service, directory.catalog, language, wanted.on)
        yield Item(copy, found, fit, _known(fit, found) if fit is not None else "")


def _known(fit: Fit, found: ServiceHit) -> str:
    text = " · ".join((*fit.met, *_distance(found.distance_miles)))
    return text[:1].upper() + text[1:]


def _distance(miles: int | None) -> Iterator[str]:
    """How far it is from the family's town, in words; nothing where that is not known."""
    if miles is not None and miles < 1:
        yield gettext("less than a mile away")
    elif miles is not None:
        yield ngettext("about one mile away", "about %(num)s miles away", miles)
