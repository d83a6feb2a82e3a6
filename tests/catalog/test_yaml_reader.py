"""The reader: what a file may contain as YAML, and what a refused file is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from catalog.reading import yaml_reader
from catalog.reading.yaml_reader import (
    MAX_BYTES,
    MAX_DEPTH,
    Document,
    UnreadableFileError,
    Value,
    read_bytes,
    read_file,
)
from tests.support.small_catalog import FILES


@pytest.fixture(autouse=True, params=["libyaml", "pure Python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test here runs with libyaml's parser and with the one that stands in for it where it is missing."""
    loader: Any = yaml.SafeLoader if request.param == "pure Python" else yaml.CSafeLoader
    monkeypatch.setattr(yaml_reader, "_LOADER", loader)
    return iter([None])


def read(text: str) -> Value:
    return read_bytes(text.encode(), "file.yaml").value


def refusal(data: str | bytes) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read_bytes(data.encode() if isinstance(data, str) else data, "file.yaml")
    return str(caught.value)


def test_every_scalar_stays_text() -> None:
    text = (
        "zip: 06103\nopens: 9:30\nlang: no\nyear: 2026-11-01\nratio: 1e3\nhex: 0x1F\nnothing: null\ntilde: ~\nyes: on"
    )
    assert read(text) == {
        "zip": "06103",
        "opens": "9:30",
        "lang": "no",
        "year": "2026-11-01",
        "ratio": "1e3",
        "hex": "0x1F",
        "nothing": "null",
        "tilde": "~",
        "yes": "on",
    }


def test_a_key_with_nothing_after_it_has_no_value_but_a_quoted_blank_is_text() -> None:
    assert read("a:\nb: ''\nc: \"\"\nd: [x, ]") == {"a": None, "b": "", "c": "", "d": ["x"]}


def test_folded_and_literal_text_is_read_as_yaml_says() -> None:
    assert read("a: >-\n  one\n  two\nb: |\n  one\n  two\nc: one\n  two") == {
        "a": "one two",
        "b": "one\ntwo\n",
        "c": "one two",
    }


def test_the_merge_key_is_a_key_like_any_other() -> None:
    assert read("<<: {a: 1}\na: 2") == {"<<": {"a": "1"}, "a": "2"}


def test_lines_are_those_of_keys_and_list_items() -> None:
    document = read_bytes(b"# comment\na:\n  - x\n  - b: 1\n    c: {d: 2}\n", "file.yaml")
    assert document.lines == {
        ("a",): 2,
        ("a", 0): 3,
        ("a", 1): 4,
        ("a", 1, "b"): 4,
        ("a", 1, "c"): 5,
        ("a", 1, "c", "d"): 5,
    }


def test_the_line_of_a_part_that_is_not_there_is_that_of_the_nearest_part_around_it() -> None:
    document = read_bytes(b"\na:\n  - b: 1\n", "file.yaml")
    assert document.line("a", 0, "missing", "deeper") == 3
    assert document.line("a", 7) == 2
    assert document.line("missing") == 1
    assert document.line() == 1


def test_a_repeated_key_is_refused_with_both_lines() -> None:
    assert refusal("a: 1\nb: 2\na: 3") == "file.yaml:3: “a” is given twice (first on line 1); keep one."


def test_a_repeated_key_deep_in_a_list_is_refused_with_both_lines() -> None:
    text = "list:\n  - name: x\n    other: y\n  - name: z\n    zip: 1\n    zip: 2\n"
    assert refusal(text) == "file.yaml:6: “zip” is given twice (first on line 5); keep one."


def test_equal_keys_of_different_maps_are_no_repeat() -> None:
    assert read("a: {x: 1}\nb: {x: 2}") == {"a": {"x": "1"}, "b": {"x": "2"}}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: &name 2", 2, "anchors (&name) are not allowed"),
        ("a: 1\nb: &name [2]", 2, "anchors"),
        ("a: 1\nb: &name {c: 2}", 2, "anchors"),
        ("&name a: 1", 1, "anchors"),
        ("a: 1\nb: *name", 2, "aliases (*name) are not allowed"),
        ("a: 1\nb: !!str 2", 2, "tags (!name) are not allowed"),
        ("a: 1\nb: ! 2", 2, "tags"),
        ("a: 1\nb: !!python/object/apply:os.system [ls]", 2, "tags"),
        ("a: 1\nb: !map {c: 2}", 2, "tags"),
        ("!!int 1: b", 1, "tags"),
        ("a: 1\n---\nb: 2", 2, "only one document"),
        ("--- a\n--- b", 2, "only one document"),
        ("a: 1\n? [b]\n: 2", 2, "a field name must be plain text"),
        ("a: 1\n{b: c}: 2", 2, "a field name must be plain text"),
        ("a: 1\n" + "k" * 101 + ": 2", 2, "a field name may have 100 characters"),
        ('a: 1\n"b\\nc": 2', 2, "a field name must stand on one line"),
        ("a: 1\nb: [", 3, "is not valid YAML"),
        ("a: 1\n\tb: 2", 2, "is not valid YAML"),
        ("a: 1\nb: c: d", 2, "is not valid YAML"),
        ("a: 1\nb: @x", 2, "is not valid YAML"),
    ],
)
def test_what_a_catalog_has_no_use_for_is_refused_on_its_line(text: str, line: int, words: str) -> None:
    message = refusal(text)
    if words == "is not valid YAML":
        # The two parsers see an open bracket end on different lines.
        assert message.startswith(("file.yaml:2: ", f"file.yaml:{line}: "))
    else:
        assert message.startswith(f"file.yaml:{line}: ")
    assert words in message


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert refusal(bomb).startswith("file.yaml:1: anchors")


