"""Parts of pages that are the same for whoever asks, such as a card without its fit: rendered once, then kept.

Nothing of what somebody asked may be in them. What is kept of a service is kept in its ServiceCopy, and ends with it.
"""

from __future__ import annotations

from functools import lru_cache

from flask import Flask, current_app, request
from jinja2 import Template
from jinja2.runtime import Macro
from markupsafe import Markup

from web.shared.language import language
from web.shared.service_card import ServiceCard


def once(macro: Macro, item: ServiceCard, *values: str) -> Markup:
    """What a macro makes of a service and these values. Only for macros that read nothing else."""
    key = (macro.name, values, _root())
    found = item.rendered.get(key)
    if found is None:
        found = item.rendered[key] = macro(item, *values)
    return Markup(found)  # noqa: S704


def frame(name: str) -> Markup:
    """A template that reads nothing but the language of the page and the name of its view."""
    return _frame(current_app.jinja_env.get_template(name), request.endpoint, language(), _root())


@lru_cache(maxsize=1024)
def _frame(template: Template, endpoint: str | None, code: str, root: str) -> Markup:
    return Markup(template.render())  # noqa: S704


def _root() -> str:
    """Where the application stands on its host: all links begin with it."""
    return request.root_path


def register(app: Flask) -> None:
    app.jinja_env.globals.update(once=once, frame=frame)
