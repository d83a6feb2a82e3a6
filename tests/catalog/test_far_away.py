"""The file of the page for families from far away: read whole, left out, or refused with its line."""

from __future__ import annotations

from pathlib import Path

from catalog.model import Label
from catalog.model.travel import Journey, TeamMember
from catalog.reading.loader import catalog_version
from tests.support.catalogs import real_catalog
from tests.support.small_catalog import MARK, SmallCatalog, small_catalog

FAR_AWAY = """\
team:
  - who: {en: Care coordinator, es: Coordinador}
    does: {en: Helps you., es: Le ayuda.}
steps:
  - {en: You ask., es: Usted pregunta.}
journeys:
  - from: {en: The airport, es: El aeropuerto}
    town: Windsor Locks, Connecticut
    minutes: 30
    miles: 16
sources:
  - url: https://example.org/far
"""


def with_far_away(folder: Path, text: str = FAR_AWAY) -> SmallCatalog:
    small = small_catalog(folder)
    small.path("far-away.yaml").write_text(text, encoding="utf-8")
    return small


def test_a_catalog_without_the_file_has_nothing_to_say(tmp_path: Path) -> None:
    catalog = small_catalog(tmp_path).read().catalog
    assert catalog is not None and catalog.far_away is None


def test_the_file_becomes_values(tmp_path: Path) -> None:
    catalog = with_far_away(tmp_path).read().catalog
    assert catalog is not None and catalog.far_away is not None
    assert catalog.far_away.team == (
        TeamMember(Label("Care coordinator", "Coordinador"), Label("Helps you.", "Le ayuda.")),
    )
    assert catalog.far_away.steps == (Label("You ask.", "Usted pregunta."),)
    assert catalog.far_away.journeys == (
        Journey(Label("The airport", "El aeropuerto"), "Windsor Locks, Connecticut", 30, 16),
    )
    assert [source.url for source in catalog.far_away.sources] == ["https://example.org/far"]


def test_a_change_of_the_file_is_another_version_of_the_catalog(tmp_path: Path) -> None:
    small = small_catalog(tmp_path)
    before = catalog_version(small.resources)
    small.path("far-away.yaml").write_text(FAR_AWAY, encoding="utf-8")
    assert catalog_version(small.resources) != before


def test_a_mistake_is_named_with_its_line(tmp_path: Path) -> None:
    small = with_far_away(tmp_path, FAR_AWAY.replace("minutes: 30", f"minutes: soon {MARK}"))
    loaded = small.read()
    assert loaded.catalog is None
    assert [(problem.path, problem.line) for problem in loaded.problems] == [
        ("far-away.yaml", small.marked_line("far-away.yaml"))
    ]
    assert "plain number" in loaded.problems[0].message


def test_the_ways_to_the_hospital_are_those_of_its_entry() -> None:
    """The entry gives the times in words for lists and search; the page shows them as a table. Both must agree."""
    catalog = real_catalog()
    entry = catalog.services["destination-care-travel"].description or ""
    assert catalog.far_away is not None
    for journey in catalog.far_away.journeys:
        hours, minutes = divmod(journey.minutes, 60)
        parts = [f"{hours} hour{'s' * (hours > 1)}"] * bool(hours) + [f"{minutes} minutes"] * bool(minutes)
        assert f"about {' '.join(parts)} ({journey.miles} miles) from {journey.start.en}" in entry
