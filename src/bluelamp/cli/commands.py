"""Every command of `bluelamp`, one file each. None loads Django before it runs, so that reading needs none."""

from __future__ import annotations

import typer

from bluelamp.cli.extract import extract
from bluelamp.cli.text import text

app = typer.Typer(
    name="bluelamp",
    help="One accountable record of what inspectors said about a police force, and what became of it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
)
for command in (extract, text):
    app.command()(command)
