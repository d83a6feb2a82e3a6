"""What answers about assessments and their scores hold."""

from __future__ import annotations

from api.fields import AnswerSchema, boolean, by_key, decimal, part, parts, string, strings, whole
from api.v1.responses.service_schemas import LabelSchema
from catalog.model.assessment import HELP_WANTED, RESPONDENTS, SEVERITIES, TEXT_KINDS


class _NamedSchema(AnswerSchema):
    id = string()
    title = part(LabelSchema)
    description = part(LabelSchema)
    text = string("What may be shown of it.", choices=TEXT_KINDS)
    respondent = string(choices=RESPONDENTS)
    credit = string(optional=True)
    terms = string(optional=True)
    notice = string(optional=True)


class AssessmentSummarySchema(_NamedSchema):
    questions = whole("How many questions it has.", optional=True)


class AssessmentsSchema(AnswerSchema):
    """The assessments that are understood."""

    assessments = parts(AssessmentSummarySchema)


class AskIfSchema(AnswerSchema):
    """Ask only after one of these answers to an earlier question."""

    question = string()
    answers = strings()


class AnswerCodeSchema(AnswerSchema):
    """An answer, and what it says."""

    code = string()
    label = part(LabelSchema, optional=True)
    needs = strings(optional=True)
    severity = string(choices=SEVERITIES, optional=True)
    help_wanted = string(choices=HELP_WANTED, optional=True)
    circumstances = strings(optional=True)


class QuestionSchema(AnswerSchema):
    code = string()
    label = part(LabelSchema, optional=True)
    many = boolean("Several answers may be given.", optional=True)
    derived = boolean("Never asked; its answer is sent.", optional=True)
    help_question = string("The question that asks whether help is wanted.", optional=True)
    ages = string("In words.", optional=True)
    ask_if = part(AskIfSchema, optional=True)
    answers = parts(AnswerCodeSchema, optional=True)


class SumSchema(AnswerSchema):
    """A total of points that points to needs."""

    id = string()
    label = part(LabelSchema, optional=True)
    total_code = string("The code under which the total itself may be sent.", optional=True)
    questions = strings(optional=True)
    at_least = decimal(optional=True)
    at_most = decimal(optional=True)
    complete = boolean("It counts only when all its questions are answered.", optional=True)
    ages = string("In words.", optional=True)
    needs = strings()


class InstrumentSchema(AnswerSchema):
    """A tool whose results only are taken."""

    id = string()
    title = part(LabelSchema)
    terms = string()
    sources = strings()


class AssessmentDetailSchema(_NamedSchema):
    """One assessment: its questions and answers, with labels where its terms allow them."""

    questions = parts(QuestionSchema)
    panel = by_key(string(), "`system` and `code` of the whole form.", optional=True)
    sources = strings(optional=True)
    sums = parts(SumSchema, optional=True)
    instruments = parts(InstrumentSchema, optional=True)


class ScoredNeedSchema(AnswerSchema):
    need = string()
    label = string()
    severity = string(choices=SEVERITIES)

    class Meta(AnswerSchema.Meta):
        include = {"from": strings("The questions that it came from.")}


class ContributionSchema(AnswerSchema):
    """What one answer said."""

    question = string()
    answer = string()
    label = string(nullable=True)
    needs = strings()
    severity = string(choices=SEVERITIES, nullable=True)
    help_wanted = string(choices=HELP_WANTED, nullable=True)


class UnknownAnswerSchema(AnswerSchema):
    """An answer that is not understood here. It counts for nothing, and is never guessed."""

    question = string()
    answer = string()
    message = string()


class ScoreAnswerSchema(AnswerSchema):
    """What the answers say."""

    needs = parts(ScoredNeedSchema)
    circumstances = strings()
    contributions = parts(ContributionSchema)

    class Meta(AnswerSchema.Meta):
        include = {"unknown": parts(UnknownAnswerSchema)}
