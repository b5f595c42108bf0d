"""What can be said of an item in each of its five facts, and how does it stand against its dates on a day?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from bluelamp.lib.definitions import SHIPPED, DefinitionError, read_definition

FACTS: Mapping[str, str] = MappingProxyType(
    {
        "response": "responses",
        "delivery": "deliveries",
        "assurance": "opinions",
        "position": "positions",
        "schedule": "schedules",
    }
)
"""The five facts in the order in which they are always shown, each with the file of its vocabulary."""

VOCABULARIES: Mapping[str, str] = MappingProxyType(
    {**FACTS, "closing": "closings", "closing_code": "closing-codes"}
)
LOOKS = frozenset({"waiting", "moving", "good", "attention", "failed", "neutral"})
SOON = dt.timedelta(days=28)
"""How long before its day an item is due soon."""

NO_DATE, TO_MEET, MET, MET_LATE, FINISHED = TIMINGS = ("no-date", "to-meet", "met", "met-late", "finished")
"""What the column `timing` holds."""
ON_TIME, DUE_SOON, OVERDUE = "on-time", "due-soon", "overdue"


@dataclass(frozen=True, kw_only=True)
class State:
    """A word of a vocabulary. `look` is the shape of its tag; `graded` says it is an opinion."""

    slug: str
    name: str
    meaning: str
    look: str = "neutral"
    graded: bool = False
    closes: bool = False


@dataclass(frozen=True, kw_only=True)
class _StateList:
    states: tuple[State, ...]


@dataclass(frozen=True, kw_only=True)
class Source:
    """Who makes points about a force."""

    slug: str
    name: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class _SourceList:
    sources: tuple[Source, ...]


@lru_cache(maxsize=64)
def load_states(fact: str, extra: Path | None = None) -> Mapping[str, State]:
    """The states of a fact (a key of VOCABULARIES) by slug, in their order. A workspace's file replaces ours."""
    path = _find(VOCABULARIES[fact], extra)
    states = read_definition(path, _StateList).states
    _check_once(path, [state.slug for state in states])
    for state in states:
        if state.look not in LOOKS:
            raise DefinitionError(f"{path.name}: {state.slug}: there is no look “{state.look}”")
    return MappingProxyType({state.slug: state for state in states})


@lru_cache(maxsize=4)
def load_sources(extra: Path | None = None) -> Mapping[str, Source]:
    path = _find("sources", extra)
    sources = read_definition(path, _SourceList).sources
    _check_once(path, [source.slug for source in sources])
    return MappingProxyType({source.slug: source for source in sources})


def _find(name: str, extra: Path | None) -> Path:
    own = extra / "vocabularies" / f"{name}.yaml" if extra else None
    return own if own and own.is_file() else SHIPPED / "vocabularies" / f"{name}.yaml"


def _check_once(path: Path, slugs: list[str]) -> None:
    if not slugs:
        raise DefinitionError(f"{path.name}: it names nothing")
    twice = {slug for slug in slugs if slugs.count(slug) > 1}
    if twice:
        raise DefinitionError(f"{path.name}: {', '.join(sorted(twice))} stands there twice")


def name_state(fact: str, slug: str, extra: Path | None = None) -> str:
    """A state as people read it; one that the vocabulary has no longer keeps its slug."""
    state = load_states(fact, extra).get(slug)
    return state.name if state else slug


def opinion_grades(extra: Path | None = None) -> tuple[str, ...]:
    """The graded opinions, best first."""
    return tuple(state.slug for state in load_states("assurance", extra).values() if state.graded)


def closing_positions(extra: Path | None = None) -> tuple[str, ...]:
    """The positions by which the inspectorate closes a point."""
    return tuple(state.slug for state in load_states("position", extra).values() if state.closes)


def schedule_on(timing: str, due: dt.date | None, day: dt.date) -> str:
    """How an item with these columns stands on `day`: a slug of schedules.yaml."""
    if timing != TO_MEET:
        return timing
    if due is None:
        return NO_DATE
    if due < day:
        return OVERDUE
    return DUE_SOON if due <= day + SOON else ON_TIME
