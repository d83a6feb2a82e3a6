"""Checks of screening instruments and codes: what they name is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from catalog.checks.context import Context
from catalog.reading.problems import Problem, unknown_value


def assessments_name_known_things(context: Context) -> Iterator[Problem]:
    """Answers and sums of assessments, and codes, point to needs, facts and questions that there are."""
    catalog = context.catalog
    facts = {**catalog.vocabulary.conditions, **catalog.vocabulary.circumstances}
    for assessment in catalog.assessments.values():
        name = f"assessments/{assessment.id}.yaml"
        for index, question in enumerate(assessment.questions):
            place: tuple[str | int, ...] = ("questions", index)
            named = [question.help_question, question.ask_if.question if question.ask_if else None]
            for other in named:
                if other is not None and other not in assessment.by_code:
                    yield context.in_shared(
                        name, place, unknown_value("question", other, assessment.by_code), "assessments"
                    )
            for number, answer in enumerate(question.answers):
                where = (*place, "answers", number)
                yield from _unknown_in(context, name, (*where, "needs"), answer.needs, catalog.needs)
                yield from _unknown_in(context, name, (*where, "circumstances"), answer.circumstances, facts)
        for index, total in enumerate(assessment.sums):
            yield from _unknown_in(context, name, ("sums", index, "needs"), total.needs, catalog.needs)
            yield from _unknown_in(context, name, ("sums", index, "questions"), total.questions, assessment.by_code)
    for index, entry in enumerate(catalog.crosswalk.entries):
        yield from _unknown_in(context, "crosswalk.yaml", ("codes", index, "need"), (entry.need,), catalog.needs)


def _unknown_in(
    context: Context, name: str, where: tuple[str | int, ...], values: Iterable[str], known: Mapping[str, object]
) -> Iterator[Problem]:
    for value in values:
        if value not in known:
            yield context.in_shared(name, where, unknown_value(str(where[-1]), value, known), "assessments")
