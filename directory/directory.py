"""All that answers a question, of one version of the catalog."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from catalog.model import Catalog
from directory.query import SearchResults, ServiceQuery
from directory.service_search import ServiceSearch
from matching.table.table import EligibilityTable
from search.danger import DangerFinder
from search.index.whoosh_index import SearchIndex
from search.meaning.encoder import encoder_status
from search.query.parse import NeedPhrases
from search.results.suggest import Suggester, Suggestion
from search.searcher import Searcher


@dataclass(frozen=True)
class Directory:
    """Never changed; a reload makes another."""

    catalog: Catalog
    searcher: Searcher
    table: EligibilityTable
    service_search: ServiceSearch
    suggester: Suggester
    danger: DangerFinder

    @classmethod
    def build(cls, catalog: Catalog, index: SearchIndex) -> Directory:
        searcher = Searcher.build(catalog, index)
        table = EligibilityTable.build(catalog)
        return cls(
            catalog,
            searcher,
            table,
            ServiceSearch.build(searcher, table),
            Suggester.build(catalog),
            DangerFinder.build(catalog),
        )

    @property
    def phrases(self) -> NeedPhrases:
        """Everyday phrases and the needs that they lead to."""
        return self.searcher.phrases

    def find(self, wanted: ServiceQuery) -> SearchResults:
        """One page of the listed services that fit the words and the filters, and that no stated rule leaves out.

        Raises TownNeeded for the order by distance without a town, KeyError for an id that is no value of its filter.
        """
        danger = self.danger.find(wanted.text)
        results = self.service_search.find(wanted)
        return results if danger is None else replace(results, danger=danger, sensitive=True)

    def suggest(self, text: str, limit: int = 8, language: str = "en") -> tuple[Suggestion, ...]:
        """Programs, needs and towns whose names go on from what was typed, the likeliest first."""
        return self.suggester.suggest(text, limit, language)

    @property
    def encoder_status(self) -> str:
        """ "ready", or why the search works by words alone."""
        return encoder_status()

    @property
    def service_count(self) -> int:
        return len(self.catalog.services)

    @cached_property
    def services_by_need(self) -> Mapping[str, int]:
        """How many listed services each need has, and each group over its needs (a service counts once)."""
        counts: Counter[str] = Counter()
        for service in filter(lambda one: one.is_listed, self.catalog.services.values()):
            groups = {self.catalog.needs[need].parent for need in service.needs}
            counts.update({*service.needs, *(group for group in groups if group)})
        return counts
