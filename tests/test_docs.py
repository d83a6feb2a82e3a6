"""The docs are complete and true: what the code takes is named there, and what they show works."""

from __future__ import annotations

import ast
import inspect
import json
import re
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import pytest
from flask import Flask
from marshmallow import Schema, fields

import settings as settings_module
from api.fields import ApiSchema
from api.v1.requests import schemas as api_schemas
from app import create_app
from catalog import checks
from catalog.checks import CHECKS, Expectations
from catalog.model import GRADES, SECTORS
from catalog.reading import fields as catalog_fields
from catalog.reading import schemas
from catalog.reading.loader import SHARED_FILES, Loaded, read_catalog
from catalog.reading.schemas import assessments as assessment_schemas
from catalog.reading.schemas import travel as far_away_schemas
from matching.ranking import WEIGHTS
from settings import ROOT, Settings, load_settings

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md")), *sorted(ROOT.glob("[CS]*.md"))]
GUIDE, API, DIRECTORY = DOCS / "writing-a-resource.md", DOCS / "api.md", DOCS / "directory.md"
EXAMPLE = "community/river-valley-family-center.yaml"
EXAMPLE_DAY = date(2026, 11, 1)

# Where each schema of a file is described.
GUIDE_SECTIONS = {
    "OrganizationFileSchema": "Organization file",
    "OrganizationSchema": "Organization",
    "ServiceSchema": "Service",
    "PhoneSchema": "Phone",
    "LocationSchema": "Location",
    "ScheduleSchema": "Schedule",
    "NextStepSchema": "Next step",
    "SourceSchema": "Source",
    "TranslationSchema": "Spanish texts",
    "AlternativeSchema": "Eligibility alternative",
    "AreaMapSchema": "Area",
    "AgeMapSchema": "Age",
    "IncomeMapSchema": "Income",
    "AllOfSchema": "Lists of terms",
    "GradeSchema": "Grade",
    "ExclusionSchema": "Not",
    "NeedsFileSchema": "needs.yaml",
    "NeedSchema": "Need",
    "FrontDoorSchema": "Front door",
    "StatedTermsSchema": "Stated terms",
    "LabelSchema": "Label",
    "WordsSchema": "Words",
    "VocabularyFileSchema": "vocabulary.yaml",
    "TermSchema": "Term",
    "PlacesFileSchema": "places.yaml",
    "TownSchema": "Town",
    "RegionSchema": "Region",
    "ZipPlaceSchema": "ZIP code of a post office",
    "ThresholdsFileSchema": "thresholds.yaml",
    "PovertySchema": "Poverty guideline",
    "MedianSchema": "Median income",
    "AssessmentFileSchema": "Assessment file",
    "PanelSchema": "Panel",
    "InstrumentSchema": "Instrument",
    "QuestionSchema": "Question",
    "AskIfSchema": "Ask if",
    "AnswerSchema": "Answer",
    "SumSchema": "Sum",
    "CrosswalkFileSchema": "crosswalk.yaml",
    "CrosswalkEntrySchema": "Code",
    "IgnoredSchema": "Ignored code",
    "FarAwayFileSchema": "far-away.yaml",
    "TeamMemberSchema": "Team member",
    "JourneySchema": "Journey",
}

# Where each schema of a request is described.
API_SECTIONS = {
    "ServicesQuerySchema": "Query of a list",
    "ServicesSearchSchema": "Query of a list",
    "SuggestQuerySchema": "Query of a suggestion",
    "SuggestSchema": "Query of a suggestion",
    "MatchSchema": "A match request",
    "ExplainSchema": "An explain request",
    "PersonSchema": "A person",
    "CaregiverSchema": "A caregiver",
    "AgeSchema": "An age",
    "IncomeSchema": "An income",
    "WantedNeedSchema": "A wanted need",
    "AssessmentSchema": "Answers of an assessment",
    "CodeSchema": "A code",
    "ScoreSchema": "Answers to score",
    "PathwayQuerySchema": "Query of a pathway",
}


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def section(page: Path, heading: str) -> str:
    """The text below a heading, to the next heading of any level."""
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", text_of(page), re.MULTILINE | re.DOTALL)
    assert found is not None, f"{page.name} has no section “{heading}”."
    return found[1]


def table_names(text: str) -> set[str]:
    """The names in the first column of the tables."""
    rows = [line.split(" | ")[0] for line in text.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row)}


def named_anywhere(text: str) -> set[str]:
    """Every word that stands in backticks, and the keys of those that are written `key: value`."""
    quoted = re.findall(r"`([^`\n]+)`", text)
    return {*quoted, *(name.partition(":")[0] for name in quoted)}


