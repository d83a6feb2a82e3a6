"""Checks that nothing was lost: what config.yaml expects, and needs that no service meets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from catalog.checks.context import Context
from catalog.reading.problems import Grade, Problem, unknown_value


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
