"""What keeps the ledger append-only in the database itself? Triggers, remade after every migration (law 6)."""

from __future__ import annotations

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

EVENT_REFUSAL = "the ledger only grows: an event is never changed or removed"
PAYLOAD_REFUSAL = "a payload of the ledger may only be emptied"

_SQLITE = {
    "ledger_event_no_update": f"""
        CREATE TRIGGER ledger_event_no_update BEFORE UPDATE ON ledger_event
        BEGIN SELECT RAISE(ABORT, '{EVENT_REFUSAL}'); END""",
    "ledger_event_no_delete": f"""
        CREATE TRIGGER ledger_event_no_delete BEFORE DELETE ON ledger_event
        BEGIN SELECT RAISE(ABORT, '{EVENT_REFUSAL}'); END""",
    "ledger_payload_only_emptied": f"""
        CREATE TRIGGER ledger_payload_only_emptied BEFORE UPDATE ON ledger_payload
        WHEN NEW.sequence <> OLD.sequence OR NEW.salt <> '' OR NEW.body <> ''
        BEGIN SELECT RAISE(ABORT, '{PAYLOAD_REFUSAL}'); END""",
    "ledger_payload_no_delete": f"""
        CREATE TRIGGER ledger_payload_no_delete BEFORE DELETE ON ledger_payload
        BEGIN SELECT RAISE(ABORT, '{PAYLOAD_REFUSAL}'); END""",
}

_POSTGRES_BODIES = {
    "ledger_refuse_event": f" BEGIN RAISE EXCEPTION '{EVENT_REFUSAL}'; END ",
    "ledger_refuse_payload": f" BEGIN RAISE EXCEPTION '{PAYLOAD_REFUSAL}'; END ",
}
_POSTGRES_FUNCTIONS = "".join(
    f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$;\n"
    for name, body in _POSTGRES_BODIES.items()
)

_POSTGRES = {
    "ledger_event_no_change": """
        CREATE TRIGGER ledger_event_no_change BEFORE DELETE OR UPDATE ON ledger_event
        FOR EACH ROW EXECUTE FUNCTION ledger_refuse_event()""",
    "ledger_event_no_truncate": """
        CREATE TRIGGER ledger_event_no_truncate BEFORE TRUNCATE ON ledger_event
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_event()""",
    "ledger_payload_only_emptied": """
        CREATE TRIGGER ledger_payload_only_emptied BEFORE UPDATE ON ledger_payload
        FOR EACH ROW WHEN (NEW.sequence <> OLD.sequence OR NEW.salt <> '' OR NEW.body <> '')
        EXECUTE FUNCTION ledger_refuse_payload()""",
    "ledger_payload_no_delete": """
        CREATE TRIGGER ledger_payload_no_delete BEFORE DELETE ON ledger_payload
        FOR EACH ROW EXECUTE FUNCTION ledger_refuse_payload()""",
    "ledger_payload_no_truncate": """
        CREATE TRIGGER ledger_payload_no_truncate BEFORE TRUNCATE ON ledger_payload
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_payload()""",
}


_BRACKETS = str.maketrans("", "", "()")


def _wanted(vendor: str) -> dict[str, str]:
    return _SQLITE if vendor == "sqlite" else _POSTGRES


def _table_of(trigger: str) -> str:
    return "ledger_event" if trigger.startswith("ledger_event") else "ledger_payload"


def install_guards(using: str = "default") -> None:
    """Make every trigger anew, so that one which a migration dropped or someone weakened is whole again."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTIONS)
        for name, statement in _wanted(connection.vendor).items():
            on_table = f" ON {_table_of(name)}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
            cursor.execute(statement)


def find_missing_guards(using: str = "default") -> list[str]:
    """Names of triggers that are absent, switched off, or not what we make them."""
    connection = connections[using]
    found = _standing_sqlite(connection) if connection.vendor == "sqlite" else _standing_postgres(connection)
    return [name for name, statement in _wanted(connection.vendor).items() if not _same(found, name, statement)]


def _same(found: dict[str, str], name: str, statement: str) -> bool:
    return _bare(found.get(name, "")) == _bare(statement)


def _bare(statement: str) -> str:
    """A trigger's definition without what PostgreSQL adds when it prints one: brackets, casts, its own breaks."""
    return "".join(statement.lower().translate(_BRACKETS).replace("::text", "").split())


def _standing_sqlite(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def _standing_postgres(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Those that are switched on and whose function still refuses, as PostgreSQL prints them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, t.tgenabled, pg_get_triggerdef(t.oid, true), p.proname, p.prosrc"
            " FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE t.tgname LIKE 'ledger%%' AND NOT t.tgisinternal"
        )
        return {
            name: definition
            for name, state, definition, function, body in cursor.fetchall()
            if state in ("O", "A") and body == _POSTGRES_BODIES.get(function)
        }
