"""The path from birth to 26 as its page shows it: the next 12 months, the stages of childhood, and a drawing.

Of more than a hundred programs with a limit of age, those for the whole state come first: anyone may begin there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from catalog.ages import Duration, PersonAge
from catalog.format import either, month_text
from catalog.model import Catalog, Kind, Service
from matching.facts import terms_of
from matching.narration import inside
from matching.pathway import PATH_END, PathwayStep, pathway
from matching.table.table import EligibilityTable
from matching.transitions import HORIZON
from web.shared.service_card import ServiceCard, card_of, need_label

# First year of each stage; the last ends with the path.
STAGES = (0, 3, 6, 14, 18, PATH_END.years)
WHOLE_STATE = ("statewide", "nationwide", "any")
MAX_TERMS = 3

# The drawing, in its own units: how wide it is, the edge left and right, the height of a row and of the scale above.
WIDTH, EDGE, ROW, SCALE = 360, 8, 33, 26
_DAYS_A_YEAR = 365.25
_MOST_LETTERS = 46


@dataclass(frozen=True, slots=True)
class Row:
    """A program on the path. `state` is over, now or later; the months are words, None without an end.

    `from_birth`: it begins at birth. `only_for` are the conditions or circumstances that it asks for, in words.
    `follows` are services to go to when it ends.
    """

    copy: ServiceCard
    step: PathwayStep
    state: str
    from_birth: bool
    begins: str
    ends: str | None
    only_for: str
    follows: tuple[ServiceCard, ...]
    need: str
    for_all: bool


@dataclass(frozen=True, slots=True)
class Event:
    """What "starts" or "ends" within a year."""

    row: Row
    change: str
    on: date
    month: str


@dataclass(frozen=True, slots=True)
class Stage:
    """Programs that begin in it and are not over: for every child, for some children, and for some towns.

    The first two are for the whole state.
    """

    start: int
    end: int
    rows: tuple[Row, ...]
    special: tuple[Row, ...]
    local: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A program as drawn: its name above a bar. All in units of the drawing."""

    name: str
    state: str
    y: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Bars below a scale of ages; `now` is where today stands, `ticks` are (age, x)."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[int, float], ...]
    now: float | None
    height: int


@dataclass(frozen=True, slots=True)
class Path:
    """All that the page shows. `soon` are changes of programs for the whole state, `soon_local` of the rest."""

    born: str
    soon: tuple[Event, ...]
    soon_local: tuple[Event, ...]
    stages: tuple[Stage, ...]
    over: tuple[Row, ...]
    drawing: Drawing


def path_of(age: PersonAge, table: EligibilityTable, language: str) -> Path:
    """The path of someone born in a month: reckoned for its 28th, or today, as days are not asked for.

    Raises ValueError as `matching.pathway` does.
    """
    birth = age.latest_birth.replace(day=min(age.latest_birth.day, 28))
    steps = pathway(birth, table, age.on, language)
    teller = _Teller(steps, birth, table.catalog, age.on, language)
    rows = [teller.row(step) for step in steps]
    wide = [row for row in rows if is_for_the_state(row.copy.service, table.catalog)]
    local = [row for row in rows if row not in wide]
    return Path(
        month_text(birth, language),
        tuple(_events(wide, age.on, language)),
        tuple(_events(local, age.on, language)),
        tuple(_stages(wide, local, birth)),
        tuple(row for row in wide if row.state == "over"),
        drawing([row for row in wide if row.for_all], birth, age.on),
    )


def is_for_the_state(service: Service, catalog: Catalog) -> bool:
    """Whether it is for families anywhere in Connecticut, as far as it says; a guide that names no area is.

    A local office of a program of someone else's is not, whatever the program's own rules say: WIC in one town.
    """
    if any(catalog.services[whole].organization_id != service.organization_id for whole in service.part_of):
        return False
    if service.service_area is not None:
        return service.service_area.whole in WHOLE_STATE
    areas = [alternative.residence for alternative in service.eligibility if alternative.residence is not None]
    return any(area.whole in WHOLE_STATE for area in areas) if areas else service.kind is Kind.GUIDE


