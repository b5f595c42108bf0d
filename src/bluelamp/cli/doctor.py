"""`bluelamp doctor`: what is wrong with this installation, in plain words?"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from bluelamp.cli.django import OpenWorkspace, check_release, start_django
from bluelamp.lib.errors import PlainError

JSON = Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")]
LEAST_SPACE = 1_000_000_000  # bytes


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `good` or not, and a sentence that says what to do where it is not."""

    good: bool
    what: str


def doctor(as_json: JSON = False) -> None:
    """Look at the installation and say what is wrong with it. Exits 1 where anything is."""
    from bluelamp.cli.screen import make_console, print_json

    found = list(_examine())
    wrong = [finding for finding in found if not finding.good]
    if as_json:
        print_json(json.dumps({"findings": [asdict(finding) for finding in found]}, indent=2).encode())
    else:
        console = make_console()
        for finding in found:
            console.print(f"{'good ' if finding.good else 'WRONG'}  {finding.what}", soft_wrap=True)
        console.print("Nothing is wrong." if not wrong else f"{len(wrong)} of {len(found)} things are wrong.")
    raise typer.Exit(1 if wrong else 0)


def _examine() -> Iterator[Finding]:
    yield _python()
    yield _temporary_folder()
    yield _definitions()
    yield _reader()
    try:
        workspace = start_django()
    except PlainError as error:
        yield Finding(good=False, what=str(error))
        return
    if not workspace.exists:
        what = f"There is no workspace in {workspace.folder} yet: bluelamp init makes one."
        yield Finding(good=False, what=what)
        return
    checks: tuple[Callable[[OpenWorkspace], Finding], ...] = (
        _keys,
        _space,
        _database,
        _guards,
        _search,
        _originals,
        _warehouse,
    )
    for check in checks:
        yield _tried(check, workspace)


def _tried(check: Callable[[OpenWorkspace], Finding], workspace: OpenWorkspace) -> Finding:
    from django.db.utils import DatabaseError

    try:
        return check(workspace)
    except PlainError as error:
        return Finding(good=False, what=str(error))
    except (DatabaseError, OSError) as error:
        name = check.__name__.strip("_").replace("_", " ")
        return Finding(good=False, what=f"The {name} could not be looked at: {str(error).splitlines()[0]}.")


def _python() -> Finding:
    shown = ".".join(str(part) for part in sys.version_info[:3])
    return Finding(good=True, what=f"Python is {shown}.")


def _temporary_folder() -> Finding:
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free
    if free < LEAST_SPACE:
        return Finding(
            good=False, what=f"{folder} has {free / 1e6:,.0f} MB free; files are read there: make room."
        )
    return Finding(good=True, what=f"{folder} has room for reading files.")


def _definitions() -> Finding:
    from bluelamp.inspections.frameworks import load_frameworks
    from bluelamp.lib.definitions import DefinitionError
    from bluelamp.organisations.bodies import load_bodies

    try:
        frameworks, bodies = load_frameworks(), load_bodies()
    except DefinitionError as error:
        return Finding(good=False, what=f"A definition cannot be used: {error}")
    forces = sum(body.kind == "force" for body in bodies.values())
    what = f"{len(frameworks)} inspection frameworks and {forces} forces are defined."
    return Finding(good=bool(frameworks and forces), what=what)


def _reader() -> Finding:
    from bluelamp.documents.document import UnreadableFileError
    from bluelamp.documents.sandbox import read_upload

    try:
        read = read_upload(b"A line to read.\n", "line.txt")
    except UnreadableFileError as error:
        return Finding(good=False, what=f"The process that reads files does not work: {error}")
    return Finding(good="A line to read." in read.text, what="Files are read in a process of their own.")


def _keys(workspace: OpenWorkspace) -> Finding:
    from bluelamp.ledger.checkpoints import KEY_BYTES, KEY_FILE

    keys = workspace.folder / "keys"
    for name in ("secret.key", KEY_FILE):
        path = keys / name
        if not path.is_file():
            return Finding(good=False, what=f"The key {path} is missing: bring it back from a backup.")
        if name == KEY_FILE and path.stat().st_size != KEY_BYTES:
            return Finding(good=False, what=f"The key {path} is damaged: bring it back from a backup.")
        if path.stat().st_mode & 0o077:
            return Finding(good=False, what=f"Others can read {path}: run chmod 600 {path}.")
    return Finding(good=True, what="The keys are there and only you can read them.")


def _space(workspace: OpenWorkspace) -> Finding:
    free = shutil.disk_usage(workspace.folder).free
    if free < LEAST_SPACE:
        return Finding(good=False, what=f"{workspace.folder} has only {free / 1e6:,.0f} MB free: make room.")
    return Finding(good=True, what=f"{workspace.folder} has {free / 1e9:,.1f} GB free.")


def _database(workspace: OpenWorkspace) -> Finding:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    check_release(may_be_older=True)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        what = f"The database is {len(waiting)} steps behind this release: back up, then run bluelamp upgrade."
        return Finding(good=False, what=what)
    return Finding(good=True, what=f"The database ({connection.vendor}) answers and is up to date.")


def _guards(workspace: OpenWorkspace) -> Finding:
    from bluelamp.ledger.guards import find_missing_guards

    missing = find_missing_guards()
    if missing:
        what = f"{len(missing)} of the ledger's guards are missing: find out why, then run bluelamp upgrade."
        return Finding(good=False, what=what)
    return Finding(good=True, what="The ledger's guards stand; bluelamp verify looks at every row.")


def _search(workspace: OpenWorkspace) -> Finding:
    from django.db import connection

    from bluelamp.documents.full_text import index_stands
    from bluelamp.documents.models import Passage
    from bluelamp.register.models import ItemWords

    if not (index_stands(Passage, connection) and index_stands(ItemWords, connection)):
        return Finding(
            good=False, what="The index for search is missing: run bluelamp upgrade, which makes it anew."
        )
    return Finding(good=True, what="The index for search stands.")


def _originals(workspace: OpenWorkspace) -> Finding:
    from bluelamp.assurance.queries_testing import find_kept_hashes
    from bluelamp.documents.originals import workspace_originals

    originals = workspace_originals()
    held = find_kept_hashes()
    missing = [sha256 for sha256 in held if not Path(originals.path_of(sha256)).is_file()]
    if missing:
        what = f"{len(missing)} of {len(held)} originals are missing from {originals.folder}: restore a backup."
        return Finding(good=False, what=what)
    return Finding(good=True, what=f"All {len(held)} originals are in their place.")


def _warehouse(workspace: OpenWorkspace) -> Finding:
    from bluelamp.performance.cubes.opening import FOLDER
    from bluelamp.performance.warehouse.manifest import Warehouse
    from bluelamp.performance.warehouse.soundness import examine_warehouse

    examined = examine_warehouse(Warehouse(workspace.folder / FOLDER), whole=False)
    if examined.faults:
        more = f" There are {len(examined.faults) - 1} more." if len(examined.faults) > 1 else ""
        return Finding(good=False, what=f"{examined.faults[0]}{more}")
    if not examined.files:
        return Finding(good=True, what="No records are in the warehouse.")
    what = f"All {examined.files:,} files of the warehouse are in their place ({examined.records:,} records)."
    return Finding(good=True, what=what)
