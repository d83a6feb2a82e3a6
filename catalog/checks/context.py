"""What a check may look at: the catalog, its files with their lines, and what config.yaml expects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from catalog.model import Catalog, Service
from catalog.reading.problems import Grade, Problem
from catalog.reading.yaml_reader import Document


@dataclass(frozen=True, slots=True)
class Expectations:
    """What config.yaml promises of the catalog: at least so many services for each group of needs."""

    services_per_group: Mapping[str, int] = field(default_factory=dict)
    services_at_least: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """All that a check may look at."""

    catalog: Catalog
    documents: Mapping[str, Document]
    expectations: Expectations
    today: date

    def at(self, service: Service, *path: str | int) -> tuple[str, int, str]:
        """Path, line and field name of a part of a service's entry."""
        document = self.documents[service.path]
        entries = document.value.get("services") if isinstance(document.value, dict) else None
        ids = [entry.get("id") if isinstance(entry, dict) else None for entry in entries or []]
        where = ("services", ids.index(service.id), *path)
        return service.path, document.line(*where), ".".join([service.id, *map(str, path)])

    def problem(self, service: Service, path: tuple[str | int, ...], message: str, check: str) -> Problem:
        return Problem(*self.at(service, *path), message, Grade.ERROR, check)

    def warning(self, service: Service, path: tuple[str | int, ...], message: str, check: str) -> Problem:
        return Problem(*self.at(service, *path), message, Grade.WARNING, check)

    def in_shared(self, name: str, path: tuple[str | int, ...], message: str, check: str) -> Problem:
        return Problem(name, self.documents[name].line(*path), ".".join(map(str, path)), message, Grade.ERROR, check)

    @property
    def services(self) -> Iterable[Service]:
        return self.catalog.services.values()


Check = Callable[[Context], Iterator[Problem]]


def texts_of(service: Service) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield ("summary",), service.summary
    yield ("next_step", "text"), service.next_step.text
    if service.description:
        yield ("description",), service.description
    if service.alert:
        yield ("alert",), service.alert
    for index, line in enumerate(service.confirm):
        yield ("confirm", index), line
