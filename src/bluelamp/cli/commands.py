"""Every command of `bluelamp`, one file each. None loads Django before it runs, so that reading needs none."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from bluelamp.cli.backup import backup, restore
from bluelamp.cli.check import check
from bluelamp.cli.demo import demo
from bluelamp.cli.doctor import doctor
from bluelamp.cli.extract import extract
from bluelamp.cli.figures import app as figures_app
from bluelamp.cli.import_items import app as import_app
from bluelamp.cli.indicators import app as indicators_app
from bluelamp.cli.ingest import ingest
from bluelamp.cli.init import init
from bluelamp.cli.items import items
from bluelamp.cli.load import app as load_app
from bluelamp.cli.measure import measure
from bluelamp.cli.register import register
from bluelamp.cli.remind import remind
from bluelamp.cli.report import report
from bluelamp.cli.search import search
from bluelamp.cli.serve import serve
from bluelamp.cli.sign_in import sign_in_link
from bluelamp.cli.spc import spc
from bluelamp.cli.template import app as template_app
from bluelamp.cli.text import text
from bluelamp.cli.upgrade import upgrade
from bluelamp.cli.verify import verify

app = typer.Typer(
    name="bluelamp",
    help="One accountable record of what inspectors said about a police force, and what became of it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
)
COMMANDS = (
    demo,
    init,
    ingest,
    extract,
    check,
    spc,
    measure,
    text,
    search,
    register,
    items,
    report,
    remind,
    serve,
    sign_in_link,
    verify,
    backup,
    restore,
    upgrade,
    doctor,
)
for command in COMMANDS:
    app.command()(command)
app.add_typer(figures_app, name="figures")
app.add_typer(import_app, name="import")
app.add_typer(indicators_app, name="indicators")
app.add_typer(load_app, name="load")
app.add_typer(template_app, name="template")

WORKSPACE = Annotated[
    Path | None,
    typer.Option("--workspace", help="The workspace's folder; else BLUELAMP_WORKSPACE, else one of your own."),
]


@app.callback()
def choose_workspace(workspace: WORKSPACE = None) -> None:
    """Name the workspace that the command is for."""
    if workspace:
        os.environ["BLUELAMP_WORKSPACE"] = str(workspace.absolute())
