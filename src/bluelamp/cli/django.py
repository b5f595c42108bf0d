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


def start_django() -> OpenWorkspace:
    """Load Django with the workspace's settings; a PlainError says what is wrong with them."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bluelamp.config.settings")
    django.setup()
    from django.conf import settings

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
        missing = find_missing_guards()
    except DatabaseError as error:
        raise PlainError(f"The workspace's database cannot be opened: {str(error).splitlines()[0]}.") from error
    if missing:
        raise PlainError(
            "The database's guards against changing the ledger are missing, so nothing was done;"
            " find out who removed them, then run bluelamp upgrade, which makes them anew."
        )
    return workspace
