"""The texts of the pages and their translations: which are used, and what is wrong with a translation of them.

Decides where texts are looked for. What a translation must keep of its text: what is filled in, tags and plural.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po

from settings import ROOT
from web.shared.language import TRANSLATIONS

# Where the texts stand, and how Babel reads such files. Forms get their sentences from inquiries/messages.py.
SOURCES = {"web/**/*.py": "python", "inquiries/*.py": "python", "web/templates/**/*.html": "jinja2"}

# A text and its plural, which is None where it has none.
Text = tuple[str, str | None]

_HEADER = b"""msgid ""
msgstr ""
"Project-Id-Version: Community resource directory\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
_TAG = re.compile(r"</?[a-z][^>]*>")


def texts_used(root: Path = ROOT) -> dict[Text, list[tuple[str, int]]]:
    """Every text of the pages with the places of it: file and line, in their order."""
    places: dict[Text, list[tuple[str, int]]] = defaultdict(list)
    for pattern, method in SOURCES.items():
        for path in sorted(root.glob(pattern)):
            name = path.relative_to(root).as_posix()
            with path.open("rb") as file:
                for line, found, _, _ in extract(method, file, DEFAULT_KEYWORDS):
                    one, many = found[:2] if isinstance(found, tuple) else (found, None)
                    if one:
                        places[one, many].append((name, line))
    return dict(places)


def translations_of(code: str, folder: Path = TRANSLATIONS) -> dict[str, Catalog]:
    """The files of a language (es) by area: about, browse, common ..."""
    catalogs = {}
    for path in sorted((folder / code / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            catalogs[path.stem] = read_po(file, locale=code)
    return catalogs


def template(used: Mapping[Text, list[tuple[str, int]]]) -> bytes:
    """All texts with their places and without a translation: a template (.pot) for the tools of translators."""
    catalog = Catalog()
    for (item, many), places in used.items():
        catalog.add((item, many) if many else item, locations=places)
    written = BytesIO()
    write_po(written, catalog, width=120, sort_output=True, omit_header=True)
    return _HEADER + written.getvalue()


def problems(used: Mapping[Text, list[tuple[str, int]]], catalogs: Mapping[str, Catalog]) -> Iterator[str]:
    """What is missing, not used, there twice or not kept of a text; a line for each, with the file to go to."""
    areas: dict[Text, list[str]] = defaultdict(list)
    for area, catalog in catalogs.items():
        for message in catalog:
            if message.id:
                areas[_text(message)].append(area)
                yield from (f"{area}.po: {what}: {_text(message)[0]}" for what in _wrong(message, catalog))
    for text, places in used.items():
        if text not in areas:
            name, line = places[0]
            yield f"{name}:{line}: not translated: {text[0]}"
    for text, found in areas.items():
        if len(found) > 1:
            yield f"{' and '.join(f'{area}.po' for area in found)}: translated twice: {text[0]}"
        if text not in used:
            yield f"{found[0]}.po: not used by any page: {text[0]}"


def _text(message: Message) -> Text:
    one, *many = _parts(message.id)
    return one, many[0] if many else None


def _parts(found: str | list[str] | tuple[str, ...] | None) -> list[str]:
    """A text, or the texts for one and for many, as a list."""
    return [found or ""] if isinstance(found, str) or found is None else list(found)


def _wrong(message: Message, catalog: Catalog) -> Iterator[str]:
    translated = _parts(message.string)
    if not all(translated):
        yield "not translated"
        return
    if message.fuzzy:
        yield "marked as unsure (fuzzy), so that pages leave it out"
    yield from (str(error) for error in message.check(catalog))
    for original, text in zip(_parts(message.id), translated, strict=False):
        if sorted(_TAG.findall(original)) != sorted(_TAG.findall(text)):
            yield "other tags than the text"
