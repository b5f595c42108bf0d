"""`bluelamp verify`: has anything in the record been altered, added or removed by hand?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bluelamp.lib.errors import PlainError

if TYPE_CHECKING:
    from bluelamp.ledger.verification import Verification

JSON = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
COPY = Annotated[
    Path | None,
    typer.Option("--checkpoint", help="A folder holding a copy of the workspace's keys and its checkpoint."),
]


def verify(as_json: JSON = False, checkpoint: COPY = None) -> None:
    """Compare the ledger's chain, every row with its last event, the signed checkpoint, every original and the
    files of the warehouse."""
    from bluelamp.cli.django import find_workspace
    from bluelamp.cli.screen import make_progress, print_json, say

    find_workspace()
    if checkpoint and not checkpoint.is_dir():
        raise PlainError(
            f"There is no folder {checkpoint}; name the one that holds a copy of the workspace's keys."
        )
    with make_progress() as progress:
        progress.add_task("Verifying the record", total=None)
        found = examine(checkpoint)
    if as_json:
        parts = {"sound": found.sound, "events": found.events, "rows": found.rows}
        print_json(json.dumps({**parts, "problems": found.problems, "limits": found.limits}, indent=2).encode())
    else:
        say(*found.problems, *found.limits)
        verdict = (
            "is as it was written"
            if found.sound
            else f"has {len(found.problems)} fault{'s' if len(found.problems) != 1 else ''}"
        )
        say(f"{found.events} events and {found.rows} rows checked: the record {verdict}.")
    raise typer.Exit(0 if found.sound else 1)


def examine(checkpoint: Path | None = None) -> Verification:
    """Everything that can be compared: the record, the originals on the disk with their hashes, and the warehouse
    with its manifest and with what the record says of its loads."""
    from bluelamp.assurance.queries_testing import find_kept_hashes
    from bluelamp.documents.originals import workspace_originals
    from bluelamp.ledger.actions import checkpoint_store
    from bluelamp.ledger.checkpoints import CheckpointStore
    from bluelamp.ledger.verification import verify as verify_record

    found = verify_record(CheckpointStore(checkpoint) if checkpoint else checkpoint_store())
    originals = workspace_originals()
    for sha256 in find_kept_hashes():
        try:
            fault = originals.find_fault(sha256)
        except ValueError:  # a hash that somebody changed by hand; the row was reported above
            continue
        if fault:
            found.problems.append(fault)
    _examine_records(found)
    return found


def _examine_records(found: Verification) -> None:
    from django.conf import settings

    from bluelamp.performance.cubes.opening import FOLDER
    from bluelamp.performance.queries_records import compare_loads
    from bluelamp.performance.warehouse.manifest import Warehouse
    from bluelamp.performance.warehouse.soundness import examine_warehouse

    examined = examine_warehouse(Warehouse(settings.WORKSPACE.folder / FOLDER))
    problems, limits = compare_loads(examined.loads)
    found.problems += [*examined.faults, *problems]
    found.limits += limits
