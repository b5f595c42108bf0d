"""`bluelamp backup` and `bluelamp restore`: the whole workspace, carried away and brought back."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bluelamp.lib.errors import PlainError

if TYPE_CHECKING:
    from bluelamp.cli.django import OpenWorkspace

TARGET = Annotated[Path, typer.Argument(help="The archive to write, e.g. bluelamp.tar.gz.", show_default=False)]
ARCHIVE = Annotated[Path, typer.Argument(help="The archive to bring back.", show_default=False)]

_DATABASE_LINE = re.compile(r"^[ \t]*\"?database_url\b", re.MULTILINE)


def backup(target: TARGET) -> None:
    """Write the record, the originals and the keys to one archive. Keep it where only you can read it.

    Records of the warehouse are left out: keep their archives, or copy the folder.
    """
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
    say(*_say_records(workspace.folder))


def _say_records(folder: Path) -> list[str]:
    """What is not in the archive, where there is any of it."""
    from bluelamp.performance.cubes.opening import FOLDER
    from bluelamp.performance.warehouse.manifest import Warehouse
    from bluelamp.performance.warehouse.soundness import examine_warehouse

    examined = examine_warehouse(Warehouse(folder / FOLDER), whole=False)
    if not examined.files:
        return []
    return [
        f"The {examined.records:,} records of the warehouse are not in it: keep the archives that they came"
        f" from, or copy the folder {folder / FOLDER} ({examined.bytes:,} bytes)."
    ]


def restore(archive: ARCHIVE) -> None:
    """Bring an archive back into an empty workspace (BLUELAMP_WORKSPACE or --workspace names it)."""
    from bluelamp.cli.django import start_django
    from bluelamp.cli.screen import make_progress, say

    if not archive.is_file():
        raise PlainError(f"There is no file {archive}; name the archive that bluelamp backup wrote.")
    workspace = start_django()
    from bluelamp.cli.verify import examine
    from bluelamp.ledger.archives import load_tables, restoring

    with make_progress() as progress, restoring(archive, workspace.folder) as unpacked:
        task = progress.add_task("Restoring", total=None)
        rows = load_tables(
            unpacked,
            lambda what, done, total: progress.update(task, description=what, completed=done, total=total),
        )
        progress.update(task, description="Verifying the record", total=None)
        found = examine()
        elsewhere = keep_to_this_database(unpacked, workspace)
    say(*found.problems, *found.limits, *elsewhere)
    say(f"Restored {rows} rows into {workspace.folder}; the record is {'sound' if found.sound else 'NOT sound'}.")
    raise typer.Exit(0 if found.sound else 1)


def keep_to_this_database(unpacked: Path, workspace: OpenWorkspace) -> list[str]:
    """The restored settings must not lead to the database that the backup was made from."""
    from bluelamp.cli.init import SETTINGS_FILE

    path = unpacked / "workspace" / SETTINGS_FILE
    words = path.read_text(encoding="utf-8") if path.is_file() else ""
    try:
        named = tomllib.loads(words).get("database_url", "")
    except tomllib.TOMLDecodeError as error:
        raise PlainError(f"The settings in the archive cannot be read: {error}.") from error
    if not named or named == workspace.database_url:
        return []
    path.write_text(_DATABASE_LINE.sub(r"# \g<0>", words), encoding="utf-8")
    return [
        "The backup was made from another database; the line of bluelamp.toml that names it is now a comment,"
        " so that this workspace keeps to its own."
    ]
