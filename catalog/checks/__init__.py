"""What must hold over the whole catalog. `CHECKS` is a plain list; each check yields problems, errors or warnings.

Rules on one value stand in `catalog.reading`; here are those that need other files, the day, or the
expectations of config.yaml.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from catalog.checks.context import Check, Context, Expectations
from catalog.checks.front_doors import (
    every_age_has_a_front_door,
    front_doors_are_known,
    questions_lead_to_one_need,
    stated_terms_are_known,
    translations_are_complete,
)
from catalog.model import Alternative, Kind, Service, Term
from catalog.places import Area, UnknownPlace, fold
from catalog.readability import grade
from catalog.reading.problems import Grade, Problem, unknown_value

STALE_DAYS = 365
STALE_DAYS_HOTLINE = 90
HARDEST_GRADE = 8.0
SAME_SERVICE_SCORE = 93


def ids_are_unique(context: Context) -> Iterator[Problem]:
    """Needs, vocabulary, towns and regions: an id stands once. Services: no id is another's former id."""
    yield from _repeated(context, "needs.yaml", "needs")
    yield from _repeated(context, "places.yaml", "towns", "name")
    yield from _repeated(context, "places.yaml", "regions")
    for kind in ("conditions", "circumstances", "insurance", "languages", "delivery"):
        yield from _repeated(context, "vocabulary.yaml", kind)
    taken: dict[str, str] = {service.id: service.id for service in context.services}
    for service in context.services:
        for index, former in enumerate(service.former_ids):
            if former in taken:
                message = f"“{former}” is already an id or former id of {taken[former]}."
                yield context.problem(service, ("former_ids", index), message, "unique-ids")
            taken[former] = service.id


def _repeated(context: Context, name: str, kind: str, key: str = "id") -> Iterator[Problem]:
    value = context.documents[name].value
    items = value.get(kind) if isinstance(value, dict) else None
    seen: set[str] = set()
    for index, item in enumerate(items if isinstance(items, list) else []):
        item_id = item.get(key) if isinstance(item, dict) else None
        if isinstance(item_id, str):
            if item_id in seen:
                yield context.in_shared(name, (kind, index, key), f"“{item_id}” is there twice.", "unique-ids")
            seen.add(item_id)


def taxonomy_has_two_levels(context: Context) -> Iterator[Problem]:
    """A need's parent is a group, and a group has no parent."""
    needs = context.catalog.needs
    for index, need in enumerate(needs.values()):
        if need.parent is None:
            continue
        parent = needs.get(need.parent)
        if parent is None or parent.parent is not None:
            groups = [item.id for item in needs.values() if item.parent is None]
            message = unknown_value("group", need.parent, groups)
            yield context.in_shared("needs.yaml", ("needs", index, "parent"), message, "taxonomy")


def everyday_words_are_enough(context: Context) -> Iterator[Problem]:
    """Each need has at least 8 everyday words in each language, and no phrase leads to two needs."""
    owner: dict[str, str] = {}
    for index, need in enumerate(context.catalog.needs.values()):
        if need.parent is None:
            continue
        for language, words in (("en", need.words.en), ("es", need.words.es)):
            place = ("needs", index, "words", language)
            if len(words) < 8:
                message = f"{need.id} has {len(words)} everyday words; give at least 8."
                yield context.in_shared("needs.yaml", place, message, "everyday-words")
            for number, word in enumerate(words):
                key = f"{language} {fold(word)}"
                if owner.setdefault(key, need.id) != need.id:
                    message = f"“{word}” also leads to {owner[key]}; keep it under one need."
                    yield context.in_shared("needs.yaml", (*place, number), message, "everyday-words")


def vocabulary_parents_are_known(context: Context) -> Iterator[Problem]:
    """A broader term is one of the same list, and no term is broader than itself."""
    for kind, terms in _vocabularies(context).items():
        for index, term in enumerate(terms.values()):
            for number, parent in enumerate(term.parents):
                where = (kind, index, "parents", number)
                if parent not in terms:
                    yield context.in_shared("vocabulary.yaml", where, unknown_value(kind, parent, terms), "vocabulary")
                elif term.id in _broader(parent, terms):
                    message = f"{term.id} and {parent} are each broader than the other."
                    yield context.in_shared("vocabulary.yaml", where, message, "vocabulary")