def lasting(
    service: Service, ends_on: date | None, steps: Iterable[PathwayStep], catalog: Catalog
) -> tuple[Service, ...]:
    """What a service leads to that is still there when it ends; nothing where it has no end."""
    if ends_on is None:
        return ()
    gone = {step.service.id for step in steps if step.ends_on is not None and step.ends_on <= ends_on}
    found = (catalog.services[other] for other in service.leads_to if other not in gone)
    return tuple(hit for hit in found if hit.is_listed)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Puts the steps of one path into words."""

    steps: tuple[PathwayStep, ...]
    birth: date
    catalog: Catalog
    on: date
    language: str

    def row(self, step: PathwayStep) -> Row:
        service = step.service
        asked = _asked(service)
        # The month of an end long after the path tells a family nothing.
        ends = step.ends_on if step.ends_on and step.ends_on <= PATH_END.after(self.birth) else None
        return Row(
            copy=self._copy(service),
            step=step,
            state="now" if step.now else "over" if step.begins_on <= self.on else "later",
            from_birth=step.begins_on == self.birth,
            begins=month_text(step.begins_on, self.language),
            ends=month_text(ends, self.language) if ends else None,
            only_for=_words(asked, self.catalog, self.language),
            follows=tuple(map(self._copy, lasting(service, step.ends_on, self.steps, self.catalog))),
            need=need_label(self.catalog.needs[service.needs[0]], self.language),
            for_all=not asked,
        )

    def _copy(self, service: Service) -> ServiceCard:
        return card_of(service, self.catalog, self.language, self.on)


def _asked(service: Service) -> tuple[str, ...]:
    """The conditions and circumstances of the first way in that states an age; empty when one way asks for none."""
    ways = [
        alternative for alternative in service.eligibility if alternative.age is not None and not alternative.age.any
    ]
    asked = [
        (*(way.conditions.ids if way.conditions else ()), *(way.circumstances.ids if way.circumstances else ()))
        for way in ways
    ]
    return asked[0] if asked and all(asked) else ()


def _words(terms: tuple[str, ...], catalog: Catalog, language: str) -> str:
    known = terms_of(catalog)
    labels = [inside(known[term].label.in_language(language)) for term in terms if term in known]
    return either(labels[:MAX_TERMS], language) + ("; …" if len(labels) > MAX_TERMS else "")


def _events(rows: Iterable[Row], on: date, language: str) -> list[Event]:
    until = HORIZON.after(on)
    found = [
        Event(row, change, day, month_text(day, language))
        for row in rows
        for change, day in (("starts", row.step.begins_on), ("ends", row.step.ends_on))
        if day is not None and on < day <= until
    ]
    return sorted(found, key=lambda event: (event.on, event.change, not event.row.for_all, event.row.copy.service.id))


def _stages(wide: list[Row], local: list[Row], birth: date) -> Iterable[Stage]:
    for start, end in pairwise(STAGES):
        first, last = Duration(start).after(birth), Duration(end).after(birth)
        begun = [row for row in wide if first <= row.step.begins_on < last and row.state != "over"]
        yield Stage(
            start,
            end,
            tuple(row for row in begun if row.for_all),
            tuple(row for row in begun if not row.for_all),
            tuple(row for row in local if first <= row.step.begins_on < last and row.state != "over"),
        )


def drawing(rows: list[Row], birth: date, on: date) -> Drawing:
    """The rows as bars over ages, in the order in which they begin; what has no end reaches the edge."""
    bars = []
    for place, row in enumerate(rows):
        start = _x(row.step.begins_on, birth)
        end = _x(row.step.ends_on, birth) if row.step.ends_on else float(WIDTH)
        # What lasts a month still has to be seen.
        bars.append(
            Bar(_short(row.copy.name.text), row.state, SCALE + place * ROW, start, max(round(end - start, 1), 4))
        )
    now = _x(on, birth)
    return Drawing(
        tuple(bars),
        tuple((age, _x(Duration(age).after(birth), birth)) for age in STAGES),
        now if now < WIDTH - EDGE else None,
        SCALE + len(rows) * ROW,
    )


def _x(day: date, birth: date) -> float:
    years = min((day - birth).days / _DAYS_A_YEAR, PATH_END.years)
    return round(EDGE + years * (WIDTH - 2 * EDGE) / PATH_END.years, 1)


def _short(name: str) -> str:
    """Without what stands in brackets, and not longer than the drawing is wide."""
    plain = name.partition(" (")[0]
    return plain if len(plain) <= _MOST_LETTERS else plain[: _MOST_LETTERS - 1].rstrip() + "…"
