"""How needs assessments and their scores look as JSON."""

from __future__ import annotations

from typing import Any

from api.v1.responses.services import without_nothing
from catalog.model import Catalog, Label
from catalog.model.assessment import Assessment, Question, Sum
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
                "sums": [_sum(total) for total in item.sums],
                "instruments": [
                    {"id": tool.id, "title": _label(tool.title), "terms": tool.terms, "sources": list(tool.sources)}
                    for tool in item.instruments
                ],
            }
        )
    )


def _sum(total: Sum) -> dict[str, Any]:
    return without_nothing(
        {
            "id": total.id,
            "label": _label(total.label),
            "total_code": total.total_code,
            "questions": list(total.questions),
            "at_least": total.at_least,
            "at_most": total.at_most,
            "complete": total.complete or None,
            "ages": ages_text(total.ages) if total.ages else None,
            "needs": list(total.needs),
        }
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


def score_answer(scored: Scored, catalog: Catalog) -> dict[str, Any]:
    """Needs with the greatest severity and where each came from; what each answer said; what was not understood."""
    needs: dict[str, dict[str, Any]] = {}
    for said in scored.contributions:
        for need in said.needs:
            label = catalog.needs[need].label.en
            found = needs.setdefault(need, {"need": need, "label": label, "severity": said.severity, "from": []})
            found["severity"] = max(found["severity"], said.severity)
            if said.question not in found["from"]:
                found["from"].append(said.question)
    return {
        "needs": [need | {"severity": need["severity"].word} for need in needs.values()],
        "circumstances": list(scored.circumstances),
        "contributions": [
            {
                "question": said.question,
                "answer": said.answer,
                "label": said.label,
                "needs": list(said.needs),
                "severity": said.severity.word if said.needs else None,
                "help_wanted": said.help_wanted,
            }
            for said in scored.contributions
        ],
        "unknown": [
            {"question": item.question, "answer": item.answer, "message": item.message} for item in scored.unknown
        ],
    }
