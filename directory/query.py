"""What is asked of the directory for a list of services, and what it answers. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from catalog.model import Service
from matching.eligibility import Verdict
from matching.facts import Facts
from matching.table.table import Judged
from search.danger import DangerReading
from search.query.parse import ParsedQuery
from search.results.facets import FacetCount
from search.results.highlight import Highlight

SORTS = ("relevance", "distance", "name", "assured")


class TownNeededError(ValueError):
    """The order by distance was asked for, and no town of Connecticut is known to measure from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceQuery:
    """A list of services that is asked for.

    Each filter is an id, `not-stated` (cost, language, delivery, insurance) or None for no filter; `need` may be a
    group. `facts` are those of the person for whom help is sought; a town and an age in the words count where the
    facts say nothing, and so does the insurance filter. `only_fits` leaves out what merely may fit. Pages are counted
    from 1; `on` is the day on which ages are reckoned.
    """

    on: date
    text: str = ""
    need: str | None = None
    sector: str | None = None
    kind: str | None = None
    language: str | None = None
    insurance: str | None = None
    cost: str | None = None
    delivery: str | None = None
    facts: Facts = field(default_factory=Facts)
    only_fits: bool = False
    more: bool = False  # also what is far from the best answer to the words
    sort: str = "relevance"
    page: int = 1
    per_page: int = 20


@dataclass(frozen=True, slots=True)
class ServiceHit:
    """A service that was found.

    `why` names the parts of its entry in which words stand. `verdict` is None when nothing is known of a person.
    `distance_miles` is from the town to its nearest place, in whole miles; `serves_town` whether its area covers the
    town. Both are None where that is not known.
    """

    service: Service
    score: float
    why: tuple[str, ...] = ()
    verdict: Verdict | None = None
    distance_miles: int | None = None
    serves_town: bool | None = None
    highlight: Highlight | None = None


@dataclass(frozen=True, slots=True)
class RelaxedFilter:
    """How many would be found without one filter; `drop` is its name, "q" for the words, "all" for every filter."""

    drop: str
    total: int


@dataclass(frozen=True, slots=True)
class SearchResults:
    """One page of what was found, and how the question was read.

    `facets` counts everything found, by facet: need (groups and needs), sector, kind, cost, language, delivery,
    insurance, and verdict when it is known. The counts of a facet whose filter is on are those without it. `relaxed`
    is empty unless nothing was found. `sensitive`: the answer must not be kept, and the question in no address.
    `facts` are what is known of the person, from the fields and from the words.
    `words_used` and `characters_used` are how much of the text was looked up. `judged` has, for whoever wants the
    reasons too, all that was judged when something is known of a person, and `places` where in it the found ones stand.
    """

    found: tuple[ServiceHit, ...]
    total: int
    page: int
    pages: int
    understood: ParsedQuery
    corrected_from: str | None
    shortened: bool
    characters_used: int
    words_used: int
    facets: Mapping[str, tuple[FacetCount, ...]]
    relaxed: tuple[RelaxedFilter, ...]
    sensitive: bool
    facts: Facts
    judged: Judged | None = field(default=None, repr=False)
    places: tuple[int, ...] = ()
    more: int = 0  # how many more there are that are far from the best answer: see `ServiceQuery.more`
    # What the words tell of danger. It comes before all that was found.
    danger: DangerReading | None = None
