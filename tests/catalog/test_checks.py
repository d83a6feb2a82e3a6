"""One broken catalog for each check over the whole catalog: what it says, where, and how grave it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import pytest

from catalog.checks import CHECKS, Expectations
from catalog.freshness import is_stale
from catalog.reading.loader import Loaded, load_catalog, read_catalog
from catalog.reading.problems import CatalogError, Grade, Problem
from settings import load_settings
from tests.support.dates import TODAY
from tests.support.small_catalog import SmallCatalog

FOOD = "community/food-bank.yaml"
SAFE = "legal/safe-line.yaml"
NEEDS = "needs.yaml"
PLACES = "places.yaml"
VOCABULARY = "vocabulary.yaml"
MEALS = "assessments/meals.yaml"
CODES = "crosswalk.yaml"
CONFIG = "config.yaml"

ENGLISH_WORDS = "en: [hungry, groceries, pantry, meals, no food, food stamps, soup kitchen, lunch]"
SPANISH_WORDS = "es: [hambre, mercado, despensa, comidas, sin comida, cupones, comedor, almuerzo]"
SHELTER = "    phones:\n      - {number: 1-888-774-2900}\n"
ADDRESS = "      - {street: 5 Elm Street, city: Hartford}\n"
SAFE_SUMMARY = "Talk to someone day or night. They can help you plan to be safe."


@dataclass(frozen=True)
class Found:
    """A change of one file, and the one problem that must come of it.

    The line of the problem ends with #! after the change; in config.yaml it is line 1.
    """

    check: str
    file: str
    old: str
    new: str
    at: str
    message: str
    grade: Grade = Grade.ERROR


def warned(check: str, file: str, old: str, new: str, at: str, message: str) -> Found:  # noqa: PLR0917
    return Found(check, file, old, new, at, message, Grade.WARNING)


CASES = {
    "ids_are_unique: a need": Found(
        "unique-ids",
        NEEDS,
        "  - id: safety\n",
        "  - id: safety\n    label: {en: a, es: a}\n    description: {en: a, es: a}\n  - id: safety #!\n",
        "needs.2.id",
        "“safety” is there twice.",
    ),
    "ids_are_unique: a term": Found(
        "unique-ids",
        VOCABULARY,
        "  - id: spanish",
        "  - id: english #!\n    label: {en: English too, es: Inglés}\n  - id: spanish",
        "languages.1.id",
        "“english” is there twice.",
    ),
    "ids_are_unique: a region": Found(
        "unique-ids",
        PLACES,
        "  - id: somewhere",
        "  - id: the-capitol #!\n    label: Twin\n    complete: false\n  - id: somewhere",
        "regions.2.id",
        "“the-capitol” is there twice.",
    ),
    "ids_are_unique: a town": Found(
        "unique-ids",
        PLACES,
        "regions:\n",
        "  - name: Vernon #!\n    county: Tolland County\n    planning_region: Twin\n"
        '    zips: ["06066"]\n    point: [41, -72]\nregions:\n',
        "towns.5.name",
        "“Vernon” is there twice.",
    ),
    "ids_are_unique: a former id that is in use": Found(
        "unique-ids",
        FOOD,
        "former_ids: [old-pantry]",
        "former_ids: [safe-line-hotline] #!",
        "food-pantry.former_ids.0",
        "“safe-line-hotline” is already an id or former id of safe-line-hotline.",
    ),
    "ids_are_unique: a former id of two services": Found(
        "unique-ids",
        SAFE,
        "    service_area: statewide",
        "    service_area: statewide\n    former_ids: [old-pantry] #!",
        "safe-line-hotline.former_ids.0",
        "“old-pantry” is already an id or former id of food-pantry.",
    ),
    "taxonomy_has_two_levels: no such group": Found(
        "taxonomy",
        NEEDS,
        "parent: basics",
        "parent: basic #!",
        "needs.2.parent",
        "unknown group “basic”. Did you mean basics? Allowed: basics, safety.",
    ),
    "taxonomy_has_two_levels: a need below a need": Found(
        "taxonomy", NEEDS, "parent: safety", "parent: food #!", "needs.3.parent", "unknown group “food”."
    ),
    "everyday_words_are_enough: too few in English": Found(
        "everyday-words",
        NEEDS,
        ENGLISH_WORDS,
        "en: [hungry, groceries, pantry, meals, no food, food stamps, lunch] #!",
        "needs.2.words.en",
        "food has 7 everyday words; give at least 8.",
    ),
    "everyday_words_are_enough: too few in Spanish": Found(
        "everyday-words",
        NEEDS,
        SPANISH_WORDS,
        "es: [hambre] #!",
        "needs.2.words.es",
        "food has 1 everyday words; give at least 8.",
    ),
    "everyday_words_are_enough: a phrase of two needs": Found(
        "everyday-words",
        NEEDS,
        "restraining order, battered, threats]",
        "restraining order, battered, Húngry!] #!",
        "needs.3.words.en.7",
        "“Húngry!” also leads to food; keep it under one need.",
    ),
    "vocabulary_parents_are_known: no such term": Found(
        "vocabulary",
        VOCABULARY,
        "parents: [disability]",
        "parents: [disabilities] #!",
        "conditions.1.parents.0",
        "unknown conditions “disabilities”. Did you mean disability?",
    ),
    "vocabulary_parents_are_known: a term of another list": Found(
        "vocabulary",
        VOCABULARY,
        "parents: [disability]",
        "parents: [homeless] #!",
        "conditions.1.parents.0",
        "unknown conditions “homeless”.",
    ),
    "vocabulary_parents_are_known: broader than itself": Found(
        "vocabulary",
        VOCABULARY,
        "parents: [disability]",
        "parents: [autism] #!",
        "conditions.1.parents.0",
        "autism and autism are each broader than the other.",
    ),
    "vocabulary_hints_are_known: no such hint": Found(
        "vocabulary",
        VOCABULARY,
        "parents: [disability]",
        "hinted_by: [autsm] #!",
        "conditions.1.hinted_by.0",
        "unknown need or term “autsm”.",
    ),
    "vocabulary_hints_are_known: rare without a hint": Found(
        "vocabulary",
        VOCABULARY,
        "parents: [disability]",
        "rare: yes #!",
        "conditions.1.rare",
        "autism is rare: say under hinted_by what hints at it.",
    ),
    "needs_are_known: no such need": Found(
        "known-needs",
        FOOD,
        "    name: Meals for Kids\n    needs: [food]",
        "    name: Meals for Kids\n    needs: [foot] #!",
        "meals-for-kids.needs.0",
        "unknown need “foot”. Did you mean food? Allowed: domestic-violence, food.",
    ),
    "needs_are_known: a group": Found(
        "known-needs",
        FOOD,
        "    name: Meals for Kids\n    needs: [food]",
        "    name: Meals for Kids\n    needs: [food, basics] #!",
        "meals-for-kids.needs.1",
        "unknown need “basics”.",
    ),
    "terms_are_known: a language": Found(
        "known-terms",
        FOOD,
        "languages: [english, spanish]",
        "languages: [english, spanisch] #!",
        "food-pantry.languages.1",
        "unknown language “spanisch”. Did you mean spanish",
    ),
    "terms_are_known: a delivery": Found(
        "known-terms",
        FOOD,
        "delivery: [in-person]",
        "delivery: [by-post] #!",
        "food-pantry.delivery.0",
        "unknown delivery “by-post”.",
    ),
    "terms_are_known: an insurance": Found(
        "known-terms",
        FOOD,
        "insurance_accepted: [husky]",
        "insurance_accepted: [huskey] #!",
        "food-pantry.insurance_accepted.0",
        "unknown insurance “huskey”. Did you mean husky?",
    ),
    "terms_are_known: a condition of a rule": Found(
        "known-terms",
        FOOD,
        "conditions: [autism]",
        "conditions: [autismo] #!",
        "food-pantry.eligibility.0.conditions",
        "unknown condition “autismo”. Did you mean autism?",
    ),
    "terms_are_known: a circumstance of a rule": Found(
        "known-terms",
        FOOD,
        "{all: [homeless]}",
        "{all: [homless]} #!",
        "food-pantry.eligibility.0.circumstances",
        "unknown circumstance “homless”. Did you mean homeless?",
    ),
    "terms_are_known: an insurance of a rule": Found(
        "known-terms",
        FOOD,
        "        insurance: [husky]",
        "        insurance: [huskies] #!",
        "food-pantry.eligibility.0.insurance",
        "unknown insurance “huskies”.",
    ),
    "terms_are_known: an exclusion": Found(
        "known-terms",
        FOOD,
        "not: {conditions: [disability]}",
        "not: {circumstances: [rich]} #!",
        "food-pantry.eligibility.0.not.circumstances",
        "unknown circumstance “rich”.",
    ),
    "places_are_known: a town of a service area": Found(
        "known-places",
        FOOD,
        "service_area: {towns: [Hartford, Vernon]}",
        "service_area: {towns: [Hartford, Vernom]} #!",
        "food-pantry.service_area.towns.1",
        "unknown town “Vernom”. Did you mean Vernon?",
    ),
    "places_are_known: a village is no town": Found(
        "known-places",
        FOOD,
        "service_area: {towns: [Hartford, Vernon]}",
        "service_area: {towns: [Mystic]} #!",
        "food-pantry.service_area.towns.0",
        "unknown town “Mystic”.",
    ),
    "places_are_known: a county": Found(
        "known-places",
        FOOD,
        "counties: [Tolland County], regions: [greater-hartford]}",
        "counties: [Tolland]} #!",
        "food-pantry.eligibility.0.residence.counties.0",
        "unknown county “Tolland”. Did you mean Tolland County?",
    ),
    "places_are_known: a region": Found(
        "known-places",
        FOOD,
        "regions: [greater-hartford]}",
        "regions: [greater-hartfort]} #!",
        "food-pantry.eligibility.0.residence.regions.0",
        "unknown region “greater-hartfort”. Did you mean greater-hartford?",
    ),
    "places_are_known: a place outside of which one lives": Found(
        "known-places",
        FOOD,
        "service_area: {towns: [Hartford, Vernon]}",
        "service_area: {outside: {towns: [Boston]}} #!",
        "food-pantry.service_area.towns.0",
        "unknown town “Boston”.",
    ),
    "places_file_is_sound: a town of a region": Found(
        "known-places",
        PLACES,
        "towns: [Hartford, West Hartford, Vernon]",
        "towns: [Hartford, East Hartford] #!",
        "regions.1.towns",
        "unknown towns “East Hartford”. Did you mean",
    ),
    "places_file_is_sound: a county of a region": Found(
        "known-places",
        PLACES,
        "within: [Hartford County, Tolland County]",
        "within: [Hartford] #!",
        "regions.0.within",
        "unknown within “Hartford”.",
    ),
    "places_file_is_sound: the town of a post office": Found(
        "known-places",
        PLACES,
        '{zip: "06025", town: Vernon}',
        '{zip: "06025", town: Verona} #!',
        "zip_places.0.town",
        "unknown town “Verona”. Did you mean Vernon",
    ),
    "locations_are_in_known_towns": Found(
        "known-places",
        FOOD,
        "city: Hartford, postal_code: 06103}",
        "city: Hartferd} #!",
        "food-pantry.locations.0.city",
        "no town or village in places.yaml is called “Hartferd”. Did you mean Hartford",
    ),
    "relations_are_known: no such service": Found(
        "known-services",
        FOOD,
        "see_also: [meals-for-kids]",
        "see_also: [meal-for-kids] #!",
        "food-pantry.see_also.0",
        "unknown service “meal-for-kids”. Did you mean meals-for-kids",
    ),
    "relations_are_known: itself": Found(
        "known-services",
        FOOD,
        "see_also: [meals-for-kids]",
        "part_of: [food-pantry] #!",
        "food-pantry.part_of.0",
        "a service cannot be related to itself.",
    ),
    "relations_are_known: a former id": Found(
        "known-services",
        SAFE,
        "    service_area: statewide",
        "    service_area: statewide\n    leads_to: [old-pantry] #!",
        "safe-line-hotline.leads_to.0",
        "“old-pantry” is now food-pantry.",
    ),
    "a_person_can_act: nobody can reach it": Found(
        "can-act",
        FOOD,
        "    next_step:\n      action: website\n      text: Look for a site near you.\n"
        "    urls: [https://meals.example.org]\n    eligibility:\n"
        "      - age: any\n        source: https://meals.example.org\n",
        "    next_step: #!\n      action: visit\n      text: Go to a site near you.\n",
        "meals-for-kids.next_step",
        "nobody can reach this: give a phone, page, e-mail or address, or make the next step dial-211.",
    ),
    "a_person_can_act: no phone to call": Found(
        "can-act",
        FOOD,
        "action: website",
        "action: call #!",
        "meals-for-kids.next_step.action",
        "says to call, but there is no phone.",
    ),
    "a_person_can_act: no address to write to": Found(
        "can-act",
        FOOD,
        "action: website",
        "action: email #!",
        "meals-for-kids.next_step.action",
        "says to e-mail, but there is no e-mail address.",
    ),
    "a_person_can_act: no page to read": Found(
        "can-act",
        SAFE,
        "action: call",
        "action: apply-online #!",
        "safe-line-hotline.next_step.action",
        "says “apply-online”, but there is no page to go to.",
    ),
    "phones_stand_in_one_place: a number in the next step": Found(
        "texts-without-numbers",
        FOOD,
        "text: Call and ask when you can come.",
        "text: Call 522-4636 today. #!",
        "food-pantry.next_step.text",
        "move phone numbers and web addresses to “phones” and “urls”.",
    ),
    "phones_stand_in_one_place: a page in the summary": Found(
        "texts-without-numbers",
        FOOD,
        "summary: Kids eat for free all summer long.",
        "summary: Kids eat. See www.meals.org. #!",
        "meals-for-kids.summary",
        "move phone numbers",
    ),
    "phones_stand_in_one_place: a page in what to confirm": Found(
        "texts-without-numbers",
        FOOD,
        "      - Ask if you need to sign up.",
        "      - See https://food.example.org. #!",
        "food-pantry.confirm.0",
        "move phone numbers",
    ),
    "phones_stand_in_one_place: a number in the alert": Found(
        "texts-without-numbers",
        FOOD,
        "alert: There may be a line on Fridays.",
        "alert: Call 860.522.4636. #!",
        "food-pantry.alert",
        "move phone numbers",
    ),
    "phones_stand_in_one_place: a number in the description": Found(
        "texts-without-numbers",
        FOOD,
        "description: You can get milk, eggs and bread too.",
        "description: Call 860 522 4636. #!",
        "food-pantry.description",
        "move phone numbers",
    ),
    "every_service_has_a_source: no source": Found(
        "sources",
        SAFE,
        "    sources:\n      - url: https://safe.example.org\n",
        "    sources: [] #!\n",
        "safe-line-hotline.sources",
        "give at least one source.",
    ),
    "every_service_has_a_source: a rule on another page": Found(
        "sources",
        FOOD,
        "      - age: any\n        source: https://meals.example.org",
        "      - age: any\n        source: https://else.example.org #!",
        "meals-for-kids.eligibility.0.source",
        "is not among the “sources” of this service; add it there.",
    ),
    "confidential_places_stay_hidden: a street": Found(
        "confidential",
        SAFE,
        SHELTER,
        f"{SHELTER}    confidential: true\n    locations:\n{ADDRESS.rstrip()} #!\n",
        "safe-line-hotline.locations.0.street",
        "this service is confidential: leave the street out.",
    ),
    "confidential_places_stay_hidden: a street in a text": Found(
        "confidential",
        SAFE,
        f"    summary: {SAFE_SUMMARY}",
        "    confidential: true\n    summary: Come to 5 Elm Street. #!",
        "safe-line-hotline.summary",
        "this service is confidential: leave the street out of the text.",
    ),
    "shelters_from_violence_are_confidential": Found(
        "confidential",
        SAFE,
        f"{SAFE_SUMMARY}\n",
        f"Get a bed in a Shelter.\n    locations: #!\n{ADDRESS}",
        "safe-line-hotline.locations",
        "speaks of a shelter and shows a street: add “confidential: true”, or leave the street out.",
    ),
    "coverage_is_as_expected: fewer in a group": Found(
        "coverage",
        CONFIG,
        "basics: 2",
        "basics: 3",
        "expected.services_per_group.basics",
        "“basics” has 2 services, and config.yaml expects 3. Was one lost?",
    ),
    "coverage_is_as_expected: no such group": Found(
        "coverage",
        CONFIG,
        "basics: 2",
        "basic: 2",
        "expected.services_per_group.basic",
        "unknown group of needs “basic”. Did you mean basics?",
    ),
    "coverage_is_as_expected: fewer in all": Found(
        "coverage",
        CONFIG,
        "services_at_least: 3",
        "services_at_least: 4",
        "expected.services_at_least",
        "the catalog has 3 services, and config.yaml expects 4. Was a file lost?",
    ),
    "needs_are_served": warned(
        "gap",
        NEEDS,
        "  - id: food\n",
        "  - id: clothes #!\n    parent: basics\n    label: {en: a, es: a}\n    description: {en: a, es: a}\n"
        "    words: {en: [a, b, c, d, e, f, g, h], es: [a, b, c, d, e, f, g, h]}\n  - id: food\n",
        "needs.2",
        "no service for “clothes” yet.",
    ),
    "dates_are_not_in_the_future": Found(
        "dates",
        FOOD,
        "assured_date: 2026-11-02",
        "assured_date: 2026-11-22 #!",
        "meals-for-kids.assured_date",
        "2026-11-22 is in the future.",
    ),
    "facts_are_fresh: too long ago": warned(
        "stale",
        FOOD,
        "assured_date: 2026-11-02",
        "assured_date: 2025-11-20 #!",
        "meals-for-kids.assured_date",
        "last assured 2025-11-20; check it against its sources and set “assured_date”.",
    ),
    "facts_are_fresh: a hotline": warned(
        "stale",
        SAFE,
        "assured_date: 2026-11-03",
        "assured_date: 2026-08 #!",
        "safe-line-hotline.assured_date",
        "last assured 2026-08;",
    ),
    "facts_are_fresh: never": warned(
        "stale",
        FOOD,
        "  - id: meals-for-kids\n",
        "  - id: meals-for-kids #!\n",
        "meals-for-kids.assured_date",
        "never assured; check it",
    ),
    "texts_are_plain: a summary": warned(
        "reading-level",
        FOOD,
        "summary: Kids eat for free all summer long.",
        "summary: Comprehensive nutritional assistance availability information. #!",
        "meals-for-kids.summary",
        "use shorter words and sentences (8 at most).",
    ),
    "texts_are_plain: a next step": warned(
        "reading-level",
        FOOD,
        "text: Look for a site near you.",
        "text: Investigate geographically accessible distribution opportunities. #!",
        "meals-for-kids.next_step.text",
        "reads at grade",
    ),
    "texts_do_not_perish: a plan": warned(
        "perishable",
        FOOD,
        "summary: Kids eat for free all summer long.",
        "summary: A new site will open soon. #!",
        "meals-for-kids.summary",
        "“will open” will not stay true",
    ),
    "texts_do_not_perish: a count": warned(
        "perishable",
        FOOD,
        "summary: Kids eat for free all summer long.",
        "summary: Eat at 12 sites. #!",
        "meals-for-kids.summary",
        "“12 sites” will not stay true",
    ),
    "texts_do_not_perish: a year": warned(
        "perishable",
        FOOD,
        "summary: Kids eat for free all summer long.",
        "summary: Kids eat free in 2026. #!",
        "meals-for-kids.summary",
        "“2026” will not stay true",
    ),
    "pages_are_the_programs_own: a newspaper": warned(
        "website",
        FOOD,
        "urls: [https://food.example.org/pantry]",
        "urls: [https://food.example.org/pantry, https://www.courant.com/food] #!",
        "food-pantry.urls.1",
        "www.courant.com looks like a news, mirror, shop, grant or staging host",
    ),
    "pages_are_the_programs_own: a staging host": warned(
        "website",
        FOOD,
        "urls: [https://food.example.org/pantry]",
        "urls: [https://food.example.org/pantry, https://staging.food.org] #!",
        "food-pantry.urls.1",
        "staging.food.org looks like",
    ),
    "services_are_not_repeated": warned(
        "near-duplicate",
        SAFE,
        "  - id: safe-line-hotline\n    name: Safe Line\n",
        "  - id: safe-line-hotline\n    name: Meals for Kid #!\n",
        "safe-line-hotline.name",
        "looks like Meals for Kids (meals-for-kids); merge them, or relate them with “see_also”.",
    ),
    "addresses_are_not_repeated": warned(
        "repeated-address",
        FOOD,
        "    confidential: false\n",
        "      - {name: Again, street: 12 OAK street, city: hartford} #!\n    confidential: false\n",
        "food-pantry.locations.1",
        "this address is listed twice.",
    ),
    "assessments_name_known_things: a need of an answer": Found(
        "assessments",
        MEALS,
        "needs: [food], circumstances: [homeless], points: 1}",
        "needs: [foods]} #!",
        "questions.0.answers.0.needs",
        "unknown needs “foods”. Did you mean food",
    ),
    "assessments_name_known_things: a circumstance of an answer": Found(
        "assessments",
        MEALS,
        "circumstances: [homeless], points: 1}",
        "circumstances: [homeles]} #!",
        "questions.0.answers.0.circumstances",
        "unknown circumstances “homeles”. Did you mean homeless",
    ),
    "assessments_name_known_things: a question to ask before": Found(
        "assessments",
        MEALS,
        "  - code: 1-2\n",
        "  - code: 1-2 #!\n    help_question: 1-9\n",
        "questions.1",
        "unknown question “1-9”.",
    ),
    "assessments_name_known_things: a need of a sum": Found(
        "assessments",
        MEALS,
        "at_least: 1, needs: [food]}",
        "at_least: 1, needs: [foot]} #!",
        "sums.0.needs",
        "unknown needs “foot”. Did you mean food",
    ),
    "assessments_name_known_things: a question of a sum": Found(
        "assessments",
        MEALS,
        "questions: [1-1], at_least: 1, needs: [food]}",
        "questions: [2-2], at_least: 1, needs: [food]} #!",
        "sums.0.questions",
        "unknown questions “2-2”.",
    ),
    "assessments_name_known_things: the need of a code": Found(
        "assessments",
        CODES,
        "{need: food, system: icd10cm, code: Z59.4, label: Lack of food}",
        "{need: foof, system: icd10cm, code: Z59.4, label: Lack of food} #!",
        "codes.0.need",
        "unknown need “foof”. Did you mean food",
    ),
    "front_doors_are_known: no such service": Found(
        "front-doors",
        NEEDS,
        "service: food-pantry, age: {from: 3y, under: 22y}, source: https://food.example.org/pantry}",
        "service: food-pantri} #!",
        "needs.2.start_with.0.service",
        "unknown service “food-pantri”. Did you mean food-pantry",
    ),
    "front_doors_are_known: a service of another need": Found(
        "front-doors",
        NEEDS,
        "service: food-pantry, age: {from: 3y, under: 22y}, source: https://food.example.org/pantry}",
        "service: safe-line-hotline} #!",
        "needs.2.start_with.0.service",
        "“safe-line-hotline” does not have “food” among its needs.",
    ),
    "every_age_has_a_front_door: none for grown-ups": Found(
        "front-doors",
        NEEDS,
        "    start_with:\n"
        "      - {service: food-pantry, age: {from: 3y, under: 22y}, source: https://food.example.org/pantry}\n"
        "      - {service: meals-for-kids, age: {under: 22y}}\n",
        "    start_with: #!\n      - {service: meals-for-kids, age: {under: 20y}}\n",
        "needs.2.start_with",
        "food has no front door at 20, 21 years; add one",
    ),
    "stated_terms_are_known: a circumstance": Found(
        "known-terms",
        NEEDS,
        "states: {circumstances: [homeless]}",
        "states: {circumstances: [homeles]} #!",
        "needs.2.states.circumstances.0",
        "unknown circumstances “homeles”. Did you mean homeless",
    ),
    "questions_lead_to_one_need: the same twice": Found(
        "everyday-words",
        "need-questions.yaml",
        "  en: [he breaks my things when he is mad]",
        "  en: [The cupboard is bare and the kids keep asking!] #!",
        "domestic-violence.en.0",
        "also leads to food; keep it under one need.",
    ),
    "lines_of_danger_answer: no such service": Found(
        "danger",
        "danger.yaml",
        "      - {service: safe-line-hotline}",
        "      - {service: safe-line} #!",
        "kinds.0.lines.0.service",
        "unknown service “safe-line”. Did you mean safe-line-hotline",
    ),
    "lines_of_danger_answer: no such need": Found(
        "danger",
        "danger.yaml",
        "    needs: [domestic-violence]",
        "    needs: [violence] #!",
        "kinds.0.needs.0",
        "unknown need “violence”",
    ),
    "kinds_of_danger_differ: twice": Found(
        "danger",
        "danger.yaml",
        "    names: [battered]\n",
        "    names: [battered]\n"
        "  - id: violence-at-home #!\n"
        "    label: {en: Violence, es: Violencia}\n"
        "    say: {en: Call., es: Llame.}\n",
        "kinds.1.id",
        "stands there twice",
    ),
    "translations_are_complete: a sentence too many": Found(
        "translations",
        FOOD,
        "      confirm: [Pregunte si tiene que inscribirse.]",
        "      confirm: [Pregunte si tiene que inscribirse., Lleve una bolsa.] #!",
        "food-pantry.es.confirm",
        "has 2 lines, but there are 1 in English",
    ),
}

# What a change brings besides the one problem, where that cannot be helped.
BESIDES = {
    "taxonomy_has_two_levels: no such group": {"coverage"},
    "taxonomy_has_two_levels: a need below a need": {"coverage"},
    "needs_are_known: no such need": {"coverage", "front-doors"},
}


@pytest.mark.parametrize(("name", "case"), CASES.items(), ids=CASES)
def test_one_broken_rule_is_one_problem_on_its_line(small: SmallCatalog, name: str, case: Found) -> None:
    if name == "facts_are_fresh: never":
        small.change(FOOD, "    assured_date: 2026-11-02\n", "")
    small.change(case.file, case.old, case.new)
    loaded = small.read()
    found = [problem for problem in loaded.problems if problem.check not in BESIDES.get(name, set())]
    assert len(found) == 1, [str(problem) for problem in loaded.problems]
    line = 1 if case.file == CONFIG else small.marked_line(case.file)
    problem = found[0]
    assert (problem.path, problem.line, problem.field) == (case.file, line, case.at)
    assert case.message in problem.message
    assert (problem.check, problem.grade) == (case.check, case.grade)
    assert (loaded.catalog is None) is (case.grade is Grade.ERROR)


def test_every_check_has_a_case() -> None:
    assert {name.partition(":")[0] for name in CASES} == {check.__name__ for check in CHECKS}


@pytest.mark.parametrize(("name", "case"), CASES.items(), ids=CASES)
def test_a_problem_is_found_by_the_check_that_its_case_is_named_after(
    small: SmallCatalog, name: str, case: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name == "facts_are_fresh: never":
        small.change(FOOD, "    assured_date: 2026-11-02\n", "")
    small.change(case.file, case.old, case.new)
    others = [check for check in CHECKS if check.__name__ != name.partition(":")[0]]
    monkeypatch.setattr("catalog.reading.loader.CHECKS", others)
    assert case.check not in {problem.check for problem in small.read().problems if problem.field == case.at}


def test_the_small_catalog_has_no_problem(small: SmallCatalog) -> None:
    loaded = small.read()
    assert loaded.problems == ()
    assert loaded.catalog is not None
    assert len(loaded.catalog.services) == 3


def test_a_warning_is_shown_as_one_and_the_catalog_is_served(small: SmallCatalog) -> None:
    small.change(FOOD, "assured_date: 2026-11-02", "assured_date: 2020")
    loaded = small.read()
    assert loaded.catalog is not None
    assert loaded.errors == ()
    assert [str(problem) for problem in loaded.warnings] == [
        "community/food-bank.yaml:79: warning: meals-for-kids.assured_date: "
        "last assured 2020; check it against its sources and set “assured_date”."
    ]
    assert load_catalog(small.resources, small.settings().expectations, TODAY).version == loaded.catalog.version


def test_an_error_stops_the_catalog_and_carries_the_warnings_too(small: SmallCatalog) -> None:
    small.change(FOOD, "assured_date: 2026-11-02", "assured_date: 2020")
    small.change(SAFE, "needs: [domestic-violence]", "needs: [domestic-violins]")
    with pytest.raises(CatalogError, match=r"^The catalog has 2 errors\.$") as caught:
        load_catalog(small.resources, small.settings().expectations, TODAY)
    assert [(problem.check, problem.grade) for problem in caught.value.problems] == [
        ("stale", Grade.WARNING),
        ("coverage", Grade.ERROR),
        ("known-needs", Grade.ERROR),
        ("gap", Grade.WARNING),
    ]


def test_one_error_is_counted_as_one() -> None:
    assert str(CatalogError([Problem("a.yaml", 1, "", "x")])) == "The catalog has 1 error."


def test_problems_of_all_files_are_told_at_once(small: SmallCatalog) -> None:
    small.change(FOOD, "delivery: [in-person]", "delivery: [by-post]")
    small.change(FOOD, "see_also: [meals-for-kids]", "see_also: [nothing]")
    small.change(SAFE, "    service_area: statewide", "    service_area: {towns: [Boston]}")
    small.change(VOCABULARY, "parents: [disability]", "parents: [disease]")
    small.change(CODES, "need: food", "need: fruit")
    assert [problem.path for problem in small.read().errors] == [FOOD, FOOD, CODES, SAFE, VOCABULARY]


def test_whoever_can_be_reached_another_way_needs_no_phone(small: SmallCatalog) -> None:
    small.change(SAFE, "action: call", "action: dial-211")
    small.change(SAFE, SHELTER, "")
    assert small.read().problems == ()


def test_a_short_code_may_be_named_in_a_text(small: SmallCatalog) -> None:
    small.change(FOOD, "text: Look for a site near you.", "text: Call 211 or text 741741 now.")
    assert small.read().problems == ()


def test_a_related_service_may_have_nearly_the_same_name(small: SmallCatalog) -> None:
    small.change(
        SAFE, "    name: Safe Line\n    kind", "    name: Meals for Kid\n    see_also: [meals-for-kids]\n    kind"
    )
    assert small.read().problems == ()


def test_a_shelter_that_shows_no_street_is_no_problem(small: SmallCatalog) -> None:
    small.change(SAFE, f"{SAFE_SUMMARY}\n", "Get a bed in a shelter.\n    locations:\n      - {city: Hartford}\n")
    assert small.read().problems == ()


def test_an_address_in_another_state_is_not_looked_up(small: SmallCatalog) -> None:
    small.change(FOOD, "city: Hartford, postal_code: 06103}", "city: Springfield, state: MA}")
    assert small.read().problems == ()


@pytest.mark.parametrize(
    ("assured", "service", "days", "stale"),
    [
        ("2026-11-02", "meals-for-kids", 365, False),
        ("2026-11-02", "meals-for-kids", 366, True),
        ("2026-11-03", "safe-line-hotline", 90, False),
        ("2026-11-03", "safe-line-hotline", 91, True),
    ],
)
def test_freshness_ends_on_this_day(small: SmallCatalog, assured: str, service: str, days: int, stale: bool) -> None:
    catalog = small.read().catalog
    assert catalog is not None
    assert is_stale(catalog.services[service], date.fromisoformat(assured) + timedelta(days=days)) is stale


def test_a_year_counts_from_its_first_day(small: SmallCatalog) -> None:
    small.change(FOOD, "assured_date: 2026-11-02", "assured_date: 2026")
    loaded = small.read()
    assert loaded.catalog is not None
    kids = loaded.catalog.services["meals-for-kids"]
    assert not is_stale(kids, date(2027, 1, 1))
    assert is_stale(kids, date(2027, 1, 2))


# The real catalog.


@cache
def real() -> Loaded:
    settings = load_settings()
    return read_catalog(settings.resources, settings.expectations, TODAY)


def test_the_real_catalog_has_no_error() -> None:
    assert [str(problem) for problem in real().errors] == []
    assert real().catalog is not None


def test_the_real_catalog_holds_what_it_promises() -> None:
    catalog = real().catalog
    assert catalog is not None
    assert len(catalog.services) >= 570
    assert {service.sector for service in catalog.services.values()} == {
        *("behavioral-health", "community", "educational", "legal", "medical", "state")
    }
    assert sum(need.parent is not None for need in catalog.needs.values()) >= 85


def test_the_real_catalog_names_its_expectations_in_config_yaml() -> None:
    expectations = load_settings().expectations
    assert expectations.services_at_least >= 570
    catalog = real().catalog
    assert catalog is not None
    assert set(expectations.services_per_group) == {need.id for need in catalog.needs.values() if need.parent is None}


def test_the_warnings_of_the_real_catalog_are_of_known_kinds() -> None:
    assert {problem.check for problem in real().warnings} <= {"stale", "gap"}


@pytest.mark.slow
def test_a_lost_file_of_the_real_catalog_would_be_noticed() -> None:
    catalog = real().catalog
    assert catalog is not None
    settings = load_settings()
    expectations = Expectations(settings.expectations.services_per_group, len(catalog.services) + 1)
    errors = read_catalog(settings.resources, expectations, TODAY).errors
    assert [problem.field for problem in errors] == ["expected.services_at_least"]
