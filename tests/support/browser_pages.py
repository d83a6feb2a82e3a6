"""What a browser saw on every kind of page, in both languages: each is looked at once, for several tests."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page

from tests.support.page_catalog import VISITS, Visit

LANGUAGES = {"en": "", "es": "/es"}
# Pieces of text, each with the number of the block that it stands in, its language, and whether the main part has it.
# Names that are heard but not seen (aria-label) are blocks of their own.
READ = """() => {
    const blocks = new Map();
    const pieces = [];
    const add = (element, text) => {
        const block = element.closest('p, li, h1, h2, h3, h4, dt, dd, th, td, label, legend, option, summary, button, '
            + '.button, caption, text, small, figcaption, span.quiet, nav a') || element;
        if (!blocks.has(block)) blocks.set(block, blocks.size);
        const main = document.querySelector('main');
        pieces.push([blocks.get(block), element.closest('[lang]').lang, main.contains(element), text]);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode.data.replace(/\\s+/g, ' ').trim();
        if (text && !walker.currentNode.parentElement.closest('script, noscript')) {
            add(walker.currentNode.parentElement, text);
        }
    }
    for (const element of document.querySelectorAll('[aria-label]')) {
        pieces.push([blocks.size + pieces.length, element.closest('[lang]').lang, false, element.ariaLabel]);
    }
    return pieces;
}"""
# Chromium says this of every page whose status is an error, which some of ours have on purpose.
EXPECTED = "Failed to load resource"


@dataclass(frozen=True, slots=True)
class Piece:
    """A text without a tag in it. `block` is the number of the paragraph, heading, point ... that it is part of."""

    block: int
    language: str
    in_main: bool
    text: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A page: its texts, the addresses it asked for, the cookies it left, and what the browser complained about."""

    visit: Visit
    language: str
    pieces: tuple[Piece, ...]
    requests: tuple[str, ...]
    cookies: tuple[str, ...]
    complaints: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.visit.name} ({self.language})"


def look_at_all(context: BrowserContext) -> list[Seen]:
    """Every visit in English and in Spanish, each in a tab of its own."""
    return [_look(context.new_page(), visit, language) for language in LANGUAGES for visit in VISITS]


def _look(page: Page, visit: Visit, language: str) -> Seen:
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    visit.go(page, LANGUAGES[language])
    pieces = tuple(Piece(*one) for one in page.evaluate(READ))
    page.close()
    return Seen(
        visit,
        language,
        pieces,
        tuple(requests),
        tuple(str(cookie) for cookie in page.context.cookies()),
        tuple(text for text in complaints if EXPECTED not in text),
    )
