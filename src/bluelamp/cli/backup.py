"""`bluelamp backup` and `bluelamp restore`: the whole workspace, carried away and brought back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

TARGET = Annotated[Path, typer.Argument(help="The archive to write, e.g. bluelamp.tar.gz.", show_default=False)]
ARCHIVE = Annotated[Path, typer.Argument(help="The archive to bring back.", show_default=False)]


def backup(target: TARGET) -> None:
    """Write the record, the originals and the keys to one archive. Keep it where only you can read it."""
    from bluelamp.cli.django import open_workspace
    from bluelamp.cli.screen import make_progress, say

    workspace = open_workspace()
    from bluelamp.ledger.archives import make_archive

    with make_progress() as progress:
        task = progress.add_task("Backing up", total=None)
        made = make_archive(
            workspace.folder,
            target,
            lambda what, done, total: progress.update(task, description=what, completed=done, total=total),
        )
    say(f"Backed up {made.rows} rows and {made.files} files to {target} ({made.size:,} bytes).")


def restore(archive: ARCHIVE) -> None:
    """Bring an archive back into an empty workspace (BLUELAMP_WORKSPACE or --workspace names it)."""
    from bluelamp.cli.django import start_django
    from bluelamp.cli.screen import make_progress, say
    from bluelamp.lib.errors import PlainError

    if not archive.is_file():
        raise PlainError(f"There is no file {archive}; name the archive that bluelamp backup wrote.")
    workspace = start_django()
    from bluelamp.ledger.actions import checkpoint_store
    from bluelamp.ledger.archives import load_tables, place_files, unpack_archive
    from bluelamp.ledger.verification import verify

    unpacked = unpack_archive(archive, workspace.folder)
    with make_progress() as progress:
        task = progress.add_task("Restoring", total=None)
        place_files(unpacked, workspace.folder)
        rows = load_tables(
            unpacked,
            lambda what, done, total: progress.update(task, description=what, completed=done, total=total),
        )
        progress.update(task, description="Verifying the record", total=None)
        found = verify(checkpoint_store())
    say(*found.problems, *found.limits)
    say(f"Restored {rows} rows into {workspace.folder}; the record is {'sound' if found.sound else 'NOT sound'}.")
    raise typer.Exit(0 if found.sound else 1)
