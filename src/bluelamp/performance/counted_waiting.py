"""How do figures that were counted from the records wait until somebody has looked at them?

They are kept as they were counted. `stamp` is of all that they were counted from: where it is another one when
they are looked at, the records, the lists' definitions or the plan have changed, and nothing of them is loaded.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from bluelamp.figures.months import Month
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.models import Organisation, User
from bluelamp.performance.actions_figures import RECORDS, GivenFile, LoadAsked, keep_waiting
from bluelamp.performance.loading_figures import ReadFigure, ReadFigures
from bluelamp.performance.loading_records import FILE, CountAsked, CountedFigures
from bluelamp.performance.models import WaitingFigures
from bluelamp.performance.plans import Plan
from bluelamp.performance.queries_measures import stamp_definitions, stamp_warehouse
from bluelamp.performance.warehouse.manifest import Warehouse

WHAT: Final = "counted"
"""Among the files that wait to be looked at."""


@dataclass(frozen=True, kw_only=True)
class CountSaid:
    """What somebody asked for, as it is kept with the work. Months as 2021-03, or "" for all that are there."""

    plan: str
    codes: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    own_only: bool = False
    marking: str = ""


class _Kept(msgspec.Struct):
    name: str
    known_on: dt.date
    note: str
    organisation: str
    marking: str
    table: bytes
    figures: tuple[ReadFigure, ...]
    told: tuple[str, ...]


def make_count_asked(said: CountSaid, plan: Plan, *, by: User, definitions: Path | None) -> CountAsked:
    return CountAsked(
        plan=plan,
        codes=said.codes,
        first=Month.parse(said.first) if said.first else None,
        last=Month.parse(said.last) if said.last else None,
        organisation=by.organisation if said.own_only else None,
        marking=said.marking,
        definitions=definitions,
    )


def stamp_counting(plan: Plan, warehouse: Warehouse, definitions: Path | None) -> str:
    """Another one once anything changes that the figures rest on."""
    said = repr((stamp_warehouse(warehouse), stamp_definitions(definitions), plan))
    return hashlib.sha256(said.encode()).hexdigest()


def keep_counted(counted: CountedFigures, stamp: str, *, by: User, now: dt.datetime) -> WaitingFigures:
    """Put what was counted aside until somebody has looked at it."""
    asked = counted.asked
    kept = _Kept(
        name=asked.name,
        known_on=asked.known_on,
        note=asked.note,
        organisation=asked.organisation.code if asked.organisation else "",
        marking=asked.marking,
        table=asked.files[0].data,
        figures=counted.read.figures,
        told=counted.read.told,
    )
    said: dict[str, Any] = {"what": WHAT, "of": asked.plan.slug, "stamp": stamp}
    return keep_waiting(msgspec.msgpack.encode(kept), FILE, said, by=by, now=now)


def restore_counted(waiting: WaitingFigures, plan: Plan) -> tuple[ReadFigures, LoadAsked]:
    """As it was counted, ready to be looked at or loaded."""
    kept = msgspec.msgpack.decode(base64.b64decode(waiting.data), type=_Kept)
    organisation = Organisation.objects.filter(code=kept.organisation).first() if kept.organisation else None
    if kept.organisation and organisation is None:
        raise PlainError(f"There is no organisation {kept.organisation} here any more: count again.")
    asked = LoadAsked(
        plan=plan,
        kind=RECORDS,
        name=kept.name,
        known_on=kept.known_on,
        files=(GivenFile(FILE, kept.table),),
        note=kept.note,
        organisation=organisation,
        marking=kept.marking,
    )
    return ReadFigures(kept.figures, told=kept.told), asked
