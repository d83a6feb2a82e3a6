"""One broken file for each rule on one value: what it is told, and on which line.

Each case changes the small catalog in one place, and nothing but the one problem may be found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from marshmallow import ValidationError
from marshmallow.fields import Field

from catalog.ages import Duration
from catalog.model import GradeRule, IncomeRule, Kind, Terms
from catalog.places import Area
from catalog.reading.fields import (
    AgeLimit,
    ClockTime,
    Day,
    EmailAddress,
    Many,
    Number,
    PhoneNumber,
    PostalCode,
    Text,
    WebAddress,
    Weekdays,
    YesNo,
    e164,
    partial_date,
)
from catalog.reading.problems import LISTED_VALUES, Grade, shown, unknown_value
from tests.support.small_catalog import MARK, SmallCatalog

FOOD = "community/food-bank.yaml"
SAFE = "legal/safe-line.yaml"
NEEDS = "needs.yaml"
PLACES = "places.yaml"
VOCABULARY = "vocabulary.yaml"
THRESHOLDS = "thresholds.yaml"
MEALS = "assessments/meals.yaml"
CODES = "crosswalk.yaml"


@dataclass(frozen=True)
class Broken:
    """`old` stands once in `file`; in `new` the line to be named ends with #!."""

    file: str
    old: str
    new: str
    at: str
    message: str
    # Where the line cannot carry a mark, as in an empty file.
    line: int | None = None


