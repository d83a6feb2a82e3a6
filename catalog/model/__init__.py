"""The catalog's values, frozen, in the terms of HSDS 3.2 (organization, service, location, service_area, schedule ...).

    Catalog
      organizations   Organization  id -> who runs services
      services        Service       id -> a program, guide or hotline, with its eligibility
      needs           Need          id -> the taxonomy, two levels
      places          Places        the towns, counties, planning regions, ZIP codes and named regions
      vocabulary      Vocabulary    conditions, circumstances, insurance kinds, languages, ways of delivery
      thresholds      Thresholds    poverty guidelines and median incomes
      assessments     Assessment    id -> an instrument: answers to needs (catalog.model.assessment)
      crosswalk       Crosswalk     codes of health records to needs
      far_away        FarAway       for families from other states and countries (catalog.model.travel)
      danger          Danger        what tells of danger, and whom to call (catalog.model.danger)

Values hold what the files say; whether a person is eligible is decided in `matching`.
"""

from __future__ import annotations

from catalog.model.catalog import Catalog
from catalog.model.eligibility import GRADES, AgeRule, Alternative, Exclusion, GradeRule, IncomeRule, Terms, Who
from catalog.model.service import (
    COSTS,
    LISTED_STATUSES,
    NEXT_STEP_ACTIONS,
    PHONE_TYPES,
    PROTECTIVE_FACTORS,
    SECTORS,
    Kind,
    Location,
    NextStep,
    Organization,
    Phone,
    Schedule,
    Service,
    Source,
    Translation,
)
from catalog.model.taxonomy import FrontDoor, Need, StatedTerms, Term, Vocabulary
from catalog.model.text import Label, PartialDate, Words
from catalog.model.thresholds import MedianIncome, PovertyGuideline, Thresholds

__all__ = [
    "COSTS",
    "GRADES",
    "LISTED_STATUSES",
    "NEXT_STEP_ACTIONS",
    "PHONE_TYPES",
    "PROTECTIVE_FACTORS",
    "SECTORS",
    "AgeRule",
    "Alternative",
    "Catalog",
    "Exclusion",
    "FrontDoor",
    "GradeRule",
    "IncomeRule",
    "Kind",
    "Label",
    "Location",
    "MedianIncome",
    "Need",
    "NextStep",
    "Organization",
    "PartialDate",
    "Phone",
    "PovertyGuideline",
    "Schedule",
    "Service",
    "Source",
    "StatedTerms",
    "Term",
    "Terms",
    "Thresholds",
    "Translation",
    "Vocabulary",
    "Who",
    "Words",
]
