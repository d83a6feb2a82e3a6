"""Directory: catalog, search index and eligibility table of one version: one value, swapped whole on reload."""

from __future__ import annotations

import gc
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from catalog.loader import load_catalog
from catalog.model import Catalog
from catalog.problems import CatalogError
from matching.table import EligibilityTable
from search.index import SearchIndex, open_index
from search.understanding import NeedPhrases
from settings import Settings

log = logging.getLogger(__name__)

HOME_ZONE = ZoneInfo("America/New_York")


@dataclass(frozen=True)
class Directory:
    """All that answers a question. Never changed; a reload makes another."""

    catalog: Catalog
    index: SearchIndex
    table: EligibilityTable
    phrases: NeedPhrases

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


def build_directory(settings: Settings, today: date) -> Directory:
    """Read, check and index the catalog. Raises CatalogError, or OSError when the index cannot be written."""
    catalog = load_catalog(settings.resources, settings.expectations, today)
    index = open_index(catalog, settings.index)
    return Directory(catalog, index, EligibilityTable.build(catalog), NeedPhrases.build(catalog))


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
