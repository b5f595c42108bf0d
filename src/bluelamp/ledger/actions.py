"""How is something done and recorded in one step? Every action of every slice goes through `recording`."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

from bluelamp.ledger.canonical import canonical, digest_of, ledger_fields
from bluelamp.ledger.checkpoints import CheckpointStore
from bluelamp.ledger.models import Event, Head, Payload
from bluelamp.ledger.records import Recorded

MANY = 100  # rows from which on the longer way is the faster one
BATCH = 500  # rows a statement: under SQLite's limit of variables for our widest table


class Actor(Protocol):
    """Who does it: a user, or a command run by the machine's operator."""

    @property
    def ledger_name(self) -> str: ...  # "user:<uuid>" or "command:ingest"

    @property
    def ledger_label(self) -> str: ...  # as a person reads it


@dataclass(frozen=True)
class Operator:
    """Whoever runs commands on the machine; not a signed-in person."""

    command: str

    @property
    def ledger_name(self) -> str:
        return f"command:{self.command}"

    @property
    def ledger_label(self) -> str:
        return f"the command bluelamp {self.command}"


@dataclass
class _Entry:
    action: str
    subject: models.Model
    rows: list[dict[str, Any]]
    note: dict[str, Any]


@dataclass
class Book:
    """What is done within one transaction. Rows are written when the book closes, events after them."""

    by: Actor
    now: dt.datetime
    head: Head  # locked since the transaction began
    _inserts: dict[type[Recorded], list[Recorded]] = field(default_factory=dict)
    _updates: dict[type[Recorded], list[Recorded]] = field(default_factory=dict)
    _entries: list[_Entry] = field(default_factory=list)
    _rows: list[tuple[_Entry, Recorded]] = field(default_factory=list)

    @property
    def happened(self) -> bool:
        """Was there any event?"""
        return bool(self._entries)

    def event(
        self,
        action: str,
        *,
        subject: models.Model,
        add: Iterable[Recorded] = (),
        change: Iterable[Recorded] = (),
        note: dict[str, Any] | None = None,
    ) -> None:
        """One event. `add` are new rows, `change` are rows whose new values stand in them already."""
        entry = _Entry(action, subject, [], note or {})
        self._entries.append(entry)
        for rows, kept in ((add, self._inserts), (change, self._updates)):
            for row in rows:
                kept.setdefault(type(row), []).append(row)
                self._rows.append((entry, row))

    def write(self) -> None:
        """Write the rows now (in the order the tables were first named), so that later ones may refer to them."""
        for model, rows in self._inserts.items():
            _insert(model, rows)
        for model, rows in self._updates.items():
            columns = [f.name for f in model._meta.concrete_fields if not f.primary_key]
            unique = list({row.pk: row for row in rows}.values())
            # An upsert, because a bulk_update's CASE for each row and column took three times as long. A row that
            # somebody removed by hand would come back; `verify` compares it with its event all the same.
            model._default_manager.bulk_create(
                unique, update_conflicts=True, unique_fields=["id"], update_fields=columns, batch_size=BATCH
            )
        self._inserts, self._updates = {}, {}
        for entry, row in self._rows:
            entry.rows.append({"table": row._meta.db_table, "fields": ledger_fields(row)})
        self._rows = []

    def close(self) -> tuple[int, str]:
        """Append the events after the locked head. Returns the new head: sequence and digest."""
        self.write()
        head = self.head
        events, payloads = [], []
        for entry in self._entries:
            event, payload = _make_event(entry, self.by, self.now, head)
            head.sequence, head.digest = event.sequence, event.digest
            events.append(event)
            payloads.append(payload)
        _insert(Event, events)
        _insert(Payload, payloads)
        if events:
            head.save()
        return head.sequence, head.digest


def _insert(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """New rows, straight to the table: of 5,000 items `bulk_create` took twice as long, under everybody's lock."""
    if len(rows) < MANY:
        model._default_manager.bulk_create(rows, batch_size=BATCH)
        return
    database = connections[DEFAULT_DB_ALIAS]  # itself: through the proxy each look-up costs a tenth of all this
    quote = database.ops.quote_name
    fields = model._meta.concrete_fields
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    prepared = [(field.attname, field.get_db_prep_save) for field in fields]
    values = [[prepare(getattr(row, name), database) for name, prepare in prepared] for row in rows]
    with database.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})",  # noqa: S608
            values,
        )
    for row in rows:
        row._state.adding, row._state.db = False, database.alias


def _make_event(entry: _Entry, by: Actor, now: dt.datetime, head: Head) -> tuple[Event, Payload]:
    salt = secrets.token_hex(16)
    body = canonical({"rows": entry.rows, "note": entry.note})
    event = Event(
        sequence=head.sequence + 1,
        time=now,
        actor=by.ledger_name,
        actor_name=by.ledger_label,
        action=entry.action,
        subject_table=entry.subject._meta.db_table,
        subject_id=str(entry.subject.pk),
        payload_digest=digest_of(salt, body),
        previous_digest=head.digest,
    )
    event.digest = digest_of_event(event)
    return event, Payload(sequence=event.sequence, salt=salt, body=body)


def digest_of_event(event: Event) -> str:
    """What the chain holds of an event: everything but its own digest."""
    return digest_of(
        str(event.sequence),
        event.time.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        event.actor,
        event.actor_name,
        event.action,
        event.subject_table,
        event.subject_id,
        event.payload_digest,
        event.previous_digest,
    )


@contextmanager
def recording(*, by: Actor, now: dt.datetime) -> Iterator[Book]:
    """One transaction: what the book is told is written with its events, or nothing is.

    `now` is the moment of the action in UTC. Nested recordings are refused: an action that needs another's
    work shares its book.
    """
    with transaction.atomic(durable=True):
        # One writer at a time on every database, so what an action checks stays true until it has written.
        book = Book(by=by, now=now, head=Head.objects.select_for_update().get(pk=1))
        begun_at = (book.head.sequence, book.head.digest)
        yield book
        sequence, digest = book.close()
        store = checkpoint_store()
        if store and book.happened:
            store.intend(sequence, digest, after=begun_at)
            transaction.on_commit(lambda: store.confirm(sequence, digest))


def checkpoint_store() -> CheckpointStore | None:
    """Where heads are signed: the workspace's folder of keys; None where the settings name none (most tests)."""
    folder: Path | None = getattr(settings, "CHECKPOINTS", None)
    return CheckpointStore(folder) if folder else None


def empty_payload(*, sequence: int, reason: str, by: Actor, now: dt.datetime) -> None:
    """Redact: empty the rows kept with one event. The event stays, and an event of its own says who and why."""
    with recording(by=by, now=now) as book:
        event = Event.objects.get(sequence=sequence)
        payload = Payload.objects.get(sequence=sequence)
        rows = json.loads(payload.body)["rows"] if payload.body else []
        keys = [[row["table"], str(row["fields"]["id"])] for row in rows]
        Payload.objects.filter(sequence=sequence).update(salt="", body="")
        book.event("ledger.payload_emptied", subject=event, note={"reason": reason, "rows": keys})
