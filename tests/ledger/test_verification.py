"""Is every alteration by hand found, and nothing else reported?"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from bluelamp.ledger.actions import Operator, empty_payload, recording
from bluelamp.ledger.checkpoints import CheckpointStore
from bluelamp.ledger.guards import find_missing_guards, install_guards
from bluelamp.ledger.models import Event, Payload
from bluelamp.ledger.verification import verify
from bluelamp.organisations.models import Organisation

NOW = dt.datetime(2026, 1, 5, 9, 30, tzinfo=dt.UTC)
BY = Operator("test")


def add_organisation(code: str) -> Organisation:
    body = Organisation(code=code, name=f"Force {code}", kind="force")
    with recording(by=BY, now=NOW) as book:
        book.event("organisations.organisation_added", subject=body, add=[body])
    return body


def drop_guards() -> None:
    with connection.cursor() as cursor:
        for table in ("ledger_event", "ledger_payload"):
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            else:
                cursor.execute(f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'")
                for (name,) in cursor.fetchall():
                    cursor.execute(f"DROP TRIGGER {name}")


def by_hand(statement: str) -> None:
    """Run SQL as someone with the database open and the guards off would."""
    drop_guards()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in ("ledger_event", "ledger_payload"):
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    install_guards()


@pytest.fixture
def store(tmp_path: Path, settings, django_capture_on_commit_callbacks) -> CheckpointStore:
    settings.CHECKPOINTS = tmp_path
    made = CheckpointStore(tmp_path)
    made.make_key()
    with django_capture_on_commit_callbacks(execute=True):
        add_organisation("AAA")
        add_organisation("BBB")
        add_organisation("CCC")
    return made


@pytest.mark.django_db
def test_an_untouched_record_is_sound(store: CheckpointStore) -> None:
    found = verify(store)
    assert found.problems == []
    assert found.limits == []
    assert (found.events, found.rows) == (3, 3)


BY_HAND = {
    "a row changed": "UPDATE organisations_organisation SET name = 'Other' WHERE code = 'BBB'",
    "a row removed": "DELETE FROM organisations_organisation WHERE code = 'AAA'",
    "an event changed": "UPDATE ledger_event SET actor_name = 'someone else' WHERE sequence = 2",
    "an event removed": "DELETE FROM ledger_event WHERE sequence = 2",
    "the first event removed": "DELETE FROM ledger_event WHERE sequence = 1",
    "an event dated otherwise": "UPDATE ledger_event SET time = '2026-01-06 09:30:00' WHERE sequence = 3",
    "a payload changed": "UPDATE ledger_payload SET body = replace(body, 'BBB', 'XXX') WHERE sequence = 2",
    "a payload emptied": "UPDATE ledger_payload SET body = '', salt = '' WHERE sequence = 2",
    "a payload removed": "DELETE FROM ledger_payload WHERE sequence = 3",
    "a payload added": "INSERT INTO ledger_payload (sequence, salt, body) VALUES (9, 'a', '{}')",
    "the head moved": "UPDATE ledger_head SET sequence = 2",
    "the head lost": "DELETE FROM ledger_head",
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", BY_HAND)
def test_what_is_altered_by_hand_is_found(store: CheckpointStore, what: str) -> None:
    by_hand(BY_HAND[what])
    assert verify(store).problems
    assert verify(None).problems, "found without a checkpoint too"


@pytest.mark.django_db
def test_a_row_added_by_hand_is_found(store: CheckpointStore) -> None:
    Organisation.objects.create(code="ZZZ", name="Unrecorded", kind="force")
    assert any("Unrecorded" in problem for problem in verify(store).problems)


def remove_tail_cleanly() -> None:
    """The last event, its rows and the head, all made to agree: only a checkpoint can tell."""
    by_hand("DELETE FROM ledger_event WHERE sequence = 3")
    by_hand("DELETE FROM ledger_payload WHERE sequence = 3")
    by_hand("DELETE FROM organisations_organisation WHERE code = 'CCC'")
    by_hand("UPDATE ledger_head SET sequence = 2, digest = (SELECT digest FROM ledger_event WHERE sequence = 2)")


@pytest.mark.django_db
def test_a_removed_tail_is_found_with_the_checkpoint_only(store: CheckpointStore) -> None:
    remove_tail_cleanly()
    assert any("removed from its end" in problem for problem in verify(store).problems)
    blind = verify(None)
    assert blind.problems == []
    assert any("cannot be detected" in limit for limit in blind.limits)


@pytest.mark.django_db
def test_an_event_added_without_signing_is_found(store: CheckpointStore, settings) -> None:
    settings.CHECKPOINTS = None
    add_organisation("DDD")
    assert any("never signed" in problem for problem in verify(store).problems)


@pytest.mark.django_db
def test_a_rewritten_ledger_is_found(store: CheckpointStore, settings) -> None:
    settings.CHECKPOINTS = None
    remove_tail_cleanly()
    add_organisation("CCC")
    assert any("rewritten" in problem for problem in verify(store).problems)


@pytest.mark.django_db
def test_a_kill_between_signing_and_commit_is_no_tampering(store: CheckpointStore) -> None:
    store.intend(4, "f" * 64)
    assert verify(store).problems == []


@pytest.mark.django_db
def test_a_forged_checkpoint_is_refused(store: CheckpointStore) -> None:
    store.path.write_text(store.path.read_text().replace('"sequence": 3', '"sequence": 2'))
    assert any("not signed by this workspace" in problem for problem in verify(store).problems)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_event SET action = 'x' WHERE sequence = 1",
        "DELETE FROM ledger_event",
        "UPDATE ledger_payload SET body = 'x'",
        "DELETE FROM ledger_payload",
        "TRUNCATE ledger_event",
        "TRUNCATE ledger_payload",
    ],
)
def test_the_database_itself_refuses(store: CheckpointStore, statement: str) -> None:
    if statement.startswith("TRUNCATE") and connection.vendor == "sqlite":
        statement = statement.replace("TRUNCATE", "DELETE FROM")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_a_dropped_guard_is_noticed_and_remade(store: CheckpointStore) -> None:
    drop_guards()
    assert find_missing_guards()
    assert any("guard" in problem for problem in verify(store).problems)
    if connection.vendor == "sqlite":
        install_guards()
        assert find_missing_guards() == []


@pytest.mark.django_db
def test_redaction_empties_the_rows_and_keeps_the_event(
    store: CheckpointStore, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        empty_payload(sequence=2, reason="names a child", by=BY, now=NOW)
    assert Payload.objects.get(sequence=2).body == ""
    assert Event.objects.count() == 4
    found = verify(store)
    assert found.problems == []
    assert any("redacted" in limit for limit in found.limits)
