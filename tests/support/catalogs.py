"""Directories made of a few services for one test, over the small catalog's needs, towns and words."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from catalog.ages import Duration
from catalog.model import AgeRule, Alternative, Catalog, Kind, NextStep, Service, Source, Translation
from catalog.places import Area, Places, Town
from catalog.reading.loader import load_catalog
from directory import Directory, SearchResults, ServiceQuery
from search.index.postings import Postings
from search.index.whoosh_index import open_index
from settings import load_settings
from tests.support.dates import TODAY
from tests.support.small_catalog import SmallCatalog

UNION = Town("Union", "Tolland County", "Northeastern Connecticut Planning Region", ("06076",), (), (41.99, -72.16))

# Makes a directory of the services that it is given.
Make = Callable[..., Directory]


def service(
    service_id: str,
    name: str = "A place",
    summary: str = "",
    *,
    spanish: str = "",
    ages: tuple[int, int] | None = None,
    towns: tuple[str, ...] = (),
    needs: tuple[str, ...] = (),
    **more: Any,
) -> Service:
    """A service that says only what the test needs. `ages` are years, the last exclusive; `towns` of residence."""
    age = AgeRule(start=Duration(ages[0]), under=Duration(ages[1])) if ages else None
    residence = Area(towns=towns) if towns else None
    rule = Alternative("https://example.org", age=age, residence=residence)
    return Service(
        id=service_id,
        organization_id="food-bank",
        sector="community",
        kind=Kind.PROGRAM,
        name=name,
        needs=needs,
        summary=summary,
        next_step=NextStep("call", ""),
        sources=(Source("https://example.org"),),
        path="community/food-bank.yaml",
        line=1,
        eligibility=(rule,) if age or residence else (),
        translations=MappingProxyType({"es": Translation(summary=spanish)} if spanish else {}),
        **more,
    )


@cache
def real_catalog() -> Catalog:
    """The real catalog, read once in a process."""
    settings = load_settings({})
    return load_catalog(settings.resources, settings.expectations, TODAY)


def small(catalog: SmallCatalog) -> Catalog:
    read = catalog.read().catalog
    assert read is not None
    return read


def with_services(base: Catalog, *services: Service) -> Catalog:
    """The catalog with these services instead of its own, and with the town of Union."""
    places = Places.build((*base.places.towns.values(), UNION), base.places.regions.values(), base.places.zip_places)
    return replace(
        base,
        version=hashlib.sha256(repr(services).encode()).hexdigest()[:16],
        services=MappingProxyType({one.id: one for one in sorted(services, key=lambda one: one.id)}),
        places=places,
    )


def copied_index(index: Path, folder: Path) -> Path:
    """A copy of an index below `folder`: upon it, that of another catalog is built without encoding the same texts."""
    return shutil.copytree(index, folder / "index")


def directory_over(catalog: Catalog, folder: Path) -> Directory:
    return Directory.build(catalog, open_index(catalog, folder))


def ask(directory: Directory, text: str, number: int = 1, size: int = 20, **wanted: Any) -> SearchResults:
    """What the directory finds for a text and, if given, filters and facts."""
    return directory.find(ServiceQuery(on=TODAY, text=text, page=number, per_page=size, **wanted))


def ids(answer: SearchResults) -> list[str]:
    return [found.service.id for found in answer.found]


def same(one: Postings, other: Postings) -> bool:
    """Whether two sets of postings are equal in every part."""
    arrays = ("starts", "documents", "worth", "rarity")
    return (
        one.ids == other.ids
        and one.rows == other.rows
        and all(np.array_equal(getattr(one, name), getattr(other, name)) for name in arrays)
        and all(getattr(one, name).dtype == getattr(other, name).dtype for name in arrays)
    )
