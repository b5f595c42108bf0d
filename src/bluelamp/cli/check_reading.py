"""How are papers read and checked by a command: in children, with what checking needs loaded meanwhile?"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from bluelamp.lib.errors import PlainError
from bluelamp.lib.names import show_name

if TYPE_CHECKING:
    from bluelamp.checks.model import Report, Subject


def read_subjects(
    files: Sequence[Path],
    tell_paper: Callable[[Path, int], None],
    tell_pages: Callable[[Path, int, int], None],
) -> tuple[list[Subject], list[str]]:
    """What is put before the checks, and a sentence for each file that could not be read.

    `tell_paper` hears of each file when it is read, and of how many papers; `tell_pages` from other threads how
    many of how many pages of a PDF are read.
    """
    from bluelamp.cli.own_definitions import find_named_definitions
    from bluelamp.documents.document import UnreadableFileError
    from bluelamp.documents.sandbox import read_files

    definitions = find_named_definitions()
    loading = Thread(target=load_all, daemon=True)
    loading.start()  # while the children read, this process has nothing else to do
    subjects, unreadable = [], []
    seen: set[str] = set()
    for path, document in read_files(files, tell=tell_pages):
        loading.join()
        papers = 0
        if isinstance(document, UnreadableFileError | PlainError):
            unreadable.append(f"{show_name(str(path))}: {document}")
        elif document.sha256 not in seen:
            from bluelamp.intake.checking import read_subject

            seen.add(document.sha256)
            subjects.append(read_subject(document, name=show_name(path.name), definitions=definitions))
            papers = len(subjects[-1].papers)
        tell_paper(path, papers)
    return subjects, unreadable


def check_subjects(subjects: Sequence[Subject], tell: Callable[[str], None]) -> Report:
    """Every check over these. All that is read and found stays to the end, so nobody looks for what is dropped."""
    from bluelamp.checks.checking import check_papers

    gc.disable()
    try:
        return check_papers(subjects, tell=tell)
    finally:
        gc.enable()


def load_all() -> None:
    """The modules that read facts and check them, which are many."""
    import bluelamp.intake.checking  # noqa: F401
    from bluelamp.checks.checking import load_checkers

    load_checkers()
