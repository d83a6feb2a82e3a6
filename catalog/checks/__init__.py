"""What must hold over the whole catalog. `CHECKS` is a plain list; each check yields problems, errors or warnings.

Rules on one value stand in `catalog.reading`; here are those that need other files, the day, or the
expectations of config.yaml.
"""

from __future__ import annotations

from catalog.checks.assessments import assessments_name_known_things
from catalog.checks.contact import (
    a_person_can_act,
    addresses_are_not_repeated,
    phones_stand_in_one_place,
    relations_are_known,
)
from catalog.checks.context import Check, Context, Expectations
from catalog.checks.coverage import coverage_is_as_expected, needs_are_served
from catalog.checks.danger import kinds_of_danger_differ, lines_of_danger_answer
from catalog.checks.duplicates import services_are_not_repeated
from catalog.checks.front_doors import (
    every_age_has_a_front_door,
    front_doors_are_known,
    questions_lead_to_one_need,
    stated_terms_are_known,
    translations_are_complete,
)
from catalog.checks.places import locations_are_in_known_towns, places_are_known, places_file_is_sound
from catalog.checks.safety import confidential_places_stay_hidden, shelters_from_violence_are_confidential
from catalog.checks.sources import (
    dates_are_not_in_the_future,
    every_service_has_a_source,
    facts_are_fresh,
    pages_are_the_programs_own,
)
from catalog.checks.taxonomy import (
    everyday_words_are_enough,
    ids_are_unique,
    needs_are_known,
    taxonomy_has_two_levels,
    terms_are_known,
    vocabulary_hints_are_known,
    vocabulary_parents_are_known,
)
from catalog.checks.texts import texts_are_plain, texts_do_not_perish

__all__ = ["CHECKS", "Check", "Context", "Expectations"]

CHECKS: list[Check] = [
    ids_are_unique,
    taxonomy_has_two_levels,
    everyday_words_are_enough,
    vocabulary_parents_are_known,
    vocabulary_hints_are_known,
    needs_are_known,
    terms_are_known,
    places_are_known,
    places_file_is_sound,
    locations_are_in_known_towns,
    relations_are_known,
    a_person_can_act,
    phones_stand_in_one_place,
    every_service_has_a_source,
    confidential_places_stay_hidden,
    shelters_from_violence_are_confidential,
    coverage_is_as_expected,
    needs_are_served,
    dates_are_not_in_the_future,
    facts_are_fresh,
    texts_are_plain,
    texts_do_not_perish,
    pages_are_the_programs_own,
    services_are_not_repeated,
    addresses_are_not_repeated,
    assessments_name_known_things,
    front_doors_are_known,
    every_age_has_a_front_door,
    stated_terms_are_known,
    questions_lead_to_one_need,
    translations_are_complete,
    lines_of_danger_answer,
    kinds_of_danger_differ,
]
