"""Which files a catalog is read from: nothing vanishes without a word, and nothing outside the folder is read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from catalog.reading import yaml_reader
from catalog.reading.files import digest_of, unread_files, version_of
from catalog.reading.loader import catalog_version
from tests.support.small_catalog import SmallCatalog

FOOD = "community/food-bank.yaml"


def errors(small: SmallCatalog) -> list[str]:
    return [str(problem) for problem in small.read().errors]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("community/extra.yml", "catalog files end in .yaml"),
        ("community/EXTRA.YAML", "catalog files end in .yaml"),
        ("hospital/extra.yaml", "hospital/ is no sector"),
        ("behavioural-health/extra.yaml", "behavioural-health/ is no sector"),
        ("extra.yaml", "organizations stand in a sector's own folder"),
        ("community/more/extra.yaml", "organizations stand in a sector's own folder"),
    ],
)
def test_a_file_that_is_not_read_is_an_error(small: SmallCatalog, name: str, reason: str) -> None:
    path = small.resources / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("organization: {}\n", encoding="utf-8")
    (error,) = errors(small)
    assert error.startswith(f"{name}:1: is not read: ") and reason in error


def test_hidden_files_are_left_to_editors(small: SmallCatalog) -> None:
    (small.resources / "community" / ".food-bank.yaml.swp").write_text("x", encoding="utf-8")
    assert errors(small) == []


def test_a_folder_that_cannot_be_listed_is_an_error(small: SmallCatalog, monkeypatch: pytest.MonkeyPatch) -> None:
    original = os.scandir

    def refuse_legal(path: str) -> Any:
        if str(path).endswith("legal"):
            raise PermissionError(13, "Permission denied", str(path))
        return original(path)

    monkeypatch.setattr(os, "scandir", refuse_legal)
    told = [str(problem) for problem in unread_files(small.resources, every_file(small))]
    assert told == ["legal:1: this folder cannot be listed: Permission denied."]


def every_file(small: SmallCatalog) -> set[str]:
    return {path.relative_to(small.resources).as_posix() for path in small.resources.rglob("*.yaml")}


def test_a_link_out_of_the_folder_is_refused_and_nothing_of_it_is_told(small: SmallCatalog, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("secret_line: 1\n", encoding="utf-8")
    (small.resources / "community" / "zz.yaml").symlink_to(outside)
    assert errors(small) == ["community/zz.yaml:1: is a link that leads out of the folder; copy the file."]


@pytest.mark.parametrize("kind", ["device", "pipe"])
def test_what_never_ends_is_not_opened(small: SmallCatalog, kind: str) -> None:
    path = small.resources / "community" / "zz.yaml"
    if kind == "pipe":
        os.mkfifo(path)
        assert errors(small) == ["community/zz.yaml:1: is not an ordinary file; catalog files are plain text."]
    else:
        with pytest.raises(yaml_reader.UnreadableFileError, match="is not an ordinary file"):
            yaml_reader.read_file(Path("/dev/zero"))


def test_the_version_is_of_the_bytes_that_were_read(small: SmallCatalog, monkeypatch: pytest.MonkeyPatch) -> None:
    before = small.text(FOOD)
    original = yaml_reader.read_bytes

    def read_and_change(data: bytes, name: str) -> yaml_reader.Document:
        document = original(data, name)
        if name == FOOD:
            small.path(FOOD).write_text(before.replace("once a week", "twice a week"), encoding="utf-8")
        return document

    old_version = catalog_version(small.resources)
    monkeypatch.setattr(yaml_reader, "read_bytes", read_and_change)
    catalog = small.read().catalog
    assert catalog is not None
    assert "once a week" in catalog.services["food-pantry"].summary
    assert catalog.version == old_version != catalog_version(small.resources)


def test_a_version_does_not_depend_on_the_order_of_files() -> None:
    files = [("a.yaml", digest_of(b"1")), ("b.yaml", digest_of(b"2"))]
    assert version_of(files) == version_of(reversed(files))
    assert version_of(files) != version_of([("a.yaml", digest_of(b"2")), ("b.yaml", digest_of(b"1"))])
