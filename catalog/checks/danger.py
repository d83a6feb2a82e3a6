"""Checks that whoever is in danger is led to someone who answers."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.checks.context import Context
from catalog.reading.problems import Problem, unknown_value

DANGER = "danger.yaml"


def lines_of_danger_answer(context: Context) -> Iterator[Problem]:
    """Each line to call in danger is a listed service, and each need of a danger is known."""
    catalog = context.catalog
    for index, kind in enumerate(catalog.danger.kinds):
        for number, line in enumerate(kind.lines):
            where = ("kinds", index, "lines", number, "service")
            service = catalog.services.get(line.service_id)
            if service is None:
                message = unknown_value("service", line.service_id, catalog.services)
                yield context.in_shared(DANGER, where, message, "danger")
            elif not service.is_listed:
                yield context.in_shared(DANGER, where, f"“{service.id}” is not listed.", "danger")
        for number, need_id in enumerate(kind.needs):
            if need_id not in catalog.needs:
                message = unknown_value("need", need_id, catalog.needs)
                yield context.in_shared(DANGER, ("kinds", index, "needs", number), message, "danger")


def kinds_of_danger_differ(context: Context) -> Iterator[Problem]:
    """No kind of danger stands there twice."""
    seen: set[str] = set()
    for index, kind in enumerate(context.catalog.danger.kinds):
        if kind.id in seen:
            yield context.in_shared(DANGER, ("kinds", index, "id"), f"“{kind.id}” stands there twice.", "danger")
        seen.add(kind.id)