def _broader(term_id: str, terms: Mapping[str, Term]) -> set[str]:
    found: set[str] = set()
    waiting = [term_id]
    while waiting:
        current = waiting.pop()
        if current not in found and current in terms:
            found.add(current)
            waiting.extend(terms[current].parents)
    return found


def _vocabularies(context: Context) -> dict[str, Mapping[str, Term]]:
    vocabulary = context.catalog.vocabulary
    return {
        "conditions": vocabulary.conditions,
        "circumstances": vocabulary.circumstances,
        "insurance": vocabulary.insurance,
        "languages": vocabulary.languages,
        "delivery": vocabulary.delivery,
    }


def needs_are_known(context: Context) -> Iterator[Problem]:
    """A service is filed under needs (the second level), each of which is in needs.yaml."""
    leaves = [need.id for need in context.catalog.needs.values() if need.parent is not None]
    for service in context.services:
        for index, need in enumerate(service.needs):
            if need not in leaves:
                yield context.problem(service, ("needs", index), unknown_value("need", need, leaves), "known-needs")


def terms_are_known(context: Context) -> Iterator[Problem]:
    """Conditions, circumstances, insurance kinds, languages and delivery ways are in vocabulary.yaml."""
    known = _vocabularies(context)
    for service in context.services:
        for kind, path, value in _used_terms(service):
            if value not in known[kind]:
                message = unknown_value(kind.removesuffix("s"), value, known[kind])
                yield context.problem(service, path, message, "known-terms")


def _used_terms(service: Service) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    for kind, field_name, values in (
        ("languages", "languages", service.languages),
        ("delivery", "delivery", service.delivery),
        ("insurance", "insurance_accepted", service.insurance_accepted),
    ):
        for index, value in enumerate(values):
            yield kind, (field_name, index), value
    for number, alternative in enumerate(service.eligibility):
        yield from _terms_of_alternative(number, alternative)


def _terms_of_alternative(number: int, alternative: Alternative) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    for kind in ("conditions", "circumstances", "insurance"):
        terms = getattr(alternative, kind)
        for value in terms.ids if terms is not None else ():
            yield kind, ("eligibility", number, kind), value
        for value in getattr(alternative.exclusion, kind, ()):
            yield kind, ("eligibility", number, "not", kind), value


def places_are_known(context: Context) -> Iterator[Problem]:
    """Towns, counties and regions are in places.yaml."""
    for service in context.services:
        if service.service_area is not None:
            yield from _unknown_places(context, service, ("service_area",), service.service_area)
        for number, alternative in enumerate(service.eligibility):
            if alternative.residence is not None:
                where = ("eligibility", number, "residence")
                yield from _unknown_places(context, service, where, alternative.residence)


def _unknown_places(context: Context, service: Service, where: tuple[str | int, ...], area: Area) -> Iterator[Problem]:
    places = context.catalog.places
    for kind, field_name, values, allowed in (
        ("town", "towns", area.towns, places.towns),
        ("county", "counties", area.counties, places.counties),
        ("region", "regions", area.regions, places.regions),
    ):
        for index, value in enumerate(values):
            if value not in allowed:
                message = unknown_value(kind, value, allowed)
                yield context.problem(service, (*where, field_name, index), message, "known-places")


def places_file_is_sound(context: Context) -> Iterator[Problem]:
    """Regions name known towns and counties, and ZIP codes of post offices known towns."""
    places = context.catalog.places
    for index, region in enumerate(places.regions.values()):
        for field_name, values, allowed in (
            ("towns", region.towns, places.towns),
            ("within", region.within, places.counties),
        ):
            for value in values:
                if value not in allowed:
                    message = unknown_value(field_name, value, allowed)
                    yield context.in_shared("places.yaml", ("regions", index, field_name), message, "known-places")
    for index, town in enumerate(places.zip_places.values()):
        if town not in places.towns:
            message = unknown_value("town", town, places.towns)
            yield context.in_shared("places.yaml", ("zip_places", index, "town"), message, "known-places")


