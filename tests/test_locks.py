"""The lock files name one version of every package, within the ranges of pyproject.toml, and no place to get it."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.metadata import requires
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.lock import FOLDER, LOCKS, ROOT, SBOM, locked

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]


def text_of(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def wanted(name: str) -> list[Requirement]:
    """What pyproject.toml asks for on Linux, for a lock file."""
    lines = [*PROJECT["dependencies"], *(line for extra in LOCKS[name] for line in EXTRAS[extra])]
    found = [Requirement(line) for line in lines]
    return [each for each in found if each.marker is None or each.marker.evaluate({"platform_system": "Linux"})]


def test_each_extra_has_a_lock_and_each_lock_a_file() -> None:
    assert {extra for extras in LOCKS.values() for extra in extras} == set(EXTRAS)
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(LOCKS)


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_asked_for_is_locked_within_its_range(name: str) -> None:
    versions = locked(text_of(name))
    wrong = [
        f"{package}: {versions.get(canonicalize_name(package.name), 'not locked')}"
        for package in wanted(name)
        if not package.specifier.contains(versions.get(canonicalize_name(package.name), "0"))
    ]
    assert wrong == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_hashes(name: str) -> None:
    blocks = re.split(r"^(?=[A-Za-z0-9._-]+==)", text_of(name), flags=re.MULTILINE)[1:]
    assert len(blocks) == len(locked(text_of(name)))
    assert [block.split()[0] for block in blocks if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", block)] == []


def test_the_locks_agree_with_each_other() -> None:
    versions: dict[str, set[str]] = {}
    for name in LOCKS:
        for package, version in locked(text_of(name)).items():
            versions.setdefault(package, set()).add(version)
    assert {package: found for package, found in versions.items() if len(found) > 1} == {}


@pytest.mark.parametrize("name", ["test", "check", "bench", "postgresql"])
def test_what_the_service_needs_is_in_each_larger_set(name: str) -> None:
    assert locked(text_of("run")).keys() <= locked(text_of(name)).keys()


@pytest.mark.parametrize("path", [*sorted(FOLDER.iterdir()), ROOT / "pyproject.toml"], ids=lambda path: path.name)
def test_no_place_to_get_packages_from_is_named(path: Any) -> None:
    text = path.read_text(encoding="utf-8").replace("http://cyclonedx.org/schema/", "")
    assert re.findall(r"https?://\S*|file:/\S*|--(?:extra-)?index-url.*|--find-links.*", text) == []


def test_the_list_of_parts_has_what_the_service_needs_and_nothing_else() -> None:
    bom = json.loads(SBOM.read_text(encoding="utf-8"))
    listed = {canonicalize_name(part["name"]): part["version"] for part in bom["components"]}
    assert listed == locked(text_of("run"))
    assert [part["name"] for part in bom["components"] if not part.get("licenses")] == []


def test_what_a_locked_package_needs_is_locked_too() -> None:
    """As far as the packages installed here tell."""
    versions = locked(text_of("run"))
    missing = [
        f"{package} needs {need.name}"
        for package in versions
        for need in map(Requirement, requires(package) or ())
        if (need.marker is None or need.marker.evaluate({"extra": ""})) and canonicalize_name(need.name) not in versions
    ]
    assert missing == []
