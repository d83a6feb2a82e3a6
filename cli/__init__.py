"""The command line: flask catalog, index, inquiries, match, search and translations.

Commands print for people by default, and in a form for programs on request. A broken catalog: exit code 1.
"""

from __future__ import annotations

from flask import Flask

from cli.catalog import catalog_group
from cli.index import index_group
from cli.inquiries import inquiries_group
from cli.match import match_command
from cli.search import search_group
from cli.translations import translations_group


def register(app: Flask) -> None:
    app.cli.add_command(catalog_group)
    app.cli.add_command(index_group)
    app.cli.add_command(inquiries_group)
    app.cli.add_command(match_command)
    app.cli.add_command(search_group)
    app.cli.add_command(translations_group)
