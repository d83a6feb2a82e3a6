"""What answers about services, organizations, needs and searches hold."""

from __future__ import annotations

from marshmallow import fields, validate

from api.fields import AnswerSchema, boolean, by_key, decimal, part, parts, string, strings, whole
from catalog.format import LANGUAGES
from catalog.model import Who
from catalog.model.service import COSTS, NEXT_STEP_ACTIONS, PHONE_TYPES, PROTECTIVE_FACTORS, SECTORS, Kind
from matching.eligibility import Verdict

KINDS = tuple(kind.value for kind in Kind)
VERDICTS = tuple(verdict.word for verdict in Verdict)
WHO = tuple(who.value for who in Who)


class NameSchema(AnswerSchema):
    """An id and a name."""

    id = string()
    name = string()


class NextStepSchema(AnswerSchema):
    action = string(choices=NEXT_STEP_ACTIONS)
    text = string("What to do first, in words for families.")


class PhoneSchema(AnswerSchema):
    number = string("As people dial it: 860-837-6200, or a short code such as 211.")
    e164 = string("For dialling by a program. Short codes have none.", optional=True)
    extension = string(optional=True)
    label = string(optional=True)
    type = string(choices=PHONE_TYPES)


class ServiceSummarySchema(AnswerSchema):
    """A service in a list: enough to act on."""

    id = string("Never changes.")
    name = string()
    organization = part(NameSchema)
    sector = string(choices=SECTORS)
    kind = string(choices=KINDS)
    status = string()
    summary = string("What a family gets.")
    needs = strings("Ids of needs, the most important first.")
    next_step = part(NextStepSchema)
    phones = parts(PhoneSchema)
    urls = strings()
    emails = strings()
    assured_date = string("When it was last checked: a year, month or day; null when never.", nullable=True)
    call_first = boolean("Not checked lately, or its sources are doubtful: tell people to call first.")
    alert = string("A doubt or a waiting list. Show it.", optional=True)
    cost = string(choices=COSTS, optional=True)
    languages = strings("Ids of languages spoken there.", optional=True)


class LocationSchema(AnswerSchema):
    name = string(optional=True)
    street = string(optional=True)
    city = string(optional=True)
    state = string(optional=True)
    postal_code = string(optional=True)
    town = string(optional=True)
    point = fields.List(
        fields.Float(),
        validate=validate.Length(equal=2),
        metadata={"description": "Latitude and longitude of the town, not of the door."},
    )


class ScheduleSchema(AnswerSchema):
    byday = string("Such as MO,TU.")
    opens_at = string("Such as 09:30.")
    closes_at = string()
    description = string(optional=True)


# Towns, counties and regions, together.
PLACES = {
    "type": "object",
    "minProperties": 1,
    "properties": {
        name: {"type": "array", "items": {"type": "string"}, "minItems": 1} for name in ("towns", "counties", "regions")
    },
    "additionalProperties": False,
}


class AreaField(fields.Raw):
    """Where people live or a service works: a word, places, or everywhere outside of these."""

    def __init__(self) -> None:
        inside = {"oneOf": [{"type": "string"}, PLACES]}
        outside = {"type": "object", "required": ["outside"], "properties": {"outside": inside}}
        super().__init__(metadata={"oneOf": [{"type": "string"}, PLACES, outside]})


class AgeLimitsSchema(AnswerSchema):
    """Ages served, as written (14y, 2y320d), and in words."""

    under = string("Exclusive.", optional=True)
    through = string("To the last day of this age.", optional=True)
    school_year_of = string("To the end of the school year in which this age is reached.", optional=True)
    apply_from = string("From this age a family can ask ahead.", optional=True)
    who = string(choices=WHO)
    any = boolean("There is no limit.")
    text = string("To show.")

    class Meta(AnswerSchema.Meta):
        include = {"from": string("Inclusive.", optional=True)}


class IncomeLimitsSchema(AnswerSchema):
    any = boolean(optional=True)
    up_to_fpl_percent = decimal(optional=True)
    above_fpl_percent = decimal(optional=True)
    up_to_smi_percent = decimal(optional=True)
    up_to_annual = decimal(optional=True)
    stated = string(optional=True)


class TermsSchema(AnswerSchema):
    """Ids of which any or all must hold."""

    any = strings(optional=True)
    all = strings(optional=True)


class ExclusionSchema(AnswerSchema):
    """Who is not served, even when the rest holds."""

    conditions = strings(optional=True)
    circumstances = strings(optional=True)
    insurance = strings(optional=True)


class AlternativeSchema(AnswerSchema):
    """One way to be eligible: all of it must hold."""

    source = string("The page that states it.")
    residence = AreaField()
    age = part(AgeLimitsSchema, optional=True)
    income = part(IncomeLimitsSchema, optional=True)
    insurance = part(TermsSchema, optional=True)
    conditions = part(TermsSchema, optional=True)
    circumstances = part(TermsSchema, optional=True)
    grade = by_key(string(), "School grades `from` and `through`.", optional=True)

    class Meta(AnswerSchema.Meta):
        include = {"not": part(ExclusionSchema, optional=True)}


class SourceSchema(AnswerSchema):
    url = string()
    note = string(optional=True)


