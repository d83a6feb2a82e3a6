"""An answer as a family's plan: for each wanted need a few services, each service told once."""

from __future__ import annotations

from dataclasses import dataclass

from matching.request import Match, MatchResult, WantedNeed

MAX_FOR_A_NEED = 5


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A wanted need, its best matches, and the best of those that stand under an earlier need already.

    `total` is how many matches meet the need, shown or not.
    """

    wanted: WantedNeed
    matches: tuple[Match, ...]
    shown_above: tuple[Match, ...]
    total: int


def plan(result: MatchResult, most: int = MAX_FOR_A_NEED) -> tuple[PlanPart, ...]:
    """A part for each wanted need, the most pressing first, with at most `most` matches.

    Equally pressing needs stay in the order in which they were named. Looks at the matches of the result only: ask the
    matcher for many (`limit`), so that no need goes empty because others have better matches.
    """
    parts: list[PlanPart] = []
    shown: set[str] = set()
    for want in _most_pressing_first(result):
        meeting = [match for match in result.matches if want.need.id in match.needs_met]
        best = meeting[:most]
        parts.append(
            PlanPart(
                wanted=want,
                matches=tuple(match for match in best if match.service.id not in shown),
                shown_above=tuple(match for match in best if match.service.id in shown),
                total=len(meeting),
            )
        )
        shown.update(match.service.id for match in best)
    return tuple(parts)


def _most_pressing_first(result: MatchResult) -> list[WantedNeed]:
    """One want for each need: the most pressing."""
    ordered = sorted((summary.wanted for summary in result.needs), key=lambda want: -want.severity)
    return list({want.need.id: want for want in reversed(ordered)}.values())[::-1]
