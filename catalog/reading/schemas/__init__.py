"""What each catalog file may say: marshmallow schemas from text to the frozen values of `catalog.model`.

References between files (needs, towns, other services) are not looked up here; `catalog.checks` does that.
Every field is described in docs/writing-a-resource.md and offered to editors by `flask catalog schema`.
"""

from __future__ import annotations

from catalog.reading.schemas.areas import WHOLE_AREAS, AreaField, AreaMapSchema
from catalog.reading.schemas.base import ValueSchema, nested
from catalog.reading.schemas.eligibility import (
    AgeField,
    AgeMapSchema,
    AllOfSchema,
    AlternativeSchema,
    ExclusionSchema,
    GradeSchema,
    IncomeField,
    IncomeMapSchema,
    TermsField,
)
from catalog.reading.schemas.places import PlacesFileSchema, RegionSchema, TownSchema, ZipPlaceSchema
from catalog.reading.schemas.service import (
    STATUSES,
    LocationSchema,
    NextStepSchema,
    OrganizationFileSchema,
    OrganizationSchema,
    PhoneSchema,
    ScheduleSchema,
    ServiceSchema,
    TranslationSchema,
)
from catalog.reading.schemas.taxonomy import (
    FrontDoorSchema,
    NeedSchema,
    NeedsFileSchema,
    StatedTermsSchema,
    TermSchema,
    VocabularyFileSchema,
    need_questions_schema,
)
from catalog.reading.schemas.texts import LabelSchema, SourceSchema, WordsSchema
from catalog.reading.schemas.thresholds import MedianSchema, PovertySchema, ThresholdsFileSchema

__all__ = [
    "STATUSES",
    "WHOLE_AREAS",
    "AgeField",
    "AgeMapSchema",
    "AllOfSchema",
    "AlternativeSchema",
    "AreaField",
    "AreaMapSchema",
    "ExclusionSchema",
    "FrontDoorSchema",
    "GradeSchema",
    "IncomeField",
    "IncomeMapSchema",
    "LabelSchema",
    "LocationSchema",
    "MedianSchema",
    "NeedSchema",
    "NeedsFileSchema",
    "NextStepSchema",
    "OrganizationFileSchema",
    "OrganizationSchema",
    "PhoneSchema",
    "PlacesFileSchema",
    "PovertySchema",
    "RegionSchema",
    "ScheduleSchema",
    "ServiceSchema",
    "SourceSchema",
    "StatedTermsSchema",
    "TermSchema",
    "TermsField",
    "ThresholdsFileSchema",
    "TownSchema",
    "TranslationSchema",
    "ValueSchema",
    "VocabularyFileSchema",
    "WordsSchema",
    "ZipPlaceSchema",
    "need_questions_schema",
    "nested",
]
