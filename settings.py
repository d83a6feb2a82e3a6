"""Settings: config.yaml, then the environment. Read once, checked like a catalog file, frozen."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from marshmallow import ValidationError, fields, post_load

from catalog.checks import Expectations
from catalog.fields import CatalogSchema, Id, Number, Text
from catalog.loader import problems_of
from catalog.problems import CatalogError
from catalog.schemas import nested
from catalog.yaml_reader import UnreadableFile, read_file

ROOT = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Settings:
    """`resources` holds the catalog files; `index` is where what is built from them is kept.

    `expectations` is what the catalog promises.
    """

    resources: Path
    index: Path
    expectations: Expectations


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
    expected = nested(ExpectedSchema, load_default=Expectations)


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read config.yaml beside this module, or the file that DIRECTORY_CONFIG names.

    DIRECTORY_RESOURCES and DIRECTORY_INDEX replace the two folders. Raises CatalogError naming each wrong line.
    """
    path = Path(environment.get("DIRECTORY_CONFIG", ROOT / "config.yaml"))
    try:
        document = read_file(path, path.name)
        data: Any = ConfigSchema().load(document.value or {})  # type: ignore[arg-type]
    except UnreadableFile as error:
        raise CatalogError([error.problem]) from None
    except ValidationError as error:
        raise CatalogError(problems_of(document, error.messages)) from None
    return Settings(
        resources=path.parent / environment.get("DIRECTORY_RESOURCES", data["resources"]),
        index=path.parent / environment.get("DIRECTORY_INDEX", data["index"]),
        expectations=data["expected"],
    )
