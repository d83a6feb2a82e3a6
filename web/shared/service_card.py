"""What a page says of a service in its language, with English where there is no Spanish yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from catalog.format import say
from catalog.freshness import is_call_first
from catalog.model import Catalog, Label, Need, Organization, Service, Who
from matching.narration import ages_text
from web.shared.privacy import service_key

OTHERS = Label("people who qualify in another way", "personas que califican de otra forma")

# More than the services of a catalog in both languages.
MAX_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Line:
    """A text and the language that it is in, for its `lang` attribute."""

    text: str
    lang: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """A service as a page shows it.

    `official_name` is its English name where the page shows another: people need it on the telephone. `key` stands for
    it in addresses. `unreviewed` says that the translation has not been read by a qualified translator. `rendered` has
    parts of pages that are the same for whoever asks (see web.shared.fragments).
    """

    service: Service
    organization: Organization
    key: str
    name: Line
    official_name: str | None
    summary: Line
    next_step: Line
    ages: tuple[str, ...]
    call_first: bool
    unreviewed: bool
    alert: Line | None = None
    hours: Line | None = None
    cost_note: Line | None = None
    confirm: tuple[Line, ...] = ()
    required_documents: tuple[Line, ...] = ()
    rendered: dict[tuple[object, ...], str] = field(default_factory=dict, compare=False, repr=False)


def card_of(service: Service, catalog: Catalog, language: str, today: date) -> ServiceCard:
    """`today` is the day in Connecticut, from which the age of the last check is reckoned.

    The same value is given again on the same day.
    """
    key = catalog.version, service.id, language
    kept = _COPIES.get(key)
    # Two catalogs of one version can differ in a test, so what is shown must be the same, too.
    organization = catalog.organizations[service.organization_id]
    if kept is None or kept[0] != today or kept[1].service is not service or kept[1].organization is not organization:
        if len(_COPIES) >= MAX_KEPT:
            _COPIES.clear()
        kept = _COPIES[key] = today, _copy(service, catalog, language, today)
    return kept[1]


_COPIES: dict[tuple[str, str, str], tuple[date, ServiceCard]] = {}


def _copy(service: Service, catalog: Catalog, language: str, today: date) -> ServiceCard:
    spanish = service.translations.get("es") if language == "es" else None
    name = _line(spanish.name if spanish else None, service.name)
    return ServiceCard(
        service=service,
        organization=catalog.organizations[service.organization_id],
        key=service_key(service, catalog),
        name=name,
        official_name=service.name if name.text != service.name else None,
        summary=_line(spanish.summary if spanish else None, service.summary),
        next_step=_line(spanish.next_step if spanish else None, service.next_step.text),
        ages=_ages(service, language),
        call_first=is_call_first(service, today),
        unreviewed=spanish is not None and not spanish.reviewed,
        alert=_optional_line(spanish.alert if spanish else None, service.alert),
        hours=_optional_line(spanish.hours if spanish else None, service.hours),
        cost_note=_optional_line(spanish.cost_note if spanish else None, service.cost_note),
        confirm=_lines(spanish.confirm if spanish else (), service.confirm),
        required_documents=_lines(spanish.required_documents if spanish else (), service.required_documents),
    )


def _ages(service: Service, language: str) -> tuple[str, ...]:
    """The ages of each way to be eligible. Where a way states none, the ages of others are not all that there is: and
    nothing is said of the age of a caregiver or of someone in the household.
    """
    rules = [way.age for way in service.eligibility]
    stated = [rule for rule in rules if rule is not None and (None not in rules or rule.who is Who.CHILD)]
    ages = tuple(dict.fromkeys(ages_text(rule, language) for rule in stated))
    return (*ages, say(OTHERS, language)) if ages and None in rules else ages


def _line(spanish: str | None, english: str) -> Line:
    return Line(spanish, "es") if spanish else Line(english, "en")


def _optional_line(spanish: str | None, english: str | None) -> Line | None:
    return None if english is None else _line(spanish, english)


def _lines(spanish: tuple[str, ...], english: tuple[str, ...]) -> tuple[Line, ...]:
    """Return each text in Spanish where all have one (the catalog's checks hold them to the same number)."""
    texts = spanish if len(spanish) == len(english) else english
    return tuple(Line(text, "en" if texts is english else "es") for text in texts)


def need_label(need: Need, language: str) -> str:
    return need.label.in_language(language)
