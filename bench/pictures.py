"""Pictures of the pages for docs/directory.md: each on a phone and on a desktop, in English and in Spanish."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable

from playwright.sync_api import Page

from bench.browser import chromium, site
from settings import ROOT

FOLDER = ROOT / "docs" / "pictures"
SIZES = {"phone": (390, 844), "desktop": (1200, 800)}
LANGUAGES = {"en": "", "es": "/es"}
# Chromium itself turns a picture into WebP: a third of the size of PNG, at no difference that one sees.
AS_WEBP = """async ([picture, quality]) => {
    const image = new Image();
    image.src = 'data:image/png;base64,' + picture;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', quality).split(',')[1];
}"""
QUALITY = 0.85

Step = Callable[[Page], None]


def _press(page: Page, button: str) -> None:
    """Press a button of the finder, and wait until another page stands in the place of this one."""
    page.evaluate("document.body.dataset.left = ''")
    page.locator(button).first.click()
    page.wait_for_selector("body:not([data-left]) .foot", state="attached")


def _go(page: Page, way: str) -> None:
    _press(page, f'button[name="go"][value="{way}"]')


def _start(page: Page) -> None:
    _press(page, "form[data-steps] button.primary")
    page.locator("#town").fill("Meriden")
    _go(page, "next")
    page.locator("#month").select_option("5")
    page.locator("#year").fill("2020")
    _go(page, "next")


def _question(page: Page) -> None:
    _start(page)
    while not page.locator('[value="food"]').count():
        _go(page, "skip")
    page.locator('[value="food"]').check()
    page.locator('[value="rides"]').check()


def _plan(page: Page) -> None:
    _question(page)
    _go(page, "plan")


def _pathway(page: Page) -> None:
    page.locator("#month").select_option("5")
    page.locator("#year").fill("2020")
    page.locator("main form button").click()
    page.locator("svg.path").wait_for()


# Name -> address, and what is done there.
PICTURES: dict[str, tuple[str, Step | None]] = {
    "home": ("/", None),
    "results": ("/search?q=respite&town=Meriden&age=6", None),
    "service": ("/services/ct-birth-to-three", None),
    "question": ("/find", _question),
    "plan": ("/find", _plan),
    "pathway": ("/pathway", _pathway),
    "coverage": ("/coverage", None),
}
# What is to be seen of a long page, where that is not its top.
DRAWINGS = {"pathway": "svg.path", "coverage": "svg.drawing"}


def run() -> None:
    FOLDER.mkdir(exist_ok=True)
    with site() as address, chromium() as browser:
        for size, (width, height) in SIZES.items():
            for language, prefix in LANGUAGES.items():
                for name, (path, step) in PICTURES.items():
                    page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
                    page.goto(address + prefix + path)
                    if step is not None:
                        step(page)
                    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
                    if name in DRAWINGS:
                        page.locator(DRAWINGS[name]).first.evaluate("one => one.scrollIntoView()")
                    (FOLDER / f"{name}-{language}-{size}.webp").write_bytes(_webp(page))
                    page.close()
    print(f"{sum(path.stat().st_size for path in FOLDER.iterdir()):,} bytes in {FOLDER.relative_to(ROOT)}")


def _webp(page: Page) -> bytes:
    """What the page shows now, as a picture."""
    taken = b64encode(page.screenshot()).decode()
    page.goto("about:blank")
    return b64decode(page.evaluate(AS_WEBP, [taken, QUALITY]))
