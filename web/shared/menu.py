"""The menus of every page: name of the view and its label, in the language of the page."""

from __future__ import annotations

from web.shared.language import gettext


def main_menu() -> list[tuple[str, str]]:
    """Return the main ways through the site."""
    return [
        ("home", gettext("Search")),
        ("needs", gettext("Browse")),
        ("finder", gettext("Step by step")),
        ("pathway", gettext("By birth month")),
        ("my_list", gettext("My list")),
    ]


def footer_menu() -> list[tuple[str, str]]:
    """Return the links at the foot of each page."""
    return [
        ("contact", gettext("Ask us to call you")),
        ("about", gettext("About this directory")),
        ("privacy", gettext("Your privacy")),
        ("accessibility", gettext("Accessibility")),
        ("coverage", gettext("What the directory covers")),
    ]
