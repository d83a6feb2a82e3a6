"""When a family sees the first words: first contentful paint in Chromium, slowed to a cheap phone on a slow line."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from playwright.sync_api import Browser

from bench.browser import chromium, site
from bench.timing import table

TURNS = 7
PAGES = {
    "home": "/",
    "results": "/search?q=respite&town=Meriden&age=6",
    "service": "/services/ct-birth-to-three",
    "results in Spanish": "/es/search?q=respite&town=Meriden&age=6",
}
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


@dataclass(frozen=True, slots=True)
class Line:
    """A way to the network: milliseconds there and back, kilobits a second down and up; `cpu` times slower."""

    name: str
    latency: int
    down: int
    up: int
    cpu: int


# The mobile profile of Lighthouse, and the slow 3G of the developer tools of Chromium.
LINES = (Line("3G", 150, 1_600, 750, 4), Line("slow 3G", 400, 400, 400, 4))


def run() -> None:
    with site() as address, chromium() as browser:
        rows = []
        for name, path in PAGES.items():
            rows.append([name])
            for line in LINES:
                times = [_first_paint(browser, address + path, line) for _ in range(TURNS)]
                rows[-1].append(f"{statistics.median(times):,.0f} ({max(times):,.0f})")
    header = ["page", *(f"{item.name}: {item.latency} ms, {item.down:,} kbit/s" for item in LINES)]
    table(f"First contentful paint, ms: median (worst) of {TURNS}, nothing kept, CPU 4 times slower", header, rows)


def _first_paint(browser: Browser, address: str, line: Line) -> float:
    """Milliseconds from asking for a page to its first words, in a browser that has nothing of the site yet."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    tools = context.new_cdp_session(page)
    speed = {"latency": line.latency, "downloadThroughput": line.down * 125, "uploadThroughput": line.up * 125}
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", {"offline": False, **speed})
    tools.send("Emulation.setCPUThrottlingRate", {"rate": line.cpu})
    page.goto(address, wait_until="load")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    time: float = page.evaluate(FIRST_PAINT)
    context.close()
    return time
