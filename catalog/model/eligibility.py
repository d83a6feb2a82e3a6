"""Who is eligible, as a page states it: alternatives of criteria. Judged in `matching`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from catalog.ages import Duration
from catalog.places import Area

GRADES = ("PK", "K", *(str(number) for number in range(1, 13)))


class Who(StrEnum):
    """Whose fact a criterion is about. CHILD is the person helped, whatever their age."""

    CHILD = "child"
    CAREGIVER = "caregiver"
    HOUSEHOLD = "household"


@dataclass(frozen=True, slots=True)
class AgeRule:
    """Ages served. `any` says that the page states no limit; an absent rule says that it states nothing.

    `start` is inclusive, `under` exclusive, `through` lasts to the last day of its unit ("through 18y" ends at 19y),
    `school_year_of` ends with the school year in which that age is reached. `apply_from` is the age from which a family
    can ask ahead of `start`: it decides nothing about who is eligible.
    """

    any: bool = False
    start: Duration | None = None
    under: Duration | None = None
    through: Duration | None = None
    school_year_of: Duration | None = None
    apply_from: Duration | None = None
    who: Who = Who.CHILD
    # The exclusive upper limit, however it is written; None where there is none. Worked out once, asked for often.
    end: Duration | None = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        end = self.through.next_step() if self.through is not None else self.under or self.school_year_of
        object.__setattr__(self, "end", end)


@dataclass(frozen=True, slots=True)
class IncomeRule:
    """Household income limits. Percent of the poverty guideline or the state median; dollars a year, gross."""

    any: bool = False
    up_to_fpl_percent: float | None = None
    above_fpl_percent: float | None = None
    up_to_smi_percent: float | None = None
    up_to_annual: float | None = None
    stated: str | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """Ids of which any one (`all_of` False) or every one (`all_of` True) must hold."""

    ids: tuple[str, ...]
    all_of: bool = False


@dataclass(frozen=True, slots=True)
class GradeRule:
    """School grades served, inclusive at both ends: indexes into GRADES."""

    start: int | None
    through: int | None


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Who is not served, even when the rest holds."""

    conditions: tuple[str, ...] = ()
    circumstances: tuple[str, ...] = ()
    insurance: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to be eligible: all of its criteria must hold. None means that the criterion is not stated."""

    source: str
    age: AgeRule | None = None
    residence: Area | None = None
    income: IncomeRule | None = None
    insurance: Terms | None = None
    conditions: Terms | None = None
    circumstances: Terms | None = None
    grade: GradeRule | None = None
    exclusion: Exclusion | None = None
