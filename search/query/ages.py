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
_EXACT = re.compile(
    rf"\b{_NUMBER}(?P<half> 5| 1 2| and a half)?\s*{_UNIT}\b(?P<after_half> y medio| and a half)?{_OLD}"
)
_AGED = re.compile(r"\b(?:ages?|aged|edad)(?: de)? (?P<number>\d{1,2})\b(?! (?:to|a|and|y|through) \d)")

# Ages of several children, or from one to another: "ages 6 12", "6 to 12 year olds", "my 4 and 16 year old", "de 6 a 12
# anos". Either words of age stand before it or a unit after it.
_JOINT = r"(?: (?:to|and|a|y|or|o|through|until|hasta|al) (?:my |mi |un |una |de )?| )"
_SEVERAL = re.compile(
    rf"\b(?P<aged>(?:ages?|aged|edades?|between|entre|grades?)(?: de| of| los)? )?(?:from |de )?"
    rf"(?P<first>\d{{1,2}})(?:\s*(?:{'|'.join(_UNIT_OF)})(?: old)?)?{_JOINT}(?P<last>\d{{1,2}})"
    rf"(?P<unit>\s*(?:years?|yrs?|yo|anos|months?|meses)\b)?(?: olds?\b| of age\b| de edad\b)?"
)

# Spans of time are no ages: "for 2 months", "3 weeks ago", "hace 2 anos", "20 weeks pregnant", "a 2 year college".
_SPAN_BEFORE = re.compile(
    r"\b(?:for|sober|pregnant|clean|behind|embarazada|sobrio|past|last|next|within|after|every|since|another|about|in|over|under"
    r"|almost|nearly|wait(?:ed|ing)?|takes?|took"
    r"|hace|desde|por|durante|dentro de|cada|tras|llevo|lleva|llevamos|llevan|casi|unos|otros|en)"
    r"(?: (?:the|about|over|almost|like|nearly|at least|un|unos|unas|los|las|mas de|casi|ya|last|past|next"
    r"|ultimos?))* $"
)
_SPAN_AFTER = re.compile(
    r"^ (?:ago|behind|pregnant|along|sober|clean|late|left|wait|waits"
    r"|waiting|waitlist|straight|now|together|apart|later"
    r"|since|college|degree|program|course|contract|lease|sentence|probation|and counting|of (?!age)"
    r"|in (?:a row|jail|prison|foster)|atras|embarazada|de embarazo|de atraso|sobrio|sobria|limpio|limpia|esperando"
    r"|de espera|que|sin|seguidos|antes|despues)"
)
# Someone of whom the number may tell: "my son 3 years", "mi nina 4 anos", "he is 2 years".
_PERSON_BEFORE = re.compile(
    r"\b(?:son|daughter|child|kid|boy|girl|baby|toddler|infant|grandson|granddaughter|nephew|niece|brother|sister|student"
    r"|twins|he|she|im|i am|i m|is|hes|shes|just turned|turned|now|hijo|hija|nino|nina|bebe|nieto|nieta|sobrino|sobrina"
    r"|hermano|hermana|nene|nena|tiene|tienen|tengo|cumplio|de|soy)"
    r"(?: (?:is|who is|only|just|almost|de|tiene|con|solo))* $"
)

