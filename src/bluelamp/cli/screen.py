"""How do commands print: tables for people, JSON for programs, progress for long work?"""

from __future__ import annotations

import sys

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


def make_console() -> Console:
    """Standard output. Words from documents must be passed with markup switched off."""
    # A file or a pipe has no width of its own; 80 would fold every table into ribbons.
    return Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 140)


def say(*lines: str) -> None:
    """Print lines as they are, however long: whoever reads them in a pipe gets them whole."""
    console = make_console()
    for line in lines:
        console.print(line, soft_wrap=True)


def make_progress() -> Progress:
    """A progress bar on standard error; silent where nobody watches."""
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
        transient=True,
    )


def print_json(encoded: bytes) -> None:
    sys.stdout.buffer.write(encoded + b"\n")