def locations_are_in_known_towns(context: Context) -> Iterator[Problem]:
    """A Connecticut address names one of the 169 towns, or a village of one."""
    for service in context.services:
        for index, location in enumerate(service.locations):
            if location.state == "CT" and location.town is None:
                try:
                    context.catalog.places.town(location.city)
                except UnknownPlace as error:
                    near = f" Did you mean {' or '.join(error.near)}?" if error.near else ""
                    message = f"no town or village in places.yaml is called “{location.city}”.{near}"
                    yield context.problem(service, ("locations", index, "city"), message, "known-places")


def relations_are_known(context: Context) -> Iterator[Problem]:
    """part_of, leads_to and see_also name other services that are listed."""
    services = context.catalog.services
    for service in context.services:
        for field_name in ("part_of", "leads_to", "see_also"):
            for index, other in enumerate(getattr(service, field_name)):
                if other == service.id:
                    message = "a service cannot be related to itself."
                    yield context.problem(service, (field_name, index), message, "known-services")
                elif other not in services:
                    now = context.catalog.resolve(other)
                    message = f"“{other}” is now {now.id}." if now else unknown_value("service", other, services)
                    yield context.problem(service, (field_name, index), message, "known-services")


# Steps that need nothing from the entry: everyone can reach their school, doctor, caseworker and 211.
_STEPS_WITHOUT_CONTACT = frozenset(("dial-211", "ask-school", "ask-doctor", "ask-caseworker"))


def a_person_can_act(context: Context) -> Iterator[Problem]:
    """There is a phone, a page, an e-mail or an address; where there is none, the next step is one that needs none."""
    for service in context.services:
        reachable = service.phones or service.urls or service.emails or service.locations
        if not reachable and service.next_step.action not in _STEPS_WITHOUT_CONTACT:
            message = "nobody can reach this: give a phone, page, e-mail or address, or make the next step dial-211."
            yield context.problem(service, ("next_step",), message, "can-act")
        if service.next_step.action == "call" and not service.phones:
            message = "says to call, but there is no phone."
            yield context.problem(service, ("next_step", "action"), message, "can-act")
        if service.next_step.action == "email" and not service.emails:
            message = "says to e-mail, but there is no e-mail address."
            yield context.problem(service, ("next_step", "action"), message, "can-act")
        if service.next_step.action in ("website", "apply-online", "read") and not service.urls:
            message = f"says “{service.next_step.action}”, but there is no page to go to."
            yield context.problem(service, ("next_step", "action"), message, "can-act")


def phones_stand_in_one_place(context: Context) -> Iterator[Problem]:
    """Numbers and addresses stay out of texts, where they would grow old unseen. Short codes (211) may be named."""
    for service in context.services:
        for path, text in _texts(service):
            if re.search(r"\d{3}[-. ]\d{4}|https?://|www\.", text):
                message = "move phone numbers and web addresses to “phones” and “urls”."
                yield context.problem(service, path, message, "texts-without-numbers")


def _texts(service: Service) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield ("summary",), service.summary
    yield ("next_step", "text"), service.next_step.text
    if service.description:
        yield ("description",), service.description
    if service.alert:
        yield ("alert",), service.alert
    for index, line in enumerate(service.confirm):
        yield ("confirm", index), line


def every_service_has_a_source(context: Context) -> Iterator[Problem]:
    """A service has a source, and each eligibility rule rests on one of its sources or pages."""
    for service in context.services:
        if not service.sources:
            yield context.problem(service, ("sources",), "give at least one source.", "sources")
        known = {source.url for source in service.sources} | set(service.urls)
        for number, alternative in enumerate(service.eligibility):
            if alternative.source not in known:
                message = "is not among the “sources” of this service; add it there."
                yield context.problem(service, ("eligibility", number, "source"), message, "sources")


def confidential_places_stay_hidden(context: Context) -> Iterator[Problem]:
    """A confidential service (a domestic violence shelter) shows no street and gives no directions."""
    for service in context.services:
        if not service.confidential:
            continue
        for index, location in enumerate(service.locations):
            if location.street:
                message = "this service is confidential: leave the street out."
                yield context.problem(service, ("locations", index, "street"), message, "confidential")
        for path, text in _texts(service):
            if re.search(r"\b\d{1,5} [A-Z][a-z]+ (Street|St|Avenue|Ave|Road|Rd|Lane|Drive|Court|Boulevard)\b", text):
                message = "this service is confidential: leave the street out of the text."
                yield context.problem(service, path, message, "confidential")


