"""Does a bar stand for each file while its pages are read, and go when it is read?"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console
from rich.progress import Progress

from bluelamp.cli.screen import Pages

pytestmark = pytest.mark.no_database


def test_each_file_has_its_bar_until_it_is_read() -> None:
    progress = Progress(console=Console(file=io.StringIO(), force_terminal=True))
    pages = Pages(progress)
    one, other = Path("papers/one.pdf"), Path("papers/other\x1b.pdf")
    pages.tell(one, 0, 273)
    pages.tell(other, 2, 4)
    pages.tell(one, 120, 273)
    assert [(task.completed, task.total) for task in progress.tasks] == [(120, 273), (2, 4)]
    assert "one.pdf" in progress.tasks[0].description
    assert "\x1b" not in progress.tasks[1].description
    pages.end(one)
    pages.end(Path("papers/without pages.txt"))
    assert [(task.completed, task.total) for task in progress.tasks] == [(2, 4)]
