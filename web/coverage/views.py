"""Where the directory has something, and where it has nothing: two drawings, and the same as tables."""

from __future__ import annotations

from flask import render_template

from context import directory, today
from matching.coverage import BANDS, coverage
from web.coverage.charts import SHADES, dot_map, heat_map
from web.shared.blueprint import site
from web.shared.language import language


@site.get("/coverage", endpoint="coverage")
def show_coverage() -> str:
    """Needs by age, and towns."""
    found = coverage(directory().table, today())
    return render_template(
        "coverage.html",
        found=found,
        bands=BANDS,
        shades=SHADES,
        heat=heat_map(found.needs, directory().catalog.needs, language()),
        dots=dot_map(found.towns),
        listed=sum(service.is_listed for service in directory().catalog.services.values()),
    )
