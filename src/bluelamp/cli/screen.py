"""How do commands print: tables for people, JSON for programs, progress for long work?"""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from bluelamp.lib.names import show_name


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


class Pages:
    """A bar for each file whose pages are counted while it is read, until it is read."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._bars: dict[Path, TaskID] = {}

    def tell(self, path: Path, done: int, pages: int) -> None:
        if path not in self._bars:
            self._bars[path] = self._progress.add_task(f"Pages of {show_name(path.name)}", total=pages)
        self._progress.update(self._bars[path], completed=done)

    def end(self, path: Path) -> None:
        if path in self._bars:
            self._progress.remove_task(self._bars.pop(path))


def print_json(encoded: bytes) -> None:
    sys.stdout.buffer.write(encoded + b"\n")