class TranslationSchema(AnswerSchema):
    name = string(optional=True)
    summary = string(optional=True)
    next_step = string(optional=True)
    reviewed = boolean("Whether a translator has read it.")


class ServiceSchema(ServiceSummarySchema):
    """Everything that the catalog says of a service. A field that is not there is not stated."""

    alternate_names = strings(optional=True)
    description = string(optional=True)
    locations = parts(LocationSchema, optional=True)
    confidential = boolean("The place stays hidden.", optional=True)
    hours = string("Opening hours in words.", optional=True)
    schedules = parts(ScheduleSchema, optional=True)
    eligibility = parts(AlternativeSchema, "Ways to be eligible; one is enough.", optional=True)
    service_area = AreaField()
    insurance_accepted = strings(optional=True)
    cost_note = string(optional=True)
    confirm = strings("What only the program can tell.", optional=True)
    required_documents = strings(optional=True)
    delivery = strings(optional=True)
    accessibility = strings(optional=True)
    protective_factors = fields.List(fields.String(validate=validate.OneOf(PROTECTIVE_FACTORS)))
    part_of = strings(optional=True)
    leads_to = strings(optional=True)
    see_also = strings(optional=True)
    former_ids = strings(optional=True)
    sources = parts(SourceSchema, optional=True)
    translations = by_key(part(TranslationSchema), "By language.", optional=True)


class OrganizationSchema(AnswerSchema):
    """One organization and the ids of its services."""

    id = string()
    name = string()
    alternate_names = strings(optional=True)
    website = string(optional=True)
    description = string(optional=True)
    services = strings(optional=True)


class LabelSchema(AnswerSchema):
    """A text in both languages."""

    en = string()
    es = string()


class WordsSchema(AnswerSchema):
    """Everyday words, by language."""

    en = strings()
    es = strings()


class NeedSchema(AnswerSchema):
    id = string()
    parent = string("The id of its group; null for a group.", nullable=True)
    label = part(LabelSchema)
    description = part(LabelSchema)
    words = part(WordsSchema)
    sensitive = boolean("What tells of it belongs in no address and no cache.")
    urgent = boolean("Someone may be in danger.")
    services = whole("How many services meet it.")


class NeedsSchema(AnswerSchema):
    """The taxonomy of needs."""

    version = string("The version of the catalog.")
    needs = parts(NeedSchema)


class SafetySchema(AnswerSchema):
    """Whom to call first when someone may be in danger."""

    text = string("Show it above everything else.")
    services = strings("Ids of hotlines.")


class HighlightSchema(AnswerSchema):
    """The sentence of an entry with the most words of the query. Plain text, never HTML."""

    text = string()
    marks = fields.List(
        fields.List(fields.Integer(), validate=validate.Length(equal=2)),
        required=True,
        metadata={"description": "[start, end] of each word that was found, counted in characters of the text."},
    )
    language = string(choices=LANGUAGES)


class ServiceHitSchema(ServiceSummarySchema):
    """A service that was found, and what this search adds."""

    why = strings("Where the words were found: name, summary, need: food.")
    highlight = part(HighlightSchema, nullable=True)
    verdict = string("Null when nothing is known of the person.", choices=VERDICTS, nullable=True)
    distance_miles = whole("From the town to the nearest place of the service; null when not known.", nullable=True)
    serves_town = boolean("Null when it does not say, is open to all, or no town was given.", nullable=True)


class UnderstoodSchema(AnswerSchema):
    """A filter that was found in the words."""

    filter = string(choices=("town", "age"))
    value = string(nullable=True)
    words = string()


class UsedSchema(AnswerSchema):
    characters = whole()
    words = whole()


class ReadingSchema(AnswerSchema):
    """How the words were read."""

    text = string("As given.")
    words = string("What was looked up.")
    understood_as = parts(UnderstoodSchema)
    corrected_from = string("What was typed, when its spelling was corrected. Show it.", nullable=True)
    needs = strings("Ids of needs that were filtered by or named.")
    shortened = boolean("More was typed than is used.")
    used = part(UsedSchema)
    sensitive = boolean("Keep neither the answer nor its address.")


class FacetCountSchema(AnswerSchema):
    id = string()
    count = whole()
    chosen = boolean()


class RelaxedSchema(AnswerSchema):
    drop = string("The field to leave out; `q` for the words, `all` for every filter.")
    total = whole("How many would be found then.")


class ServiceListSchema(AnswerSchema):
    """One page of the services that were found."""

    total = whole()
    more = whole("How many more there are that are further from the words. `more=yes` brings them.")
    page = whole()
    pages = whole()
    per_page = whole()
    query = part(ReadingSchema)
    items = parts(ServiceHitSchema)
    facets = by_key(parts(FacetCountSchema), "Counts over everything found, by filter.")
    relaxed = parts(RelaxedSchema, "What to leave out when nothing is found; else empty.")
    safety = part(SafetySchema, nullable=True)


class SuggestionSchema(AnswerSchema):
    type = string(choices=("service", "need", "town"))
    id = string()
    label = string()
    sensitive = boolean("Look it up with POST.")


class SuggestionsSchema(AnswerSchema):
    """What to look for, the likeliest first."""

    suggestions = parts(SuggestionSchema)
