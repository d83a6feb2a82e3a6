"""What answers of the matcher hold, and those of the pathway."""

from __future__ import annotations

from api.fields import AnswerSchema, boolean, by_key, day, decimal, part, parts, string, strings, whole
from api.v1.responses.service_schemas import VERDICTS, WHO, NameSchema, SafetySchema, ServiceSummarySchema
from catalog.model.assessment import SEVERITIES
from matching.eligibility import Status

STATUSES = tuple(status.word for status in Status)


class CatalogVersionSchema(AnswerSchema):
    version = string()
    services = whole("How many the catalog has.")


class NeedFoundSchema(AnswerSchema):
    """A wanted need, and how many services were found for it."""

    need = string()
    label = string()
    severity = string(choices=SEVERITIES)
    who = string(choices=WHO)
    eligible = whole()
    uncertain = whole()

    class Meta(AnswerSchema.Meta):
        include = {"from": strings("The questions, code systems or words that it came from.")}


class ReasonSchema(AnswerSchema):
    """One criterion of a verdict."""

    criterion = string()
    status = string(choices=STATUSES)
    text = string("To show.")
    source = string("The page that states the rule; null where nothing is stated.", nullable=True)


class MatchDetailSchema(AnswerSchema):
    """A service for this person, with the reason for each criterion."""

    service = part(ServiceSummarySchema)
    verdict = string(choices=VERDICTS)
    needs_met = strings()
    score = decimal()
    score_parts = by_key(decimal())
    reasons = parts(ReasonSchema)
    missing = strings("Facts that would settle an uncertain verdict.")
    to_confirm = strings("What only the program can tell. Show it.")
    opens_on = day(nullable=True)
    ends_on = day(nullable=True)


class NextQuestionSchema(AnswerSchema):
    """A fact worth asking."""

    fact = string()
    text = string("To show.")
    settles = whole("How many uncertain matches wait for it.")


class UpcomingSchema(AnswerSchema):
    """A birthday within a year that changes something."""

    service = part(NameSchema)
    change = string(choices=("opens", "ends"))
    on = day()
    when = string()
    why = string()
    leads_to = strings()


class NearestSchema(AnswerSchema):
    service = part(ServiceSummarySchema)
    relaxed = string("What would have to be different.")


class UnmetNeedSchema(AnswerSchema):
    """A need without a service that may fit."""

    need = string()
    label = string()
    nearest = parts(NearestSchema)


class UnknownSchema(AnswerSchema):
    """Something in the request that is not understood here. It counts for nothing, and is never guessed."""

    field = string("Its path in the request.")
    question = string(optional=True)
    answer = string(optional=True)
    system = string(optional=True)
    code = string(optional=True)
    words = string(optional=True)
    message = string()


class PersonAnswerSchema(AnswerSchema):
    """What was found for one person."""

    id = string("As given.", optional=True)
    total = whole("Services that meet a wanted need and fit or may fit, also beyond the limit.")
    needs = parts(NeedFoundSchema)
    matches = parts(MatchDetailSchema, "The best first.")
    questions = parts(NextQuestionSchema)
    upcoming = parts(UpcomingSchema)
    unmet_needs = parts(UnmetNeedSchema)
    safety = part(SafetySchema, nullable=True)

    class Meta(AnswerSchema.Meta):
        include = {"unknown": parts(UnknownSchema)}


class MatchAnswerSchema(AnswerSchema):
    """For one person the fields of a person's answer; for several a list `people` of them."""

    on = day()
    catalog = part(CatalogVersionSchema)
    people = parts(PersonAnswerSchema, optional=True)
    total = whole("Services that meet a wanted need and fit or may fit, also beyond the limit.", optional=True)
    id = string("As given.", optional=True)
    needs = parts(NeedFoundSchema, optional=True)
    matches = parts(MatchDetailSchema, "The best first.", optional=True)
    questions = parts(NextQuestionSchema, optional=True)
    upcoming = parts(UpcomingSchema, optional=True)
    unmet_needs = parts(UnmetNeedSchema, optional=True)
    safety = part(SafetySchema, optional=True, nullable=True)

    class Meta(AnswerSchema.Meta):
        include = {"unknown": parts(UnknownSchema, optional=True)}


class ExplanationSchema(AnswerSchema):
    """Why one service fits or does not."""

    on = day()
    match = part(MatchDetailSchema)

    class Meta(AnswerSchema.Meta):
        include = {"unknown": parts(UnknownSchema)}


class StepServiceSchema(NameSchema):
    needs = strings()


class PathwayStepSchema(AnswerSchema):
    """A span of ages in which a service is open."""

    service = part(StepServiceSchema)
    begins_on = day()
    ends_on = day("The first day without it.", nullable=True)
    begins_at = string("The age in words.")
    ends_at = string(nullable=True)
    now = boolean()
    leads_to = strings()


class PathwaySchema(AnswerSchema):
    """Which programs begin and end when, in the order in which they begin."""

    birth_date = day()
    steps = parts(PathwayStepSchema)
