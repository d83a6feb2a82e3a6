"""What there is to look around in: groups and their needs with counts, guides by theme, hotlines by what they are for.

Decides the order and the headings of these lists. What stands in them comes from the catalog alone: a guide or a line
finds its heading by its needs, never by its name.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from catalog.model import Catalog, Kind, Need, Phone, Service
from directory import Directory, SearchResults, ServiceQuery
from web.shared.language import gettext
from web.shared.privacy import EXIT_NEEDS

# More than the catalog will ever hold: a list that is not cut into pages.
ALL = 100_000
PER_PAGE = 20
MAX_NUMBER_LENGTH = 6
MAX_ALIKE = 2
FIRST_NUMBERS = ("988", "211")

_VIOLENT = EXIT_NEEDS | {"community-violence"}
_VIOLENCE_SEEN = frozenset(("community-violence", "trauma-grief"))
_SPECIAL_NEEDS = frozenset(("iep-504-advocacy", "special-education", "disability-rights"))
_GROWN_UP = frozenset(
    (
        "adult-health-transition",
        "adult-disability-services",
        "postsecondary-disability",
        "college-access",
        "employment",
        "independent-living",
        "vocational-rehabilitation",
    )
)
_SCHOOL_RIGHTS = frozenset(("iep-504-advocacy", "special-education", "special-education-law"))


@dataclass(frozen=True, slots=True)
class Branch:
    """A group of needs, or a need, and how many services it has. `private`: it must stand in no address."""

    id: str
    label: str
    description: str
    count: int
    private: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """Services under one heading. `id` is that of the heading, for links to it."""

    id: str
    heading: str
    services: tuple[Service, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a longer list; pages are counted from 1."""

    services: tuple[Service, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class _Theme:
    """A heading for the services whose needs it takes (something true)."""

    id: str
    heading: str
    takes: Callable[[tuple[str, ...]], object]


def branches(parent: str | None, counts: Mapping[str, int], catalog: Catalog, language: str) -> tuple[Branch, ...]:
    """The groups (`parent` None) or the needs of a group that have a service, in the order of the taxonomy."""
    return tuple(
        _branch(need, counts[need.id], language)
        for need in catalog.needs.values()
        if need.parent == parent and counts.get(need.id)
    )


def _branch(need: Need, count: int, language: str) -> Branch:
    words = (need.label.in_language(language), need.description.in_language(language))
    return Branch(need.id, *words, count, need.sensitive)


def counts_of(results: SearchResults, facet: str) -> dict[str, int]:
    """How many services were found with each value of a facet."""
    return {item.id: item.count for item in results.facets[facet]}


def is_about_danger(group: str, catalog: Catalog) -> bool:
    """Whether a page about this group of needs may put someone at risk."""
    return not EXIT_NEEDS.isdisjoint(catalog.needs_under(group))


def everything(directory: Directory, wanted: ServiceQuery) -> tuple[Service, ...]:
    """All services that are found, without the rest of the answer."""
    return tuple(found.service for found in directory.find(wanted).found)


def best_first(services: Iterable[Service], needs: Iterable[str], catalog: Catalog) -> list[Service]:
    """The best places to start for these needs, where nothing is known of the family.

    First the hotlines for what is urgent; then what is there for these needs above all and for all of Connecticut; then
    what most other services point to. Equals stay in their order.
    """
    wanted = frozenset(needs)
    pointed_to = pointers(catalog)

    def worth(service: Service) -> tuple[bool, bool, bool, int]:
        own = service.needs[0] in wanted
        urgent = any(catalog.needs[need].urgent for need in service.needs)
        return (
            own and urgent and service.kind is Kind.HOTLINE and is_always_open(service),
            own and is_everywhere(service),
            own,
            pointed_to[service.id],
        )

    return sorted(services, key=worth, reverse=True)


def is_everywhere(service: Service) -> bool:
    """Whether it works in all of Connecticut, or farther; or, where it does not say, takes people from all of it."""
    stated = (alternative.residence for alternative in service.eligibility)
    areas = (service.service_area,) if service.service_area else stated
    return any(area is not None and area.whole is not None and not area.outside for area in areas)


def pointers(catalog: Catalog) -> Counter[str]:
    """How many other services point to each, as what it is a part of, leads to or is like; none to doubtful ones."""
    services = catalog.services
    named = (
        other for service in services.values() for other in (*service.part_of, *service.leads_to, *service.see_also)
    )
    return Counter(other for other in named if other in services and services[other].confidence != "low")


def various(services: Iterable[Service], most: int) -> tuple[Service, ...]:
    """The first of them, but no more than two with the same first need."""
    counts: Counter[str] = Counter()
    chosen = []
    for service in services:
        counts[service.needs[0]] += 1
        if counts[service.needs[0]] <= MAX_ALIKE:
            chosen.append(service)
    return tuple(chosen[:most])


def leaf_of(services: Sequence[Service], page: str) -> Leaf:
    """The page of a list that an address asks for: the nearest that there is, the first for what is no number."""
    pages = max(1, math.ceil(len(services) / PER_PAGE))
    number = int(page) if page.isascii() and page.isdigit() and len(page) <= MAX_NUMBER_LENGTH else 1
    number = min(max(number, 1), pages)
    shown = services[PER_PAGE * (number - 1) : PER_PAGE * number]
    return Leaf(tuple(shown), len(services), number, pages)


def guide_shelves(guides: Iterable[Service], catalog: Catalog, language: str) -> tuple[Shelf, ...]:
    """Guides by theme, each under one: the themes that families ask for most, then the group of the first need."""
    themes = [
        _Theme("violence", gettext("Talking about violence and loss"), _VIOLENCE_SEEN.intersection),
        _Theme(
            "school-safety-plans",
            gettext("School safety plans for children with special needs"),
            lambda needs: "school-safety" in needs and not _SPECIAL_NEEDS.isdisjoint(needs),
        ),
        _Theme("growing-up", gettext("Growing up: the move to adult life"), _GROWN_UP.intersection),
        _Theme("iep-504", gettext("IEP, 504 and special education"), _SCHOOL_RIGHTS.intersection),
    ]
    return _shelves(guides, themes, catalog, language)


def hotline_shelves(lines: Iterable[Service], catalog: Catalog, language: str) -> tuple[Shelf, ...]:
    """988 and 211 first, then by what a line is for first of all: violence, other crises, the rest by group."""
    lines = sorted(lines, key=lambda line: (_of_first_numbers(line), not is_always_open(line)))
    themes = [
        _Theme("violence", gettext("When someone hurts you or a child"), lambda needs: needs[0] in _VIOLENT),
        _Theme("crisis", gettext("When someone cannot cope"), lambda needs: catalog.needs[needs[0]].urgent),
    ]
    first = tuple(line for line in lines if _of_first_numbers(line) < len(FIRST_NUMBERS))
    rest = [line for line in lines if line not in first]
    return (Shelf("first", gettext("Call these first"), first), *_shelves(rest, themes, catalog, language))


def by_group(services: Iterable[Service], catalog: Catalog, language: str) -> tuple[Shelf, ...]:
    """Services by the group of their first need, in the order of the taxonomy."""
    return _shelves(services, (), catalog, language)


def _of_first_numbers(line: Service) -> int:
    """The place of its main number among the FIRST_NUMBERS; their count when it is none of them."""
    number = line.phones[0].number if line.phones else ""
    return FIRST_NUMBERS.index(number) if number in FIRST_NUMBERS else len(FIRST_NUMBERS)


def _shelves(
    services: Iterable[Service], themes: Iterable[_Theme], catalog: Catalog, language: str
) -> tuple[Shelf, ...]:
    """Each service under the first theme that takes its needs, else under the group of its first need."""
    groups = [need for need in catalog.needs.values() if need.parent is None]
    headings = {theme.id: theme.heading for theme in themes}
    headings |= {group.id: group.label.in_language(language) for group in groups}
    shelves: dict[str, list[Service]] = {name: [] for name in headings}
    for service in services:
        taken = next((theme.id for theme in themes if theme.takes(service.needs)), None)
        shelves[taken or catalog.needs[service.needs[0]].parent or service.needs[0]].append(service)
    return tuple(Shelf(name, headings[name], tuple(those)) for name, those in shelves.items() if those)


def is_text_number(phone: Phone) -> bool:
    """Whether a number is for text messages alone: a short code whose label says to text."""
    return (phone.label or "").casefold().startswith("text")


def is_always_open(service: Service) -> bool:
    """Whether it states one schedule for all that it does: all day, every day."""
    return any(
        schedule.label is None and (len(schedule.weekdays), schedule.opens, schedule.closes) == (7, 0, 24 * 60)
        for schedule in service.schedules
    )
