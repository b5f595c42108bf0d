"""What else than its own columns may choose items of the register?

A slice above the register may add a filter: a theme, say. The register asks it for the keys of the items, and
shows its choices; it does not know what they mean.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from bluelamp.organisations.visibility import Viewer


@dataclass(frozen=True)
class Narrowing:
    """A filter by name. `find` gives the keys of the items that have a value (an unknown one finds nothing);
    `choices` the values that a viewer may choose from, each with its words."""

    name: str
    label: str | Promise
    find: Callable[[str], QuerySet[Any]]
    choices: Callable[[Viewer], Sequence[tuple[str, str]]]


_HELD: dict[str, Narrowing] = {}


def add_narrowing(narrowing: Narrowing) -> None:
    """Called once by each slice that has one, when Django starts."""
    _HELD[narrowing.name] = narrowing


def narrowings() -> tuple[Narrowing, ...]:
    return tuple(_HELD.values())


def find_among(chosen: Mapping[str, str]) -> QuerySet[Any] | None:
    """The keys of the items that answer every narrowing chosen; None where none is."""
    keys = [_HELD[name].find(value) for name, value in chosen.items() if value and name in _HELD]
    return reduce(lambda one, other: one.filter(pk__in=other), keys) if keys else None
