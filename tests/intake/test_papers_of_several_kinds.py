"""Does one paper give what each of its tables is: answers to points in one, figures in the next?"""

from __future__ import annotations

import pytest

from bluelamp.assurance.facts import TemplateRow
from bluelamp.documents.facts import TableRow
from bluelamp.documents.readers import read_bytes
from bluelamp.intake.extraction import Extraction, extract
from bluelamp.performance.facts import BudgetRow

pytestmark = pytest.mark.no_database

OPINIONS = (
    "| Review | Opinion | High | Medium | Low |\n|---|---|---|---|---|\n"
    "| Kennels | Limited | 2 | 1 | 0 |\n| Stables | Substantial | 0 | 0 | 3 |"
)
POINTS = (
    "| Ref | Recommendation | Management response | Owner | Target date |\n|---|---|---|---|---|\n"
    "| 1.1 | Feed should be counted once a week. | Agreed. | Head of Kennels | 30 May 2031 |\n"
    "| 1.2 | Leads should be kept under lock. | Agreed. | Head of Kennels | 30 June 2031 |"
)
MORE_POINTS = (
    "| 1.3 | Bowls should be washed. | Agreed. | Head of Kennels | 30 July 2031 |\n|---|---|---|---|---|\n"
    "| 1.4 | Straw should be kept dry. | Not agreed. | Head of Stables | none |"
)
MOVED = "| Status | Number | Share |\n|---|---|---|\n| Done | 6 | 60% |\n| Not done | 4 | 40% |"


def _read(*blocks: str) -> Extraction:
    text = "\n\n".join(("# Audit of the animals: progress", *blocks))
    return extract(read_bytes(text.encode(), file_name="a.md"))


def _rows(found: Extraction) -> list[str]:
    return [read.fact.row for read in found.facts if isinstance(read.fact, TableRow)]


def _points(found: Extraction) -> list[str]:
    return [read.fact.ref for read in found.facts if isinstance(read.fact, TemplateRow)]


@pytest.mark.parametrize(
    "order", [(OPINIONS, POINTS, MOVED), (POINTS, OPINIONS, MOVED), (MOVED, OPINIONS, POINTS)]
)
def test_each_table_is_read_as_what_it_is(order: tuple[str, ...]) -> None:
    between = "The figures follow."
    found = _read(order[0], between, order[1], between, order[2])
    assert _points(found) == ["1.1", "1.2"]
    assert sorted(_rows(found)) == ["Done", "Kennels Limited", "Not done", "Stables Substantial"]
    assert [part.reason for part in found.unread] == []


def test_points_among_tables_of_money_are_read_and_the_money_too() -> None:
    names = [f"Line {n}" for n in range(1, 10)]
    money = "\n".join(
        ["| Cost of audit £000 | Budget | Actual | Variance |", "|---|---|---|---|"]
        + [f"| {name} | 120 | 110 | (10) |" for name in names]
    )
    points = (
        "| Ref | Recommendation | Owner | Due | Status |\n|---|---|---|---|---|\n"
        "| 1.1 | Feed should be counted once a week. | Head of Kennels | 30 May 2031 | Open |\n"
        "| 1.2 | Leads should be kept under lock. | Head of Kennels | 30 June 2031 | Closed |"
    )
    found = _read(money, "The points follow.", points, "More money follows.", money)
    assert found.detail("family") == "finance_report"
    assert _points(found) == ["1.1", "1.2"]
    lines = [read.fact.line for read in found.facts if isinstance(read.fact, BudgetRow)]
    assert lines == names * 2


def test_a_template_that_goes_on_without_its_head_is_no_table_of_figures() -> None:
    found = _read(POINTS, "Continued.", MORE_POINTS)
    assert _points(found) == ["1.1", "1.2", "1.3", "1.4"]
    assert _rows(found) == []


def test_a_table_of_words_without_a_head_is_told() -> None:
    found = _read(POINTS, "Who is who.", "| Kennels | Ada Moss |\n|---|---|\n| Stables | Ned Fell |")
    assert [part.reason for part in found.unread] == ["A table without a template's head was not read."]
