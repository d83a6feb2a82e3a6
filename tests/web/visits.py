"""Every kind of page, and how to get to it: the tests of accessibility, size and speed look at each of these."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page


@dataclass(frozen=True, slots=True)
class Visit:
    """A page: its address, and the fields of the form that leads to it where it has no address of its own.

    `form` is the address of the page with that form; its fields are filled in and it is sent.
    """

    name: str
    path: str
    fields: dict[str, Any] = field(default_factory=dict)

    def go(self, page: Page, language: str) -> None:
        page.goto((language + self.path).rstrip("/") or "/")
        if self.fields:
            for name, value in self.fields.items():
                page.locator(f'[name="{name}"]').first.fill(value)
            page.locator(f'[name="{next(iter(self.fields))}"]').first.press("Enter")
            page.wait_for_load_state()


VISITS = (
    Visit("home", "/"),
    Visit("results", "/search?q=respite&town=Meriden&age=6"),
    Visit("sensitive results", "/", {"q": "my husband hits me"}),
    Visit("nothing found", "/search?q=guitar+strings&town=Meriden"),
    Visit("wrong fields", "/search?q=respite&town=Meridan&age=old"),
    Visit("service", "/services/ct-birth-to-three"),
    Visit("shared list", "/list?s=ct-birth-to-three,ct-wic"),
    Visit("list", "/list"),
    Visit("handout", "/list/handout?s=ct-birth-to-three,ct-wic"),
    Visit("wrong address", "/nothing/here"),
)
