"""Needs assessments: what is understood of each, and what answers say."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.caching import cacheable_unless_same, etag_of, no_store
from api.errors import not_listed
from api.v1.blueprint import blueprint
from api.v1.requests.age import read_whole_age
from api.v1.requests.schemas import ScoreSchema
from api.v1.responses.assessment_schemas import AssessmentDetailSchema, AssessmentsSchema, ScoreAnswerSchema
from api.v1.responses.assessments import assessment_detail, assessment_summary, score_answer
from context import directory, today
from matching.assessments.scoring import score


@blueprint.get("/assessments")
@blueprint.response(200, AssessmentsSchema)
def list_assessments() -> Response:
    """List the needs assessments that are understood, and what may be shown of each."""
    catalog = directory().catalog
    return cacheable_unless_same(
        etag_of(catalog.version, today()),
        lambda: {"assessments": [assessment_summary(assessment) for assessment in catalog.assessments.values()]},
    )


@blueprint.get("/assessments/<assessment_id>")
@blueprint.response(200, AssessmentDetailSchema)
def get_assessment(assessment_id: str) -> Any:
    """Get one assessment: questions and answers, with labels where its terms allow them."""
    catalog = directory().catalog
    assessment = catalog.assessments.get(assessment_id)
    if assessment is None:
        return not_listed("assessment", assessment_id, catalog.assessments)
    return cacheable_unless_same(etag_of(catalog.version, today()), lambda: assessment_detail(assessment))


@blueprint.post("/assessments/<assessment_id>/score")
@blueprint.arguments(ScoreSchema())
@blueprint.response(200, ScoreAnswerSchema)
def score_assessment(data: dict[str, Any], assessment_id: str) -> Any:
    """Score answers: the needs they point to, and what each answer said. Unknown codes are reported, never guessed."""
    catalog = directory().catalog
    assessment = catalog.assessments.get(assessment_id)
    if assessment is None:
        return not_listed("assessment", assessment_id, catalog.assessments)
    scored = score(assessment, data["answers"], catalog, read_whole_age(data, today()))
    return no_store(score_answer(scored, catalog))
