"""English and Spanish: the language of a page, its texts, and its address in the other language.

Every page exists twice: at its own address in English and below /es in Spanish. The texts of pages stand in English in
templates and views, and in Spanish in web/translations/es; what a service says of itself stands in the catalog.
"""

from __future__ import annotations

from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, request, url_for
from flask_babel import Babel
from markupsafe import Markup

LANGUAGES = ("en", "es")
TRANSLATIONS = Path(__file__).parent.parent / "translations"


def N_(text: str) -> str:
    """Marks a text for translation, and leaves it as it is: for tables of texts. `gettext` translates it when shown."""
    return text


def gettext(text: str, **values: object) -> str:
    """A text in the language of the page, with %(name)s filled in; in English where there is no page."""
    found: str = _texts().gettext(text)
    return found % values if values else found


def ngettext(one: str, many: str, count: int, **values: object) -> str:
    """One text or the other, by number, in the language of the page; %(num)s is the number."""
    found: str = _texts().ngettext(one, many, count)
    return found % {"num": count, **values}


def language() -> str:
    """The language of the page that is asked for: "es" below /es, else "en"."""
    path = request.path
    return "es" if path == "/es" or path.startswith("/es/") else "en"


def link(endpoint: str, **values: object) -> str:
    """The address of a page in the language of this page; `endpoint` is the name of its view."""
    endpoint = f"{language()}.{endpoint}"
    if values.keys() <= {"key"}:
        return _kept_link(endpoint, str(values.get("key", "")), request.root_path)
    return url_for(endpoint, **values)  # type: ignore[arg-type]


@lru_cache(maxsize=4096)
def _kept_link(endpoint: str, key: str, root: str) -> str:
    """Addresses of services, and of pages that there are once: a page of results has dozens. What somebody typed is in
    none of them. `root` is where the application stands on its host: the address begins with it.
    """
    return url_for(endpoint, key=key) if key else url_for(endpoint)


def alternate(code: str) -> str:
    """The address of this page in another language; the start page where there is no page here."""
    blueprint, _, endpoint = (request.endpoint or "").partition(".")
    if blueprint not in LANGUAGES or request.method not in ("GET", "HEAD"):
        return url_for(f"{code}.{endpoint}" if _can_stand_alone(endpoint) else f"{code}.home")
    address = url_for(f"{code}.{endpoint}", **(request.view_args or {}))
    # As text: url_for would take "_external" and the like in an address for orders to itself.
    query = urlencode(list(request.args.items(multi=True)))
    return f"{address}?{query}" if query else address


def _can_stand_alone(endpoint: str) -> bool:
    """Whether a page that was asked for by POST has an address that can be asked for by GET, without any values."""
    rule = request.url_rule
    return rule is not None and not rule.arguments and "GET" in (rule.methods or ()) and endpoint != "static"


def _texts() -> NullTranslations:
    return read_texts(language() if has_request_context() else "en")


@cache
def read_texts(code: str) -> NullTranslations:
    """The translations into one language, read from its .po files when they are first needed: nothing compiled is kept.
    None for English, in which the texts are written.
    """
    texts: Translations | None = None
    for path in sorted((TRANSLATIONS / code / "LC_MESSAGES").glob("*.po")):
        compiled = BytesIO()
        with path.open("rb") as file:
            write_mo(compiled, read_po(file, locale=code))
        compiled.seek(0)
        read = Translations(compiled)
        texts = texts.merge(read) if texts is not None else read
    return texts or NullTranslations()


def _in_template(text: str, /, **values: object) -> Markup:
    """A text of a template: it may have tags of its own, and what is filled in is escaped."""
    found = Markup(_texts().gettext(text))  # noqa: S704
    return found % values if "%" in found else found


def _one_or_many(one: str, many: str, count: int, /, **values: object) -> Markup:
    return Markup(_texts().ngettext(one, many, count)) % {"num": count, **values}  # noqa: S704


def register(app: Flask) -> None:
    """Texts, dates and numbers of every page in its language."""
    Babel(app, locale_selector=language)
    # Flask-Babel looks for the language of the page anew for each text: a third of the time of a page of results.
    app.jinja_env.globals.update({"_": _in_template, "gettext": _in_template, "ngettext": _one_or_many})
    app.jinja_env.globals.update(link=link, language=language, alternate=alternate, languages=LANGUAGES)
