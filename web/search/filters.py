"""What narrows a list of results: chips to take away, filters to choose, and what to drop when it is empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.format import duration_text
from catalog.model import Catalog
from directory import Directory, SearchResults
from directory.service_search import FILTERS
from web.search.form import SearchForm
from web.shared.labels import FILTER_ORDER, filter_label, value_label
from web.shared.language import gettext


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that narrows the list, in words, and the fields of the search without it."""

    label: str
    without: dict[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter, how many would then be found, and whether it is the one that is on."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One choice among several. Needs that must stand in no address are kept apart, as `private`."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    private: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way out of an empty list: what to leave out, in words, how many are then found, and the fields for it."""

    label: str
    total: int
    fields: dict[str, str]


def chips(asked: SearchForm, results: SearchResults, catalog: Catalog, language: str) -> Iterator[Chip]:
    """What was typed into fields, chosen, or understood in the words."""
    understood = results.understood
    if asked.town:
        yield Chip(_lives_in(asked.town, results), asked.but(town=""))
    elif understood.place is not None:
        place = understood.place.town or understood.place_words or ""
        yield Chip(
            _lives_in(place, results),
            asked.but(q=_rest(results, understood.place_words, understood.age_words)),
        )
    if asked.age:
        yield Chip(gettext("Age: %(age)s", age=asked.age), asked.but(age=""))
    elif understood.age is not None:
        yield Chip(
            gettext("Age: %(age)s", age=duration_text(understood.age, language)),
            asked.but(q=_rest(results, understood.age_words, understood.place_words)),
        )
    for name in FILTERS:
        if name in asked.values:
            yield Chip(value_label(name, asked.values[name], catalog, language), asked.but(**{name: ""}))
    if asked.fits:
        yield Chip(gettext("Looks like a fit"), asked.but(fits=""))


def _lives_in(typed: str, results: SearchResults) -> str:
    """Say where the family lives, and when that is taken as another state: a slip in a ZIP code is then seen."""
    place = results.facts.place
    if place is not None and not place.in_state:
        return gettext("Lives in: %(place)s (outside Connecticut)", place=typed)
    return gettext("Lives in: %(place)s", place=typed)


def _rest(results: SearchResults, taken: str | None, kept: str | None) -> str:
    """The words of a query without some that were understood. A town alone was looked up as a word, too."""
    text = results.understood.text
    return " ".join(filter(None, (text if text != taken else "", kept)))


def filters(
    asked: SearchForm, results: SearchResults, catalog: Catalog, language: str, sensitive: bool
) -> Iterator[Filter]:
    """The filters that would make a difference, with counts. In a search that stands in no address none is private."""
    for name in FILTER_ORDER:
        each = [
            Choice(facet.id, value_label(name, facet.id, catalog, language), facet.count, facet.chosen)
            for facet in results.facets.get(name, ())
        ]
        private = tuple(
            item for item in each if name == "need" and not sensitive and catalog.needs[item.value].sensitive
        )
        choices = tuple(item for item in each if item not in private)
        if len(each) > 1 or name in asked.values:
            yield Filter(name, filter_label(name), choices, private)


def ways(asked: SearchForm, results: SearchResults, directory: Directory, language: str) -> Iterator[Suggestion]:
    """What to ask instead so that something is found: the needs that were understood, or with something left out."""
    understood = results.understood
    if not results.total:
        for need, _ in understood.needs:
            if total := directory.services_by_need.get(need, 0):
                label = directory.catalog.needs[need].label.in_language(language)
                yield Suggestion(gettext("All for: %(need)s", need=label), total, {"need": need})
    for item in results.relaxed:
        if item.drop == "all":
            yield Suggestion(
                gettext("Only the words, in all of Connecticut and for all ages"), item.total, {"q": understood.text}
            )
        elif item.drop == "q":
            yield Suggestion(gettext("Without the words"), item.total, asked.but(q=""))
        elif item.drop in ("town", "age") and not asked.values.get(item.drop):
            words = (understood.place_words, understood.age_words)
            taken, kept = words if item.drop == "town" else words[::-1]
            yield Suggestion(_without(item.drop), item.total, asked.but(q=_rest(results, taken, kept)))
        else:
            yield Suggestion(_without(item.drop), item.total, asked.but(**{item.drop: ""}))


def _without(name: str) -> str:
    words = {
        "town": gettext("Without the town"),
        "age": gettext("Without the age"),
        "fits": gettext("Also what may fit"),
    }
    return words.get(name) or gettext("Without the choice “%(filter)s”", filter=filter_label(name))