_SHELTER = re.compile(r"\b(shelter|safe house|safe home)s?\b", re.IGNORECASE)
_VIOLENCE = frozenset(("domestic-violence", "sexual-assault", "human-trafficking"))


def shelters_from_violence_are_confidential(context: Context) -> Iterator[Problem]:
    """A service about violence that speaks of a shelter shows no street: say that it is confidential."""
    for service in context.services:
        about_violence = _VIOLENCE.intersection(service.needs)
        has_street = any(location.street for location in service.locations)
        if about_violence and has_street and not service.confidential and _SHELTER.search(service.summary):
            message = "speaks of a shelter and shows a street: add “confidential: true”, or leave the street out."
            yield context.problem(service, ("locations",), message, "confidential")


def coverage_is_as_expected(context: Context) -> Iterator[Problem]:
    """Each group of needs has at least the services that config.yaml expects."""
    catalog = context.catalog
    counts: Counter[str] = Counter()
    for service in context.services:
        counts.update({catalog.needs[need].parent or need for need in service.needs if need in catalog.needs})
    for group, least in context.expectations.services_per_group.items():
        if group not in catalog.needs:
            message = unknown_value("group of needs", group, [n.id for n in catalog.needs.values() if not n.parent])
            yield Problem("config.yaml", 1, f"expected.services_per_group.{group}", message, check="coverage")
        elif counts[group] < least:
            message = f"“{group}” has {counts[group]} services, and config.yaml expects {least}. Was one lost?"
            yield Problem("config.yaml", 1, f"expected.services_per_group.{group}", message, check="coverage")
    total, least = len(catalog.services), context.expectations.services_at_least
    if total < least:
        message = f"the catalog has {total} services, and config.yaml expects {least}. Was a file lost?"
        yield Problem("config.yaml", 1, "expected.services_at_least", message, check="coverage")


def needs_are_served(context: Context) -> Iterator[Problem]:
    """A need without a service is a gap to know of."""
    used = {need for service in context.services for need in service.needs}
    for index, need in enumerate(context.catalog.needs.values()):
        if need.parent is not None and need.id not in used:
            problem = context.in_shared("needs.yaml", ("needs", index), f"no service for “{need.id}” yet.", "gap")
            yield Problem(problem.path, problem.line, problem.field, problem.message, Grade.WARNING, "gap")


def dates_are_not_in_the_future(context: Context) -> Iterator[Problem]:
    """Nothing was checked tomorrow."""
    for service in context.services:
        if service.assured_date and service.assured_date.earliest > context.today:
            message = f"{service.assured_date.text} is in the future."
            yield context.problem(service, ("assured_date",), message, "dates")


def is_stale(service: Service, today: date) -> bool:
    """Whether a service was last assured over 365 days ago (hotlines: 90), or never.

    A date known to the year or month counts from its first day, so that nothing passes for fresher than it is.
    """
    if service.assured_date is None:
        return True
    days = STALE_DAYS_HOTLINE if service.kind is Kind.HOTLINE else STALE_DAYS
    return service.assured_date.earliest + timedelta(days=days) < today


def is_call_first(service: Service, today: date) -> bool:
    """Whether families should call before they rely on it: doubtful sources, or not checked lately."""
    return service.confidence == "low" or is_stale(service, today)


def facts_are_fresh(context: Context) -> Iterator[Problem]:
    for service in context.services:
        if is_stale(service, context.today):
            when = f"last assured {service.assured_date.text}" if service.assured_date else "never assured"
            message = f"{when}; check it against its sources and set “assured_date”."
            yield context.warning(service, ("assured_date",), message, "stale")


def texts_are_plain(context: Context) -> Iterator[Problem]:
    """Summaries and next steps read at grade 8 or below."""
    for service in context.services:
        for path, text in ((("summary",), service.summary), (("next_step", "text"), service.next_step.text)):
            level = grade(text)
            if level > HARDEST_GRADE:
                message = f"reads at grade {level:.1f}; use shorter words and sentences (8 at most)."
                yield context.warning(service, path, message, "reading-level")