@pytest.mark.parametrize(
    "char",
    [
        "\0",
        "\x01",
        "\x07",
        "\x0b",
        "\x0c",
        "\x1b",
        "\x7f",
        "\x81",
        "\x85",
        "\u2028",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\uffff",
    ],
)
@pytest.mark.parametrize("place", ["a: 1\nb: x{}y\n", "a: 1\nb{}: x\n", "a: 1\n# {}\n", "a: 1\r\nb: 'x{}'\r\n"])
def test_invisible_characters_are_refused_on_their_line(char: str, place: str) -> None:
    message = refusal(place.format(char))
    assert message == f"file.yaml:2: contains the invisible character U+{ord(char):04X}; remove it."


@pytest.mark.parametrize("escape", ["\\0", "\\x07", "\\e", "\\u202e", "\\uFEFF", "\\L", "\\N", "\\uFFFF"])
def test_an_escape_does_not_bring_an_invisible_character_in(escape: str) -> None:
    assert refusal(f'a: 1\nb: "x{escape}y"').startswith("file.yaml:2: contains the invisible character U+")


def test_escaped_lone_surrogates_are_refused() -> None:
    assert refusal('a: 1\nb: "\\ud800"').startswith("file.yaml:2: ")


def test_encoded_lone_surrogates_are_no_utf_8() -> None:
    assert refusal(b"a: 1\nb: \xed\xa0\x80") == "file.yaml:2: is not UTF-8 text; save the file as UTF-8."


def test_a_byte_that_is_no_utf_8_is_refused_on_its_line() -> None:
    assert refusal("a: 1\nb: x\nc: café".encode("latin-1")).startswith("file.yaml:3: is not UTF-8")


def test_a_byte_order_mark_at_the_beginning_is_accepted() -> None:
    document = read_bytes("a: 1\nb: é".encode("utf-8-sig"), "file.yaml")
    assert document.value == {"a": "1", "b": "é"}
    assert document.lines[("b",)] == 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings_are_refused(encoding: str) -> None:
    message = refusal("a: 1\nb: 2".encode(encoding))
    assert "save the file as UTF-8" in message or "invisible character U+0000" in message


def test_letters_of_all_languages_and_pictures_are_accepted() -> None:
    assert read("a: ¿Dónde? 食物 \U0001f34e") == {"a": "¿Dónde? 食物 \U0001f34e"}


@pytest.mark.parametrize("nest", ["[" * 60_000, "{a: " * 15_000, "- " * 30_000, "[" * 30_000 + "]" * 30_000])
def test_a_nest_of_60_000_bytes_is_refused_without_a_crash(nest: str) -> None:
    assert refusal(nest) == f"file.yaml:1: nested more than {MAX_DEPTH} levels deep."


def test_the_deepest_nest_that_is_allowed_is_read() -> None:
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH) is not None
    assert "nested more than" in refusal("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))


def test_more_than_100_000_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    # The limit is lowered, for the pure Python parser takes long over so many.
    monkeypatch.setattr(yaml_reader, "MAX_NODES", 1000)
    assert "more than 1,000 values" in refusal("- x\n" * 1000)
    assert read("- x\n" * 999) == ["x"] * 999


def test_a_file_of_100_mb_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    opened: list[Path] = []
    monkeypatch.setattr(Path, "read_bytes", opened.append)
    with pytest.raises(UnreadableFileError, match="larger than 1,000,000 bytes; split it"):
        read_file(path, "large.yaml")
    assert opened == []


def test_a_scalar_of_100_mb_in_memory_is_refused() -> None:
    message = refusal(b"a: " + b"x" * 100_000_000)
    assert message == "file.yaml:1: the file is larger than 1,000,000 bytes; split it."


def test_a_file_of_the_greatest_size_is_read(tmp_path: Path) -> None:
    data = b"a: x\n#".ljust(MAX_BYTES, b"x")
    path = tmp_path / "full.yaml"
    path.write_bytes(data)
    assert read_file(path).value == {"a": "x"}
    assert "larger than" in refusal(data + b"x")


@pytest.mark.parametrize("data", [b"", b"\n", b"# only a comment\n", b"\xef\xbb\xbf", b"---\n", b"---\n...\n"])
def test_an_empty_file_has_no_value(data: bytes) -> None:
    assert read_bytes(data, "file.yaml") == Document("file.yaml", None, {})


def test_a_missing_file_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_file(tmp_path / "gone.yaml", "gone.yaml")
    assert str(caught.value) == "gone.yaml:1: cannot be read: No such file or directory."


def test_a_folder_instead_of_a_file_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_file(tmp_path, "folder.yaml")
    assert str(caught.value) == "folder.yaml:1: cannot be read: Is a directory."


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_both_parsers_read_the_same_with_the_same_lines(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one = read_bytes(text.encode(), "file.yaml")
    monkeypatch.setattr(yaml_reader, "_LOADER", yaml.CSafeLoader)
    assert read_bytes(text.encode(), "file.yaml") == one