def fenced(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def schemas_of(module: Any, base: type[Schema]) -> dict[str, type[Schema]]:
    """The public schemas that a module defines."""
    return {
        name: value
        for name, value in vars(module).items()
        if inspect.isclass(value) and issubclass(value, base) and value.__module__.startswith(module.__name__)
        if not name.startswith("_") and value is not base
        if name != "ValueSchema"
    }


def field_names(schema: type[Schema]) -> set[str]:
    return {field.data_key or name for name, field in schema().fields.items()}


FILE_SCHEMAS = {
    **schemas_of(schemas, catalog_fields.CatalogSchema),
    **schemas_of(assessment_schemas, catalog_fields.CatalogSchema),
    **schemas_of(far_away_schemas, catalog_fields.CatalogSchema),
}
REQUEST_SCHEMAS = schemas_of(api_schemas, ApiSchema)


@pytest.mark.parametrize("name", FILE_SCHEMAS)
def test_the_guide_describes_exactly_the_fields_of_each_file_schema(name: str) -> None:
    assert table_names(section(GUIDE, GUIDE_SECTIONS[name])) == field_names(FILE_SCHEMAS[name])


@pytest.mark.parametrize("name", FILE_SCHEMAS)
def test_the_guide_says_which_fields_are_needed(name: str) -> None:
    text = section(GUIDE, GUIDE_SECTIONS[name])
    said = {row.split("`")[1] for row in text.splitlines() if re.match(r"\| `[^`]+` \| Needed\. ", row)}
    assert said == {field.data_key or key for key, field in FILE_SCHEMAS[name]().fields.items() if field.required}


def choices() -> Iterator[tuple[str, str]]:
    for schema in FILE_SCHEMAS.values():
        for name, field in schema().fields.items():
            inner = field.inner if isinstance(field, fields.List) else field
            if isinstance(inner, catalog_fields.Choice):
                yield from ((f"{schema.__name__}.{name}", value) for value in inner.allowed if value not in GRADES)


def test_the_guide_names_every_allowed_value() -> None:
    named = named_anywhere(text_of(GUIDE))
    expected = [*choices(), *(("whole areas", word) for word in schemas.WHOLE_AREAS)]
    expected += [("days", day) for day in catalog_fields.DAYS] + [("sectors", sector) for sector in SECTORS]
    assert [item for item in expected if item[1] not in named] == []


def kinds_of_checks() -> set[str]:
    """The kinds that the code of the checks gives to its problems."""
    kinds = set()
    modules = sorted(Path(checks.__file__).parent.glob("*.py"))
    for node in (node for path in modules for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if called in ("Problem", "problem", "warning", "in_shared"):
                named = [keyword.value for keyword in node.keywords if keyword.arg == "check"]
                for last in named or node.args[-1:]:
                    if isinstance(last, ast.Constant) and isinstance(last.value, str):
                        kinds.add(last.value)
    return kinds


def test_the_guide_lists_every_check_in_the_order_of_the_code() -> None:
    rows = [line for line in section(GUIDE, "Every check").splitlines() if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == [check.__name__ for check in CHECKS]


def test_the_guide_names_every_kind_of_problem() -> None:
    rows = [line for line in section(GUIDE, "Every check").splitlines() if line.startswith("| `")]
    assert {row.split("`")[3] for row in rows} == kinds_of_checks()


@pytest.fixture
def example_folder(tmp_path: Path) -> Path:
    """A catalog of the shared files and the example of the guide alone."""
    real = load_settings().resources
    for name in SHARED_FILES:
        text = (real / name).read_text(encoding="utf-8")
        # Front doors lead to services of the real catalog, which are not here.
        (tmp_path / name).write_text(re.sub(r"^    start_with:\n(      .*\n)+", "", text, flags=re.M), encoding="utf-8")
    (example,) = fenced(section(GUIDE, "A whole example"), "yaml")
    path = tmp_path / EXAMPLE
    path.parent.mkdir()
    path.write_text(example, encoding="utf-8")
    return tmp_path


def read_example(folder: Path) -> Loaded:
    return read_catalog(folder, Expectations(), EXAMPLE_DAY)


def test_the_whole_example_passes_every_check_without_a_warning(example_folder: Path) -> None:
    loaded = read_example(example_folder)
    assert [str(problem) for problem in loaded.problems if problem.path == EXAMPLE] == []
    assert loaded.catalog is not None
    assert set(loaded.catalog.services) == {"river-valley-speech-playgroup", "river-valley-talking-tips"}


def shown_messages(number: int) -> list[str]:
    """The messages of one block of “Reading a message”; what “...” stands for is left open."""
    block = fenced(section(GUIDE, "Reading a message"), "text")[number]
    return [line.removesuffix("...") for line in block.splitlines()]


@pytest.mark.parametrize(
    ("number", "changes"),
    [
        (0, {"city: Hartford,": "citty: Hartford,", "cost: sliding": "cost: cheap"}),
        (1, {"needs: [speech-therapy, playgroups]": "needs: [speech-thrapy, playgroups]"}),
    ],
)
def test_the_messages_shown_are_those_that_the_check_gives(
    example_folder: Path, number: int, changes: dict[str, str]
) -> None:
    path = example_folder / EXAMPLE
    text = path.read_text(encoding="utf-8")
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")
    given = [str(problem) for problem in read_example(example_folder).errors]
    shown = shown_messages(number)
    assert len(given) == len(shown)
    assert all(message.startswith(start) for message, start in zip(given, shown, strict=True))


def test_the_configuration_page_names_every_key() -> None:
    top = field_names(settings_module.ConfigSchema)
    nested = {f"expected.{name}" for name in field_names(settings_module.ExpectedSchema)}
    assert table_names(section(DOCS / "configuration.md", "config.yaml")) == top | nested


# The folders of code. What is built or installed beside them is none of it.
CODE = [
    *ROOT.glob("*.py"),
    *(path for folder in ROOT.glob("[a-z]*/") if folder.name != "var" for path in folder.rglob("*.py")),
]


def environment_variables() -> set[str]:
    """Names that the code asks the environment for, and variables of the Makefile that a caller may set."""
    found: set[str] = set()
    for path in CODE:
        text = path.read_text(encoding="utf-8")
        found.update(re.findall(r"(?:os\.environ|environment)(?:\.get\(|\[)\s*[\"']([A-Z_]+)[\"']", text))
        found.update(re.findall(r"getenv\(\s*[\"']([A-Z_]+)[\"']", text))
    return found | set(re.findall(r"^([A-Z_]+) \?=", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_the_search_for_environment_variables_finds_those_we_know() -> None:
    assert {"DIRECTORY_CONFIG", "DIRECTORY_INDEX", "WORKERS", "PORT", "PYTHON"} <= environment_variables()


def test_the_configuration_page_names_every_environment_variable() -> None:
    listed = table_names(section(DOCS / "configuration.md", "Environment variables"))
    assert listed == environment_variables()


@pytest.fixture(scope="module")
def app(index: Path) -> Flask:
    real = load_settings()
    return create_app(Settings(real.resources, index, real.expectations))


def routes(app: Flask) -> set[str]:
    return {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_the_docs_list_every_route(app: Flask) -> None:
    text = section(API, "Routes")
    files = {f"GET {address}" for address in re.findall(r"`(/[^`]*)`", text)}
    pages = table_names(section(DIRECTORY, "Addresses"))
    spanish = {page.replace(" /", " /es/", 1) for page in pages}
    assert table_names(text) | files | pages | spanish == routes(app)


def test_the_page_of_the_directory_shows_every_picture_and_says_what_is_on_it() -> None:
    shown = re.findall(r'<img src="(pictures/[^"]+)"[^>]* alt="[^"]{20,}">', text_of(DIRECTORY), re.DOTALL)
    assert sorted(shown) == sorted(f"pictures/{path.name}" for path in (DOCS / "pictures").iterdir())
    assert len(shown) == len(set(shown)) == 28
    assert sum((DOCS / name).stat().st_size for name in shown) < 2_000_000


@pytest.mark.parametrize("name", REQUEST_SCHEMAS)
def test_the_api_page_describes_exactly_the_fields_of_each_request(name: str) -> None:
    schema = REQUEST_SCHEMAS[name]
    inherited = field_names(api_schemas.MatchSchema) if name == "ExplainSchema" else set()
    assert table_names(section(API, API_SECTIONS[name])) == field_names(schema) - inherited


# Maps whose keys are data: languages, parts of the score, needs.
OPEN_MAPS = {"label", "description", "words", "title", "translations", "score_parts", "panel"}


def answered_fields(value: Any) -> set[str]:
    """The names of all fields of an answer, however deep."""
    if isinstance(value, list):
        return {name for item in value for name in answered_fields(item)}
    if not isinstance(value, dict):
        return set()
    inner = [answered_fields(item) for name, item in value.items() if name not in OPEN_MAPS]
    return set(value).union(*inner)


def example_app(folder: Path, index: Path) -> Flask:
    return create_app(Settings(folder, index, Expectations()))


@pytest.mark.slow
def test_the_api_page_names_every_field_of_the_answers(app: Flask, example_folder: Path, tmp_path: Path) -> None:
    """The example of the guide uses every field of a service; the real catalog answers the rest."""
    example, real = example_app(example_folder, tmp_path / "index").test_client(), app.test_client()
    (request,) = [json.loads(block) for block in fenced(section(API, "POST /api/v1/matches"), "json")]
    request["include"] = ["ineligible", "upcoming"]
    elsewhere = {"age_months": 24, "town": "Stamford"}
    answers = [
        example.get("/api/v1/services/river-valley-speech-playgroup"),
        example.get("/api/v1/services/river-valley-talking-tips"),
        example.get("/api/v1/organizations/river-valley-family-center"),
        real.get("/api/v1/services?q=diapers&town=Hartford"),
        real.get("/api/v1/services?q=diapers&sector=legal&kind=guide"),
        real.get("/api/v1/suggest?q=food"),
        real.get("/api/v1/needs"),
        real.post("/api/v1/matches", json=request),
        # A town that the one playgroup does not take, so that the need is unmet; and a need that is urgent.
        example.post("/api/v1/matches", json={"needs": ["playgroups"], "person": elsewhere}),
        real.post("/api/v1/matches", json={"needs": ["crisis"]}),
        real.post("/api/v1/matches", json={"people": [{"id": "a"}], "needs": ["food"]}),
        real.post("/api/v1/matches/explain", json={"service": "ct-birth-to-three"}),
        real.get("/api/v1/assessments"),
        *(real.get(f"/api/v1/assessments/{one}") for one in assessment_ids(app)),
        real.post("/api/v1/assessments/hunger-vital-sign/score", json={"answers": {"88122-7": "LA28397-0", "x": "y"}}),
        real.get("/api/v1/pathway?birth_date=2024-03-15&on=2026-11-21"),
        real.get("/healthz"),
    ]
    assert [answer.status_code for answer in answers] == [200] * len(answers)
    errors = real.get("/api/v1/services?need=foood")
    names = {name for answer in [*answers, errors] for name in answered_fields(answer.get_json(force=True))}
    assert {"score_parts", "byday", "relaxed", "begins_on", "settles", "change", "allowed", "contributions"} <= names
    shown = named_anywhere(text_of(API)) | {"type", "title", "status", "detail"}
    assert sorted(names - shown) == []


def assessment_ids(app: Flask) -> list[str]:
    listed: list[dict[str, str]] = app.test_client().get("/api/v1/assessments").get_json()["assessments"]
    return [one["id"] for one in listed]


def commands(app: Flask) -> Iterator[tuple[str, click.Command]]:
    """Our own commands; flask and its extensions bring others."""
    for name, command in app.cli.commands.items():
        inner = command.commands.items() if isinstance(command, click.Group) else [("", command)]
        for inner_name, one in inner:
            if one.callback is not None and one.callback.__module__.partition(".")[0] == "cli":
                yield f"flask {name} {inner_name}".rstrip(), one


def test_the_docs_name_every_command(app: Flask) -> None:
    text = "\n".join(map(text_of, PAGES))
    listed = dict(commands(app))
    assert {"flask catalog check", "flask index status", "flask match"} <= set(listed)
    assert [command for command in listed if f"`{command}" not in text] == []


def test_the_docs_name_every_option_of_every_command(app: Flask) -> None:
    text = "\n".join(map(text_of, PAGES))
    options = [
        option.opts[0] for _, command in commands(app) for option in command.params if isinstance(option, click.Option)
    ]
    assert "--warnings" in options
    assert [option for option in options if f"`{option}" not in text] == []


def curl_examples() -> list[list[str]]:
    blocks = fenced(text_of(ROOT / "README.md"), "sh")
    return [shlex.split(block.replace("\\\n", " ")) for block in blocks]


@pytest.mark.parametrize("number", range(3))
def test_the_requests_of_the_readme_work(app: Flask, number: int) -> None:
    words = curl_examples()[number]
    url = urlsplit(next(word for word in words if word.startswith("http")))
    assert url.netloc == "127.0.0.1:8000"
    address = f"{url.path}?{url.query}"
    client = app.test_client()
    if "-d" in words:
        answer = client.post(address, data=words[words.index("-d") + 1], content_type="application/json")
        found = answer.get_json()["matches"]
    else:
        answer = client.get(address)
        found = answer.get_json().get("items", [answer.get_json()])
    assert answer.status_code == 200
    assert found


def test_the_readme_has_three_requests_and_two_commands() -> None:
    text = text_of(ROOT / "README.md")
    assert [words[0] for words in curl_examples()] == ["curl"] * 3
    assert set(re.findall(r"\bmake [a-z-]+\b", text)) == {"make serve", "make test"}


def test_the_readme_says_that_the_licence_is_the_owners_to_choose_while_there_is_none() -> None:
    chosen = "for the owner to choose" not in text_of(ROOT / "README.md")
    assert chosen == (ROOT / "LICENSE").exists()


def test_the_weights_shown_are_those_of_the_code() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (0\.\d+) \|", section(DOCS / "matching.md", "Ranking"), re.MULTILINE)
    assert {name: float(weight) for name, weight in rows} == WEIGHTS


def test_the_parts_of_the_worked_example_add_up() -> None:
    text = section(DOCS / "matching.md", "A worked example")
    rows = re.findall(r"^\| `(\w+)` \| (0\.\d+) [^|]*\| (0\.\d+) \| (0\.\d+) [^|]*\| (0\.\d+) \|", text, re.MULTILINE)
    assert [name for name, *_ in rows] == list(WEIGHTS)
    assert all(float(one) == float(other) == WEIGHTS[name] for name, one, _, other, _ in rows)
    totals = re.search(r"^\| score \| \| \*\*([\d.]+)\*\* \| \| \*\*([\d.]+)\*\* \|", text, re.MULTILINE)
    assert totals is not None
    assert [round(sum(float(row[column]) for row in rows), 4) for column in (2, 4)] == list(map(float, totals.groups()))


def anchors(page: Path) -> set[str]:
    headings = re.findall(
        r"^#+ (.+)$", re.sub(r"^```.*?^```$", "", text_of(page), flags=re.MULTILINE | re.DOTALL), re.M
    )
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)\s]+)\)", text_of(page)):
            if not urlsplit(target).scheme:
                yield page, target


def test_every_relative_link_leads_somewhere() -> None:
    wrong = []
    for page, target in links():
        path, _, anchor = target.partition("#")
        aim = (page.parent / path) if path else page
        if not aim.exists() or (anchor and anchor not in anchors(aim)):
            wrong.append(f"{page.relative_to(ROOT)}: {target}")
    assert wrong == []


def test_the_readme_leads_to_every_page() -> None:
    reached = {(page.parent / target).resolve() for page, target in links() if page.name == "README.md"}
    assert [str(page.relative_to(ROOT)) for page in PAGES[1:] if page.resolve() not in reached] == []


def test_the_architecture_names_every_room() -> None:
    text = text_of(DOCS / "architecture.md")
    named = set(re.findall(r"`([\w/]+)/`", section(DOCS / "architecture.md", "Rooms")))
    rooms = {
        path.parent.relative_to(ROOT).as_posix() for path in ROOT.rglob("__init__.py") if ".venv" not in path.parts
    }
    ours = {room for room in rooms if not room.startswith("tests/")}
    assert sorted(ours - named) == []
    assert sorted(room for room in named if not (ROOT / room).is_dir()) == []
    assert sorted(path for path in re.findall(r"`([\w/]+\.py)`", text) if not any(ROOT.rglob(path))) == []


def test_the_list_of_decisions_names_each_with_its_title_date_and_status() -> None:
    folder = DOCS / "decisions"
    rows = re.findall(r"^\| \[(\d+)\]\(([\w-]+\.md)\) \| (.+?) \| (\d{4}-\d\d-\d\d) \| (\w.+?) \|$",
                      text_of(folder / "README.md"), re.MULTILINE)  # fmt: skip
    assert [name for _, name, *_ in rows] == sorted(path.name for path in folder.glob("0*.md"))
    for number, name, title, *_ in rows:
        heading = text_of(folder / name).splitlines()[0]
        assert heading.startswith(f"# {number}. {title}"), (name, heading)


def test_every_page_that_the_code_names_exists() -> None:
    named = {name for path in CODE for name in re.findall(r"\bdocs/[\w/-]+\.md", path.read_text(encoding="utf-8"))}
    assert "docs/writing-a-resource.md" in named
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


MACHINE_PATH = re.compile(r"(?<![\w.])/(work|tmp|home|root|Users|mnt|opt)/")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_line_of_the_docs_names_a_machine_path_or_is_too_long(page: Path) -> None:
    lines = text_of(page).splitlines()
    assert [line for line in lines if MACHINE_PATH.search(line)] == []
    assert [line for line in lines if len(line) > 120] == []
