"""Does the record still say what was written, and has anything been altered, added or removed by hand? (law 6)"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from bluelamp.ledger.actions import digest_of_event
from bluelamp.ledger.canonical import FIRST, as_known_now, canonical, digest_of, ledger_fields
from bluelamp.ledger.checkpoints import Checkpoint, CheckpointError, CheckpointStore
from bluelamp.ledger.guards import find_missing_guards
from bluelamp.ledger.models import Event, Head, Payload
from bluelamp.ledger.records import Recorded

CHUNK = 2000


@dataclass
class Verification:
    """What was found. `problems` are faults, `limits` what could not be known; each one plain sentence."""

    events: int = 0
    rows: int = 0
    problems: list[str] = field(default_factory=list)
    limits: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.problems


def recorded_models() -> list[type[Recorded]]:
    return [model for model in apps.get_models() if issubclass(model, Recorded)]


def verify(store: CheckpointStore | None) -> Verification:
    """Compare the chain, every current row with its last event, rows without events, and the signed head.

    Others may write meanwhile: all is read as it stood at one moment, and the checkpoint of that moment.
    """
    while True:
        result = Verification()
        checkpoint = _read_checkpoint(result, store)
        with _one_moment():
            Head.objects.filter(pk=1).first()  # the moment is that of the first statement
            if result.problems or checkpoint == _read_checkpoint(result, store):
                _compare(result, checkpoint)
                return result


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction that sees the database as it is now, and keeps no writer waiting."""
    if connection.in_atomic_block:  # tests; whoever began it says what it sees
        yield
        return
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
        return
    connection.ensure_connection()  # which reads the mode from the settings
    mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            yield
    finally:
        connection.transaction_mode = mode  # type: ignore[attr-defined]


_UNREADABLE = (ValueError, TypeError, AttributeError, KeyError, ArithmeticError)
"""What reading a row raises that somebody wrote by hand (SQLite takes any text for a number or a key)."""


def _compare(result: Verification, checkpoint: Checkpoint | None) -> None:
    unreadable = bool(result.problems)
    for name in find_missing_guards():
        result.problems.append(f"The database's guard {name} is missing or switched off.")
    try:
        walk = _check_chain(result)
    except _UNREADABLE as error:
        result.problems.append(f"The ledger holds what no action writes, and cannot be compared: {error}.")
        return
    _check_rows(result, walk.last_rows)
    _check_head(result, walk.digests)
    if not unreadable:
        _check_checkpoint(result, walk.digests, checkpoint)


REMOVED, REDACTED = "removed", "redacted"

RowKey = tuple[str, str]
"""A row's table and primary key."""


@dataclass
class _Walk:
    """What walking the events gathers."""

    digests: list[str] = field(default_factory=lambda: [FIRST])  # by sequence
    last_rows: dict[RowKey, tuple[int, str]] = field(default_factory=dict)  # event and digest that wrote it last
    emptied: set[int] = field(default_factory=set)
    redacted: set[int] = field(default_factory=set)


def _check_chain(result: Verification) -> _Walk:
    walk = _Walk()
    for event, payload in _events_with_payloads():
        expected = len(walk.digests)
        if event.sequence != expected:
            result.problems.append(f"Events {expected} to {event.sequence - 1} of the ledger are missing.")
            walk.digests.extend([""] * (event.sequence - expected))
        elif event.previous_digest != walk.digests[-1]:
            result.problems.append(f"Event {event.sequence} does not follow from the event before it.")
        if digest_of_event(event) != event.digest:
            result.problems.append(f"Event {event.sequence} ({event.action}) was altered after it was written.")
        walk.digests.append(event.digest)
        result.events += 1
        _check_payload(result, event, payload, walk)
    for sequence in sorted(walk.emptied - walk.redacted):
        result.problems.append(f"The rows of event {sequence} were emptied and no event says so.")
    strays = Payload.objects.exclude(sequence__in=Event.objects.values("sequence")).count()
    if strays:
        result.problems.append(f"{strays} payloads of the ledger belong to no event.")
    return walk


def _events_with_payloads() -> Iterator[tuple[Event, Payload | None]]:
    after = 0
    while True:
        events = list(Event.objects.filter(sequence__gt=after).order_by("sequence")[:CHUNK])
        if not events:
            return
        payloads = Payload.objects.in_bulk([event.sequence for event in events])
        for event in events:
            yield event, payloads.get(event.sequence)
        after = events[-1].sequence


