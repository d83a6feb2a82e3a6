"""Which texts of a service stand in which field of the index, in English and Spanish."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from catalog.model import Catalog, Need, Service, Term
from catalog.places import Area

LANGUAGES = ("en", "es")
FIELDS = ("name", "alternate_names", "organization", "needs", "summary", "details", "places")

# A field of the index is one of FIELDS in one language: its name, and both of these.
INDEX_FIELDS = {f"{name}_{language}": (name, language) for language in LANGUAGES for name in FIELDS}


class Part(NamedTuple):
    """A piece of the text of a field. `shared` pieces stand in many entries, word for word."""

    field: str
    text: str
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a catalog. Those of needs, terms and organizations are put together once."""

    catalog: Catalog
    needs: Mapping[tuple[str, str], str]
    terms: Mapping[tuple[str, str], str]
    organizations: Mapping[str, str]

    @classmethod
    def of(cls, catalog: Catalog) -> Texts:
        vocabulary = catalog.vocabulary
        terms = {**vocabulary.conditions, **vocabulary.circumstances}
        return cls(
            catalog,
            {(one.id, language): _need_text(one, language) for one in catalog.needs.values() for language in LANGUAGES},
            {(one.id, language): _term_text(one, language) for one in terms.values() for language in LANGUAGES},
            {one.id: " ".join((one.name, *one.alternate_names)) for one in catalog.organizations.values()},
        )

    def parts(self, service: Service) -> Iterator[Part]:
        """All texts by which a service can be found; those of one field together make up the field."""
        yield Part("name_en", service.name)
        yield Part("alternate_names_en", " ".join(service.alternate_names))
        yield Part("summary_en", service.summary)
        yield Part("details_en", " ".join((service.description or "", service.next_step.text, *service.confirm)))
        spanish = service.translations.get("es")
        if spanish is not None:
            yield Part("name_es", spanish.name or "")
            yield Part("summary_es", spanish.summary or "")
        yield Part("organization_en", self.organizations[service.organization_id], shared=True)
        for language in LANGUAGES:
            for term in _terms(service):
                yield Part(f"details_{language}", self.terms[term, language], shared=True)
            for need in service.needs:
                if need in self.catalog.needs:
                    yield Part(f"needs_{language}", self.needs[need, language], shared=True)
        for place in self._places(service):
            yield Part("places_en", place, shared=True)

    def _places(self, service: Service) -> Iterator[str]:
        areas = [alternative.residence for alternative in service.eligibility] + [service.service_area]
        for area in areas:
            if area is not None and not area.outside:
                yield from self._names_of(area)
        yield from (location.city for location in service.locations)

    def _names_of(self, area: Area) -> Iterator[str]:
        yield " ".join((*area.towns, *area.counties))
        yield from (self.catalog.places.regions[region].label for region in area.regions)


def _terms(service: Service) -> Iterator[str]:
    for alternative in service.eligibility:
        for terms in (alternative.conditions, alternative.circumstances):
            if terms is not None:
                yield from terms.ids


def _need_text(need: Need, language: str) -> str:
    words = need.words.es if language == "es" else need.words.en
    return " ".join((need.label.in_language(language), need.description.in_language(language), *words))


def _term_text(term: Term, language: str) -> str:
    words = term.words.es if language == "es" else term.words.en
    return " ".join((term.label.in_language(language), *words))
