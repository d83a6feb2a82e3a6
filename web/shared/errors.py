"""Wrong addresses, refused forms, too many requests, faults of our own: a page that helps, wherever people are.

The table from exception to answer is in `api.errors`; what it answers to a program is here put into a page.
"""

from __future__ import annotations

from flask import Flask, Response, render_template, request

FOR_PROGRAMS = ("/api/", "/healthz", "/readyz")


def register(app: Flask) -> None:
    app.after_request(speak_to_people)


def speak_to_people(response: Response) -> Response:
    """A problem in JSON becomes a page, with the same status and headers, outside of the addresses for programs."""
    if response.mimetype == "application/problem+json" and not request.path.startswith(FOR_PROGRAMS):
        seconds = response.headers.get("Retry-After", 60, type=int)
        minutes = max(1, round(seconds / 60))
        response.set_data(render_template("error.html", status=response.status_code, minutes=minutes))
        response.mimetype = "text/html"
    return response