_PERISHABLE = re.compile(
    r"\b(planned|plans to|will open|opening soon|coming soon|new this year|recently opened)\b"
    r"|\b\d+ (sites|locations|offices|towns|centers|programs|clinics|schools|branches)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(19|20)\d\d\b")


def texts_do_not_perish(context: Context) -> Iterator[Problem]:
    """Summaries carry no counts, plans or years: they are wrong soon after they are written."""
    for service in context.services:
        found = _PERISHABLE.search(service.summary) or _YEAR.search(service.summary)
        if found:
            message = f"“{found[0]}” will not stay true; leave counts, plans and years out of summaries."
            yield context.warning(service, ("summary",), message, "perishable")


_UNFIT_HOSTS = re.compile(
    r"(^|\.)(archive\.org|constantcontact\.com|qgiv\.com|givebutter\.com|gofundme\.com|eventbrite\.com|yahoo\.com"
    r"|patch\.com|facebook\.com|issuu\.com|docslib\.org|github\.com|amazon\.com|etsy\.com|shopify\.com|medium\.com"
    r"|courant\.com|ctpost\.com|nhregister\.com|ctmirror\.org|theday\.com|newstimes\.com|wikipedia\.org"
    r"|prnewswire\.com|businesswire\.com|guidestar\.org|propublica\.org|tvisdata\.hrsa\.gov)$"
    r"|(^|[.-])(stage|staging|uat|preview|dev|test|mirror|authoring-[a-z]+)([.-]|$)"
    r"|(news|shop|store|grants?|observer|times|courier|gazette|tribune|herald|journal|patch)\.(com|org|net)$",
    re.IGNORECASE,
)


def pages_are_the_programs_own(context: Context) -> Iterator[Problem]:
    """What families see as the website is no news story, mirror, shop, grant record or staging host."""
    for service in context.services:
        for index, url in enumerate(service.urls):
            host = urlsplit(url).hostname or ""
            if _UNFIT_HOSTS.search(host):
                message = f"{host} looks like a news, mirror, shop, grant or staging host; keep it under “sources”."
                yield context.warning(service, ("urls", index), message, "website")


def services_are_not_repeated(context: Context) -> Iterator[Problem]:
    """Two services of nearly one name in one place may be one; relate them, or merge them."""
    by_word: dict[str, list[Service]] = defaultdict(list)
    for service in context.services:
        # Twins share their most telling word; comparing only within a word keeps this far below all pairs.
        for word in set(fold(service.name).split()):
            if len(word) > 4:
                by_word[word].append(service)
    seen: set[tuple[str, str]] = set()
    for services in by_word.values():
        for number, one in enumerate(services if len(services) <= 40 else []):
            for other in services[number + 1 :]:
                pair = (one.id, other.id)
                if pair not in seen and not _related(one, other) and _alike(one, other):
                    message = f"looks like {one.name} ({one.id}); merge them, or relate them with “see_also”."
                    yield context.warning(other, ("name",), message, "near-duplicate")
                seen.add(pair)


def _related(one: Service, other: Service) -> bool:
    linked = {*one.part_of, *one.see_also, *one.leads_to}
    return other.id in linked or one.id in {*other.part_of, *other.see_also, *other.leads_to}


def _alike(one: Service, other: Service) -> bool:
    return fuzz.ratio(fold(one.name), fold(other.name)) >= SAME_SERVICE_SCORE


def addresses_are_not_repeated(context: Context) -> Iterator[Problem]:
    """One service lists an address once."""
    for service in context.services:
        seen: set[tuple[str, str]] = set()
        for index, location in enumerate(service.locations):
            key = (fold(location.street or ""), fold(location.city))
            if key in seen:
                message = "this address is listed twice."
                yield context.warning(service, ("locations", index), message, "repeated-address")
            seen.add(key)


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


__all__ = ["CHECKS", "Check", "Context", "Expectations"]

CHECKS: list[Check] = [
    ids_are_unique,
    taxonomy_has_two_levels,
    everyday_words_are_enough,
    vocabulary_parents_are_known,
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
]
