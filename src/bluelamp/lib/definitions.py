"""How is a definition (YAML written by people) read, and what is said when it is wrong?"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from bluelamp.lib.errors import PlainError

T = TypeVar("T")

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

SHIPPED = Path(__file__).resolve().parent.parent / "definitions"
"""The definitions that come with the product; a workspace may have a folder of its own beside them."""


class DefinitionError(PlainError):
    """A definition that cannot be used. The message names the file, the place in it and what is wrong."""


def read_definition(path: Path, kind: type[T]) -> T:
    """The YAML file as an instance of the dataclass `kind`; unknown fields are refused by `kind` itself."""
    try:
        raw = _load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DefinitionError(f"{path.name} is not valid YAML: {error}") from error
    try:
        return msgspec.convert(raw, kind, strict=False)
    except msgspec.ValidationError as error:
        raise DefinitionError(f"{path.name}: {error}") from error


def _load(text: str) -> object:
    """By libyaml, which is some ten times as quick; what it refuses the other says more plainly what is wrong."""
    try:
        return yaml.load(text, Loader=_LOADER)  # noqa: S506 (it is a safe loader)
    except yaml.YAMLError:
        return yaml.safe_load(text)


def find_definitions(folder: str, extra: Path | None = None) -> list[Path]:
    """The YAML files of one folder of the definitions, shipped first, then a workspace's own."""
    places = [SHIPPED / folder] + ([extra / folder] if extra else [])
    return [path for place in places if place.is_dir() for path in sorted(place.glob("*.yaml"))]
