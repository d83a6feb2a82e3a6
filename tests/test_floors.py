"""No import runs up a floor, and each large library stays in its own part of the house."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent

# Part -> the parts that it may import.
FLOORS: dict[str, frozenset[str]] = {
    "catalog": frozenset(),
    "search": frozenset({"catalog"}),
    "matching": frozenset({"catalog"}),
    "settings": frozenset({"catalog"}),
    "server": frozenset(),
    "directory": frozenset({"catalog", "search", "matching", "settings"}),
    "inquiries": frozenset({"catalog", "settings"}),
    "context": frozenset({"catalog", "directory", "settings"}),
    "api": frozenset({"catalog", "search", "matching", "directory", "settings", "context"}),
    "web": frozenset({"catalog", "search", "matching", "directory", "settings", "context", "inquiries"}),
    "cli": frozenset(
        {"catalog", "search", "matching", "directory", "settings", "context", "inquiries", "server", "api", "web"}
    ),
    "app": frozenset(
        {
            "catalog",
            "search",
            "matching",
            "directory",
            "settings",
            "context",
            "inquiries",
            "server",
            "api",
            "web",
            "cli",
        }
    ),
}

# Library -> the parts that may use it.
HOMES = {
    "flask": {"context", "inquiries", "api", "web", "cli", "app"},
    "flask_sqlalchemy": {"inquiries"},
    "flask_migrate": {"inquiries"},
    "flask_limiter": {"inquiries"},
    "limits": {"inquiries"},
    "sqlalchemy": {"inquiries"},
    "alembic": {"inquiries"},
    "flask_smorest": {"api"},
    "whoosh": {"search"},
    "yaml": {"catalog"},
    "phonenumbers": {"catalog"},
    "gunicorn": {"server"},
}


def modules(part: str) -> Iterator[Path]:
    folder = ROOT / part
    yield from folder.rglob("*.py") if folder.is_dir() else [ROOT / f"{part}.py"]


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_no_import_runs_up_a_floor() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {other}"
        for part, below in FLOORS.items()
        for path in modules(part)
        for other in sorted(imported(path) & set(FLOORS))
        if other != part and other not in below
    ]
    assert wrong == []


def test_each_large_library_stays_in_its_own_part() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {library}"
        for part in FLOORS
        for path in modules(part)
        for library in sorted(imported(path) & set(HOMES))
        if part not in HOMES[library]
    ]
    assert wrong == []


def test_every_part_has_code_to_look_at() -> None:
    assert [part for part in FLOORS if not list(modules(part))] == []


def test_only_one_module_knows_whoosh() -> None:
    assert [path.name for path in modules("search") if "whoosh" in imported(path)] == ["whoosh_index.py"]
