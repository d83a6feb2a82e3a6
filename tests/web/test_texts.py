"""What is said of the translations of the pages: each thing that can be wrong with one, and the commands."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask

from web.translation_check import problems, template, texts_used, translations_of

PAGE = """<h1>{{ _('Call us') }}</h1>
<p>{% trans %}Call <a href="tel:211">211</a>.{% endtrans %}</p>
{{ ngettext('One program', '%(num)s programs', total) }}
"""
HEAD = 'msgid ""\nmsgstr ""\n"Language: es\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
CALL_US = 'msgid "Call us"\nmsgstr "Llámenos"\n\n'
CALL_211 = r"""msgid "Call <a href=\"tel:211\">211</a>."
msgstr "Llame al <a href=\"tel:211\">211</a>."

"""
PROGRAMS = """#, python-format
msgid "One program"
msgid_plural "%(num)s programs"
msgstr[0] "Un programa"
msgstr[1] "%(num)s programas"

"""
ALL = CALL_US + CALL_211 + PROGRAMS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    page = tmp_path / "web" / "templates" / "home.html"
    page.parent.mkdir(parents=True)
    page.write_text(PAGE, encoding="utf-8")
    (tmp_path / "es" / "LC_MESSAGES").mkdir(parents=True)
    return tmp_path


def told(folder: Path, **areas: str) -> list[str]:
    for area, text in areas.items():
        (folder / "es" / "LC_MESSAGES" / f"{area}.po").write_text(HEAD + text, encoding="utf-8")
    return list(problems(texts_used(folder), translations_of("es", folder)))


def test_nothing_is_said_of_translations_that_keep_everything(folder: Path) -> None:
    assert told(folder, common=CALL_US + PROGRAMS, contact=CALL_211) == []


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        (CALL_US, "", "web/templates/home.html:1: not translated: Call us"),
        ("Llámenos", "", "common.po: not translated: Call us"),
        (CALL_US, f"{CALL_US}#, fuzzy\n{CALL_US.replace('us', 'them')}", "common.po: marked as unsure (fuzzy)"),
        (CALL_US, CALL_US + CALL_US.replace("us", "them"), "common.po: not used by any page: Call them"),
        ("%(num)s programas", "%(number)s programas", "common.po: unknown named placeholder"),
        ('msgstr "Llame al <a href=\\"tel:211\\">211</a>."', 'msgstr "Llame al 211."', "common.po: other tags than"),
    ],
)
def test_each_thing_that_can_be_wrong_is_named(folder: Path, right: str, wrong: str, problem: str) -> None:
    found = told(folder, common=ALL.replace(right, wrong))
    assert any(one.startswith(problem) for one in found), found


def test_a_text_that_two_files_translate_is_named_with_both(folder: Path) -> None:
    assert told(folder, common=ALL, contact=CALL_US) == ["common.po and contact.po: translated twice: Call us"]


def test_the_template_holds_every_text_with_its_place(folder: Path) -> None:
    path = folder / "pages.pot"
    path.write_bytes(template(texts_used(folder)))
    with path.open("rb") as file:
        texts = {message.id: message.locations for message in read_po(file) if message.id}
    assert texts["Call us"] == [("web/templates/home.html", 1)]
    assert set(texts) == {"Call us", 'Call <a href="tel:211">211</a>.', ("One program", "%(num)s programs")}


def test_the_commands_check_the_real_translations_and_write_the_template(app: Flask, tmp_path: Path) -> None:
    runner = app.test_cli_runner()
    with app.app_context():
        checked = runner.invoke(args=["translations", "check"])
        written = runner.invoke(args=["translations", "extract", str(tmp_path / "new" / "pages.pot")])
    assert (checked.exit_code, checked.output.splitlines()[:-1]) == (0, [])
    assert written.exit_code == 0
    assert 'msgid "My list"' in (tmp_path / "new" / "pages.pot").read_text(encoding="utf-8")
