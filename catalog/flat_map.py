"""A flat map of points on the earth: good for an area as small as Connecticut."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class FlatMap:
    """Where points are drawn: x to the right and y downwards, from 0 to `width` and `height`.

    Degrees of longitude are drawn shorter than those of latitude by the cosine of the middle latitude
    (equirectangular projection), so that distances are alike in all directions.
    """

    north: float
    west: float
    scale: float
    shrink: float
    margin: float
    width: float
    height: float

    @classmethod
    def of(cls, points: Iterable[Point], width: float, margin: float = 0.0) -> FlatMap:
        """A map as wide as `width` that holds all points (latitude, longitude in degrees) inside `margin`.

        Raises ValueError without two points that lie apart from west to east.
        """
        latitudes, longitudes = zip(*points, strict=True) if (points := list(points)) else ((), ())
        if not points or min(longitudes) == max(longitudes):
            raise ValueError("a map needs points that lie apart.")
        shrink = math.cos(math.radians((min(latitudes) + max(latitudes)) / 2))
        scale = (width - 2 * margin) / ((max(longitudes) - min(longitudes)) * shrink)
        height = (max(latitudes) - min(latitudes)) * scale + 2 * margin
        return cls(max(latitudes), min(longitudes), scale, shrink, margin, width, height)

    def place(self, point: Point) -> tuple[float, float]:
        """(x, y) of a point, rounded to a tenth."""
        latitude, longitude = point
        x = (longitude - self.west) * self.shrink * self.scale + self.margin
        y = (self.north - latitude) * self.scale + self.margin
        return round(x, 1), round(y, 1)
