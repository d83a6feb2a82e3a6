"""Every text of the pages in Spanish: complete, with the same blanks and tags, and no English where Spanish belongs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from catalog.model import Catalog, Service
from settings import ROOT
from tests.support.browser_pages import Seen
from web.shared.language import LANGUAGES, TRANSLATIONS

FILES = sorted((TRANSLATIONS / "es" / "LC_MESSAGES").glob("*.po"))
BLANK = re.compile(r"%\((\w+)\)[sd]")
TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Said:
    """A text in English, its plural if it has one, and what stands in a file for both."""

    file: str
    one: str
    many: str
    spanish: tuple[str, ...]


def keys(message: str | tuple[str, ...] | list[str]) -> tuple[str, str]:
    """The text and its plural ("" without)."""
    return (message, "") if isinstance(message, str) else (message[0], message[1])


def extracted() -> set[tuple[str, str]]:
    """The texts that stand in templates and in Python, by web/translations/extract.ini."""
    with (TRANSLATIONS / "extract.ini").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = extract_from_dir(str(ROOT), methods, options, directory_filter=lambda path: Path(path).name != "var")
    return {keys(message) for _, _, message, *_ in found}


def messages() -> Iterator[tuple[str, Message]]:
    for path in FILES:
        with path.open("rb") as file:
            yield from ((path.name, message) for message in read_po(file, locale="es") if message.id)


def spoken() -> list[Said]:
    said = []
    for name, message in messages():
        spanish = message.string if isinstance(message.string, tuple) else (message.string,)
        said.append(Said(name, *keys(message.id), tuple(str(text) for text in spanish)))
    return said


@pytest.fixture(scope="module")
def texts() -> set[tuple[str, str]]:
    return extracted()


def test_texts_are_found_in_templates_in_python_and_in_messages_of_forms(texts: set[tuple[str, str]]) -> None:
    assert {("Search", ""), ("Best fit", ""), ("Please write your name.", "")} <= texts
    assert ("One program", "%(num)s programs") in texts
    assert len(texts) > 400


def test_every_text_is_translated(texts: set[tuple[str, str]]) -> None:
    assert texts - {(one.one, one.many) for one in spoken() if all(one.spanish)} == set()


def test_no_translation_is_left_of_a_text_that_is_gone(texts: set[tuple[str, str]]) -> None:
    assert {(one.one, one.many) for one in spoken()} - texts == set()


def test_no_text_stands_in_two_files_and_none_is_doubtful() -> None:
    assert [text for text, count in Counter(one.one for one in spoken()).items() if count > 1] == []
    assert [message.id for _, message in messages() if message.fuzzy] == []


@pytest.mark.parametrize("pattern", [BLANK, TAG], ids=["blanks", "tags"])
def test_translations_have_the_same_blanks_and_tags(pattern: re.Pattern[str]) -> None:
    """The Spanish singular may leave the number out ("one", not "1"), as the English one does."""
    wrong = []
    for one in spoken():
        many = sorted(pattern.findall(one.many or one.one))
        allowed = [sorted(pattern.findall(one.one)), many]
        if sorted(pattern.findall(one.spanish[-1])) != many:
            wrong.append(one)
        if any(sorted(pattern.findall(text)) not in allowed for text in one.spanish):
            wrong.append(one)
    assert wrong == []


def test_translations_say_something_else_than_the_english() -> None:
    """A text of three words or more that is the same in both languages was forgotten."""
    same = [one.one for one in spoken() if one.one in one.spanish and len(re.findall(r"[A-Za-z]{2,}", one.one)) > 2]
    assert same == []


def test_every_need_has_a_spanish_label_and_description(catalog: Catalog) -> None:
    assert "es" in LANGUAGES
    assert [one.id for one in catalog.needs.values() if not one.label.es or not one.description.es] == []


def test_every_listed_service_has_spanish_name_summary_and_next_step(catalog: Catalog) -> None:
    def is_whole(service: Service) -> bool:
        spanish = service.translations.get("es")
        return spanish is not None and all((spanish.name, spanish.summary, spanish.next_step))

    assert [one.id for one in catalog.services.values() if one.is_listed and not is_whole(one)] == []


def english_of_the_catalog(catalog: Catalog) -> set[str]:
    """Sentences that the catalog has in English only, or has in Spanish otherwise."""
    found: set[str] = set()
    for service in catalog.services.values():
        found |= {service.summary, service.next_step.text, service.description or "", service.alert or ""}
        found |= {*service.confirm, *service.required_documents, *service.accessibility, service.cost_note or ""}
    return {" ".join(text.split()) for text in found if len(text.split()) > 3}


def english_of_the_pages() -> re.Pattern[str]:
    """Any text of the pages that reads otherwise in Spanish, whatever stands in its blanks; parts between tags, too."""
    parts = set()
    for one in spoken():
        for text in filter(None, (one.one, one.many)):
            if text not in one.spanish:
                parts |= {" ".join(part.split()) for part in TAG.split(text)}
    worded = [part for part in parts if len(re.findall(r"[A-Za-z]{3,}", BLANK.sub("", part))) > 1]
    spanish = {" ".join(part.split()) for one in spoken() for text in one.spanish for part in TAG.split(text)}
    patterns = [BLANK.sub("\0", part.replace("%%", "%")) for part in worded if part not in spanish]
    return re.compile("|".join(re.escape(one).replace("\0", ".+?").replace("\\\0", ".+?") for one in patterns))


def test_no_english_is_left_on_spanish_pages(seen: list[Seen], catalog: Catalog) -> None:
    of_pages, of_catalog = english_of_the_pages(), english_of_the_catalog(catalog)
    wrong = [
        (page.name, piece.text)
        for page in seen
        if page.language == "es"
        for piece in page.pieces
        if piece.language == "es" and (of_pages.fullmatch(piece.text) or piece.text in of_catalog)
    ]
    assert wrong == []


def test_english_would_be_found_on_english_pages(seen: list[Seen], catalog: Catalog) -> None:
    """The other way round: what the test above looks for is what English pages say."""
    of_pages, of_catalog = english_of_the_pages(), english_of_the_catalog(catalog)
    for page in seen:
        if page.language == "en":
            assert any(of_pages.fullmatch(piece.text) for piece in page.pieces), page.name
    assert any(piece.text in of_catalog for page in seen for piece in page.pieces if page.language == "en")
