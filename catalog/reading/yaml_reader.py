"""YAML text -> plain values with line numbers. Decides what a file may contain as YAML, nothing about meaning.

Every scalar stays text: `06103` is a ZIP code, `no` is a word and `9:30` is a time until a schema says otherwise.
The file is read as a stream of PyYAML events by a small builder of our own, because the usual loaders guess types, let
the last of two equal keys win, follow aliases without limit and crash on deep nesting.
"""

from __future__ import annotations

import hashlib
import re
import stat
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from catalog.reading.problems import Problem, shown

MAX_BYTES = 1_000_000
MAX_DEPTH = 24
MAX_NODES = 100_000
TOO_DEEP = f"nested more than {MAX_DEPTH} levels deep."
MAX_KEY_LENGTH = 100

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
Path_: TypeAlias = tuple[str | int, ...]

# Control characters (but for tab and line breaks), line breaks that few editors count, lone surrogates, and marks that
# reorder text on a page.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")

_BRACKET_OR_QUOTED = re.compile(r"""[\[\]{}]|"(?:[^"\\]|\\.)*"|(?<![\w])'[^']*'|(?:(?<=\s)|^)#.*""", re.MULTILINE)

# libyaml's parser is about ten times faster; the pure Python one gives the same events where it is missing.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Document:
    """One file: its value, and the line (from 1) on which each part of it begins.

    `lines` maps the path of a part, such as `("services", 0, "name")`, to its line.
    """

    path: str
    value: Value
    lines: dict[Path_, int]
    # SHA-256 of the bytes that were read.
    digest: bytes = field(default=b"", compare=False)

    def line(self, *path: str | int) -> int:
        """The line of the part at `path`, or of the nearest part around it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 1


class UnreadableFileError(Exception):
    """The file is no YAML that the catalog accepts. `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def read_file(path: Path, name: str | None = None, within: Path | None = None) -> Document:
    """Read one YAML file. With `within`, a link that leads out of that folder is refused.

    Raises UnreadableFileError for a file that is missing, over 1 MB, no regular file, no UTF-8, or no acceptable YAML.
    """
    shown_name = name or str(path)
    try:
        if within is not None and not path.resolve(strict=True).is_relative_to(within.resolve()):
            raise UnreadableFileError(
                Problem(shown_name, 1, "", "is a link that leads out of the folder; copy the file.")
            )
        data = _read_regular_file(path, shown_name)
    except OSError as error:
        raise UnreadableFileError(Problem(shown_name, 1, "", f"cannot be read: {error.strerror}.")) from None
    return read_bytes(data, shown_name)


def _read_regular_file(path: Path, name: str) -> bytes:
    """Read at most MAX_BYTES + 1 bytes. A device or pipe is refused before it is opened: either may never end."""
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise UnreadableFileError(Problem(name, 1, "", "is not an ordinary file; catalog files are plain text."))
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def read_bytes(data: bytes, name: str) -> Document:
    """Read YAML from bytes; `name` is the path that messages give. Raises UnreadableFileError."""
    if len(data) > MAX_BYTES:
        raise UnreadableFileError(Problem(name, 1, "", f"the file is larger than {MAX_BYTES:,} bytes; split it."))
    text = _decode(data, name)
    return replace(_Builder(name).build(text), digest=hashlib.sha256(data).digest())


def _decode(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFileError(Problem(name, line, "", "is not UTF-8 text; save the file as UTF-8.")) from None
    # libyaml refuses most of these too, but does not say on which line.
    if unwanted := _UNWANTED.search(text):
        line = len(re.findall(r"\r\n?|\n", text[: unwanted.start()])) + 1
        raise UnreadableFileError(Problem(name, line, "", _unwanted_message(unwanted[0])))
    return text


def _unwanted_message(char: str) -> str:
    return f"contains the invisible character U+{ord(char):04X}; remove it."


@dataclass(slots=True)
class _Frame:
    """A list or map that is being filled."""

    path: Path_
    value: list[Value] | dict[str, Value]
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    name: str
    lines: dict[Path_, int] = field(default_factory=dict)
    stack: list[_Frame] = field(default_factory=list)
    root: Value = None
    nodes: int = 0
    documents: int = 0

    def build(self, text: str) -> Document:
        try:
            for event in yaml.parse(text, Loader=_LOADER):
                self._take(event)
        except yaml.YAMLError as error:
            raise UnreadableFileError(self._syntax_problem(error, text)) from None
        return Document(self.name, self.root, self.lines)

    def _take(self, event: Any) -> None:
        line = event.start_mark.line + 1
        match event:
            case yaml.ScalarEvent():
                self._refuse_anchor_or_tag(event, line)
                self._scalar(event, line)
            case yaml.MappingStartEvent():
                self._refuse_anchor_or_tag(event, line)
                self._open({}, line)
            case yaml.SequenceStartEvent():
                self._refuse_anchor_or_tag(event, line)
                self._open([], line)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.stack.pop()
            case yaml.AliasEvent():
                self._fail(line, "aliases (*name) are not allowed; write the value out.")
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    self._fail(line, "only one document a file; remove the “---” line.")
            case _:
                pass

    def _refuse_anchor_or_tag(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            self._fail(line, "anchors (&name) are not allowed; write the value out.")
        if event.tag is not None:
            self._fail(line, "tags (!name) are not allowed; write plain text.")

    def _scalar(self, event: Any, line: int) -> None:
        text: str = event.value
        if unwanted := _UNWANTED.search(text):
            self._fail(line, _unwanted_message(unwanted[0]))
        frame = self.stack[-1] if self.stack else None
        if frame is not None and isinstance(frame.value, dict) and frame.key is None:
            self._key(frame, frame.value, text, line)
        else:
            # A key with nothing after it has no value; a quoted empty string is one.
            self._place(None if text == "" and not event.style else text, line)

    def _key(self, frame: _Frame, mapping: dict[str, Value], text: str, line: int) -> None:
        if len(text) > MAX_KEY_LENGTH:
            self._fail(line, f"a field name may have {MAX_KEY_LENGTH} characters at most.")
        if not text.isprintable():
            self._fail(line, "a field name must stand on one line, without tabs.")
        if text in mapping:
            first = self.lines.get((*frame.path, text), line)
            self._fail(line, f"{shown(text)} is given twice (first on line {first}); keep one.")
        frame.key = text
        self.lines[(*frame.path, text)] = line

    def _open(self, value: list[Value] | dict[str, Value], line: int) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self._fail(line, TOO_DEEP)
        frame = self.stack[-1] if self.stack else None
        if frame is not None and isinstance(frame.value, dict) and frame.key is None:
            self._fail(line, "a field name must be plain text, not a list or a map.")
        path = self._place(value, line)
        self.stack.append(_Frame(path, value))

    def _place(self, value: Value, line: int) -> Path_:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._fail(line, f"more than {MAX_NODES:,} values in one file; split it.")
        if not self.stack:
            self.root = value
            return ()
        frame = self.stack[-1]
        if isinstance(frame.value, list):
            path = (*frame.path, len(frame.value))
            frame.value.append(value)
            self.lines[path] = line
        else:
            assert frame.key is not None
            path = (*frame.path, frame.key)
            frame.value[frame.key] = value
            frame.key = None
        return path

    def _fail(self, line: int, message: str) -> None:
        raise UnreadableFileError(Problem(self.name, line, "", message))

    def _syntax_problem(self, error: yaml.YAMLError, text: str) -> Problem:
        # Some versions of libyaml look far ahead and give up on deep nesting before they tell of the first bracket.
        if (deep := _too_deep_at(text)) is not None:
            return Problem(self.name, deep, "", TOO_DEEP)
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        # What is missing at the end of a file is found missing after its last line.
        line = min(mark.line + 1 if mark is not None else 1, max(1, len(text.splitlines())))
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be parsed"
        return Problem(self.name, line, "", f"is not valid YAML: {reason}. Check indentation, quotes and colons.")


def _too_deep_at(text: str) -> int | None:
    """Return the line (from 1) on which brackets are nested deeper than MAX_DEPTH, quoted text left out; else None."""
    depth = 0
    for match in _BRACKET_OR_QUOTED.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match[0], 0)
        if depth > MAX_DEPTH:
            return text.count("\n", 0, match.start()) + 1
    return None
