"""Two drawings of what the directory covers: needs by age as a heat map, towns as dots. Values for the template only.

Each shade is one SVG path over all its cells or dots, so that the page stays small.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalog.flat_map import FlatMap
from catalog.model import Need
from matching.coverage import BANDS, NeedCoverage, TownCoverage

# How many programs make the next darker shade; nothing at all is a shade of its own.
SHADES = (1, 3, 10, 30)
# Sizes in units of the SVG, which is drawn about as wide on a phone as it is here.
LABEL_WIDTH, CELL_WIDTH, ROW_HEIGHT = 190, 24, 19
MAX_LABEL_LENGTH = 32
MAP_WIDTH, MAP_MARGIN = 600.0, 12.0
SMALLEST_DOT, LARGEST_DOT = 3.0, 9.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """`paths` are (shade, path) with 0 for nothing at all; `labels` are (y, text, whether it heads a group)."""

    width: float
    height: float
    paths: tuple[tuple[int, str], ...]
    labels: tuple[tuple[int, str, bool], ...] = ()


def shade(count: int) -> int:
    """0 for nothing, up to len(SHADES) for the most."""
    return bisect_right(SHADES, count)


def heat_map(needs: Iterable[NeedCoverage], groups: Mapping[str, Need], language: str) -> Drawing:
    """A row for each need below the name of its group, a column for each of BANDS: how many programs may fit."""
    paths: dict[int, list[str]] = defaultdict(list)
    labels: list[tuple[int, str, bool]] = []
    group = None
    for need in needs:
        if need.need.parent != group and need.need.parent is not None:
            group = need.need.parent
            labels.append((len(labels) * ROW_HEIGHT, groups[group].label.in_language(language), True))
        y = len(labels) * ROW_HEIGHT
        labels.append((y, _short(need.need.label.in_language(language)), False))
        for column, count in enumerate(need.may_fit):
            x = LABEL_WIDTH + column * CELL_WIDTH
            paths[shade(count)].append(f"M{x} {y}h{CELL_WIDTH - 1}v{ROW_HEIGHT - 1}h-{CELL_WIDTH - 1}z")
    width, height = LABEL_WIDTH + len(BANDS) * CELL_WIDTH, len(labels) * ROW_HEIGHT
    return _drawing(width, height, paths, labels)


def _short(label: str) -> str:
    """As much of a label as there is room for; the table has it whole."""
    return label if len(label) <= MAX_LABEL_LENGTH else f"{label[: MAX_LABEL_LENGTH - 1].rstrip()}…"


def dot_map(towns: Iterable[TownCoverage]) -> Drawing:
    """A dot for each town, larger and darker with more programs of its own."""
    towns = list(towns)
    flat = FlatMap.of((town.town.point for town in towns), MAP_WIDTH, MAP_MARGIN)
    paths: dict[int, list[str]] = defaultdict(list)
    for town in towns:
        (x, y), step = flat.place(town.town.point), shade(town.services)
        radius = round(SMALLEST_DOT + (LARGEST_DOT - SMALLEST_DOT) * step / len(SHADES), 1)
        paths[step].append(
            f"M{x - radius:.1f} {y}a{radius} {radius} 0 1 0 {2 * radius} 0a{radius} {radius} 0 1 0-{2 * radius} 0z"
        )
    return _drawing(flat.width, round(flat.height, 1), paths)


def _drawing(
    width: float, height: float, paths: dict[int, list[str]], labels: Iterable[tuple[int, str, bool]] = ()
) -> Drawing:
    shades = tuple((step, "".join(each)) for step, each in sorted(paths.items()))
    return Drawing(width, height, shades, tuple(labels))
