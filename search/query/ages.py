"""An age in a query: one that is told exactly, or a time of life that is only hinted at ("toddler", "under 3").

An exact age becomes a filter. A hint never leaves anything out: it only moves what is for that time of life up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalog.ages import Duration

_UNITS = {
    "year": ("y", "yr", "yrs", "year", "years", "yo", "yro", "ano", "anos", "anito", "anitos"),
    "month": ("m", "mo", "mos", "month", "months", "mes", "meses", "mesecitos"),
    "week": ("w", "wk", "wks", "week", "weeks", "semana", "semanas"),
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}
# "2 m" may be anything; "2 months", "2yo" and "2 m old" are ages.
_BARE_UNITS = frozenset(("m", "w", "mo"))

_NUMBERS = {
    word: number
    for words in (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen twenty",
        "un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete"
        " dieciocho diecinueve veinte",
    )
    for number, word in enumerate(words.split(), start=1)
}

_NUMBER = r"(?P<number>\d{1,2}|" + "|".join(_NUMBERS) + ")"
_UNIT = r"(?P<unit>" + "|".join(sorted(_UNIT_OF, key=len, reverse=True)) + ")"
_OLD = r"(?P<old>\s*(?:olds?|of age|de edad|de nacido|de nacida)\b)?"
_EXACT = re.compile(rf"\b{_NUMBER}(?P<half> 5| and a half)?\s*{_UNIT}\b(?P<after_half> y medio)?{_OLD}")
_AGED = re.compile(r"\b(?:ages?|aged|edad)(?: de)? (?P<number>\d{1,2})\b(?! (?:to|a|and|y|through) \d)")

# Years within which someone is, by what is said before a number: (fewer than it, more than it).
_ABOUT = re.compile(
    r"\b(?:(?P<under>under|below|younger than|menor(?:es)? de)|(?P<over>over|older than|mayor(?:es)? de)"
    r"|(?P<turning>turning|turns|about to turn|almost|cumple|cumplir|casi))"
    r"(?: the age of)? (?P<number>\d{1,2})\b(?: (?:years?|yrs?|anos)(?: old| of age| de edad)?\b)?"
)
_OLDEST = 100.0

# Words of school and of a time of life: from and until which age, in years.
_TIMES: dict[tuple[float, float], str] = {
    (0, 0.4): "newborn newborns|recien nacido|recien nacida|recien nacidos",
    (0, 1.6): "infant infants baby babies bebe bebes bebito bebita",
    (1, 3): "toddler toddlers",
    (3, 5): "preschooler preschoolers prek|pre k|pre kinder",
    (4.5, 6.5): "kindergartner kindergartners kindergartener kindergarteners kindergarten kinder kindergarden",
    (5, 12): "gradeschooler|grade schooler|elementary schooler|elementary school|escuela primaria|escuela elemental",
    (10, 13): "tween tweens preteen preteens|pre teen",
    (11, 14.5): "|middle schooler|middle schoolers|middle school|escuela intermedia",
    (13, 20): "teen teens teenager teenagers teenage adolescent adolescents adolescente adolescentes teenaged",
    (14, 19): "highschooler|high schooler|high schoolers|high school|escuela superior|escuela secundaria",
    (18, 26): "|young adult|young adults|joven adulto|adulto joven|jovenes adultos",
}
_TIME_OF = {
    phrase: years
    for years, said in _TIMES.items()
    for number, part in enumerate(said.split("|"))
    for phrase in (part.split() if number == 0 else [part])
}
_TIME = re.compile(r"\b(" + "|".join(sorted(_TIME_OF, key=len, reverse=True)) + r")\b")

_GRADES = {
    grade: number
    for number, grades in enumerate(
        (
            "first 1st primer",
            "second 2nd segundo",
            "third 3rd tercer",
            "fourth 4th cuarto",
            "fifth 5th quinto",
            "sixth 6th sexto",
            "seventh 7th septimo",
            "eighth 8th octavo",
            "ninth 9th noveno",
            "tenth 10th decimo",
            "eleventh 11th",
            "twelfth 12th",
        ),
        start=1,
    )
    for grade in grades.split()
}
_GRADE = re.compile(r"\b(" + "|".join(_GRADES) + r") (?:grade|grader|graders|grado)\b")
_GRADE_STARTS = 5

_DAYS_IN_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class AgeHint:
    """Days of age from which and until which someone may be."""

    start: float
    end: float

    @classmethod
    def of(cls, age: Duration) -> AgeHint:
        return cls(age.approximate_days(), age.approximate_days() + 1)

    @classmethod
    def of_years(cls, start: float, end: float) -> AgeHint:
        return cls(start * _DAYS_IN_YEAR, end * _DAYS_IN_YEAR)


@dataclass(frozen=True, slots=True)
class AgeWords:
    """What a folded query says of an age: `text` is what is left of it; an exact age with its words, or a hint."""

    text: str
    age: Duration | None = None
    words: str | None = None
    hint: AgeHint | None = None


def take_age(text: str) -> AgeWords:
    """Take an exact age out of a folded query, or "under 3" and the like. A time of life stays, for it is a topic."""
    about = _ABOUT.search(text)
    if about is not None:
        return AgeWords(_without(text, about), hint=_about(about))
    for match in _EXACT.finditer(text):
        age = _exact(match)
        if age is not None:
            return AgeWords(_without(text, match), age, match[0])
    aged = _AGED.search(text)
    if aged is not None:
        return AgeWords(_without(text, aged), Duration(int(aged["number"])), aged[0])
    return AgeWords(text, hint=_time_of_life(text))


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _about(match: re.Match[str]) -> AgeHint:
    years = float(match["number"])
    if match["under"]:
        return AgeHint.of_years(0, years)
    if match["over"]:
        return AgeHint.of_years(years, _OLDEST)
    return AgeHint.of_years(years - 0.5, years + 0.5)


def _exact(match: re.Match[str]) -> Duration | None:
    """None where the words may mean something else: "2 m", "one year"."""
    in_words = not match["number"].isdigit()
    if (match["unit"] in _BARE_UNITS or in_words) and not match["old"] and not _is_spanish_age(match):
        return None
    number = _NUMBERS[match["number"]] if in_words else int(match["number"])
    months = 6 if match["half"] or match["after_half"] else 0
    if _UNIT_OF[match["unit"]] == "week":
        return Duration(0, 0, 7 * number)
    return Duration(number, months) if _UNIT_OF[match["unit"]] == "year" else Duration(0, number)


def _is_spanish_age(match: re.Match[str]) -> bool:
    """ "de tres años": a number in words, told as an age."""
    return match["unit"] in ("ano", "anos", "meses", "mes") and match.string[: match.start()].endswith("de ")


def _time_of_life(text: str) -> AgeHint | None:
    grade = _GRADE.search(text)
    if grade is not None:
        youngest = _GRADE_STARTS + _GRADES[grade[1]]
        return AgeHint.of_years(youngest, youngest + 2)
    time = _TIME.search(text)
    return AgeHint.of_years(*_TIME_OF[time[1]]) if time is not None else None
