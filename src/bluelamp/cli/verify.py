"""`bluelamp verify`: has anything in the record been altered, added or removed by hand?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

JSON = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
COPY = Annotated[
    Path | None,
    typer.Option("--checkpoint", help="A folder holding a copy of the workspace's keys and its checkpoint."),
]


def verify(as_json: JSON = False, checkpoint: COPY = None) -> None:
    """Compare the ledger's chain, every row with its last event, and the signed checkpoint."""
    from bluelamp.cli.django import find_workspace
    from bluelamp.cli.screen import make_progress, print_json, say

    find_workspace()
    from bluelamp.ledger.actions import checkpoint_store
    from bluelamp.ledger.checkpoints import CheckpointStore
    from bluelamp.ledger.verification import verify as verify_record

    with make_progress() as progress:
        progress.add_task("Verifying the record", total=None)
        found = verify_record(CheckpointStore(checkpoint) if checkpoint else checkpoint_store())
    if as_json:
        parts = {"sound": found.sound, "events": found.events, "rows": found.rows}
        print_json(json.dumps({**parts, "problems": found.problems, "limits": found.limits}, indent=2).encode())
    else:
        say(*found.problems, *found.limits)
        verdict = "is as it was written" if found.sound else f"has {len(found.problems)} faults"
        say(f"{found.events} events and {found.rows} rows checked: the record {verdict}.")
    raise typer.Exit(0 if found.sound else 1)
