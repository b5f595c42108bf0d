"""Is what a published report printed kept as it was printed, and every row that is no indicator named?"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from tests.performance.loading_samples import DAY, PLAN

from bluelamp.figures.months import Month, Span
from bluelamp.figures.printed import read_printed
from bluelamp.performance.loading_figures import ReadFigures
from bluelamp.performance.loading_mappings import FiguresMapping
from bluelamp.performance.loading_names import Names
from bluelamp.performance.loading_reports import PublishedFigure, PublishedRow, read_report
from bluelamp.performance.series import Point

pytestmark = pytest.mark.no_database

MARCH = dt.date(2021, 3, 31)
NAMES = Names(PLAN, FiguresMapping(slug="r", name="r", layout="long", columns={}))


def row(code: str, name: str, *printed: str, line: int = 9) -> PublishedRow:
    figures = []
    for at, words in enumerate(printed):
        value = read_printed(words)
        assert value is not None, words
        figures.append(PublishedFigure(Month(2021, 3).plus(-3 * at).last, value))
    return PublishedRow(code, name, tuple(figures), line=line)


def read(*rows: PublishedRow) -> ReadFigures:
    return read_report(rows, PLAN, NAMES, title="Q4", day=DAY, area="force", span=Span.YEAR)


def point(*printed: str, code: str = "1A1") -> Point:
    return read(row(code, "", *printed)).figures[0].point


def test_rows_are_found_by_code_or_by_name_and_strangers_are_named() -> None:
    found = read(row("1A1", "Knife crime", "171"), row("", "Spend on overtime", "£412k"), row("7Z", "Other", "3"))
    assert [(each.key.code, each.key.span, each.point.value) for each in found.figures] == [
        ("1A1", Span.YEAR, 171),
        ("2B2", Span.YEAR, 412_000),
    ]
    assert [each.words for each in found.refused] == [
        "Q4, line 9: “7Z Other” is no indicator of Calder Vale Police and Crime Plan 2018-21, by its code or by"
        " its name."
    ]
    assert any("prints no code; by its name it is 2B2" in each for each in found.told)


def test_a_code_over_another_indicators_name_is_told() -> None:
    found = read(row("1A1", "Spend on overtime", "171"))
    assert found.figures[0].key.code == "1A1"
    assert "called 2B2 in the plan" in found.told[0]


@pytest.mark.parametrize(
    ("printed", "unknown", "flags"),
    [
        ("Pending", "pending", ()),
        ("n/a", "not-applicable", ()),
        ("94%-96%", "not-published", ("range",)),
    ],
)
def test_what_is_no_figure_keeps_its_name(printed: str, unknown: str, flags: tuple[str, ...]) -> None:
    found = point(printed, code="1A2")
    assert (found.value, found.unknown, found.flags, found.printed) == (None, unknown, flags, printed)


def test_a_star_and_a_place_are_kept() -> None:
    found = point("10,135*")
    assert (found.value, found.flags, found.printed, found.cell) == (10135, ("starred",), "10,135*", "line 9")


def test_a_contradiction_in_print_is_kept_and_told() -> None:
    found = read(row("2B1", "", "101.34% 1,980/2,006"))
    assert found.refused == ()
    assert found.figures[0].point.value == Decimal("101.34")
    assert "does not agree with 1,980 of 2,006, which is worked out here as 98.7039." in found.told[0]


def test_a_fraction_alone_is_worked_out() -> None:
    found = point("151/200", code="2B1")
    assert (found.value, found.numerator, found.denominator) == (Decimal("75.5"), 151, 200)


def test_a_period_after_the_report_is_refused_and_a_row_twice_too() -> None:
    late = PublishedRow("1A1", "", (PublishedFigure(dt.date(2021, 6, 30), read_printed("5")),), line=3)  # type: ignore[arg-type]
    assert "later than 19 May 2021, the report's day" in read(late).refused[0].message
    twice = read(row("1A1", "", "171", line=3), row("1A1", "", "172", line=8))
    assert twice.figures == ()
    assert len(twice.refused) == 2
