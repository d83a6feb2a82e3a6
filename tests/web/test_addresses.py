"""The addresses of all pages are a promise: bookmarks, printed codes and letters hold them."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from inquiries.references import new_reference, shown
from tests.support.recordings import RENEW

RECORDED = Path(__file__).parent / "recorded" / "addresses.txt"
EXAMPLES = {
    "years": "5",
    "need_id": "food",
    "sector_id": "medical",
    "key": "ct-wic",
    "slug": "hartford",
    "reference": shown(new_reference(lambda letters: letters[0])),
    "filename": "directory.css",
}


def page_addresses(app: Flask, client: FlaskClient) -> str:
    """A line for each method of each address of a page: the method, the status of an example, and the address.

    Forms are sent empty.
    """
    lines = []
    for rule in sorted(app.url_map.iter_rules(), key=str):
        if str(rule).startswith(("/api/", "/healthz", "/readyz")):
            continue
        _, path = rule.build({name: EXAMPLES[name] for name in rule.arguments}) or ("", str(rule))
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            with client.open(path, method=method) as answer:
                lines.append(f"{method:4} {answer.status_code} {rule}\n")
    return "".join(lines)


def test_each_page_has_the_recorded_address_and_status(app: Flask, client: FlaskClient) -> None:
    now = page_addresses(app, client)
    if RENEW:
        RECORDED.write_text(now, encoding="utf-8")
    assert now == RECORDED.read_text(encoding="utf-8")
