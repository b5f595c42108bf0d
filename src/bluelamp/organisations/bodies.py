"""Which police forces and local policing bodies are there, since when, and what are they called?"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bluelamp.lib.definitions import find_definitions, read_definition
from bluelamp.lib.errors import PlainError

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


class UnknownForceError(PlainError):
    """No force has the code or name that was given; the message names the nearest."""


def find_force(bodies: Mapping[str, Body], said: str) -> Body:
    """The force meant by a code ("NTS") or by any of its names ("Nottinghamshire", "Notts Police").

    Raises UnknownForceError with the nearest names where there is none.
    """
    wanted = _key(said)
    forces = [body for body in bodies.values() if body.kind in FORCE_KINDS]
    named: dict[str, Body] = {_key(name): body for body in forces for name in short_names(body)}
    named |= {_key(name): body for body in forces for name in (*body.aliases, body.area, body.name)}
    named |= {_key(body.code): body for body in forces}
    if wanted in named:
        return named[wanted]
    if not wanted:
        raise UnknownForceError("No force was named: use its code (such as NTS) or its name.")
    alike = difflib.get_close_matches(wanted, named, n=5, cutoff=0.7)
    within = [key for key in named if f" {wanted} " in f" {key} "]
    near = dict.fromkeys(named[key].code for key in (*alike, *within))
    likely = " or ".join(f"{bodies[code].name} ({code})" for code in list(near)[:_NEAREST])
    hint = f"did you mean {likely}?" if likely else "use its code (such as NTS) or its name."
    raise UnknownForceError(f"There is no force “{said.strip()[:_LONGEST_SAID]}”: {hint}")


_NEAREST = 3
_LONGEST_SAID = 80
_POLICE = re.compile(r"\s+(?:police(?: service)?|constabulary)$", re.I)


def short_names(body: Body) -> tuple[str, ...]:
    """What is left of a force's names without "Police" or "Constabulary": "Nottinghamshire", "Notts", "Met".

    Its area is one of them where it is a name of the force ("Hampshire and the Isle of Wight"), not where it is
    merely where the force works ("London").
    """
    names = (body.name, *body.aliases)
    short = [_POLICE.sub("", name) for name in names if _POLICE.search(name)]
    own_area = [body.area] if body.area and any(_first(body.area) == _first(name) for name in short) else []
    return tuple(dict.fromkeys([*short, *own_area]))


def _first(name: str) -> str:
    return name.split()[0].lower()


def _key(name: str) -> str:
    """A name as it is compared: case, marks and a first "the" aside."""
    plain = re.sub(r"[^0-9a-z]+", " ", name.lower().replace("&", " and ")).strip()
    return plain.removeprefix("the ")
