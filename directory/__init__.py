"""Directory: catalog, search index and eligibility table of one version: one value, swapped whole on reload.

Directory        all that answers a question (served.py)
Wanted, Results  a question for a list of services, and its answer (wanted.py, finding.py)
DirectoryKeeper  holds the one that is served (keeper.py)
"""

from directory.directory import Directory
from directory.keeper import HOME_ZONE, DirectoryKeeper, build_directory, keep_out_of_collection
from directory.query import SORTS, Found, Relaxed, Results, TownNeeded, Wanted
from search.results.facets import NOT_STATED, FacetCount

__all__ = [
    "HOME_ZONE",
    "NOT_STATED",
    "SORTS",
    "Directory",
    "DirectoryKeeper",
    "FacetCount",
    "Found",
    "Relaxed",
    "Results",
    "TownNeeded",
    "Wanted",
    "build_directory",
    "keep_out_of_collection",
]