CASES = {
    # Any file.
    "a file that is a list": Broken(CODES, "systems:", "- systems", "", "is not valid YAML", 2),
    "text where a map belongs": Broken(
        FOOD, "  id: food-bank\n", "  id: {x: y} #!\n", "organization.id", "must be text, not a list or a map."
    ),
    "an unknown field": Broken(
        FOOD, "cost: free", "costs: free #!", "services.0.costs", "unknown field “costs”. Did you mean cost"
    ),
    "an unknown field of an organization": Broken(
        FOOD,
        "  name: Town Food Bank",
        "  name: Town Food Bank\n  phone: 1 #!",
        "organization.phone",
        "unknown field “phone”. Allowed: alternate_names, description, id, name, url.",
    ),
    "a field named as marshmallow's own": Broken(
        FOOD, "cost: free", "_schema: x #!", "services.0._schema", "unknown field “_schema”."
    ),
    "a field called value": Broken(FOOD, "cost: free", "value: x #!", "services.0.value", "unknown field “value”."),
    "a key without a value": Broken(
        FOOD, "cost: free", "cost: #!", "services.0.cost", "has no value; fill it in or delete the line."
    ),
    "a blank text": Broken(
        FOOD, "cost: free", "cost: ' ' #!", "services.0.cost", "has no value; fill it in or delete the line."
    ),
    "a list where text belongs": Broken(
        FOOD,
        "hours: Most weekdays",
        "hours: [Most weekdays] #!",
        "services.0.hours",
        "must be text, not a list or a map.",
    ),
    "a text that is too long": Broken(
        FOOD, "name: Meals for Kids", f"name: {'x' * 121} #!", "services.1.name", "is 121 characters long; 120 at most."
    ),
    "a missing field": Broken(
        FOOD,
        "id: meals-for-kids\n    name: Meals for Kids\n",
        "id: meals-for-kids #!\n",
        "services.1.name",
        "is missing.",
    ),
    "a map without its text": Broken(
        FOOD,
        "next_step:\n      action: website\n      text: Look for a site near you.\n",
        "next_step: #!\n      action: website\n",
        "services.1.next_step.text",
        "is missing.",
    ),
    "a map without anything": Broken(
        FOOD,
        "    next_step:\n      action: website\n      text: Look for a site near you.",
        "    next_step: #!",
        "services.1.next_step",
        "has no value; fill it in or delete the line.",
    ),
    "text where a map of fields belongs": Broken(
        FOOD,
        "    next_step:\n      action: website\n      text: Look for a site near you.",
        "    next_step: call #!",
        "services.1.next_step",
        "must be a map of fields",
    ),
    # Ids.
    "an id in capitals": Broken(
        FOOD,
        "id: meals-for-kids",
        "id: Meals-for-kids #!",
        "services.1.id",
        "“Meals-for-kids” is no id: use lower-case letters, digits and single hyphens.",
    ),
    "an id with a double hyphen": Broken(
        FOOD, "id: meals-for-kids", "id: meals--kids #!", "services.1.id", "“meals--kids” is no id"
    ),
    "an id with spaces around it": Broken(
        FOOD, "id: meals-for-kids", "id: 'meals-for-kids ' #!", "services.1.id", "is no id"
    ),
    "an id with an accent": Broken(NEEDS, "  - id: food", "  - id: fóod #!", "needs.2.id", "“fóod” is no id"),
    "an id that is too long": Broken(
        FOOD, "id: meals-for-kids", f"id: {'m' * 61} #!", "services.1.id", "is 61 characters long; 60 at most."
    ),
    # Choices.
    "an unknown choice": Broken(
        FOOD,
        "cost: free",
        "cost: fre #!",
        "services.0.cost",
        "unknown cost “fre”. Did you mean free? Allowed: fee, free, insurance, sliding.",
    ),
    "an unknown kind": Broken(
        FOOD,
        "kind: program",
        "kind: programme #!",
        "services.0.kind",
        "unknown kind “programme”. Did you mean program? Allowed: guide, hotline, program.",
    ),
    "an unknown status": Broken(
        FOOD, "status: active", "status: open #!", "services.0.status", "unknown status “open”"
    ),
    "an unknown confidence": Broken(
        FOOD, "confidence: normal", "confidence: high #!", "services.0.confidence", "Allowed: low, normal."
    ),
    "an unknown action": Broken(
        FOOD,
        "action: website",
        "action: web #!",
        "services.1.next_step.action",
        "unknown action “web”. Did you mean website",
    ),
    "an unknown sector": Broken(
        FOOD, "kind: program", "sector: legl #!", "services.0.sector", "unknown sector “legl”. Did you mean legal"
    ),
    "an unknown protective factor": Broken(
        FOOD,
        "[concrete-support]",
        "[concrete] #!",
        "services.0.protective_factors.0",
        "unknown protective factor “concrete”. Did you mean concrete-support",
    ),
    # Lists.
    "text where a list belongs": Broken(
        FOOD,
        "alternate_names: [The Pantry]",
        "alternate_names: The Pantry #!",
        "services.0.alternate_names",
        "must be a list: put each item on a line that begins with “- ”.",
    ),
    "a map where a list belongs": Broken(
        FOOD,
        "alternate_names: [The Pantry]",
        "alternate_names: {a: b} #!",
        "services.0.alternate_names",
        "must be a list",
    ),
    "an item that is listed twice": Broken(
        FOOD,
        "languages: [english, spanish]",
        "languages:\n      - english\n      - spanish\n      - english #!",
        "services.0.languages.2",
        "is listed twice.",
    ),
    "a phone that is listed twice": Broken(
        SAFE,
        "      - {number: 1-888-774-2900}",
        "      - {number: 1-888-774-2900}\n      - {number: 1-888-774-2900} #!",
        "services.0.phones.1",
        "is listed twice.",
    ),
    "a list that is too long": Broken(
        FOOD,
        "accessibility: [A ramp]",
        f"accessibility: [{', '.join(map(str, range(1001)))}] #!",
        "services.0.accessibility",
        "has 1001 items; 1000 at most.",
    ),
    "an empty item": Broken(
        FOOD, "accessibility: [A ramp]", "accessibility:\n      - #!", "services.0.accessibility.0", "has no value"
    ),
    "a service without needs": Broken(
        FOOD,
        "    name: Meals for Kids\n    needs: [food]",
        "    name: Meals for Kids\n    needs: [] #!",
        "services.1.needs",
        "is empty; give at least one.",
    ),
    "services that are no list": Broken(
        SAFE, "services:\n  - id", "services: #!\n    id", "services", "must be a list"
    ),
    # Yes and no.
    "neither yes nor no": Broken(
        FOOD,
        "confidential: false",
        "confidential: maybe #!",
        "services.0.confidential",
        "must be true or false, not “maybe”.",
    ),
    "a review that is neither yes nor no": Broken(
        FOOD, "reviewed: no", "reviewed: 0 #!", "services.0.es.reviewed", "must be true or false, not “0”."
    ),
    # Numbers.
    "a number in words": Broken(
        THRESHOLDS,
        "one_person: 15960",
        "one_person: many #!",
        "poverty_guidelines.0.one_person",
        "must be a plain number, not “many”.",
    ),
    "a number with a comma": Broken(
        THRESHOLDS,
        "one_person: 15960",
        'one_person: "15,960" #!',
        "poverty_guidelines.0.one_person",
        "must be a plain number",
    ),
    "no number at all": Broken(
        THRESHOLDS,
        "one_person: 15960",
        "one_person: nan #!",
        "poverty_guidelines.0.one_person",
        "must be a plain number",
    ),
    "a number that is too great": Broken(
        THRESHOLDS, "year: 2026", "year: 20260 #!", "poverty_guidelines.0.year", "must be from 2000 to 2100."
    ),
    "a number below none": Broken(
        THRESHOLDS,
        "one_person: 15960",
        "one_person: -1 #!",
        "poverty_guidelines.0.one_person",
        "must be from 0 to 1e+07.",
    ),
    # Web and e-mail addresses.
    "a web address without https": Broken(
        FOOD,
        "url: https://food.example.org\n",
        "url: food.example.org #!\n",
        "organization.url",
        "“food.example.org” is no web address; write it whole, beginning with https://.",
    ),
    "a web address of another kind": Broken(
        FOOD,
        "url: https://food.example.org\n",
        "url: ftp://food.example.org #!\n",
        "organization.url",
        "is no web address",
    ),
    "a script for a web address": Broken(
        FOOD,
        "url: https://food.example.org\n",
        "url: javascript:alert(1) #!\n",
        "organization.url",
        "is no web address",
    ),
    "a web address with a space": Broken(
        FOOD,
        "url: https://food.example.org\n",
        "url: https://food.example.org/a b #!\n",
        "organization.url",
        "is no web address",
    ),
    "a web address with half a bracket": Broken(
        FOOD,
        "url: https://food.example.org\n",
        "url: 'https://[food.example.org' #!\n",
        "organization.url",
        "is no web address",
    ),
    "a web address with an impossible port": Broken(
        FOOD,
        "url: https://food.example.org\n",
        "url: https://food.example.org:99999 #!\n",
        "organization.url",
        "is no web address",
    ),
    "a web address of one word": Broken(
        FOOD, "url: https://food.example.org\n", "url: https://localhost #!\n", "organization.url", "is no web address"
    ),
    "an e-mail address without a host": Broken(
        FOOD,
        "emails: [help@food.example.org]",
        "emails: [help@food] #!",
        "services.0.emails.0",
        "“help@food” is no e-mail address.",
    ),
    "two e-mail addresses in one": Broken(
        FOOD,
        "emails: [help@food.example.org]",
        "emails: ['a@food.org, b@food.org'] #!",
        "services.0.emails.0",
        "is no e-mail address.",
    ),
    # Phones.
    "a phone that is too short": Broken(
        SAFE,
        "{number: 1-888-774-2900}",
        "{number: 888-774-290} #!",
        "services.0.phones.0.number",
        "“888-774-290” is no US phone number; write 860-555-0123, 1-800-555-0123 or a short code such as 211.",
    ),
    "a phone in an area that is not": Broken(
        SAFE,
        "{number: 1-888-774-2900}",
        "{number: 199-774-2900} #!",
        "services.0.phones.0.number",
        "is no US phone number",
    ),
    "a phone in letters": Broken(
        SAFE,
        "{number: 1-888-774-2900}",
        "{number: 1-888-SAFE-NOW} #!",
        "services.0.phones.0.number",
        "is no US phone number",
    ),
    "a short code that is none": Broken(
        SAFE, "{number: 1-888-774-2900}", "{number: 212} #!", "services.0.phones.0.number", "is no US phone number"
    ),
    "a phone with its extension": Broken(
        SAFE,
        "{number: 1-888-774-2900}",
        "{number: 1-888-774-2900 x12} #!",
        "services.0.phones.0.number",
        "is no US phone number",
    ),
    # Addresses.
    "a ZIP code that lost its zero": Broken(
        FOOD,
        "postal_code: 06103}",
        "postal_code: 6103} #!",
        "services.0.locations.0.postal_code",
        "“6103” is no ZIP code; it has five digits, such as 06106.",
    ),
    "a state in full": Broken(
        FOOD,
        "postal_code: 06103}",
        "state: Connecticut} #!",
        "services.0.locations.0.state",
        "must be two letters, such as CT.",
    ),
    "a state in small letters": Broken(
        FOOD, "postal_code: 06103}", "state: ct} #!", "services.0.locations.0.state", "must be two letters, such as CT."
    ),
    "an address without a town": Broken(
        FOOD,
        "city: Hartford, postal_code: 06103}",
        "postal_code: 06103} #!",
        "services.0.locations.0.city",
        "is missing.",
    ),
    # Hours.
    "an unknown day": Broken(
        FOOD,
        "days: mon-fri, opens: 9:30, closes: 17:00, label: Winter}",
        "days: monday, opens: 9:30, closes: 17:00} #!",
        "services.0.schedules.0.days",
        "“monday”: write days as mon-fri, sat, “mon, wed” or daily.",
    ),
    "half a span of days": Broken(
        FOOD,
        "days: mon-fri, opens: 9:30, closes: 17:00, label: Winter}",
        "days: '-fri', opens: 9:30, closes: 17:00} #!",
        "services.0.schedules.0.days",
        "write days as",
    ),
    "an hour of the afternoon": Broken(
        FOOD,
        "closes: 17:00, label: Winter}",
        "closes: 5pm} #!",
        "services.0.schedules.0.closes",
        "“5pm” is no time; write 9:30 or 17:00.",
    ),
    "an hour beyond the day": Broken(
        FOOD,
        "closes: 17:00, label: Winter}",
        "closes: 24:01} #!",
        "services.0.schedules.0.closes",
        "“24:01” is no time",
    ),
    "a minute beyond the hour": Broken(
        FOOD,
        "closes: 17:00, label: Winter}",
        "closes: 17:60} #!",
        "services.0.schedules.0.closes",
        "“17:60” is no time",
    ),
    "closing before opening": Broken(
        FOOD,
        "closes: 17:00, label: Winter}",
        "closes: 9:30} #!",
        "services.0.schedules.0.closes",
        "must be later than “opens”; give hours past midnight as two lines.",
    ),
    # Dates.
    "a date that is not": Broken(
        FOOD,
        "assured_date: 2026-11-02",
        "assured_date: 2026-02-30 #!",
        "services.1.assured_date",
        "“2026-02-30” is no date; write 2024, 2024-05 or 2024-05-31.",
    ),
    "a month that is not": Broken(
        FOOD, "assured_date: 2026-11-02", "assured_date: 2026-13 #!", "services.1.assured_date", "is no date"
    ),
    "an American date": Broken(
        FOOD, "assured_date: 2026-11-02", "assured_date: 11/02/2026 #!", "services.1.assured_date", "is no date"
    ),
    # Ages.
    "an age in words": Broken(
        FOOD,
        "age: {from: 3y, under: 22y}",
        "age: {from: three} #!",
        "services.0.eligibility.0.age.from",
        "“three”: write an age as years, months, weeks and days",
    ),
    "an age beyond 120 years": Broken(
        FOOD,
        "age: {from: 3y, under: 22y}",
        "age: {under: 121y} #!",
        "services.0.eligibility.0.age.under",
        "“121y”: an age over 120 years is not possible.",
    ),
    "two upper limits": Broken(
        FOOD,
        "age: {from: 3y, under: 22y}",
        "age: {under: 22y, through: 21y} #!",
        "services.0.eligibility.0.age",
        "give one upper limit, not under and through.",
    ),
    "an age rule without a limit": Broken(
        FOOD,
        "age: {from: 3y, under: 22y}",
        "age: {who: child} #!",
        "services.0.eligibility.0.age",
        "give “from”, “under” or “through”; write “age: any” when the page says all ages.",
    ),
    "ages that nobody has": Broken(
        FOOD,
        "age: {from: 3y, under: 22y}",
        "age: {from: 22y, under: 3y} #!",
        "services.0.eligibility.0.age.from",
        "nobody can be 22 years or older and also under 3 years.",
    ),
    "one day on which nobody is": Broken(
        FOOD,
        "age: {from: 3y, under: 22y}",
        "age: {from: 36m, under: 3y} #!",
        "services.0.eligibility.0.age.from",
        "nobody can be 36 months or older and also under 3 years.",
    ),
    "ages as text": Broken(
        FOOD,
        "age: {from: 3y, under: 22y}",
        "age: 3-22 #!",
        "services.0.eligibility.0.age",
        "must be “any”, or a map such as {from: 3y, under: 22y}.",
    ),
    "ages of an unknown person": Broken(
        FOOD,
        "age: {from: 3y, under: 22y}",
        "age: {from: 3y, who: parent} #!",
        "services.0.eligibility.0.age.who",
        "unknown who “parent”",
    ),
    "an age without a value": Broken(
        FOOD, "age: {from: 3y, under: 22y}", "age: #!", "services.0.eligibility.0.age", "has no value"
    ),
    # Areas.
    "an unknown whole area": Broken(
        FOOD,
        "service_area: {towns: [Hartford, Vernon]}",
        "service_area: state #!",
        "services.0.service_area",
        "must be one of any, nationwide, statewide, or a map of towns, counties or regions.",
    ),
    "an empty area": Broken(
        FOOD,
        "service_area: {towns: [Hartford, Vernon]}",
        "service_area: {} #!",
        "services.0.service_area",
        "name at least one town, county or region, or write statewide or any.",
    ),
    "an area of no towns": Broken(
        FOOD,
        "service_area: {towns: [Hartford, Vernon]}",
        "service_area: {towns: []} #!",
        "services.0.service_area",
        "name at least one town",
    ),
    "an area as a list": Broken(
        FOOD,
        "service_area: {towns: [Hartford, Vernon]}",
        "service_area: [Hartford] #!",
        "services.0.service_area",
        "must be a map of fields",
    ),
    "an area without a value": Broken(
        FOOD, "service_area: {towns: [Hartford, Vernon]}", "service_area: #!", "services.0.service_area", "has no value"
    ),
    "outside with something beside it": Broken(
        FOOD,
        "service_area: {towns: [Hartford, Vernon]}",
        "service_area: {outside: statewide, towns: [Hartford]} #!",
        "services.0.service_area",
        "“outside” stands alone; put the towns and regions under it.",
    ),
    "outside without a value": Broken(
        FOOD,
        "service_area: {towns: [Hartford, Vernon]}",
        "service_area: {outside: } #!",
        "services.0.service_area.outside",
        "has no value",
    ),
    "outside of outside": Broken(
        FOOD,
        "service_area: {towns: [Hartford, Vernon]}",
        "service_area: {outside: {outside: statewide}} #!",
        "services.0.service_area",
        "“outside” cannot stand under “outside”.",
    ),
    "outside of nowhere": Broken(
        FOOD,
        "service_area: {towns: [Hartford, Vernon]}",
        "service_area: {outside: city} #!",
        "services.0.service_area",
        "must be one of any, nationwide, statewide",
    ),
    # Income.
    "income without a limit": Broken(
        FOOD,
        "income: {up_to_fpl_percent: 185, above_fpl_percent: 100}",
        "income: {} #!",
        "services.0.eligibility.0.income",
        "give a limit, or “stated” with the words of the page.",
    ),
    "income above and below nothing": Broken(
        FOOD,
        "above_fpl_percent: 100}",
        "above_fpl_percent: 185} #!",
        "services.0.eligibility.0.income.above_fpl_percent",
        "must be below “up_to_fpl_percent”.",
    ),
    "income as text": Broken(
        FOOD,
        "income: {up_to_fpl_percent: 185, above_fpl_percent: 100}",
        "income: low #!",
        "services.0.eligibility.0.income",
        "must be “any”, or a map such as {up_to_fpl_percent: 185}.",
    ),
    "income with a sign": Broken(
        FOOD,
        "above_fpl_percent: 100}",
        "above_fpl_percent: 100%} #!",
        "services.0.eligibility.0.income.above_fpl_percent",
        "must be a plain number, not “100%”.",
    ),
    "income beyond all limits": Broken(
        FOOD,
        "income: {up_to_fpl_percent: 185, above_fpl_percent: 100}",
        "income: {up_to_smi_percent: 301} #!",
        "services.0.eligibility.0.income.up_to_smi_percent",
        "must be from 1 to 300.",
    ),
    # Terms.
    "terms as text": Broken(
        FOOD, "conditions: [autism]", "conditions: autism #!", "services.0.eligibility.0.conditions", "must be a list"
    ),
    "no terms": Broken(
        FOOD,
        "conditions: [autism]",
        "conditions: [] #!",
        "services.0.eligibility.0.conditions",
        "the list is empty; name at least one, or delete the line.",
    ),
    "all of no terms": Broken(
        FOOD,
        "{all: [homeless]}",
        "{all: []} #!",
        "services.0.eligibility.0.circumstances.all",
        "is empty; give at least one.",
    ),
    "terms under a name that is not": Broken(
        FOOD,
        "{all: [homeless]}",
        "{all: [homeless], any: [homeless]} #!",
        "services.0.eligibility.0.circumstances.any",
        "unknown field “any”",
    ),
    # Grades.
    "an unknown grade": Broken(
        FOOD,
        "grade: {from: PK, through: 5}",
        "grade: {from: PK, through: 13} #!",
        "services.0.eligibility.0.grade.through",
        "unknown grade “13”",
    ),
    "a grade rule without a grade": Broken(
        FOOD,
        "grade: {from: PK, through: 5}",
        "grade: {} #!",
        "services.0.eligibility.0.grade",
        "give “from” or “through”.",
    ),
    "grades in the wrong order": Broken(
        FOOD,
        "grade: {from: PK, through: 5}",
        "grade: {from: 5, through: K} #!",
        "services.0.eligibility.0.grade",
        "“from” is above “through”.",
    ),
    # Alternatives.
    "a rule without a source": Broken(
        FOOD,
        "      - age: any\n        source: https://meals.example.org\n",
        "      - age: any #!\n",
        "services.1.eligibility.0.source",
        "is missing.",
    ),
    "an exclusion that is not": Broken(
        FOOD,
        "not: {conditions: [disability]}",
        "not: {age: any} #!",
        "services.0.eligibility.0.not.age",
        "unknown field “age”",
    ),
    # Other files.
    "a need without Spanish": Broken(
        NEEDS, "label: {en: Food, es: Comida}", "label: {en: Food} #!", "needs.2.label.es", "is missing."
    ),
    "words that are no list": Broken(
        VOCABULARY,
        "words: {en: [disabled], es: [discapacitado]}",
        "words: {en: disabled} #!",
        "conditions.0.words.en",
        "must be a list",
    ),
    "a term about an unknown person": Broken(
        VOCABULARY, "who: household", "who: family #!", "circumstances.0.who", "unknown who “family”"
    ),
    "a vocabulary without a list": Broken(
        VOCABULARY,
        "delivery:\n  - id: in-person\n    label: {en: In person, es: En persona}\n",
        "",
        "delivery",
        "is missing.",
        1,
    ),
    "a point of one number": Broken(
        PLACES,
        "point: [41.7659, -72.6816]",
        "point: [41.7659] #!",
        "towns.0.point",
        "must be a latitude and a longitude.",
    ),
    "a point beyond the globe": Broken(
        PLACES,
        "point: [41.7659, -72.6816]",
        "point: [41.7659, -172681.6] #!",
        "towns.0.point.1",
        "must be from -180 to 180.",
    ),
    "a town with half a ZIP code": Broken(
        PLACES, 'zips: ["06107"]', "zips: [0610] #!", "towns.1.zips.0", "is no ZIP code"
    ),
    "a region that may be complete": Broken(
        PLACES,
        "    complete: true\n  - id: somewhere",
        "    complete: perhaps #!\n  - id: somewhere",
        "regions.1.complete",
        "must be true or false",
    ),
    "a post office without a town": Broken(
        PLACES, '{zip: "06025", town: Vernon}', '{zip: "06025"} #!', "zip_places.0.town", "is missing."
    ),
    "no poverty guideline": Broken(
        THRESHOLDS,
        "poverty_guidelines:\n  - year: 2026\n    one_person: 15960\n    each_additional_person: 5680\n"
        "    source: The notice of 2026",
        "poverty_guidelines: [] #!",
        "poverty_guidelines",
        "is empty; give at least one.",
    ),
    "no median income": Broken(
        THRESHOLDS,
        "by_household_size: [45505, 59507, 73509]",
        "by_household_size: [] #!",
        "median_incomes.0.by_household_size",
        "is empty; give at least one.",
    ),
    "a percentage beyond the whole": Broken(
        THRESHOLDS, "percent: 60", "percent: 101 #!", "median_incomes.0.percent", "must be from 1 to 100."
    ),
    "an assessment of unknown text": Broken(
        MEALS, "text: own-labels", "text: copied #!", "text", "unknown text “copied”"
    ),
    "a code in an unknown system": Broken(
        CODES,
        "system: icd10cm, code: Z59.4, label: Lack of food}",
        "system: icd9, code: Z59.4, label: Lack of food} #!",
        "codes.0.system",
        "unknown code system “icd9”",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_one_wrong_value_is_one_problem_on_its_line(small: SmallCatalog, case: Broken) -> None:
    small.change(case.file, case.old, case.new)
    loaded = small.read()
    assert loaded.catalog is None
    assert len(loaded.problems) == 1, [str(problem) for problem in loaded.problems]
    problem = loaded.problems[0]
    line = case.line if MARK not in case.new else small.marked_line(case.file)
    assert (problem.path, problem.line, problem.field, problem.grade) == (case.file, line, case.at, Grade.ERROR)
    assert case.message in problem.message
    where = f"{case.at}: " if case.at else ""
    assert str(problem) == f"{case.file}:{line}: {where}{problem.message}"


def taken(field: Field[Any], value: object) -> Any:
    """What the field makes of the value."""
    return field.deserialize(value)


def test_all_problems_of_all_files_are_told_at_once_in_order(small: SmallCatalog) -> None:
    small.change(FOOD, "cost: free", "cost: fre")
    small.change(FOOD, "action: website", "action: web")
    small.change(FOOD, "opens: 9:30, closes: 17:00", "opens: 9.30, closes: 5pm")
    small.change(SAFE, "1-888-774-2900", "1")
    small.change(NEEDS, "label: {en: Food, es: Comida}", "label: {en: Food}")
    small.change(PLACES, "towns:\n  - name: Hartford", "towns:\n  - name: Hartford\n    name: Hartford")
    loaded = small.read()
    assert [(problem.path, problem.field) for problem in loaded.errors] == [
        (FOOD, "services.0.schedules.0.closes"),
        (FOOD, "services.0.schedules.0.opens"),
        (FOOD, "services.0.cost"),
        (FOOD, "services.1.next_step.action"),
        (SAFE, "services.0.phones.0.number"),
        (NEEDS, "needs.2.label.es"),
        (PLACES, ""),
    ]


def test_a_missing_shared_file_is_told(small: SmallCatalog) -> None:
    small.path(THRESHOLDS).unlink()
    assert [str(problem) for problem in small.read().problems] == [
        "thresholds.yaml:1: cannot be read: No such file or directory."
    ]


def test_assessments_and_codes_may_be_missing(small: SmallCatalog) -> None:
    small.path(MEALS).unlink()
    small.path(CODES).unlink()
    assert small.read().problems == ()


@pytest.mark.parametrize("text", ["", "# nothing\n", "text", "- a\n- b\n"])
def test_a_file_that_is_no_map_is_told(small: SmallCatalog, text: str) -> None:
    small.path(SAFE).write_text(text, encoding="utf-8")
    assert [str(problem) for problem in small.read().problems] == [
        "legal/safe-line.yaml:1: must be a map of fields, each on its own line as “name: value”."
    ]


def test_a_folder_without_organizations_is_told(small: SmallCatalog) -> None:
    small.path(SAFE).unlink()
    small.path(FOOD).unlink()
    assert "no organization files here" in str(small.read().problems[0])


def test_a_file_is_called_as_its_organization(small: SmallCatalog) -> None:
    small.path(SAFE).rename(small.path("legal/other.yaml"))
    assert [str(problem) for problem in small.read().problems] == [
        "legal/other.yaml:2: organization.id: the file is called other.yaml; call it safe-line.yaml."
    ]


def test_an_organization_stands_in_one_file(small: SmallCatalog) -> None:
    text = small.text(SAFE).replace("  - id: safe-line-hotline", "  - id: another-line")
    small.path("medical").mkdir()
    small.path("medical/safe-line.yaml").write_text(text, encoding="utf-8")
    assert [str(problem) for problem in small.read().problems] == [
        "medical/safe-line.yaml:2: organization.id: “safe-line” is also in legal/safe-line.yaml."
    ]


def test_a_service_stands_in_one_place(small: SmallCatalog) -> None:
    small.change(SAFE, "  - id: safe-line-hotline", "  - id: food-pantry")
    assert [str(problem) for problem in small.read().problems] == [
        "legal/safe-line.yaml:5: services.0.id: “food-pantry” is also at community/food-bank.yaml:9."
    ]


def test_an_assessment_is_called_as_its_file(small: SmallCatalog) -> None:
    small.path(MEALS).rename(small.path("assessments/other.yaml"))
    assert [str(problem) for problem in small.read().problems] == [
        "assessments/other.yaml:1: id: the file is called other.yaml; use one name for both."
    ]


def test_the_small_catalog_is_read_as_it_is_written(small: SmallCatalog) -> None:
    catalog = small.read().catalog
    assert catalog is not None
    pantry = catalog.services["food-pantry"]
    assert (pantry.kind, pantry.sector, pantry.line, pantry.path) == (Kind.PROGRAM, "community", 9, FOOD)
    assert (pantry.phones[0].number, pantry.phones[0].e164) == ("860-522-4636", "+18605224636")
    assert pantry.phones[0].extension == "12"
    assert pantry.locations[0].postal_code == "06103"
    assert (pantry.locations[0].town, pantry.locations[0].point) == ("Hartford", (41.7659, -72.6816))
    schedule = pantry.schedules[0]
    assert (schedule.weekdays, schedule.opens, schedule.closes) == ((0, 1, 2, 3, 4), 570, 1020)
    rule = pantry.eligibility[0]
    assert rule.age is not None
    assert (rule.age.start, rule.age.end) == (Duration(3), Duration(22))
    assert rule.residence == Area(None, ("Hartford",), ("Tolland County",), ("greater-hartford",))
    assert rule.income == IncomeRule(up_to_fpl_percent=185, above_fpl_percent=100)
    assert rule.conditions == Terms(("autism",))
    assert rule.circumstances == Terms(("homeless",), all_of=True)
    assert rule.grade == GradeRule(0, 6)
    assert rule.exclusion is not None
    assert rule.exclusion.conditions == ("disability",)
    assert pantry.translations["es"].name == "Despensa"
    assert not pantry.translations["es"].reviewed
    assert catalog.resolve("old-pantry") == pantry
    assert catalog.resolve("never-listed") is None
    assert catalog.needs_under("basics") == ("food",)
    assert catalog.thresholds.poverty[0].for_household(3) == 15960 + 2 * 5680


def test_equal_files_have_an_equal_version_and_any_change_another(small: SmallCatalog) -> None:
    def version() -> str:
        catalog = small.read().catalog
        assert catalog is not None
        return catalog.version

    versions = [version(), version()]
    for name in (FOOD, NEEDS, PLACES, VOCABULARY, THRESHOLDS, MEALS, CODES):
        path = small.path(name)
        path.write_text(small.text(name) + "# a comment\n", encoding="utf-8")
        versions.append(version())
    assert versions[0] == versions[1]
    assert len(set(versions)) == 8


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon", (0,)),
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("Sat-Sun", (5, 6)),
        ("fri-mon", (0, 4, 5, 6)),
        ("mon, wed", (0, 2)),
        ("wed,mon-tue", (0, 1, 2)),
        ("daily", (0, 1, 2, 3, 4, 5, 6)),
        ("sun-sat", (0, 1, 2, 3, 4, 5, 6)),
    ],
)
def test_days_of_the_week(text: str, days: tuple[int, ...]) -> None:
    assert taken(Weekdays(), text) == days


