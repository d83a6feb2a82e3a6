"""Damaged files never crash the reader, never change a value, and are told with a line that they have.

500 damaged files each time; 10,000 with LONG_TESTS=1.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from marshmallow import ValidationError

from catalog.reading.fields import CatalogSchema
from catalog.reading.files import organization_paths
from catalog.reading.loader import SHARED_FILES, problems_of
from catalog.reading.problems import Problem
from catalog.reading.schemas import OrganizationFileSchema
from catalog.reading.yaml_reader import UnreadableFileError, Value, read_bytes
from settings import ROOT
from tests.support.mutations import EDITS, Edit, damaged

LONG = os.environ.get("LONG_TESTS") == "1"
CASES = 10_000 if LONG else 500
RESOURCES = ROOT / "resources"

ORGANIZATIONS = list(organization_paths(RESOURCES))
SHARED = [RESOURCES / name for name in SHARED_FILES]

fuzz = settings(
    max_examples=CASES,
    deadline=None,
    database=None,
    derandomize=not LONG,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

_BASE_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_LINE_BREAK = re.compile(rb"\r\n|\r|\n")


def problems_in(data: bytes, schema: CatalogSchema) -> list[Problem]:
    """What the loader would say of this file. Any other exception than the two expected ones fails the test."""
    try:
        document = read_bytes(data, "fuzz.yaml")
    except UnreadableFileError as error:
        return [error.problem]
    refuse_changed_values(data.decode("utf-8-sig"), document.value)
    assert all(1 <= line <= line_count(data) for line in document.lines.values())
    try:
        schema.load(document.value)  # type: ignore[arg-type]
    except ValidationError as error:
        problems = list(problems_of(document, error.messages))
        assert problems, "a file that is refused must be told why"
        return problems
    return []


def line_count(data: bytes) -> int:
    """The lines of a file; what follows the last line break is a line only when there is something."""
    return max(1, len(_LINE_BREAK.split(data)) - data.endswith((b"\n", b"\r")))


def refuse_changed_values(text: str, value: Value) -> None:
    """Each scalar stands in the text as it is, but for folded white space; and PyYAML, told not to guess, agrees."""
    loaded = yaml.load(text, Loader=_BASE_LOADER)
    # A file without a value is None to PyYAML too.
    assert without_none(value) == ("" if loaded is None else loaded)
    if "\\" in text:
        return
    plain = "".join(text.split())
    unquoted = plain.replace("''", "'")
    place = 0
    for scalar in scalars(value):
        # They stand there in their order, so each is looked for behind the last.
        squeezed = "".join(scalar.split())
        found = plain.find(squeezed, place)
        assert found >= 0 or squeezed in plain or squeezed in unquoted
        place = found + len(squeezed) if found >= 0 else place


def without_none(value: Value) -> Value:
    match value:
        case dict():
            return {key: without_none(inner) for key, inner in value.items()}
        case list():
            return [without_none(inner) for inner in value]
        case None:
            return ""
        case _:
            return value


def scalars(value: Value) -> Iterator[str]:
    match value:
        case dict():
            for key, inner in value.items():
                yield key
                yield from scalars(inner)
        case list():
            for inner in value:
                yield from scalars(inner)
        case str():
            yield value


def assert_well_told(problems: list[Problem], data: bytes) -> None:
    for problem in problems:
        message = str(problem)
        assert message.startswith(f"fuzz.yaml:{problem.line}: ")
        assert message.isprintable(), message
        assert 1 <= problem.line <= line_count(data), message


@pytest.mark.slow
@fuzz
@given(path=st.sampled_from(ORGANIZATIONS), edits=EDITS)
def test_a_damaged_organization_file_is_refused_with_a_line_or_read_unchanged(path: Path, edits: list[Edit]) -> None:
    data = damaged(path.read_bytes(), edits)
    assert_well_told(problems_in(data, OrganizationFileSchema()), data)


@pytest.mark.slow
@settings(fuzz, max_examples=CASES // 10)
@given(path=st.sampled_from(SHARED), edits=EDITS)
def test_a_damaged_shared_file_is_refused_with_a_line_or_read_unchanged(path: Path, edits: list[Edit]) -> None:
    data = damaged(path.read_bytes(), edits)
    assert_well_told(problems_in(data, SHARED_FILES[path.name]()), data)


@pytest.mark.slow
@fuzz
@given(
    path=st.sampled_from(ORGANIZATIONS), other=st.sampled_from(ORGANIZATIONS), one=st.floats(0, 1), two=st.floats(0, 1)
)
def test_two_halves_of_two_files_are_refused_with_a_line_or_read_unchanged(
    path: Path, other: Path, one: float, two: float
) -> None:
    first, second = path.read_bytes(), other.read_bytes()
    data = first[: int(one * len(first))] + second[int(two * len(second)) :]
    assert_well_told(problems_in(data, OrganizationFileSchema()), data)


@pytest.mark.slow
@fuzz
@given(data=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8"))))
@example(b"\xef\xbb\xbf")
@example(b"? ")
@example(b'"a\\nb": 1')
def test_any_bytes_at_all_are_refused_with_a_line_or_read_unchanged(data: bytes) -> None:
    assert_well_told(problems_in(data, OrganizationFileSchema()), data)


WORDS = (
    *("", " ", "any", "statewide", "3y", "999y", "0d", "mon-fri", "9:30", "24:00", "211", "https://[", "https://a.b"),
    *("2026-02-30", "2026", "yes", "-1", "1e9", "PK", "food", "a" * 2000, "٣y", "x\ny", "860-522-4636", "all", "child"),
)
VALUES: st.SearchStrategy[Value] = st.recursive(
    st.one_of(st.none(), st.sampled_from(WORDS), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(WORDS), st.text(max_size=8)), inner, max_size=3),
    ),
    max_leaves=6,
)


@pytest.mark.slow
@fuzz
@given(path=st.sampled_from(ORGANIZATIONS), place=st.floats(0, 1, exclude_max=True), value=VALUES)
def test_any_value_in_any_place_is_told_or_taken(path: Path, place: float, value: Value) -> None:
    document = read_bytes(path.read_bytes(), "fuzz.yaml")
    places = list(document.lines)
    *around, last = places[int(place * len(places))]
    inside: Any = document.value
    for step in around:
        inside = inside[step]
    inside[last] = value
    try:
        OrganizationFileSchema().load(document.value)  # type: ignore[arg-type]
    except ValidationError as error:
        assert list(problems_of(document, error.messages))
