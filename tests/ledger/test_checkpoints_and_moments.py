"""Is a ledger that was cut by hand never vouched for again, and does verify look at one moment and never break?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import connection
from tests.ledger.test_verification import add_organisation, by_hand, remove_tail_cleanly, store

from bluelamp.ledger.checkpoints import KEY_FILE, CheckpointError, CheckpointStore
from bluelamp.ledger.guards import find_missing_guards, install_guards
from bluelamp.ledger.models import Event
from bluelamp.ledger.verification import verify

__all__ = ["store"]

pytestmark = pytest.mark.django_db


def test_nothing_is_recorded_on_top_of_a_ledger_that_was_cut(store: CheckpointStore) -> None:
    remove_tail_cleanly()
    for code in ("DDD", "EEE"):  # two would have grown past the old mark
        with pytest.raises(CheckpointError, match="never signed"):
            add_organisation(code)
    assert any("removed from its end" in problem for problem in verify(store).problems)


def test_nothing_is_recorded_on_top_of_an_event_added_by_hand(store: CheckpointStore, settings) -> None:
    settings.CHECKPOINTS = None
    add_organisation("DDD")
    settings.CHECKPOINTS = store.folder
    with pytest.raises(CheckpointError, match="never signed"):
        add_organisation("EEE")


def test_a_first_action_that_was_killed_is_no_tampering_and_is_done_again(tmp_path: Path, settings) -> None:
    settings.CHECKPOINTS = tmp_path
    begun = CheckpointStore(tmp_path)
    begun.make_key()
    begun.intend(1, "a" * 64)  # killed before the very first commit
    assert verify(begun).problems == []
    add_organisation("AAA")
    assert verify(begun).problems == []


def test_without_its_key_nothing_is_recorded(store: CheckpointStore) -> None:
    (store.folder / KEY_FILE).unlink()
    with pytest.raises(CheckpointError, match="is missing"):
        add_organisation("DDD")
    assert any("is missing" in problem for problem in verify(store).problems)


def test_without_its_folder_of_keys_nothing_is_recorded(store: CheckpointStore, settings) -> None:
    settings.CHECKPOINTS = store.folder / "gone"
    with pytest.raises(CheckpointError, match="Nothing was recorded"):
        add_organisation("DDD")


@pytest.mark.parametrize(
    "words",
    [
        "[]",
        "{",
        '{"done": {"state": "done", "sequence": "3", "digest": "x", "signature": "y"}, "intended": []}',
        '{"done": {"state": "done", "sequence": 3, "digest": "x", "signature": 5}, "intended": []}',
        '{"done": {"state": "done", "sequence": 3, "digest": "x", "signature": "zz"}, "intended": []}',
        '{"done": null, "intended": 7}',
    ],
)
def test_a_damaged_checkpoint_is_a_finding_and_no_crash(store: CheckpointStore, words: str) -> None:
    store.path.write_text(words)
    assert any("checkpoint" in problem for problem in verify(store).problems)


def test_a_damaged_key_is_a_finding_and_no_crash(store: CheckpointStore) -> None:
    (store.folder / KEY_FILE).write_bytes(b"short")
    assert any("cannot be read" in problem for problem in verify(store).problems)


def test_a_full_disk_after_the_commit_is_not_told_as_a_failure(store: CheckpointStore, monkeypatch) -> None:
    head = Event.objects.order_by("sequence").last()
    assert head is not None
    store.intend(4, "f" * 64)

    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(CheckpointStore, "_write", no_room)
    store.confirm(4, "f" * 64)
    assert json.loads(store.path.read_text())["intended"]


# PostgreSQL refuses such values itself.
@pytest.mark.only_sqlite
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE organisations_organisation SET id = 'garbage' WHERE code = 'BBB'",
        "UPDATE organisations_organisation SET force_id = 'garbage' WHERE code = 'BBB'",
        "UPDATE ledger_event SET time = 'garbage' WHERE sequence = 2",
    ],
)
def test_values_that_no_column_should_hold_are_found(store: CheckpointStore, statement: str) -> None:
    try:
        connection.disable_constraint_checking()
        by_hand(statement)
        assert verify(store).problems
    finally:
        connection.cursor().execute("DELETE FROM organisations_organisation")
        connection.enable_constraint_checking()


WEAKENED = {
    "never fires": "BEFORE DELETE OR UPDATE ON ledger_event FOR EACH ROW WHEN (false)",
    "not on delete": "BEFORE UPDATE ON ledger_event FOR EACH ROW",
    "on another table": "BEFORE DELETE OR UPDATE ON ledger_head FOR EACH ROW",
}


@pytest.mark.only_postgresql
@pytest.mark.parametrize("how", WEAKENED)
def test_a_weakened_guard_of_the_same_name_is_noticed(store: CheckpointStore, how: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER ledger_event_no_change ON ledger_event")
        cursor.execute(
            f"CREATE TRIGGER ledger_event_no_change {WEAKENED[how]} EXECUTE FUNCTION ledger_refuse_event()"
        )
    assert find_missing_guards() == ["ledger_event_no_change"]


@pytest.mark.only_postgresql
def test_a_guard_whose_function_only_seems_to_refuse_is_noticed(store: CheckpointStore) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION ledger_refuse_event() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN IF false THEN RAISE EXCEPTION 'x'; END IF; RETURN NEW; END $$"
        )
    assert "ledger_event_no_change" in find_missing_guards()
    install_guards()
    assert find_missing_guards() == []
