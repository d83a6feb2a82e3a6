"""Chromium and the real application, for what only a browser can tell: when something is seen, and how it looks."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from app import create_app
from directory import keep_out_of_collection
from settings import load_settings

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""
# As root in a container Chromium has no sandbox of its own; the rest keeps it from calling home.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; says how to get it, and ends, where there is none."""
    if not CHROMIUM:
        sys.exit("This needs Chromium (Debian: apt-get install chromium), or its path in CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


class _Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log(self, type: str, message: str, *args: object) -> None:
        pass


@contextmanager
def site() -> Iterator[str]:
    """The application on a free port, with a database of its own: its address."""
    settings = load_settings()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(replace(settings, database=f"sqlite:///{Path(folder) / 'directory.db'}"))
        app.test_cli_runner().invoke(args=["db", "upgrade"])
        app.test_client().get("/search?q=food")
        keep_out_of_collection()
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