def _check_payload(result: Verification, event: Event, payload: Payload | None, walk: _Walk) -> None:
    if payload is None:
        result.problems.append(f"The rows of event {event.sequence} ({event.action}) were removed.")
        return
    if not payload.salt and not payload.body:
        walk.emptied.add(event.sequence)
        return
    if digest_of(payload.salt, payload.body) != event.payload_digest:
        result.problems.append(f"The rows of event {event.sequence} ({event.action}) were altered.")
        return
    body = json.loads(payload.body)
    for row in body["rows"]:
        model = _model_of(row["table"])
        known = as_known_now(model, row["fields"]) if model else row["fields"]
        state = REMOVED if row.get("removed") else _short(known)
        walk.last_rows[(row["table"], str(row["fields"]["id"]))] = (event.sequence, state)
    if event.action == "ledger.payload_emptied":
        _note_redaction(int(event.subject_id), body["note"]["rows"], walk)


def _note_redaction(sequence: int, keys: list[list[str]], walk: _Walk) -> None:
    walk.redacted.add(sequence)
    for table, key in keys:
        written = walk.last_rows.get((table, key))
        if written is None or written[0] < sequence:
            walk.last_rows[(table, key)] = (sequence, REDACTED)


@cache
def _model_of(table: str) -> type[Recorded] | None:
    return next((model for model in recorded_models() if model._meta.db_table == table), None)


def _short(fields: dict[str, Any]) -> str:
    return digest_of(canonical(fields))[:32]


def _check_rows(result: Verification, last_rows: dict[RowKey, tuple[int, str]]) -> None:
    for model in recorded_models():
        table, name = model._meta.db_table, model._meta.verbose_name
        for row in _rows_of(model, result, last_rows):
            result.rows += 1
            _, written = last_rows.pop((table, str(row.pk)), (0, REMOVED))
            if written == REMOVED:
                result.problems.append(f"The {name} {_say(row)} has no event: it was not written by an action.")
            elif written == REDACTED:
                result.limits.append(f"The {name} {_say(row)} cannot be compared: what was written is redacted.")
            elif written != _short(ledger_fields(row)):
                result.problems.append(f"The {name} {_say(row)} is not as its last event wrote it.")
    for (table, key), (_, state) in last_rows.items():
        if state != REMOVED:
            result.problems.append(f"The row {key} of {table} was removed and no event says so.")


def _rows_of(
    model: type[Recorded], result: Verification, last_rows: dict[RowKey, tuple[int, str]]
) -> Iterator[Recorded]:
    table = model._meta.db_table
    try:
        yield from model._default_manager.order_by("pk").iterator(chunk_size=CHUNK)
    except _UNREADABLE as error:
        result.problems.append(
            f"A row of {table} holds what no action writes, so its other rows were not compared: {error}."
        )
        for key in [key for key in last_rows if key[0] == table]:
            del last_rows[key]


def _say(row: models.Model) -> str:
    return f"{row} ({row.pk})" if type(row).__str__ is not models.Model.__str__ else str(row.pk)


def _check_head(result: Verification, digests: list[str]) -> None:
    head = Head.objects.filter(pk=1).first()
    if head is None:
        result.problems.append("The ledger has lost the row that names its last event.")
    elif (head.sequence, head.digest) != (len(digests) - 1, digests[-1]):
        result.problems.append("The ledger's last event is not the one that its head names.")


def _read_checkpoint(result: Verification, store: CheckpointStore | None) -> Checkpoint | None:
    try:
        return store.read() if store else None
    except CheckpointError as error:
        result.problems.append(str(error))
    except OSError as error:
        result.problems.append(f"The checkpoint cannot be read: {error.strerror}.")
    return None


def _check_checkpoint(result: Verification, digests: list[str], checkpoint: Checkpoint | None) -> None:
    last = len(digests) - 1
    first_intended = min((mark.sequence for mark in checkpoint.intended), default=0) if checkpoint else 0
    # A kill before the very first commit leaves an intent alone: nothing before it was ever vouched for.
    if checkpoint is None or (checkpoint.done is None and not 0 < first_intended <= last):
        result.limits.append(
            "There is no signed checkpoint, so events removed from the end of the ledger, or a ledger rewritten"
            " from some event onwards, cannot be detected."
        )
        return
    done = checkpoint.done
    if done and last < done.sequence:
        result.problems.append(
            f"The ledger ends at event {last}, but event {done.sequence} was signed as written:"
            f" {done.sequence - last} events were removed from its end."
        )
        return
    if done and digests[done.sequence] != done.digest:
        result.problems.append(f"Event {done.sequence} is not the one that was signed: the ledger was rewritten.")
    signed = {(mark.sequence, mark.digest) for mark in (*checkpoint.intended, *([done] if done else []))}
    if (last, digests[last]) not in signed:
        result.problems.append(f"Event {last}, the last of the ledger, was never signed: it was added by hand.")
