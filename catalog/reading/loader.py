"""Files -> Catalog. Reads the resources folder, gathers every problem, and gives either the whole catalog or none.

read_catalog(folder, config, today) -> Loaded     catalog (or None), and all problems
load_catalog(folder, config, today) -> Catalog    raises CatalogError when there is an error
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from marshmallow import ValidationError

from catalog.checks import CHECKS, Context, Expectations
from catalog.model import (
    Catalog,
    Location,
    Need,
    Organization,
    Service,
    Term,
    Thresholds,
    Vocabulary,
    Words,
)
from catalog.model.assessment import Assessment, Crosswalk
from catalog.model.danger import Danger
from catalog.model.travel import FarAway
from catalog.places import Places, Region, Town, UnknownPlaceError
from catalog.reading import schemas
from catalog.reading.fields import CatalogSchema
from catalog.reading.files import assessment_paths, digest_of, organization_paths, unread_files, version_of
from catalog.reading.problems import CatalogError, Grade, Problem
from catalog.reading.schemas.assessments import AssessmentFileSchema, CrosswalkFileSchema
from catalog.reading.schemas.danger import DangerFileSchema
from catalog.reading.schemas.travel import FarAwayFileSchema
from catalog.reading.yaml_reader import Document, UnreadableFileError, read_file

SHARED_FILES: dict[str, type[CatalogSchema]] = {
    "needs.yaml": schemas.NeedsFileSchema,
    "places.yaml": schemas.PlacesFileSchema,
    "vocabulary.yaml": schemas.VocabularyFileSchema,
    "thresholds.yaml": schemas.ThresholdsFileSchema,
}
NEED_QUESTIONS = "need-questions.yaml"
CROSSWALK = "crosswalk.yaml"
FAR_AWAY = "far-away.yaml"
DANGER = "danger.yaml"


@dataclass(frozen=True, slots=True)
class Loaded:
    """`catalog` is None when there is an error. `problems` are sorted by file and line."""

    catalog: Catalog | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.grade is Grade.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.grade is Grade.WARNING)


def load_catalog(folder: Path, expectations: Expectations, today: date) -> Catalog:
    """Read and check the catalog in `folder`. Raises CatalogError with every problem."""
    loaded = read_catalog(folder, expectations, today)
    if loaded.catalog is None:
        raise CatalogError(loaded.problems)
    return loaded.catalog


def read_catalog(folder: Path, expectations: Expectations, today: date) -> Loaded:
    """Read and check the catalog in `folder`; `today` is the day that freshness is counted from."""
    reading = _Reading(folder)
    reading.read_all()
    if reading.problems:
        # Cross-file checks on half a catalog would only add noise to the real causes.
        return Loaded(None, tuple(sorted(reading.problems)))
    context = Context(reading.catalog(), reading.documents, expectations, today)
    problems = sorted(problem for check in CHECKS for problem in check(context))
    failed = any(problem.grade is Grade.ERROR for problem in problems)
    return Loaded(None if failed else context.catalog, tuple(problems))


def catalog_version(folder: Path) -> str:
    """Return the version of the files that are in `folder` now, without checking them: see `files.version_of`."""
    shared = (folder / name for name in (*SHARED_FILES, NEED_QUESTIONS, CROSSWALK, FAR_AWAY, DANGER))
    paths = [*shared, *assessment_paths(folder), *organization_paths(folder)]
    return version_of(
        (path.relative_to(folder).as_posix(), digest_of(path.read_bytes())) for path in paths if path.is_file()
    )


@dataclass(slots=True)
class _Reading:
    folder: Path
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    # Names of the files that were tried, whether or not they could be read.
    attempted: set[str] = field(default_factory=set)
    shared: dict[str, Any] = field(default_factory=dict)
    questions: dict[str, Words] = field(default_factory=dict)
    organizations: dict[str, Organization] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    assessments: dict[str, Assessment] = field(default_factory=dict)
    crosswalk: Crosswalk = field(default_factory=Crosswalk)
    far_away: FarAway | None = None
    danger: Danger = field(default_factory=Danger)

    def read_all(self) -> None:
        for name, schema in SHARED_FILES.items():
            self.shared[name] = self._load(self.folder / name, schema())
        self._read_need_questions()
        self._read_assessments()
        if (self.folder / FAR_AWAY).is_file():
            self.far_away = self._load(self.folder / FAR_AWAY, FarAwayFileSchema())
        if (self.folder / DANGER).is_file():
            self.danger = self._load(self.folder / DANGER, DangerFileSchema()) or Danger()
        paths = list(organization_paths(self.folder))
        if not paths:
            self._problem(
                str(self.folder), 1, "", "no organization files here. Is “resources” set right in config.yaml?"
            )
        organization_schema = schemas.OrganizationFileSchema()
        for path in paths:
            data = self._load(path, organization_schema)
            if data is not None:
                self._take_organization(path, data)
        self.problems.extend(unread_files(self.folder, self.attempted))

    def _read_need_questions(self) -> None:
        """Questions may be missing: they help the search, and decide nothing."""
        path, needs = self.folder / NEED_QUESTIONS, self.shared["needs.yaml"]
        self.attempted.add(NEED_QUESTIONS)
        if path.is_file() and needs is not None:
            schema = schemas.need_questions_schema(item["id"] for item in needs["needs"])
            self.questions = self._load(path, schema) or {}

    def _read_assessments(self) -> None:
        """Assessments and code systems may be missing: a directory works without them."""
        crosswalk = self.folder / CROSSWALK
        if crosswalk.is_file():
            self.crosswalk = self._load(crosswalk, CrosswalkFileSchema()) or Crosswalk()
        schema = AssessmentFileSchema()
        for path in assessment_paths(self.folder):
            assessment = self._load(path, schema)
            if assessment is not None:
                if path.stem != assessment.id:
                    self._problem(self._name(path), 1, "id", f"the file is called {path.name}; use one name for both.")
                self.assessments[assessment.id] = assessment

    def _load(self, path: Path, schema: CatalogSchema) -> Any:
        name = self._name(path)
        self.attempted.add(name)
        try:
            document = read_file(path, name, within=self.folder)
            self.documents[name] = document
            return schema.load(document.value)  # type: ignore[arg-type]
        except UnreadableFileError as error:
            self.problems.append(error.problem)
        except ValidationError as error:
            self.problems.extend(problems_of(document, error.messages))
        return None

    def _take_organization(self, path: Path, data: dict[str, Any]) -> None:
        name = self._name(path)
        document = self.documents[name]
        details = data["organization"]
        organization = Organization(path=name, line=document.line("organization", "id"), **details)
        if organization.id in self.organizations:
            other = self.organizations[organization.id]
            self._problem(name, organization.line, "organization.id", f"“{organization.id}” is also in {other.path}.")
        if path.stem != organization.id:
            message = f"the file is called {path.name}; call it {organization.id}.yaml."
            self._problem(name, organization.line, "organization.id", message)
        self.organizations[organization.id] = organization
        for index, fields in enumerate(data["services"]):
            line = document.line("services", index, "id")
            details = {"sector": path.parent.name, **fields}
            service = Service(organization_id=organization.id, path=name, line=line, **details)
            if service.id in self.services:
                other_service = self.services[service.id]
                message = f"“{service.id}” is also at {other_service.path}:{other_service.line}."
                self._problem(name, line, f"services.{index}.id", message)
            self.services[service.id] = service

    def catalog(self) -> Catalog:
        places = _places(self.shared["places.yaml"])
        services = {key: _with_points(service, places) for key, service in sorted(self.services.items())}
        return Catalog(
            version=version_of((name, document.digest) for name, document in self.documents.items()),
            organizations=MappingProxyType(dict(sorted(self.organizations.items()))),
            services=MappingProxyType(services),
            needs=MappingProxyType(self._needs()),
            places=places,
            vocabulary=self._vocabulary(),
            thresholds=_thresholds(self.shared["thresholds.yaml"]),
            assessments=MappingProxyType(self.assessments),
            crosswalk=self.crosswalk,
            far_away=self.far_away,
            danger=self.danger,
        )

    def _needs(self) -> dict[str, Need]:
        document = self.documents["needs.yaml"]
        items = self.shared["needs.yaml"]["needs"]
        needs = (
            Need(line=document.line("needs", index), questions=self.questions.get(item["id"], Words()), **item)
            for index, item in enumerate(items)
        )
        return {need.id: need for need in needs}

    def _vocabulary(self) -> Vocabulary:
        document, data = self.documents["vocabulary.yaml"], self.shared["vocabulary.yaml"]

        def terms(kind: str) -> MappingProxyType[str, Term]:
            items = (Term(line=document.line(kind, index), **item) for index, item in enumerate(data[kind]))
            return MappingProxyType({term.id: term for term in items})

        return Vocabulary(
            *(terms(kind) for kind in ("conditions", "circumstances", "insurance", "languages", "delivery"))
        )

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix() if path.is_relative_to(self.folder) else str(path)

    def _problem(self, path: str, line: int, at: str, message: str) -> None:
        self.problems.append(Problem(path, line, at, message))


def problems_of(document: Document, messages: Any, path: tuple[str | int, ...] = ()) -> Iterator[Problem]:
    """marshmallow's nested messages as one problem each, at the line of the value that they are about."""
    if isinstance(messages, dict):
        for key, inner in messages.items():
            # marshmallow's own keys, unless the file has a field of that name.
            own = key in ("_schema", "value") and (*path, key) not in document.lines
            yield from problems_of(document, inner, path if own else (*path, key))
        return
    field_name = ".".join(str(part) for part in path)
    for message in messages if isinstance(messages, list) else [messages]:
        yield Problem(document.path, document.line(*path), field_name, str(message))


def _places(data: dict[str, Any]) -> Places:
    towns = (Town(**{**town, "point": tuple(town["point"])}) for town in data["towns"])
    regions = (Region(**region) for region in data["regions"])
    return Places.build(towns, regions, {item["zip"]: item["town"] for item in data["zip_places"]})


def _thresholds(data: dict[str, Any]) -> Thresholds:
    poverty = sorted(data["poverty_guidelines"], key=lambda guideline: -guideline.year)
    median = sorted(data["median_incomes"], key=lambda table: table.season, reverse=True)
    return Thresholds(tuple(poverty), tuple(median))


def _with_points(service: Service, places: Places) -> Service:
    if not service.locations:
        return service
    return replace(service, locations=tuple(_with_point(location, places) for location in service.locations))


def _with_point(location: Location, places: Places) -> Location:
    if location.state != "CT":
        return location
    try:
        town = places.town(location.city)
    except UnknownPlaceError:
        return location
    return replace(location, town=town.name, point=town.point)
