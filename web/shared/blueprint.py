"""One blueprint registered twice: English pages at /, Spanish pages at /es."""

from __future__ import annotations

from flask import Blueprint

site = Blueprint("site", __name__)
