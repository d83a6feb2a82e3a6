"""Dates, ages, lists and areas in words, in English and Spanish: pieces of the sentences that people read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from catalog.ages import Duration
from catalog.model import Label
from catalog.places import Area, Places

LANGUAGES = ("en", "es")

MONTHS = (
    Label("January", "enero"),
    Label("February", "febrero"),
    Label("March", "marzo"),
    Label("April", "abril"),
    Label("May", "mayo"),
    Label("June", "junio"),
    Label("July", "julio"),
    Label("August", "agosto"),
    Label("September", "septiembre"),
    Label("October", "octubre"),
    Label("November", "noviembre"),
    Label("December", "diciembre"),
)
DATE = Label("{day} {month} {year}", "{day} de {month} de {year}")
MONTH_OF_YEAR = Label("{month} {year}", "{month} de {year}")

BIRTH = Label("birth", "el nacimiento")
# One, and several.
UNITS = {
    "year": (Label("{count} year", "{count} año"), Label("{count} years", "{count} años")),
    "month": (Label("{count} month", "{count} mes"), Label("{count} months", "{count} meses")),
    "week": (Label("{count} week", "{count} semana"), Label("{count} weeks", "{count} semanas")),
    "day": (Label("{count} day", "{count} día"), Label("{count} days", "{count} días")),
}

WHOLE_AREAS = {
    "any": Label("anywhere", "cualquier lugar"),
    "nationwide": Label("the United States", "los Estados Unidos"),
    "statewide": Label("Connecticut", "Connecticut"),
}
OUTSIDE = Label("places outside {names}", "lugares que no están en {names}")
_COUNTY = " County"
COUNTY = Label("{name} County", "el condado de {name}")


def say(template: Label, language: str, **parts: str | int | float) -> str:
    """A template in a language (en or es), filled in. An abbreviation at its end lends the whole its full stop."""
    said = template.in_language(language).format(**parts)
    return said[:-1] if said.endswith("..") else said


def date_text(day: date, language: str = "en") -> str:
    """ "3 March 2027", "3 de marzo de 2027"."""
    month = MONTHS[day.month - 1].in_language(language)
    return say(DATE, language, day=day.day, month=month, year=day.year)


def month_text(day: date, language: str = "en") -> str:
    """ "March 2027", "marzo de 2027"."""
    return say(MONTH_OF_YEAR, language, month=MONTHS[day.month - 1].in_language(language), year=day.year)


def duration_text(duration: Duration, language: str = "en") -> str:
    """ "2 years 8 months", "2 años y 8 meses"; days alone that make whole weeks are weeks."""
    parts = [(duration.years, "year"), (duration.months, "month"), (duration.days, "day")]
    if duration.days and duration.days % 7 == 0 and not (duration.years or duration.months):
        parts = [(duration.days // 7, "week")]
    said = [say(UNITS[unit][count != 1], language, count=count) for count, unit in parts if count]
    if not said:
        return BIRTH.in_language(language)
    return " ".join(said) if language == "en" else join(said, language)


def join(names: Iterable[str], language: str = "en") -> str:
    """ "a", "a and b", "a, b and c"."""
    return _listed(names, ", ", "and" if language == "en" else "y")


def either(names: Iterable[str], language: str = "en") -> str:
    """ "a", "a; or b", "a; or b; or c": for names that may hold commas."""
    word = "or" if language == "en" else "o"
    said = ""
    for name in names:
        said += f"; {before(word, name)} {name}" if said else name
    return said


def _listed(names: Iterable[str], comma: str, word: str) -> str:
    items = list(names)
    if len(items) < 2:
        return "".join(items)
    return f"{comma.join(items[:-1])} {before(word, items[-1])} {items[-1]}"


def before(word: str, name: str) -> str:
    """A conjunction as it stands before a name: in Spanish "e" before the sound i, and "u" before o."""
    start = name.casefold().removeprefix("h")
    if word == "y" and start.startswith("i") and not start.startswith(("ia", "ie", "io")):
        return "e"
    return "u" if word == "o" and start.startswith("o") else word


def area_text(area: Area, places: Places, language: str = "en") -> str:
    """The area in words: "Hartford and West Hartford", "Fairfield County", "Connecticut"."""
    if area.whole:
        return WHOLE_AREAS[area.whole].in_language(language)
    counties = (say(COUNTY, language, name=county.removesuffix(_COUNTY)) for county in area.counties)
    regions = (places.regions[region].in_language(language) for region in area.regions)
    names = join([*area.towns, *counties, *regions], language)
    return say(OUTSIDE, language, names=names) if area.outside else names
