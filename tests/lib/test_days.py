"""Printed days and periods, in British order, without a clock."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.lib.days import DatedPeriod, find_days, is_day, read_day, read_period


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Wednesday 19 May 2021", date(2021, 5, 19)),
        ("10th March 2021", date(2021, 3, 10)),
        ("HELD ON WEDNESDAY 10TH MARCH 2021", date(2021, 3, 10)),
        ("Tuesday, 4 June 2024 at 2.30pm", date(2024, 6, 4)),
        ("1st of September 2022", date(2022, 9, 1)),
        ("19.05.21", date(2021, 5, 19)),
        ("19/05/2021", date(2021, 5, 19)),
        ("7-6-2021", date(2021, 6, 7)),
        ("31 March 2021", date(2021, 3, 31)),
        ("March 10, 2021", date(2021, 3, 10)),
        ("2021-03-31", date(2021, 3, 31)),
        ("19 May 2021 (first) - 25 May 2021 (second)", date(2021, 5, 19)),
        ("31 February 2021", None),
        ("3 March", None),
        ("1.2.3", None),
        ("March 2021", None),
        ("0115 844 5998", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert read_day(text) == day


def test_a_line_that_is_only_a_day() -> None:
    assert is_day("14 September 2021")
    assert is_day("Monday 2nd May 2022 at 10.00 am")
    assert not is_day("The meeting of 2 May 2022 was closed to the public")


@pytest.mark.parametrize(
    ("text", "end", "start"),
    [
        ("12 months to March 2021", date(2021, 3, 31), date(2020, 4, 1)),
        ("12 months to\nMar 2020", date(2020, 3, 31), date(2019, 4, 1)),
        ("Rolling 12 months to 31/03/21", date(2021, 3, 31), date(2020, 4, 1)),
        ("year ending 31 March 2021", date(2021, 3, 31), date(2020, 4, 1)),
        ("FYE 2021", date(2021, 3, 31), date(2020, 4, 1)),
        ("R12M to Mar 21", date(2021, 3, 31), date(2020, 4, 1)),
        ("Baseline 2019/20", date(2020, 3, 31), date(2019, 4, 1)),
        ("Quarter 2 (Jul-Sep 2023)", date(2023, 9, 30), date(2023, 7, 1)),
        ("YE Mar 2021", date(2021, 3, 31), date(2020, 4, 1)),
        ("6 months to Sep 2021", date(2021, 9, 30), date(2021, 4, 1)),
        ("Quarter ending June 2022", date(2022, 6, 30), date(2022, 4, 1)),
        ("March 2021", date(2021, 3, 31), date(2021, 3, 1)),
        ("Mar-21", date(2021, 3, 31), date(2021, 3, 1)),
        ("Aug '23", date(2023, 8, 31), date(2023, 8, 1)),
        ("31 March 2021", date(2021, 3, 31), None),
        ("As at 31 March 2021", date(2021, 3, 31), None),
        ("Q4 2020-2021", date(2021, 3, 31), date(2021, 1, 1)),
        ("2020/21 Q3", date(2020, 12, 31), date(2020, 10, 1)),
        ("Quarter 1 2022/23", date(2022, 6, 30), date(2022, 4, 1)),
        ("Q2 2023/24 (Jul-Sep)", date(2023, 9, 30), date(2023, 7, 1)),
        ("2020/21", date(2021, 3, 31), date(2020, 4, 1)),
        ("FY 2022/23", date(2023, 3, 31), date(2022, 4, 1)),
        ("2021", date(2021, 12, 31), date(2021, 1, 1)),
        ("Apr 2020 to Mar 2021", date(2021, 3, 31), date(2020, 4, 1)),
        ("April 2020 – March 2021", date(2021, 3, 31), date(2020, 4, 1)),
        ("Oct-Dec 2020", date(2020, 12, 31), date(2020, 10, 1)),
        ("01/04/2020 - 31/03/2021", date(2021, 3, 31), date(2020, 4, 1)),
    ],
)
def test_periods(text: str, end: date, start: date | None) -> None:
    assert read_period(text) == DatedPeriod(end, start)


@pytest.mark.parametrize(
    "text", ["", "%", "Aim", "Establishment 2018", "New Budget 2020/21 £'000", "2020/25", "1.2"]
)
def test_what_is_more_or_other_than_a_period(text: str) -> None:
    assert read_period(text) is None


@given(st.dates(min_value=date(1970, 1, 1), max_value=date(2069, 12, 31)))
def test_a_day_is_read_from_any_print_of_it(day: date) -> None:
    for form in ("%d %B %Y", "%A %d %b %Y", "%d/%m/%Y", "%d.%m.%y", "%Y-%m-%d"):
        assert read_day(f"on {day.strftime(form)} in the chamber") == day


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text: str) -> None:
    read_period(text)
    for found in find_days(text):
        assert text[found.start : found.end].strip()


@pytest.mark.parametrize("line", ["1 " * 500_000, "may " * 250_000, " " * 1_000_000, "12 months to " * 80_000])
def test_hostile_lines_take_no_time(line: str) -> None:
    assert find_days(line) == ()
    assert read_period(line) is None
