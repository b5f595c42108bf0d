"""What does the record say of its items on one day? Pure: rows in, items with all that hangs on them out.

The rows are the ledger's own form of them (`canonical.row_fields`), so that a past day and today are read by the
same code and cannot disagree.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bluelamp.lib.calendar_days import london_day
from bluelamp.register.standing import schedule_on

Fields = Mapping[str, Any]
Tables = Mapping[str, Mapping[str, Fields]]
"""Rows by table and key."""

HANGING = {
    "responses": "assurance_response",
    "actions": "assurance_action",
    "answers": "assurance_answer",
    "evidence": "assurance_evidence",
    "reviews": "assurance_review",
    "opinions": "assurance_opinion",
    "positions": "assurance_position",
    "sign_offs": "assurance_signoff",
    "watches": "assurance_watch",
    "disputes": "assurance_dispute",
    "mentions": "register_mention",
    "comments": "assurance_comment",
    "statutory_entries": "assurance_statutoryentry",
    "themes": "assurance_itemtheme",
    "handlings": "assurance_handling",
}
"""What hangs on an item by its column item_id, and in which table it stands."""

TABLES = (
    "register_item",
    "register_itemlink",
    "documents_storeddocument",
    "organisations_organisation",
    "organisations_owner",
    "assurance_step",
    "assurance_targetchange",
    "assurance_audittest",
    "assurance_statutoryresponse",
    *HANGING.values(),
)


def read_day(value: Any) -> dt.date | None:
    """A day of a row; of a moment its day in London."""
    if not value:
        return None
    text = str(value)
    if len(text) == 10:
        return dt.date.fromisoformat(text)
    return london_day(dt.datetime.fromisoformat(text))


@dataclass(frozen=True)
class ItemThen:
    """One item as it stood. `hanging` are its rows by the names of HANGING, oldest first.

    `others` are the rows of other tables that its rows point to, by key.
    """

    key: str
    fields: Fields
    day: dt.date
    force: str
    owner: str  # "" where unallocated
    document: Fields
    hanging: Mapping[str, tuple[Fields, ...]]
    target_changes: tuple[Fields, ...] = ()
    steps: tuple[Fields, ...] = ()
    parent: str = ""  # reference of its cause of concern
    same_as: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()

    def __getattr__(self, name: str) -> Any:
        """A column of the item: `item.reference`."""
        try:
            return self.fields[name]
        except KeyError:
            raise AttributeError(name) from None

    def rows(self, name: str) -> tuple[Fields, ...]:
        return self.hanging.get(name, ())

    @property
    def schedule(self) -> str:
        return schedule_on(self.fields["timing"], self.due_day, self.day)

    @property
    def due_day(self) -> dt.date | None:
        return read_day(self.fields["due"])

    @property
    def added_day(self) -> dt.date:
        """When it was taken into the register."""
        return read_day(self.fields["added"]) or self.day

    @property
    def days_overdue(self) -> int:
        """0 unless it is overdue."""
        due = self.due_day
        return (self.day - due).days if due and self.schedule == "overdue" else 0

    @property
    def is_open(self) -> bool:
        return bool(self.fields["closing"] == "open")

    @property
    def sign_off(self) -> Fields | None:
        """The sign-off that stands."""
        return next((each for each in reversed(self.rows("sign_offs")) if not each["reopened"]), None)

    @property
    def open_dispute(self) -> Fields | None:
        return next((each for each in reversed(self.rows("disputes")) if not each["decided"]), None)

    @property
    def latest_answer(self) -> Fields | None:
        return next(reversed(self.rows("answers")), None)


@dataclass(frozen=True)
class Snapshot:
    """The items of one day in the order of their references, merged ones left out.

    `redacted`: events whose rows were removed since; what they wrote is in no figure.
    """

    day: dt.date
    items: tuple[ItemThen, ...]
    owners: Mapping[str, str] = field(default_factory=dict)  # name by key
    redacted: int = 0
    responses: tuple[Fields, ...] = ()  # the statutory responses to these items' documents


def make_snapshot(
    tables: Tables, *, day: dt.date, keep: Iterable[str] | None = None, redacted: int = 0
) -> Snapshot:
    """The items of these rows. `keep`: only those with these keys."""
    items = tables.get("register_item", {})
    chosen = items.keys() if keep is None else [key for key in keep if key in items]
    hanging = {name: _by(tables.get(table, {}), "item_id") for name, table in HANGING.items()}
    by_action = {
        table: _by(tables.get(table, {}), "action_id") for table in ("assurance_step", "assurance_targetchange")
    }
    links = _find_links(tables.get("register_itemlink", {}), items)
    owners = {key: str(row["name"]) for key, row in tables.get("organisations_owner", {}).items()}
    forces = {key: str(row["name"]) for key, row in tables.get("organisations_organisation", {}).items()}
    documents = tables.get("documents_storeddocument", {})

    def make(key: str) -> ItemThen:
        row = items[key]
        own = {name: _in_order(found[key]) for name, found in hanging.items() if key in found}
        actions = [str(action["id"]) for action in own.get("actions", ())]
        changes, steps = (
            tuple(_in_order([each for action in actions for each in by_action[table].get(action, ())]))
            for table in ("assurance_targetchange", "assurance_step")
        )
        return ItemThen(
            key=key,
            fields=row,
            day=day,
            force=forces.get(str(row["force_id"]), ""),
            owner=owners.get(str(row["owner_id"]), "") if row["owner_id"] else "",
            document=documents.get(str(row["document_id"]), {}),
            hanging=own,
            target_changes=changes,
            steps=steps,
            parent=str(items[row["parent_id"]]["reference"]) if row["parent_id"] in items else "",
            same_as=tuple(links["same-as"].get(key, ())),
            superseded_by=tuple(links["supersedes"].get(key, ())),
        )

    made = [make(key) for key in chosen if not items[key]["merged_into_id"]]
    held = {str(item.fields["document_id"]) for item in made}
    responses = tuple(
        row for row in tables.get("assurance_statutoryresponse", {}).values() if str(row["report_id"]) in held
    )
    return Snapshot(day, tuple(sorted(made, key=lambda item: str(item.place))), owners, redacted, responses)


def _by(rows: Mapping[str, Fields], column: str) -> dict[str, list[Fields]]:
    found: dict[str, list[Fields]] = defaultdict(list)
    for row in rows.values():
        if row.get(column):
            found[str(row[column])].append(row)
    return dict(found)


_MOMENTS = ("made", "submitted", "raised", "opened", "asked", "given")


def _in_order(rows: Iterable[Fields]) -> tuple[Fields, ...]:
    """By the moment they were made (then by number), oldest first."""
    return tuple(sorted(rows, key=lambda row: (_moment(row), int(row.get("number") or 0), str(row["id"]))))


def _moment(row: Fields) -> str:
    """ISO moments in UTC sort as they happened; all are written by `row_fields` in one form."""
    return next((str(row[name]) for name in _MOMENTS if row.get(name)), "")


def _find_links(rows: Mapping[str, Fields], items: Mapping[str, Fields]) -> dict[str, dict[str, list[str]]]:
    """References by item: same-as both ways; an item's superseding one."""
    found: dict[str, dict[str, list[str]]] = {"same-as": defaultdict(list), "supersedes": defaultdict(list)}
    for row in rows.values():
        item, other = str(row["item_id"]), str(row["other_id"])
        if row["undone"] or item not in items or other not in items:
            continue
        if row["kind"] == "same-as":
            found["same-as"][item].append(str(items[other]["reference"]))
            found["same-as"][other].append(str(items[item]["reference"]))
        elif row["kind"] == "supersedes":
            found["supersedes"][other].append(str(items[item]["reference"]))
    return found
