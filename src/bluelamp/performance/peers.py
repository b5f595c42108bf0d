"""Whose figures may a force's figures be set beside, on a given day?

Memberships are dated and not symmetric: that A is set beside B says nothing of whom B is set beside.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path

from bluelamp.lib.definitions import DefinitionError, find_definitions, read_definition
from bluelamp.organisations.bodies import Body, load_bodies

MOST_SIMILAR = "most-similar-forces"


@dataclass(frozen=True, kw_only=True)
class Membership:
    """The forces (codes) beside which `subject` is set from `first` to `last`, both days included."""

    subject: str
    members: tuple[str, ...]
    first: dt.date
    last: dt.date | None = None  # None: it holds
    source: str = ""
    verified: bool = True
    notes: str = ""

    def holds_on(self, day: dt.date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, kw_only=True)
class PeerGroups:
    """One way of grouping forces, with its dated memberships."""

    slug: str
    name: str
    memberships: tuple[Membership, ...] = ()
    notes: str = ""

    def peers_of(self, force: str, day: dt.date) -> Membership | None:
        """The membership of that force on that day; None where none is known."""
        return next((m for m in self.memberships if m.subject == force and m.holds_on(day)), None)


@lru_cache(maxsize=8)
def load_peers(extra: Path | None = None) -> dict[str, PeerGroups]:
    """Every grouping by slug; a workspace's own (in `extra/peers`) replace shipped ones.

    Raises DefinitionError for one that cannot be used.
    """
    bodies = load_bodies(extra)
    found: dict[str, PeerGroups] = {}
    for path in find_definitions("peers", extra):
        groups = read_definition(path, PeerGroups)
        faults = find_peer_faults(groups, bodies)
        if faults:
            raise DefinitionError(f"{path.name}: {faults[0]}")
        found[groups.slug] = groups
    return found


def peers_of(force: str, day: dt.date, extra: Path | None = None) -> Membership | None:
    """The most similar forces of a force on a day; None where nobody wrote them down."""
    groups = load_peers(extra).get(MOST_SIMILAR)
    return groups.peers_of(force, day) if groups else None


def find_peer_faults(groups: PeerGroups, bodies: Mapping[str, Body]) -> list[str]:
    """What makes a grouping unusable, each as a sentence."""
    found: list[str] = []
    for membership in groups.memberships:
        place = f"the membership of {membership.subject} from {membership.first}"
        for code in (membership.subject, *membership.members):
            if code not in bodies or bodies[code].kind != "force":
                found.append(f"{place}: no force has the code “{code}”.")
        if membership.subject in membership.members:
            found.append(f"{place}: a force is not its own peer.")
        if len(set(membership.members)) < len(membership.members) or not membership.members:
            found.append(f"{place}: its members are named twice, or not at all.")
        if membership.last and membership.last < membership.first:
            found.append(f"{place}: it ends before it begins.")
        if not membership.source.strip():
            found.append(f"{place}: it has no source.")
    for one, other in combinations(groups.memberships, 2):
        if one.subject == other.subject and (one.holds_on(other.first) or other.holds_on(one.first)):
            found.append(f"{one.subject} has two memberships on the same day: from {one.first} and {other.first}.")
    return found