@pytest.mark.parametrize(
    ("text", "minutes"), [("0:00", 0), ("9:30", 570), ("09:30", 570), ("17:00", 1020), ("24:00", 1440)]
)
def test_times_of_the_day(text: str, minutes: int) -> None:
    assert taken(ClockTime(), text) == minutes


@pytest.mark.parametrize(
    ("text", "international"),
    [
        ("860-522-4636", "+18605224636"),
        ("1-888-774-2900", "+18887742900"),
        ("+1 860 522 4636", "+18605224636"),
        ("860.522.4636", "+18605224636"),
        ("211", None),
        ("988", None),
        ("741741", None),
        ("911", None),
    ],
)
def test_phone_numbers_are_kept_as_people_write_them(text: str, international: str | None) -> None:
    assert taken(PhoneNumber(), text) == text
    assert e164(text) == international


@pytest.mark.parametrize("text", ["", "860", "not a number", "000-000-0000", "555-0123"])
def test_what_is_no_number_has_no_international_form(text: str) -> None:
    assert e164(text) is None
    with pytest.raises(ValidationError):
        taken(PhoneNumber(), text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
    ],
)
def test_a_date_is_bounded_by_what_is_known_of_it(text: str, first: str, last: str) -> None:
    found = partial_date(text)
    assert (found.text, found.earliest.isoformat(), found.latest.isoformat()) == (text, first, last)
    assert taken(Day(), text) == found


