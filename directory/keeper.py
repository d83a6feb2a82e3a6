"""How a directory is built, and the one place that holds the one that is served."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from catalog.reading.loader import load_catalog
from catalog.reading.problems import CatalogError
from directory.directory import Directory
from search.index.whoosh_index import open_index
from settings import Settings

log = logging.getLogger(__name__)

HOME_ZONE = ZoneInfo("America/New_York")


def build_directory(settings: Settings, today: date) -> Directory:
    """Read, check and index the catalog. Raises CatalogError, or OSError when the index cannot be written."""
    catalog = load_catalog(settings.resources, settings.expectations, today)
    return Directory.build(catalog, open_index(catalog, settings.index))


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
        """Try the files as they are now. Whatever goes wrong is logged, and changes nothing but `failure`."""
        try:
            self._current = build_directory(self.settings(), self.today())
        except CatalogError as error:
            for problem in error.problems:
                log.error("%s", problem)
            return self._keep_the_old(str(error))
        except OSError as error:
            return self._keep_the_old(f"The search index cannot be written: {error.strerror}.")
        except Exception as error:  # noqa: BLE001 - this runs in the server's master, which must outlive any file
            return self._keep_the_old(f"The catalog cannot be read ({type(error).__name__}).")
        self.failure = None
        keep_out_of_collection()
        log.info("Serving catalog %s with %d services.", self._current.catalog.version, self._current.service_count)
        return True

    def _keep_the_old(self, reason: str) -> bool:
        self.failure = f"{reason} The catalog read before is still served."
        log.error("Catalog not reloaded. %s", self.failure)
        return False
