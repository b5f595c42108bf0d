"""Which estimates does a report print, and from how many records?"""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from tests.inspections.reading.reports import read_report, statistics


@pytest.mark.parametrize(
    ("words", "printed", "value", "half_width", "unit"),
    [
        ("It records 86.4 percent (with a confidence interval of +/- 3.1 percent) of all crime.",
         "86.4 percent (with a confidence interval of +/- 3.1 percent)", "86.4", "3.1", "percent"),
        ("It was 93.1 percent (with a confidence interval of +/- 4.9) before.",
         "93.1 percent (with a confidence interval of +/- 4.9)", "93.1", "4.9", "percent"),
        ("It records 91.2% ± 1.8% of crimes.", "91.2% ± 1.8%", "91.2", "1.8", "percent"),
        ("It records 90.1% (+/-2.3%) of crimes.", "90.1% (+/-2.3%)", "90.1", "2.3", "percent"),
        ("Some 88 percent, plus or minus 2 percentage points, are seen.",
         "88 percent, plus or minus 2 percentage points", "88", "2", "percent"),
        ("We estimate that between 80.1% and 85.3% of crimes are recorded.",
         "between 80.1% and 85.3%", "82.7", "2.6", "percent"),
        ("It was 92.1% (95% confidence interval 89.0 to 95.2) of crimes.",
         "92.1% (95% confidence interval 89.0 to 95.2)", "92.1", "3.1", "percent"),
        ("It was 92% (95% confidence interval +/- 3) of crimes.",
         "92% (95% confidence interval +/- 3)", "92", "3", "percent"),
        ("It records 83.4 percent of crimes (with a confidence interval of +/- 2.0 percent).",
         "83.4 percent of crimes (with a confidence interval of +/- 2.0 percent)", "83.4", "2.0", "percent"),
        ("Of 50 percent and 60 percent (+/- 3) the second counts.", "60 percent (+/- 3)", "60", "3", "percent"),
    ],
)  # fmt: skip
def test_an_interval_is_read(words: str, printed: str, value: str, half_width: str, unit: str) -> None:
    (found,) = statistics(read_report(words)[1])
    assert (found.printed, found.value, found.half_width, found.unit) == (
        printed, Decimal(value), Decimal(half_width), unit,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "value", "n", "subject"),
    [
        ("In 38 out of 48 cases nobody had looked.", 38, 48, "cases"),
        ("A plan stood in 12 of the 40 files we reviewed.", 12, 40, "files we reviewed"),
        ("Of 90 files, 31 had no plan.", 31, 90, "files"),
        ("In nine of the ten records the box was empty.", 9, 10, "records"),
        ("Some 46 percent (220 of 476) of the posts were filled.", 46, 476, "posts"),
        ("In the survey, 1,412 of 2,530 staff agreed.", 1412, 2530, "staff"),
    ],
)
def test_a_fraction_of_a_sample_is_read(words: str, value: int, n: int, subject: str) -> None:
    (found,) = statistics(read_report(words)[1])
    assert (found.value, found.n, found.subject) == (value, n, subject)


@pytest.mark.parametrize(
    "words",
    [
        "This is page 3 of 40.",
        "We make graded judgments in nine of these ten areas.",
        "It had 163 special constables and 131 cadets.",
        "It answered 92 percent of calls within 10 seconds.",
        "Between 60 and 70 percent of officers had been trained.",
        "The letter was dated 3 of 7 March 2021.",
    ],
)
def test_other_numbers_are_left(words: str) -> None:
    assert statistics(read_report(words)[1]) == []


def test_a_sample_belongs_to_the_estimate_that_follows_it() -> None:
    words = (
        "We reviewed a sample of 205 stop and search records from 1 April 2022 to 31 March 2023. From it we "
        "estimate that 88.3% (+/- 4.4%) of all searches had good grounds. This is an increase from "
        "80.2% (+/- 5.0%) at our last inspection in 2019."
    )
    now, before = statistics(read_report(words)[1])
    assert (now.n, now.period, now.subject) == (205, "1 April 2022 to 31 March 2023", "searches")
    assert (before.n, before.period, before.subject) == (None, "2019", "searches")


@pytest.mark.parametrize(
    "words", ["5 percent ", "of 3 x ", "estimate between 5 and ", "12 of 40 files +/- ", "1,111,"]
)
def test_a_long_line_takes_time_in_proportion(words: str) -> None:
    """200 KB read in some 0.2 s each on one core; a pattern that searches back and forth took a minute."""
    started = time.process_time()
    statistics(read_report(words * (200_000 // len(words)))[1])
    assert time.process_time() - started < 10
