"""Is a printed change of a performance report held to its row's two ends: number, per cent, points, sign?"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import series, table, wrong

from bluelamp.checks.changes import check_changes
from bluelamp.checks.model import PrintedSeries, Result, Subject, Verdict

pytestmark = pytest.mark.no_database


def _results(*figures: str, percent: str = "", actual: str = "", unit: str = "percent") -> list[Result]:
    return list(check_changes([series("Burglary", figures, percent=percent, actual=actual, unit=unit)]))


@pytest.mark.parametrize(
    ("figures", "percent", "actual"),
    [
        (("412", "430"), "+4.4%", "+18"),
        (("430", "412"), "-4.2%", "-18"),
        (("430", "400", "412"), "-4.2%", "-18"),  # of the first and the last
        (("412", "430"), "+4.3%", ""),  # 4.369 cut off
        (("1,000", "1,000"), "0.0%", "0"),
        (("0.8", "1.2"), "+50%", "+0.4"),
    ],
)
def test_a_change_that_holds(figures: tuple[str, ...], percent: str, actual: str) -> None:
    results = _results(*figures, percent=percent, actual=actual)
    assert results
    assert {each.verdict for each in results} == {Verdict.CONSISTENT}


@pytest.mark.parametrize(
    ("figures", "percent", "actual", "rule"),
    [
        (("412", "430"), "+14.4%", "+18", "change-percent"),
        (("412", "430"), "-4.4%", "+18", "change-percent"),  # the sign
        (("412", "430"), "+4.4%", "-18", "change-number"),
        (("412", "430"), "+4.4%", "+28", "change-number"),
    ],
)
def test_a_change_that_cannot_be(figures: tuple[str, ...], percent: str, actual: str, rule: str) -> None:
    (found,) = wrong(_results(*figures, percent=percent, actual=actual))
    assert (found.verdict, found.rule) == (Verdict.CONTRADICTION, rule)
    assert found.printed[1].text == f"{figures[0]} … {figures[-1]}"


def test_points_under_the_sign_of_per_cent_are_doubtful() -> None:
    (found,) = wrong(_results("10.0%", "9.8%", percent="-0.2%"))
    assert found.verdict is Verdict.SUSPECT
    assert "percentage points" in found.message


def test_points_are_points_where_they_are_called_so() -> None:
    assert wrong(_results("10.0%", "9.8%", actual="-0.2", unit="points")) == []


def test_a_greater_reduction_may_be_called_a_rise() -> None:
    (found,) = wrong(_results("-45.3%", "-71.0%", actual="+25.7%", unit="points"))
    assert found.verdict is Verdict.SUSPECT


@pytest.mark.parametrize("figures", [("0", "12"), ("412",), ("*", "430")])
def test_what_has_no_base_is_not_checked(figures: tuple[str, ...]) -> None:
    assert wrong(_results(*figures, percent="+4.4%")) == []


# -- rows that are of something else ---------------------------------------------------------------------------


def _three(*rows: tuple[str, str, str]) -> list[Result]:
    """Three rows of one table."""
    read = [series("Burglary", (one, other), percent=percent) for one, other, percent in rows]
    first = read[0]
    every: tuple[PrintedSeries, ...] = tuple(each for subject in read for each in subject.series)
    return list(
        check_changes([Subject(document=first.document, name=first.name, papers=first.papers, series=every)])
    )


def test_where_most_rows_do_not_hold_the_changes_are_of_another_period() -> None:
    rows = (("412", "430", "+9.1%"), ("80", "96", "-3.0%"), ("655", "640", "+1.4%"))
    results = _three(*rows)
    assert wrong(results) == []
    assert "not of its first and last figures" in results[0].message


def test_where_most_rows_hold_the_one_that_does_not_is_told() -> None:
    rows = (("412", "430", "+4.4%"), ("80", "96", "+20.0%"), ("655", "640", "+1.4%"))
    assert len(wrong(_three(*rows))) == 1


@pytest.mark.parametrize(
    ("head", "count"),
    [
        ("Change on previous quarter", 0),
        ("Variance from baseline", 0),
        ("Change", 1),
        ("% change on last year", 1),
    ],
)
def test_a_head_that_names_another_base(head: str, count: int) -> None:
    text = table(f"Measure | Mar 20 | Mar 21 | {head}", "Burglary | 412 | 430 | +9.1%", "Theft | 80 | 96 | +20.0%")
    read = series(text, ("412", "430"), percent="+9.1%")
    assert len(wrong(check_changes([read]))) == count


@pytest.mark.parametrize(("note", "count"), [("* Restated on a new basis.", 0), ("* Includes attempts.", 1)])
def test_a_note_that_says_the_basis_changed(note: str, count: int) -> None:
    read = series(f"Burglary*\n\n{note}\n", ("412", "430"), percent="+9.1%")
    named = tuple(
        PrintedSeries(
            name="Burglary*",
            code=each.code,
            periods=each.periods,
            change_percent=each.change_percent,
            change_actual=None,
            change_unit=each.change_unit,
            citations=each.citations,
        )
        for each in read.series
    )
    subject = Subject(document=read.document, name=read.name, papers=read.papers, series=named)
    assert len(wrong(check_changes([subject]))) == count


# -- any figures -----------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=100)
@given(
    st.integers(1, 10**8),
    st.integers(0, 10**8),
    st.integers(1, 2),
    st.integers(0, 2),
    st.sampled_from([ROUND_DOWN, ROUND_HALF_UP]),
)
def test_true_values_however_rounded_are_no_contradiction(
    one: int, other: int, places: int, percents: int, how: str
) -> None:
    before, after = Decimal(one) / 1000, Decimal(other) / 1000
    step, fine = Decimal(1).scaleb(-places), Decimal(1).scaleb(-percents)
    shown = [f"{value.quantize(step, ROUND_HALF_UP)}" for value in (before, after)]
    assume(Decimal(shown[0]) != 0)
    percent = ((after - before) * 100 / before).quantize(fine, how)
    actual = (after - before).quantize(step, how)
    assert wrong(_results(*shown, percent=f"{percent:+f}%", actual=f"{actual:+f}")) == []


@settings(deadline=None, max_examples=100)
@given(st.integers(1, 99_999), st.integers(0, 99_999), st.integers(-14, 14))
def test_of_counts_the_verdict_is_that_of_the_exact_change(one: int, other: int, off: int) -> None:
    """A slow twin: one tenth printed is the truth rounded half up or down, or cut off, ends included."""
    true = Fraction(100 * (other - one), one)
    tenths = round(true * 10) + off
    printed = Fraction(tenths, 10)
    near = abs(true - printed)
    is_cut = near <= Fraction(1, 10) and abs(true) >= abs(printed) and (not printed or true * printed > 0)
    may_be = near <= Fraction(1, 20) or is_cut
    found = wrong(_results(f"{one:,}", f"{other:,}", percent=f"{tenths / 10:+.1f}%"))
    assert bool(found) is not may_be
