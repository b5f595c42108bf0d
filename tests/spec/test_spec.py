"""Does every method give the numbers that its page prints?"""

from __future__ import annotations

import pytest
from tests.spec.chapter import Case, load_chapters, row_by_row, say, whole_table

pytestmark = pytest.mark.no_database

CASES = [
    pytest.param(case, id=f"{name}-{case.title}")
    for name, chapter in load_chapters().items()
    for case in chapter.cases
]


@pytest.mark.parametrize("case", CASES)
def test_the_method_gives_what_its_page_prints(case: Case) -> None:
    assert case.found() == list(case.gives.cells)


def test_titles_within_a_chapter_differ() -> None:
    for name, chapter in load_chapters().items():
        titles = [case.title for case in chapter.cases]
        assert len(set(titles)) == len(titles), name


def test_a_wrong_number_a_missing_row_and_a_row_too_many_are_each_seen() -> None:
    def double(table: str) -> Case:
        return row_by_row("doubles", "", table, lambda row: {"twice": 2 * row["n"]})

    assert double("n || twice\n1.5 || 3.0").found() == [("3.0",)]
    wrong = double("n || twice\n1 || 3")
    assert wrong.found() != list(wrong.gives.cells)
    for gives in ("twice\n2", "twice\n2\n4\n6"):
        case = whole_table("", "", "n\n1\n2", gives, lambda rows: [{"twice": 2 * row["n"]} for row in rows])
        assert case.found() != list(case.gives.cells)


@pytest.mark.parametrize(
    ("value", "like", "said"),
    [
        *((0.125, "0.12", "0.13"), (2, "2.0", "2.0"), (-0.04, "0.0", "0.0"), (3, "+2", "+3"), (None, "2", "")),
        *((True, "yes", "yes"), ("within", "within", "within"), (7, "unknown", "7")),
    ],
)
def test_values_are_said_as_precisely_as_the_page_says_them(value: object, like: str, said: str) -> None:
    assert say(value, like) == said


def test_an_uneven_table_is_refused() -> None:
    with pytest.raises(ValueError, match="cells"):
        whole_table("", "", "a | b\n1", "c\n1", lambda rows: [])
