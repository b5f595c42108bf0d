"""`bluelamp check FILE...`: what in these papers cannot be true? Needs no workspace."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bluelamp.lib.errors import PlainError

if TYPE_CHECKING:
    from bluelamp.checks.model import Report, Subject

FILES = Annotated[list[Path], typer.Argument(help="The papers to check, together.", show_default=False)]
JSON = Annotated[bool, typer.Option("--json", help="Print everything as JSON (bluelamp.check/1).")]
ALL = Annotated[bool, typer.Option("--all", help="Print what agrees and what could not be checked, too.")]


def check(files: FILES, as_json: JSON = False, everything: ALL = False) -> None:
    """Read papers and say what in them cannot be true, what is doubtful, and how much was checked.

    The exit code is 2 where a file could not be read, else 1 where anything cannot be true, else 0.
    """
    from bluelamp.checks.checking import check_papers
    from bluelamp.cli.screen import make_progress, print_json
    from bluelamp.intake.check_wire import encode_report

    with make_progress() as progress:
        task = progress.add_task("Reading", total=None)
        subjects, unreadable = _read(files, lambda name: progress.update(task, description=f"Reading {name}"))
        report = check_papers(
            subjects, tell=lambda name: progress.update(task, description=f"Checking {name.replace('_', ' ')}")
        )
    if as_json:
        print_json(encode_report(report))
    else:
        _print_table(report, everything=everything)
    for error in unreadable:
        typer.echo(error, err=True)
    raise typer.Exit(2 if unreadable else 1 if report.counts["contradiction"] else 0)


def _read(files: Sequence[Path], tell: object) -> tuple[list[Subject], list[str]]:
    from bluelamp.documents.document import UnreadableFileError
    from bluelamp.documents.sandbox import read_files
    from bluelamp.intake.checking import read_subject

    named = os.environ.get("BLUELAMP_WORKSPACE")
    folder = Path(named) / "definitions" if named else None
    definitions = folder if folder and folder.is_dir() else None
    subjects, unreadable = [], []
    seen: set[str] = set()
    for path, document in read_files(files):
        if callable(tell):
            tell(path.name)
        if isinstance(document, UnreadableFileError | PlainError):
            unreadable.append(f"{path}: {document}")
        elif document.sha256 not in seen:
            seen.add(document.sha256)
            subjects.append(read_subject(document, name=path.name, definitions=definitions))
    return subjects, unreadable


def _print_table(report: Report, *, everything: bool) -> None:
    from rich.table import Table

    from bluelamp.checks.model import Verdict
    from bluelamp.cli.screen import make_console
    from bluelamp.intake.labels import say_place

    console = make_console()
    shown = [r for r in report.results if everything or r.verdict in (Verdict.CONTRADICTION, Verdict.SUSPECT)]
    if shown:
        table = Table(box=None, pad_edge=False, header_style="bold")
        for head in ("Verdict", "What is wrong", "Where"):
            table.add_column(head, overflow="fold")
        for result in shown:
            places = "; ".join(say_place(printed.citations) for printed in result.printed)
            table.add_row(result.verdict.value, result.message, places)
        console.print(table)
    counts = report.counts
    console.print(
        f"Checked {sum(counts.values()):,} things: {counts['contradiction']} cannot be true, {counts['suspect']}"
        f" doubtful, {counts['consistent']:,} agree, {counts['unchecked']:,} could not be checked."
    )
