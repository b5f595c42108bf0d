"""`bluelamp demo`: the whole main job on documents of a force that does not exist."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from bluelamp.cli.demo_life import live
from bluelamp.cli.screen import say
from bluelamp.lib.errors import PlainError

PORT = Annotated[int, typer.Option("--port", help="The port of the desk on this machine.")]
NO_SERVE = Annotated[bool, typer.Option("--no-serve", help="Build the example workspace and stop.")]

DEMO_USER = "demo"
DEMO_PLAN = "calder-vale-2025-28"
SHOWN = 12  # items of the register that fit a screen
HOST = "127.0.0.1"


def demo(port: PORT = 8000, no_serve: NO_SERVE = False) -> None:
    """Build an example workspace, print its register's summary, and serve the desk with a one-use sign-in link."""
    from bluelamp.cli.django import start_django
    from bluelamp.lib.definitions import SHIPPED

    examples = SHIPPED / "examples"
    folder = _choose_folder()
    _copy_definitions(examples, folder)
    _write_settings(folder)
    workspace = start_django()
    from bluelamp.cli.ingest import ingest
    from bluelamp.cli.init import make_workspace
    from bluelamp.cli.register import register

    make_workspace(workspace)
    say(f"An example workspace in {workspace.folder}: documents of a force that does not exist.", "")
    ingest(sorted(path for path in examples.iterdir() if path.is_file()), accept=True)
    live(dt.datetime.now(dt.UTC))
    _load_figures(examples)
    _count_records(examples)
    say("")
    register(limit=SHOWN)
    if not no_serve:
        _serve(port, folder)


def _choose_folder() -> Path:
    """The workspace named by --workspace or the environment, else a folder of its own beside where we stand."""
    named = os.environ.setdefault("BLUELAMP_WORKSPACE", str(Path("bluelamp-demo").absolute()))
    return Path(named)


def _copy_definitions(examples: Path, folder: Path) -> None:
    """The example force and its plan are data of the workspace, as a user's own would be."""
    for kind in ("bodies", "plans", "records"):
        target = folder / "definitions" / kind
        target.mkdir(parents=True, exist_ok=True)
        for path in (examples / kind).glob("*.yaml"):
            shutil.copyfile(path, target / path.name)


def _load_figures(examples: Path) -> None:
    """Five years of the plan's indicators by month; loaded again they change nothing."""
    from bluelamp.cli.figures import load

    say("")
    load([examples / "figures" / "calder-vale-figures.csv"], plan=DEMO_PLAN, known_on="2026-04-20", accept=True)


def _count_records(examples: Path) -> None:
    """Three years of stops and searches, and the indicator that is counted from them."""
    from bluelamp.cli.figures_records import from_records
    from bluelamp.cli.load import load_records

    name = "calder-vale-stops"
    say("")
    load_records(name, examples / "records" / f"{name}.csv", known_on="2026-04-15", covers="2023-04:2026-03")
    from_records(plan=DEMO_PLAN)


# An example that nobody else can reach asks for no phone; `bluelamp init` makes workspaces that do.
SETTINGS = """\
# An example workspace: documents of a force that does not exist, on this machine alone.
[sign_in]
require_mfa = []
"""


def _write_settings(folder: Path) -> None:
    from bluelamp.cli.init import SETTINGS_FILE

    path = folder / SETTINGS_FILE
    if not path.exists():
        path.write_text(SETTINGS, encoding="utf-8")


def _serve(port: int, folder: Path) -> None:
    from bluelamp.cli.serve import address_of, listen, remember_address, run_server
    from bluelamp.cli.sign_in import find_person, make_link

    try:
        listener = listen(HOST, port)
    except PlainError:
        listener = listen(HOST, 0)  # whatever is free: a newcomer's machine may well use the usual port
    address = address_of(listener, HOST)
    remember_address(folder, address)
    link = make_link(find_person(DEMO_USER, add=True), address)
    say("", "The desk is running on this machine. Open this link to sign in (once, within 15 minutes):", "")
    say(f"    {link}", "", "Stop it with Ctrl-C; run the same command again for another link.")
    sys.stdout.flush()
    run_server(listener)
