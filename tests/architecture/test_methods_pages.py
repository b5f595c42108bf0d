"""Do the method pages print the cases that are run, as they are now?"""

from __future__ import annotations

from pathlib import Path

import pytest
from docs.generate import METHODS_NOTE
from docs.methods_pages import make_methods_pages

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "methods"


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return make_methods_pages()


class TestPages:
    def test_there_is_a_page_of_every_chapter_and_none_of_one_that_is_gone(self, made: dict[str, str]) -> None:
        assert {path.name for path in FOLDER.iterdir()} == set(made)

    @pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.iterdir()))
    def test_the_page_is_of_the_chapter_as_it_is(self, made: dict[str, str], name: str) -> None:
        note = METHODS_NOTE if name.endswith(".md") else ""
        assert (FOLDER / name).read_text(encoding="utf-8") == (note + made[name]).rstrip() + "\n", (
            "run python -m docs.generate"
        )
