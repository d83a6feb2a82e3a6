"""flask translations ...: the texts of the pages for translators, and what is wrong with a translation."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from settings import ROOT
from web.shared.language import LANGUAGES
from web.translation_check import problems, template, texts_used, translations_of

translations_group = AppGroup("translations", help="The texts of the pages in other languages.")

TEMPLATE = ROOT / "var" / "pages.pot"


@translations_group.command("check")
def check_translations() -> None:
    """Name what is missing, not used, there twice, or not kept of a text. Ends with 1 when there is something."""
    used = texts_used()
    found = [
        f"{code}: {problem}" for code in LANGUAGES if code != "en" for problem in problems(used, translations_of(code))
    ]
    for line in found:
        click.echo(line)
    click.echo(f"{len(used)} texts, {len(found)} problems.")
    sys.exit(bool(found))


@translations_group.command("extract")
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path), default=TEMPLATE)
def extract_texts(path: Path) -> None:
    """Write all texts of the pages, with their places, as a template for translators."""
    used = texts_used()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(template(used))
    click.echo(f"{len(used)} texts at {path}")
