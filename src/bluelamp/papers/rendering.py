"""Which file does a paper become?

The same paper is the same bytes, on any machine and any day: no renderer reads the clock, the system's fonts or
the network.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Final, Literal, TypeAlias

from bluelamp.lib.errors import PlainError
from bluelamp.papers.characters import clean_all
from bluelamp.papers.model import Paper, Rendered

Format: TypeAlias = Literal["html", "pdf", "docx", "xlsx", "csv", "json"]

# Loaded when asked for: PDF, Word and Excel each bring a library.
_MODULES: Final = {
    "html": "html_page",
    "pdf": "pdf_file",
    "docx": "word_file",
    "xlsx": "workbook",
    "csv": "csv_tables",
    "json": "wire",
}
FORMATS: Final = tuple(_MODULES)


def render(paper: Paper, form: str) -> Rendered:
    """The paper as a file of one of FORMATS; PlainError where the format is unknown or can't hold this paper."""
    if form not in _MODULES:
        raise PlainError(f"No paper is made as {form!r}; choose one of {', '.join(FORMATS)}.")
    renderer: Callable[[Paper], Rendered] = import_module(f"bluelamp.papers.{_MODULES[form]}").render
    return renderer(clean_all(paper))
