"""`bluelamp text FILE`: what is the normalised text whose lines citations count?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def text(file: Annotated[Path, typer.Argument(help="The document to read.", show_default=False)]) -> None:
    """Print a document's normalised text: the lines that every citation counts."""
    from bluelamp.documents.sandbox import read_file

    sys.stdout.write(read_file(file).text)
