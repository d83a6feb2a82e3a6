"""The pages in a real browser."""

from __future__ import annotations

from playwright.sync_api import Page


def test_start_page_runs_without_a_complaint_of_the_browser(page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/")
    assert page.title() == "Help for Connecticut children"
    assert complaints == []
