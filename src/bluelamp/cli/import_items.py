"""`bluelamp import items MAPPING FILE`: points that another office keeps in a list come into the register."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bluelamp.lib.errors import PlainError
from bluelamp.lib.names import show_name

if TYPE_CHECKING:
    from bluelamp.documents.document import Document
    from bluelamp.documents.readers.forms import Form
    from bluelamp.register.import_mappings import ImportMapping
    from bluelamp.register.import_planning import Asked, Plan
    from bluelamp.register.import_rows import ReadRow

app = typer.Typer(help="Take in what other offices keep.", no_args_is_help=True)

MAPPING = Annotated[str, typer.Argument(help="A mapping: a YAML file, or the name of one that is known.")]
FILE = Annotated[Path, typer.Argument(help="The list: .csv or .xlsx.", show_default=False)]
ACCEPT = Annotated[
    bool, typer.Option("--accept", help="Take in what is new or changed; nothing is written without.")
]
FORCE = Annotated[str, typer.Option("--force", metavar="CODE", help="The force of rows that name none.")]
YEAR = Annotated[int, typer.Option("--year", min=0, max=2100, help="The year of rows that have no day.")]
JSON = Annotated[bool, typer.Option("--json", help="Print every row as JSON (bluelamp.import/1).")]


@app.command()
def items(
    mapping: MAPPING, file: FILE, accept: ACCEPT = False, force: FORCE = "", year: YEAR = 0, as_json: JSON = False
) -> None:
    """Show what would happen to each row of a list; with --accept, do it. All of its rows come in, or none.

    What the list calls complete comes in as its owner's claim: closed elsewhere, not tested here. The exit code
    is 1 where a row could not be taken.
    """
    from bluelamp.cli.django import open_workspace

    open_workspace()
    from django.conf import settings

    from bluelamp.register.import_mappings import load_mapping
    from bluelamp.register.import_planning import REFUSED, Asked

    asked = Asked(mapping=load_mapping(mapping, settings.WORKSPACE_DEFINITIONS), force=force, year=year)
    plan = _import(asked, file, accept)
    if as_json:
        _print_json(plan)
    else:
        _print_table(plan, accept=accept)
    if plan.counts[REFUSED]:
        raise typer.Exit(1)


def _import(asked: Asked, file: Path, accept: bool) -> Plan:
    import datetime as dt

    from bluelamp.cli.screen import make_progress
    from bluelamp.ledger.actions import Operator
    from bluelamp.register.actions_imports import import_items
    from bluelamp.register.import_planning import plan_import

    with make_progress() as progress:
        task = progress.add_task("Reading the list", total=None)
        document, form, data = _read(file)
        rows, cited = _find_rows(document, form, asked.mapping)
        progress.update(
            task, description="Taking its rows in" if accept else "Looking at its rows", total=len(rows)
        )
        if not accept:
            return plan_import(rows, cited, asked, viewer=None)
        return import_items(
            rows,
            cited,
            asked,
            document=document,
            data=data,
            file_name=file.name,
            by=Operator("import items"),
            now=dt.datetime.now(dt.UTC),
            tell=lambda done: progress.update(task, completed=done),
        )


def _read(file: Path) -> tuple[Document, Form, bytes]:
    """The file as a document, to be kept and cited, and cell by cell; both of the same bytes."""
    from bluelamp.documents.sandbox import read_grid, read_upload

    if not file.is_file():
        raise PlainError(f"There is no file {show_name(str(file))}: check its name.")
    data = file.read_bytes()
    return read_upload(data, file.name), read_grid(data, file.name), data


def _find_rows(
    document: Document, form: Form, mapping: ImportMapping
) -> tuple[list[ReadRow], dict[int, list[dict[str, Any]]]]:
    from bluelamp.register.import_citations import cite_rows
    from bluelamp.register.import_rows import find_table, read_rows

    rows = read_rows(form, mapping)
    return rows, cite_rows(document, find_table(form, mapping).name, rows)


def _print_table(plan: Plan, *, accept: bool) -> None:
    from rich.table import Table

    from bluelamp.cli.screen import make_console
    from bluelamp.register.import_planning import HERE, VERDICTS

    console = make_console()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("Row", "What happens", "Reference", "What it says", "Why"):
        table.add_column(
            head, overflow="fold", justify="right" if head == "Row" else "left", no_wrap=head == "Reference"
        )
    for row in plan.rows:
        if row.verdict == HERE:
            continue
        title = row.fields.title if row.fields else ""
        table.add_row(str(row.number), VERDICTS[row.verdict], row.reference, _shorten(title), row.reason)
    if table.row_count:
        console.print(table)
    said = ", ".join(f"{count:,} {VERDICTS[verdict].lower()}" for verdict, count in plan.counts.items() if count)
    console.print(f"{len(plan.rows):,} rows: {said or 'none'}.", soft_wrap=True)
    if plan.writes and not accept:
        console.print("Nothing was written: give --accept to take in what is new or changed.", soft_wrap=True)


def _shorten(words: str, longest: int = 70) -> str:
    return words if len(words) <= longest else words[: longest - 1].rsplit(" ", 1)[0] + "…"


def _print_json(plan: Plan) -> None:
    import msgspec

    from bluelamp.cli.screen import print_json

    wire = {
        "schema": "bluelamp.import/1",
        "rows": [
            {
                "row": row.number,
                "verdict": row.verdict,
                "reference": row.reference or None,
                "reason": row.reason or None,
                "fields": asdict(row.fields) if row.fields else None,
            }
            for row in plan.rows
        ],
        "counts": plan.counts,
    }
    print_json(msgspec.json.format(msgspec.json.encode(wire), indent=2))
