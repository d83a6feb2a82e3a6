"""English and Spanish: the language of a page, its texts, and its address in the other language.

Every page exists twice: at its own address in English and below /es in Spanish. The texts of pages stand in English in
templates and views, and in Spanish in web/translations/es; what a service says of itself stands in the catalog.
"""

from __future__ import annotations

from functools import cached_property
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, request, url_for
from flask_babel import Babel, Domain, get_locale
from flask_babel import gettext as _gettext
from flask_babel import ngettext as _ngettext

LANGUAGES = ("en", "es")
TRANSLATIONS = Path(__file__).parent / "translations"


def gettext(text: str, **values: object) -> str:
    """A text in the language of the page, with %(name)s filled in."""
    return str(_gettext(text, **values))


def ngettext(one: str, many: str, count: int, **values: object) -> str:
    """One text or the other, by number, in the language of the page; %(num)s is the number."""
    return str(_ngettext(one, many, count, **values))


def language() -> str:
    """The language of the page that is asked for: "es" below /es, else "en"."""
    return "es" if request.path == "/es" or request.path.startswith("/es/") else "en"


def link(endpoint: str, **values: object) -> str:
    """The address of a page in the language of this page; `endpoint` is the name of its view."""
    return url_for(f"{language()}.{endpoint}", **values)  # type: ignore[arg-type]


def alternate(code: str) -> str:
    """The address of this page in another language; the start page where there is no page here."""
    blueprint, _, endpoint = (request.endpoint or "").partition(".")
    if blueprint not in LANGUAGES or request.method != "GET":
        return url_for(f"{code}.{endpoint}" if _can_stand_alone(endpoint) else f"{code}.home")
    return url_for(f"{code}.{endpoint}", **{**request.args.to_dict(flat=False), **(request.view_args or {})})


def _can_stand_alone(endpoint: str) -> bool:
    """Whether a page that was asked for by POST has an address that can be asked for by GET, without any values."""
    rule = request.url_rule
    return rule is not None and not rule.arguments and "GET" in (rule.methods or ()) and endpoint != "static"


class _Texts(Domain):  # type: ignore[misc]
    """The texts of each language, read from their .po files when first needed: nothing compiled is kept."""

    def get_translations(self) -> NullTranslations:
        code = str(get_locale() or "en")
        if code not in self.cache:
            self.cache[code] = read_texts(code)
        texts: NullTranslations = self.cache[code]
        return texts


def read_texts(code: str) -> NullTranslations:
    """The translations into one language; none for English, in which the texts are written."""
    texts: Translations | None = None
    for path in sorted((TRANSLATIONS / code / "LC_MESSAGES").glob("*.po")):
        compiled = BytesIO()
        with path.open("rb") as file:
            write_mo(compiled, read_po(file, locale=code))
        compiled.seek(0)
        read = Translations(compiled)
        texts = texts.merge(read) if texts is not None else read
    return texts or NullTranslations()


class _Babel(Babel):  # type: ignore[misc]
    @cached_property
    def domain_instance(self) -> Domain:
        return _Texts()


def register(app: Flask) -> None:
    """Texts, dates and numbers of every page in its language."""
    _Babel(app, locale_selector=language)
    app.jinja_env.globals.update(link=link, language=language, alternate=alternate, languages=LANGUAGES)
