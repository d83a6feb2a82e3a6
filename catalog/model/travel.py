"""What the page for families from other states and countries says beyond the entries of services, as frozen values.

FarAway    the team, the steps and the ways to the hospital (resources/far-away.yaml)
  TeamMember
  Journey
"""

from __future__ import annotations

from dataclasses import dataclass

from catalog.model.service import Source
from catalog.model.text import Label


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Who works with the family, and what they do for it."""

    who: Label
    does: Label


@dataclass(frozen=True, slots=True)
class Journey:
    """The way by car from an airport: `minutes` and `miles` are about right, as the source gives them."""

    start: Label
    town: str
    minutes: int
    miles: int


@dataclass(frozen=True, slots=True)
class FarAway:
    """Lists in the order in which to show them."""

    team: tuple[TeamMember, ...]
    steps: tuple[Label, ...]
    journeys: tuple[Journey, ...]
    sources: tuple[Source, ...]
