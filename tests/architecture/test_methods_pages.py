"""Do the method pages print the cases that are run, as they are now?"""

from __future__ import annotations

from pathlib import Path

import pytest
from docs.generate import METHODS_NOTE
from docs.methods_pages import make_methods_pages

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "methods"
MADE = make_methods_pages()


@pytest.mark.parametrize("name", sorted(MADE))
def test_the_page_is_of_the_chapter_as_it_is(name: str) -> None:
    note = METHODS_NOTE if name.endswith(".md") else ""
    assert (FOLDER / name).read_text(encoding="utf-8") == (note + MADE[name]).rstrip() + "\n", (
        "run python -m docs.generate"
    )


def test_no_page_is_left_of_a_chapter_that_is_gone() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(MADE)
