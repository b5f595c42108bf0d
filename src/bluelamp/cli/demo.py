"""`bluelamp demo`: the whole main job on documents of a force that does not exist."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Annotated

import typer

PORT = Annotated[int, typer.Option("--port", help="The port of the desk on this machine.")]
NO_SERVE = Annotated[bool, typer.Option("--no-serve", help="Build the example workspace and stop.")]

DEMO_USER = "demo"


def demo(port: PORT = 8000, no_serve: NO_SERVE = False) -> None:
    """Build an example workspace, print its register's summary, and serve the desk with a one-use sign-in link."""
    from bluelamp.cli.django import start_django
    from bluelamp.cli.screen import make_console
    from bluelamp.lib.definitions import SHIPPED

    examples = SHIPPED / "examples"
    folder = _choose_folder()
    _copy_definitions(examples, folder)
    workspace = start_django()
    from bluelamp.cli.ingest import ingest
    from bluelamp.cli.init import make_workspace
    from bluelamp.cli.register import register

    make_workspace(workspace)
    console = make_console()
    console.print(f"An example workspace in {workspace.folder}: documents of a force that does not exist.\n")
    ingest(sorted(path for path in examples.iterdir() if path.is_file()), accept=True)
    console.print("")
    register()
    if not no_serve:
        _serve(port)


def _choose_folder() -> Path:
    """The workspace named by --workspace or the environment, else a folder of its own beside where we stand."""
    named = os.environ.setdefault("BLUELAMP_WORKSPACE", str(Path("bluelamp-demo").absolute()))
    return Path(named)


def _copy_definitions(examples: Path, folder: Path) -> None:
    """The example force is data of the workspace, as a user's own bodies would be."""
    target = folder / "definitions" / "bodies"
    target.mkdir(parents=True, exist_ok=True)
    for path in (examples / "bodies").glob("*.yaml"):
        shutil.copyfile(path, target / path.name)


def _serve(port: int) -> None:
    import datetime as dt

    from bluelamp.cli.serve import serve_desk
    from bluelamp.ledger.actions import Operator
    from bluelamp.organisations.actions import add_person, make_sign_in_link
    from bluelamp.organisations.models import User

    by, now = Operator("demo"), dt.datetime.now(dt.UTC)
    person = User.objects.filter(user_name=DEMO_USER).first() or add_person(
        by=by, now=now, user_name=DEMO_USER, name="Demo Officer", role="administrator"
    )
    secret = make_sign_in_link(person, by=by, now=now)
    serve_desk(host="127.0.0.1", port=port, sign_in_secret=secret)
