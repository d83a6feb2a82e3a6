"""A family on its way through the step-by-step finder, by test client."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class Form(HTMLParser):
    """The form of a page that has `data-step`: its hidden state, its fields, its choices and its buttons."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.step = self.state = ""
        self.fields: dict[str, str] = {}
        self.choices: list[str] = []
        self.checked: list[str] = []
        self.moves: list[str] = []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._inside = "data-step" in given
            self.step = given.get("data-step") or self.step
        if not self._inside:
            return
        name, value = given.get("name") or "", given.get("value") or ""
        if name == "state":
            self.state = value
        elif name == "answer":
            self.choices.append(value)
            self.checked += [value] if "checked" in given else []
        elif name == "go":
            self.moves.append(value)
        elif tag in ("input", "select"):
            self.fields[name] = value


@dataclass
class Walk:
    """The page that the family sees; `pages` are all that it saw."""

    client: FlaskClient
    path: str = "/find"
    answer: TestResponse = field(init=False)
    pages: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.send({})

    def send(self, fields: dict[str, str | list[str]]) -> TestResponse:
        self.answer = self.client.post(self.path, data=fields)
        self.pages.append(self.answer.text)
        return self.answer

    @property
    def page(self) -> str:
        return self.answer.text

    @property
    def form(self) -> Form:
        return Form(self.page)

    @property
    def heading(self) -> str:
        (heading,) = re.findall(r"<h1>(.*?)</h1>", self.page, re.DOTALL)
        return re.sub(r"<[^>]*>", "", heading).strip()

    def go(self, move: str = "next", /, **fields: str | list[str]) -> TestResponse:
        return self.send({"state": self.form.state, "go": move, **fields})

    def go_to(self, step: str, **answers: str | list[str]) -> None:
        """Skips all up to a step."""
        while self.form.step != step:
            self.go(**answers) if self.form.step == ":age" and answers else self.go("skip")

    def finish(self, chosen: dict[str, list[str]], town: str = "", **age: str) -> None:
        """Through to the plan: these answers, all else skipped."""
        while (step := self.form.step) != ":plan":
            if step == ":town" and town:
                self.go(town=town)
            elif step == ":age" and age:
                self.go(**age)
            elif step in chosen:
                self.go(answer=chosen[step])
            else:
                self.go("skip")
