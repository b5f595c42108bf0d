"""What does a paper say, for another program? (`bluelamp.paper/1`)"""

from __future__ import annotations

import dataclasses
import re
from enum import Enum
from typing import Any

import msgspec

from bluelamp.papers.model import Paper, Rendered
from bluelamp.papers.outline import PlacedSection, place

SCHEMA = "bluelamp.paper/1"
_ENCODER = msgspec.json.Encoder(decimal_format="number")


def render(paper: Paper) -> Rendered:
    """UTF-8, indented; numbers are JSON numbers with the digits they have, dates are ISO."""
    text = msgspec.json.format(_ENCODER.encode(describe(paper)), indent=2)
    return Rendered(text + b"\n", f"{paper.file_stem}.json", "application/json")


def describe(paper: Paper) -> dict[str, Any]:
    """The paper in lists, dictionaries and texts; blocks, runs and cells say their `type`."""
    names = ("title", "subtitle", "kind", "marking", "as_of", "language", "prepared_for", "prepared_by")
    return {
        "schema": SCHEMA,
        **{name: getattr(paper, name) for name in names},
        "header": [{"label": label, "value": value} for label, value in paper.header],
        "sections": [_section(placed) for placed in place(paper)],
    }


def _section(placed: PlacedSection) -> dict[str, Any]:
    section = placed.section
    blocks = [{**_plain(each.block), **({"number": each.number} if each.number else {})} for each in placed.blocks]
    return {
        "heading": section.heading,
        "level": section.level,
        "number": placed.heading.number,
        "reference": section.reference,
        "blocks": blocks,
    }


def _plain(thing: Any) -> Any:
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        fields = {field.name: _plain(getattr(thing, field.name)) for field in dataclasses.fields(thing)}
        return {"type": _slug(type(thing).__name__), **fields}
    if isinstance(thing, tuple):
        return [_plain(part) for part in thing]
    return thing.value if isinstance(thing, Enum) else thing


def _slug(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()
