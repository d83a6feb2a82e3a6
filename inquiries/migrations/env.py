"""How `flask db ...` reaches the database. A database that cannot be used ends in one sentence, not in a traceback."""

from __future__ import annotations

from typing import Any

from alembic import context
from alembic.util import CommandError
from flask import current_app
from sqlalchemy import Engine, Enum
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from inquiries.model import Base, UtcTime
from inquiries.store import FILE, NOWHERE, db, file_of, make_file

HINT = "See “database” in docs/configuration.md."


def plain_type(kind: str, value: Any, autogenerate_context: Any) -> Any:
    """A migration stands for itself: it must not change when a type of the model does."""
    if kind == "type" and isinstance(value, UtcTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(value, Enum):
        return f"sa.String({value.length})"
    return False


def run(engine: Engine) -> None:
    options = current_app.extensions["migrate"].configure_args
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, render_item=plain_type, **options)
        with context.begin_transaction():
            context.run_migrations()


def main() -> None:
    url = current_app.config["SQLALCHEMY_DATABASE_URI"]
    if url == NOWHERE:
        raise CommandError(f"There is no database that can be used. {HINT}")
    try:
        if url.startswith(FILE):
            make_file(file_of(url))
        run(db.engine)
    except OSError as error:
        raise CommandError(f"{error.filename} cannot be written: {error.strerror}. {HINT}") from None
    except SQLAlchemyError as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        raise CommandError(f"The database cannot be used: {cause}. {HINT}") from None


if context.is_offline_mode():
    raise CommandError("Migrations need a database; --sql is not supported.")
main()
