"""What people do: their inquiries and reports. Keeps ids of services, and never anything else of the catalog."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flask import Flask
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from catalog.reading.problems import CatalogError
from inquiries import limits
from inquiries.store import NOWHERE, database_fault, db, engine_settings
from settings import Settings

__all__ = ["database_fault", "register"]

MIGRATIONS = Path(__file__).parent / "migrations"
migrate = Migrate(directory=str(MIGRATIONS))


def register(app: Flask, settings: Callable[[], Settings]) -> None:
    """Give the application its database and its limiter. Nothing is opened before it is needed."""
    try:
        given = settings()
    except CatalogError:
        # Whoever reads the catalog says what is wrong with config.yaml; until then nothing can be kept.
        database, proxies, storage, key = NOWHERE, 0, "", ""
    else:
        database, proxies, storage, key = given.database, given.proxies, given.limits_storage, given.secret_key
    url, options = engine_settings(database)
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=options)
    db.init_app(app)
    migrate.init_app(app, db)
    limits.register(app, storage or limits.MEMORY, key, proxies)
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
