"""One module for each kind of page; each names its views on `web.site.site`."""

from web.pages import (
    about,
    browse,
    contact,
    coverage,
    finder,
    home,
    my_list,
    pathway,
    report,
    results,
    services,
    topics,
)

__all__ = [
    "about",
    "browse",
    "contact",
    "coverage",
    "finder",
    "home",
    "my_list",
    "pathway",
    "report",
    "results",
    "services",
    "topics",
]
