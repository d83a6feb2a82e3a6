"""Settings: config.yaml, then the environment. Read once, checked like a catalog file, frozen."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from marshmallow import ValidationError, fields, post_load

from catalog.checks import Expectations
from catalog.reading.fields import CatalogSchema, Id, Many, Number, Text
from catalog.reading.loader import problems_of
from catalog.reading.problems import CatalogError, Problem
from catalog.reading.schemas import nested
from catalog.reading.yaml_reader import UnreadableFileError, read_file

ROOT = Path(__file__).parent
# Fewer characters could be guessed.
MIN_KEY_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Settings:
    """`resources` holds the catalog files; `index` is where what is built from them is kept.

    `expectations` is what the catalog promises. `database` is where inquiries are kept, as a URL; when it is not
    given, nothing can be kept. `proxies` is how many web servers of our own stand in front.
    `public_url` is where the public finds the site, "" for whatever each request calls it.
    `secret_key` signs what travels in forms; when it is empty, `secret_file` holds the key. `limits_storage` is where
    it is counted how often forms are sent, as a URL of the package limits. `api_origins` are the sites whose pages may
    send requests to the API.
    """

    resources: Path
    index: Path
    expectations: Expectations
    # Neither it, which may hold a password, nor the key is shown where the settings are shown.
    database: str = field(default="sqlite://", repr=False)
    proxies: int = 0
    secret_file: Path | None = None
    secret_key: str = field(default="", repr=False)
    public_url: str = ""
    limits_storage: str = field(default="memory://", repr=False)
    api_origins: tuple[str, ...] = ()


class DatabaseUrl(Text):
    """A URL of SQLite (a file) or PostgreSQL. It may hold a password, so no message repeats it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not re.match(r"(sqlite:///|postgres(ql)?://).", text):
            raise ValidationError("must begin with sqlite:/// and a file, or with postgresql:// and a host.")
        return text


class PublicUrl(Text):
    """https:// (or http://) and a host, without a path."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?", text):
            raise ValidationError("must be https:// and a host, without a path: https://directory.example.org")
        return text


class LimitsStorage(Text):
    """A file, or a URL of Redis. It may hold a password, so no message repeats it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if "://" in text and not re.match(r"rediss?://.", text):
            raise ValidationError("must be a file, or begin with redis:// (or rediss://) and a host.")
        return text


class Origin(Text):
    """https:// (or http://) and a host, as a browser names the site of a page."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not re.fullmatch(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?", text):
            raise ValidationError(
                "must be https:// and a host in small letters, without a path: https://ehr.example.org"
            )
        return text


class ExpectedSchema(CatalogSchema):
    services_at_least = Number(load_default=0)
    services_per_group = fields.Dict(keys=Id(), values=Number(), load_default=dict)

    @post_load
    def build(self, data: dict[str, Any], **kwargs: Any) -> Expectations:
        per_group = {group: int(least) for group, least in data["services_per_group"].items()}
        return Expectations(MappingProxyType(per_group), int(data["services_at_least"]))


class ConfigSchema(CatalogSchema):
    """config.yaml. Folders are relative to the file."""

    resources = Text(load_default="resources")
    index = Text(load_default="var/index")
    database = DatabaseUrl(load_default="sqlite:///var/directory.db")
    proxies = Number(most_value=10, load_default=0)
    public_url = PublicUrl(load_default="")
    secret = Text(load_default="var/secret")
    limits_storage = LimitsStorage(load_default="var/limits.db")
    api_origins = Many(Origin(), load_default=list)
    expected = nested(ExpectedSchema, load_default=Expectations)


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read config.yaml beside this module, or the file that DIRECTORY_CONFIG names.

    DIRECTORY_RESOURCES, DIRECTORY_INDEX, DATABASE_URL and LIMITS_STORAGE replace what is said there, SECRET_KEY
    the file of `secret`.
    Raises CatalogError naming each wrong line.
    """
    path = Path(environment.get("DIRECTORY_CONFIG", ROOT / "config.yaml"))
    try:
        document = read_file(path, path.name)
        data: Any = ConfigSchema().load(document.value or {})  # type: ignore[arg-type]
    except UnreadableFileError as error:
        raise CatalogError([error.problem]) from None
    except ValidationError as error:
        raise CatalogError(problems_of(document, error.messages)) from None
    return Settings(
        resources=path.parent / environment.get("DIRECTORY_RESOURCES", data["resources"]),
        index=path.parent / environment.get("DIRECTORY_INDEX", data["index"]),
        expectations=data["expected"],
        database=_database(environment.get("DATABASE_URL") or None, data["database"], path.parent),
        proxies=int(data["proxies"]),
        public_url=data["public_url"],
        secret_file=path.parent / data["secret"],
        secret_key=_secret_key(environment.get("SECRET_KEY", "")),
        limits_storage=_limits_storage(environment.get("LIMITS_STORAGE") or data["limits_storage"], path.parent),
        api_origins=tuple(data["api_origins"]),
    )


def _secret_key(key: str) -> str:
    if key and len(key) < MIN_KEY_LENGTH:
        message = f"must have at least {MIN_KEY_LENGTH} characters. Leave it out, and a key is made and kept in a file."
        raise CatalogError([Problem("environment", 1, "SECRET_KEY", message)])
    return key


def _limits_storage(chosen: str, folder: Path) -> str:
    """The URL; of a file with its whole path."""
    return chosen if "://" in chosen else f"limits-file://{(folder / chosen).absolute()}"


def _database(replacing: str | None, url: str, folder: Path) -> str:
    """The URL, with the file of SQLite as a whole path."""
    try:
        chosen: str = url if replacing is None else DatabaseUrl().deserialize(replacing)
    except ValidationError as error:
        raise CatalogError([Problem("environment", 1, "DATABASE_URL", str(error.messages[0]))]) from None
    kind, separator, file = chosen.partition(":///")
    return f"{kind}{separator}{(folder / file).absolute()}" if kind == "sqlite" else chosen
