"""Directory: catalog, search index and eligibility table of one version: one value, swapped whole on reload."""

from __future__ import annotations

import gc
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np

from catalog.ages import PersonAge
from catalog.loader import load_catalog
from catalog.model import Catalog
from catalog.problems import CatalogError
from matching.eligibility import Verdict
from matching.facts import Facts, with_residence
from matching.table import EligibilityTable
from search.find import Answer, Bools, Searcher
from search.index import open_index
from search.ranking import Floats
from search.understanding import NeedPhrases, Understood
from settings import Settings

log = logging.getLogger(__name__)

HOME_ZONE = ZoneInfo("America/New_York")


@dataclass(frozen=True)
class Directory:
    """All that answers a question. Never changed; a reload makes another."""

    catalog: Catalog
    searcher: Searcher
    table: EligibilityTable

    @property
    def phrases(self) -> NeedPhrases:
        """Everyday phrases and the needs that they lead to."""
        return self.searcher.phrases

    def search(self, text: str, facts: Facts, only: Bools, page: Page) -> Answer:
        """Services that fit the words, that `only` (N) leaves, and that no stated age or place rules out.

        A town and an age in the words count like those of `facts`, which go first. Services near the town come first.
        """

        def narrow(understood: Understood) -> tuple[Bools, Floats]:
            known = _with_understood(facts, understood, page.on)
            if known == Facts():
                return only, self._even
            judged = self.table.judge(known)
            closeness = self.table.closeness.shares(judged.rows, known.place)
            return only & (judged.verdicts > Verdict.INELIGIBLE), (0.5 + closeness).astype(np.float32)

        return self.searcher.search(text, narrow, page.size, page.size * (page.number - 1))

    @cached_property
    def _even(self) -> Floats:
        return np.ones(len(self.table.services), dtype=np.float32)

    @property
    def service_count(self) -> int:
        return len(self.catalog.services)

    @cached_property
    def services_by_need(self) -> Mapping[str, int]:
        """How many services each need has, and each group over its needs (a service counts once)."""
        counts: Counter[str] = Counter()
        for service in self.catalog.services.values():
            groups = {self.catalog.needs[need].parent for need in service.needs}
            counts.update({*service.needs, *(group for group in groups if group)})
        return counts


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is wanted, counted from 1, and the day on which ages are reckoned."""

    on: date
    number: int = 1
    size: int = 20


def _with_understood(facts: Facts, understood: Understood, on: date) -> Facts:
    """The facts, and what the words of a query say where the facts say nothing."""
    age, place = facts.age, facts.place
    if age is None and understood.age is not None:
        age = PersonAge.from_age(understood.age, on)
    if place is None and understood.place is not None:
        place = understood.place
    return with_residence(replace(facts, age=age, place=place))


def build_directory(settings: Settings, today: date) -> Directory:
    """Read, check and index the catalog. Raises CatalogError, or OSError when the index cannot be written."""
    catalog = load_catalog(settings.resources, settings.expectations, today)
    searcher = Searcher.build(catalog, open_index(catalog, settings.index))
    return Directory(catalog, searcher, EligibilityTable.build(catalog))


def keep_out_of_collection() -> None:
    """The catalog lives as long as the process: looking through it for garbage would cost half of every answer."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


@dataclass(slots=True)
class DirectoryKeeper:
    """Holds the directory that is being served. The one thing that changes, by one assignment.

    `failure` says why the last reload was refused; None when the newest catalog is the one that is served.
    """

    settings: Callable[[], Settings]
    today: Callable[[], date]
    _current: Directory | None = None
    failure: str | None = None

    @property
    def current(self) -> Directory:
        """The directory, built at first use. Raises as `build_directory` does."""
        if self._current is None:
            self._current = build_directory(self.settings(), self.today())
        return self._current

    def reload(self) -> bool:
        """Try the files as they are now. A broken catalog changes nothing but `failure`, and is logged whole."""
        try:
            self._current = build_directory(self.settings(), self.today())
        except CatalogError as error:
            for problem in error.problems:
                log.error("%s", problem)
            self.failure = f"{error} The catalog read before is still served."
            log.error("Catalog not reloaded. %s", self.failure)
            return False
        except OSError as error:
            self.failure = (
                f"The search index cannot be written: {error.strerror}. The catalog read before is still served."
            )
            log.error("Catalog not reloaded. %s", self.failure)
            return False
        self.failure = None
        keep_out_of_collection()
        log.info("Serving catalog %s with %d services.", self._current.catalog.version, self._current.service_count)
        return True
