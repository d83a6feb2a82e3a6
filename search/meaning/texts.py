"""Which texts of a catalog are encoded: what services say of themselves, what people ask, and what needs are called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalog.model import Catalog, Need, Service

# What the text of a service says about each of its first needs, beside 1.0 for a phrase of a need.
NEEDS_OF_A_SERVICE = (0.35, 0.15)


@dataclass(frozen=True, slots=True)
class ServiceTexts:
    """Texts of S services: `own` (name and summary, English and Spanish) and `asked` (what people say)."""

    own: tuple[tuple[str, ...], ...]
    asked: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, services: Sequence[Service]) -> ServiceTexts:
        return cls(tuple(tuple(_own(service)) for service in services), tuple(map(_asked, services)))


@dataclass(frozen=True, slots=True)
class NeedText:
    """A text that tells of needs: how much for each, by id."""

    text: str
    needs: dict[str, float]


def phrases_of_needs(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """Return the label, phrases and questions of each need (groups left out), by its id."""
    return {need.id: tuple(dict.fromkeys(_phrases(need))) for need in catalog.needs.values() if need.parent is not None}


def need_texts(catalog: Catalog, services: Sequence[Service]) -> list[NeedText]:
    """Return labels, phrases and questions of needs, and the texts of services with their first two needs."""
    texts = [
        NeedText(text, {need_id: 1.0}) for need_id, phrases in phrases_of_needs(catalog).items() for text in phrases
    ]
    for service in services:
        needs = dict(zip((need for need in service.needs if need in catalog.needs), NEEDS_OF_A_SERVICE, strict=False))
        if needs:
            texts += [NeedText(text, needs) for text in (*_own(service), *_asked(service))]
    return texts


def _own(service: Service) -> Iterator[str]:
    yield f"{service.name}. {service.summary}"
    spanish = service.translations.get("es")
    if spanish is not None and spanish.summary:
        yield f"{spanish.name or service.name}. {spanish.summary}"


def _asked(service: Service) -> tuple[str, ...]:
    return (*service.asked_as.en, *service.asked_as.es)


def _phrases(need: Need) -> Iterator[str]:
    yield from (need.label.en, need.label.es)
    yield from (*need.words.en, *need.words.es)
    yield from (*need.questions.en, *need.questions.es)