@pytest.mark.parametrize(
    "text", ["", "24", "1999", "2024-2", "2024-00", "2023-02-29", "2024-1-1", "20240101", "2024-01-01T00:00"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        partial_date(text)
    with pytest.raises(ValidationError):
        taken(Day(), text)


@pytest.mark.parametrize(("text", "value"), [("true", True), ("Yes", True), ("FALSE", False), ("no", False)])
def test_yes_and_no(text: str, value: bool) -> None:
    assert taken(YesNo(), text) is value


@pytest.mark.parametrize("text", ["+5", "1e5", "1_000", ".5", "5.", "٣", "0x10", "inf", "1234567890", "1 000", "--1"])
def test_what_is_no_plain_number_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="must be a plain number"):
        taken(Number(), text)


def test_plain_numbers_are_read() -> None:
    assert [taken(Number(least=-5), text) for text in ("0", "-5", "41.7659", "007")] == [0, -5, 41.7659, 7]


def test_white_space_in_text_is_folded() -> None:
    assert taken(Text(), "  a \n b\tc ") == "a b c"


def test_a_list_becomes_a_tuple() -> None:
    assert taken(Many(Text()), ["b", "a"]) == ("b", "a")


@pytest.mark.parametrize(
    "field",
    [
        Text(),
        Number(),
        YesNo(),
        WebAddress(),
        EmailAddress(),
        PhoneNumber(),
        PostalCode(),
        AgeLimit(),
        Day(),
        ClockTime(),
    ],
)
@pytest.mark.parametrize("value", [[], {}, ["x"], {"a": "b"}, "", " ", None])
def test_no_field_takes_what_is_not_text(field: Field[Any], value: object) -> None:
    with pytest.raises(ValidationError):
        taken(field, value)


def test_the_nearest_names_are_suggested() -> None:
    assert unknown_value("town", "Hartfrod", ["Hartford", "Vernon"]) == (
        "unknown town “Hartfrod”. Did you mean Hartford? Allowed: Hartford, Vernon."
    )


def test_of_many_names_only_near_ones_are_listed() -> None:
    names = [f"name-{number}" for number in range(LISTED_VALUES + 1)]
    assert unknown_value("need", "zzzzzz", names) == (
        "unknown need “zzzzzz”. Run “flask catalog schema” for all 15 allowed values."
    )
    assert "Did you mean name-7" in unknown_value("need", "name-7x", names)
    assert "Allowed" not in unknown_value("need", "name-7x", names)


def test_a_value_is_shown_short_and_printable() -> None:
    assert shown("a\nb\u202ec") == "“a�b�c”"
    assert shown("x" * 60) == f"“{'x' * 60}”"
    assert shown("x" * 61) == f"“{'x' * 60}…”"
    assert len(shown("x" * 1_000_000)) < 70