# Years within which someone is, by what is said before a number: (fewer than it, more than it).
_ABOUT = re.compile(
    r"\b(?:(?P<under>under|below|younger than|menor(?:es)? de)|(?P<over>over|older than|mayor(?:es)? de)"
    r"|(?P<turning>turning|turns|about to turn|almost|cumple|cumplir|casi))"
    rf"(?: the age of)? (?P<number>\d{{1,2}})\b(?! (?:dollars|bucks|hours?|minutes?|miles?|days?|percent|people|an hour"
    r"|dolares|horas?|minutos?|millas?|dias?|personas))"
    rf"(?:\s*(?P<unit>{'|'.join(sorted(_UNIT_OF, key=len, reverse=True))})\b)?(?: old\b| of age\b| de edad\b)?"
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
_GRADE = re.compile(
    r"\b(?:(?P<grade>" + "|".join(_GRADES) + r") (?:grade|grader|graders|grado)"
    r"|(?:grade|grado) (?P<number>1[0-2]|[1-9])"
    r"|(?:in|en) (?P<alone>[1-9](?:st|nd|rd|th)|1[0-2]th|sexto|septimo|octavo|noveno|decimo)"
    r"|(?P<year>freshman|sophomore|junior|senior)(?= (?:in|at) (?:high school|hs|highschool)\b| year\b))\b"
)
_YEARS = {"freshman": 9, "sophomore": 10, "junior": 11, "senior": 12}
_GRADE_STARTS = 5

_DAYS_IN_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class AgeHint:
    """Days of age from which and until which someone may be."""

    start: float
    end: float

    @classmethod
    def of(cls, age: Duration) -> AgeHint:
        """All days of a completed age: someone of two years may be nearly three."""
        return cls(age.approximate_days(), age.next_step().approximate_days())

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
    """Take an exact age out of a folded query, or "under 3" and the like. A time of life stays, for it is a topic.

    Only what is surely an age of one person becomes exact; several ages, or a number that may be one, are a hint.
    """
    several = _several(text)
    if several is not None:
        return several
    about = _ABOUT.search(text)
    if about is not None and not _SPAN_AFTER.search(text[about.end() :]):
        return AgeWords(_without(text, about), hint=_about(about))
    found = [(match, age) for match in _EXACT.finditer(text) if (age := _exact(match)) is not None]
    if len({age for _, age in found}) > 1:
        return _all_of(text, found)
    if found:
        match, age = found[0]
        if _is_sure(match):
            return AgeWords(_without(text, match), age, match[0])
        return AgeWords(_without(text, match), hint=AgeHint.of(age))
    aged = _AGED.search(text)
    if aged is not None:
        return AgeWords(_without(text, aged), Duration(int(aged["number"])), aged[0])
    return AgeWords(text, hint=_time_of_life(text))


def _several(text: str) -> AgeWords | None:
    for match in _SEVERAL.finditer(text):
        first, last = int(match["first"]), int(match["last"])
        if not (match["aged"] or match["unit"]) or last <= first or match[0].startswith("grade"):
            continue
        # "2 5 year old" is two and a half.
        if match["unit"] and match[0].startswith(f"{first} {last}") and last == 5 and not match["aged"]:
            continue
        if _SPAN_AFTER.search(text[match.end() :]) and not match["aged"]:
            continue
        days = 30.44 if match["unit"] and match["unit"].strip() in ("month", "months", "meses") else _DAYS_IN_YEAR
        return AgeWords(_without(text, match), hint=AgeHint(first * days, (last + 1) * days))
    return None


def _all_of(text: str, found: list[tuple[re.Match[str], Duration]]) -> AgeWords:
    """Several children: all of their ages as one hint."""
    hints = [AgeHint.of(age) for _, age in found]
    for match, _ in reversed(found):
        text = _without(text, match)
    return AgeWords(text, hint=AgeHint(min(hint.start for hint in hints), max(hint.end for hint in hints)))


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _about(match: re.Match[str]) -> AgeHint:
    number = float(match["number"])
    unit = _UNIT_OF[match["unit"]] if match["unit"] else "year"
    days = number * {"year": _DAYS_IN_YEAR, "month": _DAYS_IN_YEAR / 12, "week": 7.0}[unit]
    if match["under"]:
        return AgeHint(0, days)
    if match["over"]:
        return AgeHint(days, _OLDEST * _DAYS_IN_YEAR)
    return AgeHint(days - _DAYS_IN_YEAR / 2, days + _DAYS_IN_YEAR / 2)


def _exact(match: re.Match[str]) -> Duration | None:
    """None where the words may mean something else: "2 m", "one year", "for 2 months"."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    if not match["old"] and (_SPAN_BEFORE.search(before) or _SPAN_AFTER.search(after)):
        return None
    in_words = not match["number"].isdigit()
    if in_words and not match["old"] and not _is_spanish_age(match):
        return None
    if match["unit"] in _BARE_UNITS and not match["old"] and not (match["unit"] == "mo" and _is_alone(match)):
        return None
    number = _NUMBERS[match["number"]] if in_words else int(match["number"])
    months = 6 if match["half"] or match["after_half"] else 0
    if _UNIT_OF[match["unit"]] == "week":
        return Duration(0, 0, 7 * number)
    return Duration(number, months) if _UNIT_OF[match["unit"]] == "year" else Duration(0, number)


def _is_sure(match: re.Match[str]) -> bool:
    """Whether it is told as an age: with "old", as "3yo", of a person, or when it is all there is."""
    if match["old"] or match["unit"] in ("yo", "yro", "anito", "anitos", "mesecitos") or _is_alone(match):
        return True
    return bool(_PERSON_BEFORE.search(match.string[: match.start()]))


def _is_alone(match: re.Match[str]) -> bool:
    return not (match.string[: match.start()] + match.string[match.end() :]).strip()


def _is_spanish_age(match: re.Match[str]) -> bool:
    """ "de tres años": a number in words, told as an age."""
    return match["unit"] in ("ano", "anos", "meses", "mes") and match.string[: match.start()].endswith("de ")


def _time_of_life(text: str) -> AgeHint | None:
    grade = _GRADE.search(text)
    if grade is not None:
        youngest = _GRADE_STARTS + _number_of(grade)
        return AgeHint.of_years(youngest, youngest + 2)
    time = _TIME.search(text)
    return AgeHint.of_years(*_TIME_OF[time[1]]) if time is not None else None


def _number_of(grade: re.Match[str]) -> int:
    if grade["number"]:
        return int(grade["number"])
    return _YEARS[grade["year"]] if grade["year"] else _GRADES[grade["grade"] or grade["alone"]]
