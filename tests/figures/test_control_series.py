"""Is a table of cells read as a series, and each fault told with its cell?"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.figures.control_series import CellRow, ControlSeries, read_series, read_time
from bluelamp.figures.months import Month
from bluelamp.lib.errors import PlainError

pytestmark = pytest.mark.no_database


def rows_of(text: str) -> list[CellRow]:
    lines = text.strip().split("\n")
    return [(number, [cell.strip() for cell in line.split("|")]) for number, line in enumerate(lines, 1)]


def read(text: str, value_head: str = "") -> ControlSeries:
    return read_series(rows_of(text), value_head)


def test_dates_and_values_by_their_heads() -> None:
    series = read(
        "Area | Month | Offences | Note\nA | 2021-03 | 1,024 | x\nA | 2021-04 | 980 |\nA | 2021-05 | 1 | y"
    )
    assert series.name == "Offences"
    assert series.days == (dt.date(2021, 3, 1), dt.date(2021, 4, 1), dt.date(2021, 5, 1))
    assert series.values == (1024, 980, 1)
    assert series.months == (Month(2021, 3), Month(2021, 4), Month(2021, 5))


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2021-03", dt.date(2021, 3, 1)),
        ("03/2021", dt.date(2021, 3, 1)),
        ("Mar 2021", dt.date(2021, 3, 1)),
        ("March 2021", dt.date(2021, 3, 1)),
        ("Mar-21", dt.date(2021, 3, 1)),
        ("31/03/2021", dt.date(2021, 3, 31)),
        ("31 March 2021", dt.date(2021, 3, 31)),
        ("2021-03-31", dt.date(2021, 3, 31)),
        ("2021-03-31 00:00:00", dt.date(2021, 3, 31)),
        ("Jan to Mar 2021", dt.date(2021, 3, 31)),
        ("Q4 2020/21", dt.date(2021, 3, 31)),
    ],
)
def test_dates_as_people_write_them(said: str, day: dt.date) -> None:
    assert read(f"Period | Value\n{said} | 5").days == (day,)


def test_heads_that_say_nothing_are_known_by_their_cells() -> None:
    series = read("a | b | c\nsomewhere | 2021-03 | 5\nsomewhere | 2021-04 | 6")
    assert (series.name, series.values) == ("c", (5, 6))


def test_missing_cells_are_gaps_and_so_are_months_left_out() -> None:
    series = read("Month | Value\nJan 2021 | 5\nFeb 2021 |\nMar 2021 | n/a\nJun 2021 | 7\nJul 2021 | -")
    assert series.values == (5, None, None, None, None, 7, None)
    assert series.notes == ("No row for April 2021, May 2021: charted as a gap.",)


def test_rows_may_come_in_any_order() -> None:
    assert read("Month | Value\n2021-03 | 3\n2021-01 | 1\n2021-02 | 2").values == (1, 2, 3)


def test_quarters_leave_out_quarters_and_weeks_leave_out_weeks() -> None:
    quarters = read("Quarter | Rate\nMar 2020 | 1\nJun 2020 | 2\nDec 2020 | 3\nMar 2021 | 3\nJun 2021 | 3")
    assert quarters.values == (1, 2, None, 3, 3, 3)
    assert quarters.months is None
    weeks = read("Week ending | Count\n2021-01-03 | 1\n2021-01-10 | 2\n2021-01-31 | 3")
    assert weeks.values == (1, 2, None, None, 3)


def test_weekends_are_not_gaps() -> None:
    series = read("Date | Count\n2021-01-07 | 1\n2021-01-08 | 2\n2021-01-11 | 3")
    assert series.values == (1, 2, 3)


def test_percentages_keep_their_number() -> None:
    series = read("Month | Rate\n2021-01 | 77.4%\n2021-02 | 80%")
    assert series.values == (77.4, 80)
    assert series.percent


def test_a_column_can_be_named() -> None:
    table = "Month | Burglary | Robbery\n2021-01 | 5 | 6\n2021-02 | 7 | 8"
    with pytest.raises(PlainError, match="“Burglary”, “Robbery”; name one by --value"):
        read(table)
    assert read(table, "robbery").values == (6, 8)
    with pytest.raises(PlainError, match="“Theft”"):
        read(table, "Theft")


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("Month | Value\n2021-01 | 5\n2021-02 | abc", r"Row 3 \(cell B3\): “abc” is no number"),
        ("Month | Value\n2021-01 | 5\n2021-02 | 5 to 9", r"Row 3 \(cell B3\)"),
        ("Month | Value\n2021-01 | 5\nTotal | 5", r"Row 3 \(cell A3\): “Total” is no date"),
        ("Month | Value\n2021-01 | 5\n | 5", r"Row 3 \(cell A3\): the date is missing"),
        ("Month | Value\n2021-01 | 5\nJan 2021 | 5", r"Row 3 \(cell A3\): “Jan 2021” stands already in row 2"),
        ("Name | Value\nA | 5", "No column has dates"),
        ("Month\n2021-01", "no column beside the dates"),
        ("Month | Value", "no rows"),
        ("Month | Value\n1921-01 | 5\n2021-02 | 6\n2021-03 | 6", "mistyped year"),
        ("Month | Rolling 12 months\n2021-01 | 5", "overlapping"),
        ("Period | Value\n12 months to Jan 2021 | 5\n12 months to Feb 2021 | 6", "single months"),
        ("Period | Value\n12 months to Mar 2021 | 5\n12 months to Jun 2021 | 6", "every 3 months overlap"),
    ],
)
def test_each_fault_is_one_sentence_with_its_place(table: str, words: str) -> None:
    with pytest.raises(PlainError, match=words) as caught:
        read(table)
    assert "\n" not in str(caught.value)


def test_years_side_by_side_do_not_overlap() -> None:
    assert read("Year | Value\n2019/20 | 5\n2020/21 | 6\n2021/22 | 7").values == (5, 6, 7)


def test_a_rebase_is_found_by_its_day_or_its_month() -> None:
    series = read("Month | Value\n31/01/2021 | 5\n28/02/2021 | 6\n31/03/2021 | 7")
    assert series.find_day("2021-02") == series.find_day("28/02/2021") == dt.date(2021, 2, 28)
    assert series.find_day("1 Feb 2021") == dt.date(2021, 2, 28)
    for said in ("2022-01", "soon"):
        with pytest.raises(PlainError):
            series.find_day(said)


@given(st.text(max_size=60))
def test_any_words_are_a_time_or_not(said: str) -> None:
    period = read_time(said)
    assert period is None or period.start is None or period.start <= period.end


@given(st.lists(st.lists(st.text(max_size=12), max_size=4), max_size=6))
def test_any_table_is_read_or_refused_in_a_sentence(cells: list[list[str]]) -> None:
    try:
        series = read_series(list(enumerate(cells, 1)))
    except PlainError:
        return
    assert len(series.days) == len(series.values) > 0
