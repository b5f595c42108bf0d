"""`bluelamp check FILE...`: what in these papers cannot be true? Needs no workspace."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bluelamp.lib.names import show_name

if TYPE_CHECKING:
    from bluelamp.checks.model import Report, Subject

FILES = Annotated[list[Path], typer.Argument(help="The papers to check, together.", show_default=False)]
JSON = Annotated[bool, typer.Option("--json", help="Print everything as JSON (bluelamp.check/1).")]
ALL = Annotated[bool, typer.Option("--all", help="Print what agrees and what could not be checked, too.")]
ANNOTATE = Annotated[
    Path | None,
    typer.Option(
        help="Write a copy of each Word or PDF paper with notes at the words: a file, or a folder for several.",
        show_default=False,
    ),
]
CERTIFICATE = Annotated[
    Path | None,
    typer.Option(
        help="Write what was checked and what could not be: a .pdf, .docx or .html file.", show_default=False
    ),
]


def check(
    files: FILES,
    as_json: JSON = False,
    everything: ALL = False,
    annotate: ANNOTATE = None,
    certificate: CERTIFICATE = None,
) -> None:
    """Read papers and say what in them cannot be true, what is doubtful, and how much was checked.

    The exit code is 2 where a file could not be read or written, else 1 where anything cannot be true, else 0.
    """
    from bluelamp.checks.checking import CHECKERS
    from bluelamp.cli.check_files import check_names, write_certificate, write_copies
    from bluelamp.cli.check_reading import check_subjects, read_subjects
    from bluelamp.cli.screen import Pages, make_progress, print_json
    from bluelamp.intake.check_wire import encode_report

    check_names(files, annotate, certificate)
    with make_progress() as progress:
        reading = progress.add_task("Reading", total=len(files))
        pages = Pages(progress)

        def tell_paper(path: Path, papers: int) -> None:
            pages.end(path)
            said = f"Read {show_name(path.name)}" + (f": {papers} papers" if papers > 1 else "")
            progress.update(reading, description=said, advance=1)

        subjects, faults = read_subjects(files, tell_paper, pages.tell)
        checking = progress.add_task("Checking", total=len(CHECKERS))

        def tell_family(name: str) -> None:
            progress.update(checking, description=f"Checking {name.replace('_', ' ')}", advance=1)

        report = check_subjects(subjects, tell_family)
        written: list[Path] = []
        if annotate is not None:
            copies, refused = write_copies(report, dict(_paths(files, subjects)), annotate)
            written += copies
            faults += refused
        if certificate is not None and subjects:
            written.append(write_certificate(report, certificate))
    if as_json:
        print_json(encode_report(report))
    else:
        _print_table(report, everything=everything)
    for path in written:
        typer.echo(f"Wrote {path}", err=True)
    for error in faults:
        typer.echo(error, err=True)
    raise typer.Exit(2 if faults else 1 if report.counts["contradiction"] else 0)


def _paths(files: Sequence[Path], subjects: Sequence[Subject]) -> list[tuple[str, Path]]:
    """The file behind each subject, by the hash of what was read."""
    import hashlib

    wanted = {subject.document.sha256 for subject in subjects}
    found = []
    for path in files:
        try:
            key = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            continue
        if key in wanted:
            found.append((key, path))
    return found


def _print_table(report: Report, *, everything: bool) -> None:
    from rich.table import Table

    from bluelamp.checks.model import Verdict
    from bluelamp.checks.page_numbers import WORDLESS
    from bluelamp.checks.saying_checks import VERDICT_WORDS, say_counts
    from bluelamp.cli.screen import make_console
    from bluelamp.intake.labels import say_place

    console = make_console()
    names = {subject.document.sha256: subject.name for subject in report.subjects}
    told = (Verdict.CONTRADICTION, Verdict.SUSPECT)
    shown = [r for r in report.results if everything or r.verdict in told or r.rule == WORDLESS]
    if shown:
        table = Table(box=None, pad_edge=False, header_style="bold")
        for head in ("Verdict", "What was found", "Where"):
            table.add_column(head, overflow="fold")
        for result in shown:
            places = []
            for printed in result.printed:
                name = names.get(printed.citations[0].document_sha256, "")
                places.append((f"{name}, " if len(names) > 1 else "") + say_place(printed.citations))
            table.add_row(VERDICT_WORDS[result.verdict], result.message, "; ".join(places))
        console.print(table)
    console.print(say_counts(report.counts))
