"""How does a command reach the workspace?"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

from bluelamp.lib.errors import PlainError


class OpenWorkspace(Protocol):
    """What commands need of `config.workspace.Workspace`."""

    folder: Path

    @property
    def exists(self) -> bool: ...

    @property
    def database_url(self) -> str: ...


def start_django() -> OpenWorkspace:
    """Load Django with the workspace's settings; a PlainError says what is wrong with them."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bluelamp.config.settings")
    from django.conf import settings

    try:
        settings.WORKSPACE  # noqa: B018  (reads the settings: DATABASE_URL, the keys)
    except (ValueError, OSError) as error:
        raise PlainError(
            f"The workspace's settings cannot be used: {error}. Look at DATABASE_URL and keys."
        ) from error
    django.setup()
    workspace: OpenWorkspace = settings.WORKSPACE
    return workspace


def find_workspace() -> OpenWorkspace:
    """The workspace that is there, however it stands; a PlainError where there is none."""
    workspace = start_django()
    if not workspace.exists:
        raise PlainError(
            f"There is no workspace in {workspace.folder}; make one with bluelamp init,"
            " or name another with --workspace."
        )
    return workspace


def open_workspace() -> OpenWorkspace:
    """The workspace that is there, its guards standing; a PlainError where it cannot be used."""
    workspace = find_workspace()
    from django.db.utils import DatabaseError

    from bluelamp.ledger.guards import find_missing_guards

    try:
        check_release()
        missing = find_missing_guards()
    except DatabaseError as error:
        raise PlainError(f"The workspace's database cannot be opened: {str(error).splitlines()[0]}.") from error
    if missing:
        raise PlainError(
            "The database's guards against changing the ledger are missing, so nothing was done;"
            " find out who removed them, then run bluelamp upgrade, which makes them anew."
        )
    return workspace


def check_release(*, may_be_older: bool = False) -> None:
    """A PlainError where another release's migrations made the database what it is."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    held, ours = set(executor.loader.applied_migrations), set(executor.loader.graph.nodes)
    labels = {app for app, _ in ours}
    if any(app in labels for app, _ in held - ours):
        raise PlainError("This workspace was made by a newer Bluelamp, so nothing was done: install that release.")
    if not may_be_older and executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise PlainError(
            "The workspace's database is of an earlier release, or empty, so nothing was done:"
            " back up, then run bluelamp upgrade."
        )
