"""A small catalog without a single problem, written to a folder of the test's own, for the test to change and read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from catalog.reading.loader import Loaded, read_catalog
from settings import Settings, load_settings
from tests.support.dates import TODAY

# A line that ends with this mark is the one that an error must name.
MARK = "#!"

CONFIG = """\
resources: resources
index: index
expected:
  services_at_least: 3
  services_per_group:
    basics: 2
    safety: 1
"""

NEEDS = """\
needs:
  - id: basics
    label: {en: Food and basics, es: Comida y lo básico}
    description: {en: Food and more., es: Comida y más.}
  - id: safety
    label: {en: Safety, es: Seguridad}
    description: {en: Help in danger., es: Ayuda en peligro.}
  - id: food
    parent: basics
    label: {en: Food, es: Comida}
    description: {en: Food for a family., es: Comida para una familia.}
    words:
      en: [hungry, groceries, pantry, meals, no food, food stamps, soup kitchen, lunch]
      es: [hambre, mercado, despensa, comidas, sin comida, cupones, comedor, almuerzo]
    states: {circumstances: [homeless]}
    start_with:
      - {service: food-pantry, age: {from: 3y, under: 22y}, source: https://food.example.org/pantry}
      - {service: meals-for-kids, age: {under: 22y}}
  - id: domestic-violence
    parent: safety
    label: {en: Violence at home, es: Violencia en casa}
    description: {en: Help to be safe at home., es: Ayuda para estar seguro en casa.}
    words:
      en: [abuse, hits me, beaten, unsafe at home, scared of him, restraining order, battered, threats]
      es: [abuso, me pega, golpes, peligro en casa, miedo de él, orden de protección, maltrato, amenazas]
    sensitive: true
    urgent: true
"""

NEED_QUESTIONS = """\
food:
  en: [the cupboard is bare and the kids keep asking]
  es: [mis hijos se acuestan sin cenar]
domestic-violence:
  en: [he breaks my things when he is mad]
  es: [tengo miedo cuando llega tomado]
"""

PLACES = """\
towns:
  - name: Hartford
    county: Hartford County
    planning_region: Capitol Planning Region
    zips: ["06103", "06106"]
    point: [41.7659, -72.6816]
  - name: West Hartford
    county: Hartford County
    planning_region: Capitol Planning Region
    zips: ["06107"]
    villages: [Elmwood]
    point: [41.7669, -72.7536]
  - name: Vernon
    county: Tolland County
    planning_region: Capitol Planning Region
    zips: ["06066"]
    villages: [Rockville]
    point: [41.8371, -72.4612]
  - name: Groton
    county: New London County
    planning_region: Southeastern Connecticut Planning Region
    zips: ["06340"]
    villages: [Mystic]
    point: [41.3497, -72.0383]
  - name: Bridgeport
    county: Fairfield County
    planning_region: Greater Bridgeport Planning Region
    zips: ["06604"]
    point: [41.1874, -73.1957]
regions:
  - id: greater-hartford
    label: Greater Hartford
    towns: [Hartford]
    complete: false
    within: [Hartford County, Tolland County]
  - id: the-capitol
    label: the Capitol region
    towns: [Hartford, West Hartford, Vernon]
    complete: true
  - id: somewhere
    label: somewhere in Connecticut
    complete: false
  - id: two-states
    label: Connecticut and Massachusetts
    states: [CT, MA]
    complete: true
  - id: massachusetts-and-beyond
    label: Massachusetts and beyond
    states: [MA]
    complete: false
    within: [Tolland County]
zip_places:
  - {zip: "06025", town: Vernon}
sources:
  - url: https://places.example.org/towns
"""

VOCABULARY = """\
conditions:
  - id: disability
    label: {en: A disability, es: Una discapacidad}
    words: {en: [disabled], es: [discapacitado]}
  - id: autism
    label: {en: Autism, es: Autismo}
    parents: [disability]
circumstances:
  - id: homeless
    label: {en: Without a home, es: Sin hogar}
    who: household
insurance:
  - id: husky
    label: {en: HUSKY, es: HUSKY}
languages:
  - id: english
    label: {en: English, es: Inglés}
  - id: spanish
    label: {en: Spanish, es: Español}
delivery:
  - id: in-person
    label: {en: In person, es: En persona}
"""

THRESHOLDS = """\
poverty_guidelines:
  - year: 2026
    one_person: 15960
    each_additional_person: 5680
    source: The notice of 2026
median_incomes:
  - season: 2024-2025
    percent: 60
    by_household_size: [45505, 59507, 73509]
    doubtful_sizes: [3]
    source: https://income.example.org/median
"""

FOOD_BANK = """\
organization:
  id: food-bank
  name: Town Food Bank
  alternate_names: [TFB]
  url: https://food.example.org
  description: We share food.

services:
  - id: food-pantry
    name: Food Pantry
    alternate_names: [The Pantry]
    kind: program
    status: active
    alert: There may be a line on Fridays.
    confidence: normal
    needs: [food]
    summary: Get a bag of food once a week. You can come with your kids.
    description: You can get milk, eggs and bread too.
    next_step:
      action: call
      text: Call and ask when you can come.
    phones:
      - {number: 860-522-4636, label: Front desk, extension: 12}
    emails: [help@food.example.org]
    urls: [https://food.example.org/pantry]
    locations:
      - {name: Main site, street: 12 Oak Street, city: Hartford, postal_code: 06103}
    confidential: false
    hours: Most weekdays
    schedules:
      - {days: mon-fri, opens: 9:30, closes: 17:00, label: Winter}
    eligibility:
      - age: {from: 3y, under: 22y}
        residence: {towns: [Hartford], counties: [Tolland County], regions: [greater-hartford]}
        income: {up_to_fpl_percent: 185, above_fpl_percent: 100}
        insurance: [husky]
        conditions: [autism]
        circumstances: {all: [homeless]}
        grade: {from: PK, through: 5}
        not: {conditions: [disability]}
        source: https://food.example.org/pantry
    service_area: {towns: [Hartford, Vernon]}
    insurance_accepted: [husky]
    cost: free
    cost_note: A gift is fine.
    confirm:
      - Ask if you need to sign up.
    required_documents: [A piece of mail]
    languages: [english, spanish]
    delivery: [in-person]
    accessibility: [A ramp]
    protective_factors: [concrete-support]
    see_also: [meals-for-kids]
    former_ids: [old-pantry]
    assured_date: 2026-11-01
    sources:
      - {url: https://food.example.org/about, note: About us}
    es:
      name: Despensa
      summary: Una bolsa de comida.
      next_step: Llame y pregunte.
      confirm: [Pregunte si tiene que inscribirse.]
      required_documents: [Una carta a su nombre]
      reviewed: no
    asked_as:
      en: [we have nothing for supper till friday]
      es: [no nos queda nada para la cena]
  - id: meals-for-kids
    name: Meals for Kids
    needs: [food]
    summary: Kids eat for free all summer long.
    next_step:
      action: website
      text: Look for a site near you.
    urls: [https://meals.example.org]
    eligibility:
      - age: any
        source: https://meals.example.org
    assured_date: 2026-11-02
    sources:
      - url: https://meals.example.org
"""

SAFE_LINE = """\
organization:
  id: safe-line
  name: Safe Line
services:
  - id: safe-line-hotline
    name: Safe Line
    kind: hotline
    needs: [domestic-violence]
    summary: Talk to someone day or night. They can help you plan to be safe.
    next_step:
      action: call
      text: Call when it is safe to talk.
    phones:
      - {number: 1-888-774-2900}
    service_area: statewide
    assured_date: 2026-11-03
    sources:
      - url: https://safe.example.org
"""

ASSESSMENT = """\
id: meals
title: {en: About meals, es: Sobre las comidas}
description: {en: "Is there enough to eat?", es: "¿Hay suficiente comida?"}
text: own-labels
respondent: anyone
questions:
  - code: 1-1
    label: {en: Worried about food, es: Preocupación por la comida}
    answers:
      - {code: A1, label: {en: Often, es: A menudo}, needs: [food], circumstances: [homeless], points: 1}
      - {code: A2, label: {en: Never, es: Nunca}}
  - code: 1-2
    label: {en: Help with food, es: Ayuda con la comida}
    ask_if: {question: 1-1, answers: [A1]}
    answers:
      - {code: A3, label: {en: Yes please, es: Sí}, help_wanted: yes}
sums:
  - {id: all, questions: [1-1], at_least: 1, needs: [food]}
"""

CROSSWALK = """\
systems:
  icd10cm: http://hl7.org/fhir/sid/icd-10-cm
codes:
  - {need: food, system: icd10cm, code: Z59.4, label: Lack of food}
"""

DANGER = """\
spelling: [hubby = husband]
concepts:
  - id: partner
    words: [husband, wife, esposo, esposa]
near_misses: [hits me with questions]
topics: [training]
kinds:
  - id: violence-at-home
    label: {en: Violence at home, es: Violencia en casa}
    say: {en: Call the safe line at any hour., es: Llame a la línea segura a cualquier hora.}
    needs: [domestic-violence]
    lines:
      - {service: safe-line-hotline}
    names: [battered]
    rules:
      en: ["@partner ..1 hits me"]
      es: ["@partner ..1 me pega"]
"""

FILES = {
    "config.yaml": CONFIG,
    "resources/needs.yaml": NEEDS,
    "resources/need-questions.yaml": NEED_QUESTIONS,
    "resources/danger.yaml": DANGER,
    "resources/places.yaml": PLACES,
    "resources/vocabulary.yaml": VOCABULARY,
    "resources/thresholds.yaml": THRESHOLDS,
    "resources/assessments/meals.yaml": ASSESSMENT,
    "resources/crosswalk.yaml": CROSSWALK,
    "resources/community/food-bank.yaml": FOOD_BANK,
    "resources/legal/safe-line.yaml": SAFE_LINE,
}


@dataclass(frozen=True, slots=True)
class SmallCatalog:
    """`folder` holds config.yaml and the folder `resources`. Files are named as messages name them."""

    folder: Path

    @property
    def resources(self) -> Path:
        return self.folder / "resources"

    @property
    def config(self) -> Path:
        return self.folder / "config.yaml"

    def path(self, name: str) -> Path:
        return self.config if name == "config.yaml" else self.resources / name

    def text(self, name: str) -> str:
        return self.path(name).read_text(encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        """Replace `old`, which stands in the file exactly once."""
        text = self.text(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.path(name).write_text(text.replace(old, new), encoding="utf-8")

    def marked_line(self, name: str) -> int:
        """The line (from 1) that ends with the mark."""
        lines = [number for number, line in enumerate(self.text(name).split("\n"), 1) if line.endswith(MARK)]
        assert len(lines) == 1, f"{len(lines)} lines of {name} are marked"
        return lines[0]

    def settings(self) -> Settings:
        return load_settings({"DIRECTORY_CONFIG": str(self.config)})

    def read(self) -> Loaded:
        settings = self.settings()
        return read_catalog(settings.resources, settings.expectations, TODAY)


def small_catalog(folder: Path) -> SmallCatalog:
    """Write the small catalog into `folder`."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return SmallCatalog(folder)
