"""create_app(): the one place where the parts meet."""

from __future__ import annotations

import logging
import sys
from typing import Any

from flask import Flask

import cli
import inquiries
import web
from api import cors, errors, v1
from api.errors import DirectoryApi
from api.json import FastJSONProvider
from catalog.reading.problems import CatalogError
from context import CLOCK, DATABASE_FAULT, EXTENSION, Clock, home_time
from directory import DirectoryKeeper, keep_out_of_collection
from server import quiet
from settings import Settings, load_settings
from web.shared import public_url, signing

log = logging.getLogger(__name__)

# In bytes. The largest form is a report with its longest text, the largest JSON 20 people with all their facts.
MAX_REQUEST = 256_000
MAX_FORM_PARTS = 500


class DirectoryApp(Flask):
    """Logs no address and no words of a request, whatever happens."""

    def log_exception(self, exc_info: Any) -> None:
        log.error("Request failed: %s", quiet.without_words(exc_info[1]))


def create_app(settings: Settings | None = None, clock: Clock = home_time) -> Flask:
    """The application. The catalog is read at the first question, so that its own checks can run on a broken one."""
    app = DirectoryApp(__name__, static_folder="web/static", template_folder="web/templates")
    app.config.update(
        API_TITLE="Community resource directory",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
        MAX_CONTENT_LENGTH=MAX_REQUEST,
        MAX_FORM_PARTS=MAX_FORM_PARTS,
    )
    app.json = FastJSONProvider(app)
    keeper = DirectoryKeeper(lambda: settings or load_settings(), lambda: clock().date())
    app.extensions.update({EXTENSION: keeper, CLOCK: clock, DATABASE_FAULT: inquiries.database_fault})
    public_url.register(app, keeper.settings)
    inquiries.register(app, keeper.settings)
    errors.register(app)
    api = DirectoryApi(app)
    for blueprint in v1.BLUEPRINTS:
        api.register_blueprint(blueprint)
    cors.register(app, keeper.settings)
    web.register(app)
    cli.register(app)
    return app


def serve() -> Flask:
    """For a web server: the application, its catalog read. Names every problem and exits with 1 when it is broken."""
    quiet.set_up()
    app = create_app()
    keeper: DirectoryKeeper = app.extensions[EXTENSION]
    try:
        catalog = keeper.current.catalog
        signing.secret_key(app)
    except CatalogError as error:
        print(*error.problems, f"{error} Correct them, then start again.", sep="\n", file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        print(f"The search index cannot be written: {error}. See “index” in config.yaml.", file=sys.stderr)
        sys.exit(1)
    keep_out_of_collection()
    log.info("Serving catalog %s with %d services.", catalog.version, len(catalog.services))
    return app
