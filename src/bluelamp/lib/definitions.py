"""How is a definition (YAML written by people) read, and what is said when it is wrong?"""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from bluelamp.lib.errors import PlainError

T = TypeVar("T")

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 100
"""Lists and fields in one another; libyaml follows them on the stack, and some 30,000 end the process."""

SHIPPED = Path(__file__).resolve().parent.parent / "definitions"
"""The definitions that come with the product; a workspace may have a folder of its own beside them."""


class DefinitionError(PlainError):
    """A definition that cannot be used. The message names the file, the place in it and what is wrong."""


def read_definition(path: Path, kind: type[T]) -> T:
    """The YAML file as an instance of the dataclass `kind`; unknown fields are refused by `kind` itself."""
    try:
        raw = load_yaml(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DefinitionError(f"{path.name} is not valid YAML: {error}") from error
    try:
        return msgspec.convert(raw, kind, strict=False)
    except msgspec.ValidationError as error:
        raise DefinitionError(f"{path.name}: {error}") from error


def load_yaml(text: str) -> Any:
    """What YAML says. Raises yaml.YAMLError."""
    return _quickly(yaml.load, text)


def compose_yaml(text: str) -> Any:
    """The nodes of YAML, which know their lines; None if it is empty. Raises yaml.YAMLError."""
    return _quickly(yaml.compose, text)


def _quickly(read: Any, text: str) -> Any:
    """By libyaml, which is some ten times as quick; what it refuses the other says more plainly what is wrong."""
    try:
        depth = _depth(text)
        if depth <= DEEPEST:
            return read(text, Loader=_LOADER)
    except yaml.YAMLError:
        return read(text, Loader=yaml.SafeLoader)
    raise yaml.YAMLError(f"it is nested more than {DEEPEST} deep, as no definition is")


def _depth(text: str) -> int:
    """How deep lists and fields lie in one another, counted no further than one too many."""
    depth = deepest = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        deepest = max(deepest, depth)
        if deepest > DEEPEST:
            break
    return deepest


def find_definitions(folder: str, extra: Path | None = None) -> list[Path]:
    """The YAML files of one folder of the definitions, shipped first, then a workspace's own."""
    places = [SHIPPED / folder] + ([extra / folder] if extra else [])
    return [path for place in places if place.is_dir() for path in sorted(place.glob("*.yaml"))]
