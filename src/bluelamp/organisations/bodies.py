"""Which police forces and local policing bodies are there, since when, and what are they called?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bluelamp.lib.definitions import find_definitions, read_definition

FORCE_KINDS = ("force",)
BODY_KINDS = (
    "force",
    "local_policing_body",
    "inspectorate",
    "audit",
    "panel",
    "council",
    "national",
    "other",
)


@dataclass(frozen=True, kw_only=True)
class Body:
    """An organisation as data. `code` is ours (three letters for a force: the first part of references)."""

    code: str
    name: str
    kind: str  # one of BODY_KINDS
    type: str = ""  # of a local policing body: pcc, pfcc, mayor, mopac, police_authority, common_council
    force: str = ""  # code of the force a local policing body holds to account
    area: str = ""  # "Nottinghamshire"
    aliases: tuple[str, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    verified: bool = True
    source: str = ""
    fictional: bool = False


@dataclass(frozen=True, kw_only=True)
class BodyList:
    bodies: tuple[Body, ...]


@lru_cache(maxsize=8)
def load_bodies(extra: Path | None = None) -> dict[str, Body]:
    """Every body by code; a workspace's own (in `extra/bodies`) are added to the shipped ones."""
    found: dict[str, Body] = {}
    for path in find_definitions("bodies", extra):
        for body in read_definition(path, BodyList).bodies:
            found[body.code] = body
    return found
