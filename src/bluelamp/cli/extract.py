"""`bluelamp extract FILE`: what does a document say? Needs no workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

FILE = Annotated[Path, typer.Argument(help="The document to read.", show_default=False)]
ABOUT = Annotated[
    str,
    typer.Option(
        "--about",
        metavar="FORCE",
        help="A force's code or name (NTS, Nottinghamshire): add what a report on many forces says of this one.",
    ),
]
JSON = Annotated[bool, typer.Option("--json", help="Print everything as JSON (bluelamp.extract/1).")]


def extract(file: FILE, about: ABOUT = "", as_json: JSON = False) -> None:
    """Read a document and print what it says, each fact with its citation.

    With --about, a national or thematic report is also searched for one force: each sentence, figure, table row
    and exclusion that names it, and each recommendation to all forces.
    """
    from bluelamp.cli.own_definitions import find_named_definitions
    from bluelamp.cli.screen import make_progress, print_json
    from bluelamp.documents.sandbox import read_file
    from bluelamp.intake.extraction import extract as extract_facts
    from bluelamp.intake.wire import encode_extraction
    from bluelamp.organisations.bodies import find_force, load_bodies

    definitions = find_named_definitions()
    if about:
        about = find_force(load_bodies(definitions), about).code  # before a long document is read
    with make_progress() as progress:
        progress.add_task(f"Reading {file.name}", total=None)
        extraction = extract_facts(read_file(file), definitions=definitions, about=about)
    if as_json:
        print_json(encode_extraction(extraction))
    else:
        _print_table(extraction)


def _print_table(extraction: object) -> None:
    from rich.table import Table

    from bluelamp.cli.screen import make_console
    from bluelamp.intake.extraction import Extraction
    from bluelamp.intake.labels import label_fact, say_place

    assert isinstance(extraction, Extraction)
    console = make_console()
    console.print(extraction.say_document())
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("Kind", "What it says", "Where"):
        table.add_column(head, overflow="fold")
    for read in extraction.facts:
        table.add_row(read.fact.kind.replace("_", " "), label_fact(read.fact), say_place(read.fact.citations))
    console.print(table)
    for unread in extraction.unread:
        place = f" ({say_place(unread.citations)})" if unread.citations else ""
        console.print(f"Not understood: {unread.reason}{place}")
    console.print(extraction.say_counts())
