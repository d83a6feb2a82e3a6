"""Directory: catalog, search index and eligibility table of one version: one value, swapped whole on reload.

Directory                    all that answers a question (directory.py)
ServiceQuery, SearchResults  a question for a list of services, and its answer (query.py, service_search.py)
DirectoryKeeper              holds the one that is served (keeper.py)
"""

from directory.directory import Directory
from directory.keeper import HOME_ZONE, DirectoryKeeper, build_directory, keep_out_of_collection
from directory.query import SORTS, RelaxedFilter, SearchResults, ServiceHit, ServiceQuery, TownNeededError
from search.results.facets import NOT_STATED, FacetCount

__all__ = [
    "HOME_ZONE",
    "NOT_STATED",
    "SORTS",
    "Directory",
    "DirectoryKeeper",
    "FacetCount",
    "RelaxedFilter",
    "SearchResults",
    "ServiceHit",
    "ServiceQuery",
    "TownNeededError",
    "build_directory",
    "keep_out_of_collection",
]
