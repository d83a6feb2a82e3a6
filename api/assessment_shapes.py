"""How needs assessments and their scores look as JSON."""

from __future__ import annotations

from typing import Any

from api.shapes import without_nothing
from catalog.model import Catalog, Label
from catalog.model.assessment import Assessment, Question
from matching.assessments.scoring import Scored
from matching.narration import ages_text


def assessment_summary(item: Assessment) -> dict[str, Any]:
    return without_nothing(
        {
            "id": item.id,
            "title": _label(item.title),
            "description": _label(item.description),
            "text": item.text,
            "respondent": item.respondent,
            "questions": len(item.questions),
            "credit": item.credit,
            "terms": item.terms,
            "notice": item.notice,
        }
    )


def assessment_detail(item: Assessment) -> dict[str, Any]:
    # The list takes the place of the count, even when it is empty.
    questions = {"questions": [_question(question) for question in item.questions]}
    return (
        assessment_summary(item)
        | questions
        | without_nothing(
            {
                "panel": item.panel,
                "sources": list(item.sources),
                "sums": [
                    without_nothing(
                        {
                            "id": one.id,
                            "label": _label(one.label),
                            "total_code": one.total_code,
                            "questions": list(one.questions),
                            "at_least": one.at_least,
                            "at_most": one.at_most,
                            "complete": one.complete or None,
                            "ages": ages_text(one.ages) if one.ages else None,
                            "needs": list(one.needs),
                        }
                    )
                    for one in item.sums
                ],
                "instruments": [
                    {"id": one.id, "title": _label(one.title), "terms": one.terms, "sources": list(one.sources)}
                    for one in item.instruments
                ],
            }
        )
    )


def _question(question: Question) -> dict[str, Any]:
    ask_if = question.ask_if
    return without_nothing(
        {
            "code": question.code,
            "label": _label(question.label),
            "many": question.many or None,
            "derived": question.derived or None,
            "help_question": question.help_question,
            "ages": ages_text(question.ages) if question.ages else None,
            "ask_if": {"question": ask_if.question, "answers": list(ask_if.answers)} if ask_if else None,
            "answers": [
                without_nothing(
                    {
                        "code": answer.code,
                        "label": _label(answer.label),
                        "needs": list(answer.needs),
                        "severity": answer.severity if answer.needs else None,
                        "help_wanted": answer.help_wanted,
                        "circumstances": list(answer.circumstances),
                    }
                )
                for answer in question.answers
            ],
        }
    )


def _label(label: Label | None) -> dict[str, str] | None:
    return {"en": label.en, "es": label.es} if label else None


def scored(result: Scored, catalog: Catalog) -> dict[str, Any]:
    """Needs with the greatest severity and where each came from; what each answer said; what was not understood."""
    needs: dict[str, dict[str, Any]] = {}
    for one in result.contributions:
        for need in one.needs:
            found = needs.setdefault(
                need, {"need": need, "label": catalog.needs[need].label.en, "severity": one.severity, "from": []}
            )
            found["severity"] = max(found["severity"], one.severity)
            if one.question not in found["from"]:
                found["from"].append(one.question)
    return {
        "needs": [need | {"severity": need["severity"].word} for need in needs.values()],
        "circumstances": list(result.circumstances),
        "contributions": [
            {
                "question": one.question,
                "answer": one.answer,
                "label": one.label,
                "needs": list(one.needs),
                "severity": one.severity.word if one.needs else None,
                "help_wanted": one.help_wanted,
            }
            for one in result.contributions
        ],
        "unknown": [{"question": one.question, "answer": one.answer, "message": one.message} for one in result.unknown],
    }
