"""A printed number is an interval: what the print of each kind stands for, and what it never stands for."""

from __future__ import annotations

from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.figures.printed import may_be, read_printed
from bluelamp.figures.units import unit_of

D = Decimal

INTERVALS = [
    # text, unit of its column, value, low, high, unit
    ("77.4%", "", "77.4", "77.35", "77.45", "percent"),
    ("34 per cent", "", "34", "33.5", "34.5", "percent"),
    ("(3,426)", "gbp_thousand", "-3426000", "-3426500", "-3425500", "gbp"),
    ("(£3,426k)", "", "-3426000", "-3426500", "-3425500", "gbp"),
    ("£(3,426)", "gbp_thousand", "-3426000", "-3426500", "-3425500", "gbp"),
    ("£111.6k", "", "111600", "111550", "111650", "gbp"),
    ("£4.5k", "gbp_thousand", "4500", "4450", "4550", "gbp"),
    ("£1.2m", "", "1200000", "1150000", "1250000", "gbp"),
    ("12.9", "gbp_million", "12900000", "12850000", "12950000", "gbp"),
    ("307", "thousand", "307000", "306500", "307500", ""),
    ("1.25", "million", "1250000", "1245000", "1255000", ""),
    ("£19,544", "", "19544", "19543.5", "19544.5", "gbp"),
    ("-5.2%", "", "-5.2", "-5.25", "-5.15", "percent"),
    ("−12.5%", "", "-12.5", "-12.55", "-12.45", "percent"),
    ("–7%", "", "-7", "-7.5", "-6.5", "percent"),
    ("+2.6% pts", "", "2.6", "2.55", "2.65", "points"),
    ("-1.9%pts", "", "-1.9", "-1.95", "-1.85", "points"),
    ("2.1 percentage points", "", "2.1", "2.05", "2.15", "points"),
    ("1.5pp", "", "1.5", "1.45", "1.55", "points"),
    ("+/- 0%", "", "0", "-0.5", "0.5", "percent"),
    ("-0.0% pts", "", "0", "-0.05", "0.05", "points"),
    ("8,105", "", "8105", "8105", "8105", ""),
    ("● 8,105", "", "8105", "8105", "8105", ""),
    ("1 234", "", "1234", "1234", "1234", ""),
    ("+1,124", "", "1124", "1124", "1124", ""),
    ("8,105¹", "", "8105", "8105", "8105", ""),
    ("160.13", "", "160.13", "160.125", "160.135", ""),
    ("6", "percent", "6", "5.5", "6.5", "percent"),
    ("3.5 days", "", "3.5", "3.45", "3.55", "days"),
    ("00:01:23", "", "83", "82.5", "83.5", "seconds"),
    ("-00:01:04", "", "-64", "-64.5", "-63.5", "seconds"),
    ("−1m 04s", "", "-64", "-64.5", "-63.5", "seconds"),
    ("+ 00:00:20", "", "20", "19.5", "20.5", "seconds"),
    ("8 mins 30 secs", "", "510", "509.5", "510.5", "seconds"),
    ("1:23", "seconds", "83", "82.5", "83.5", "seconds"),
    ("12:1", "", "12", "12", "12", "ratio"),
    ("nil", "", "0", "0", "0", ""),
    ("(5.2)%", "", "-5.2", "-5.25", "-5.15", "percent"),
    ("12.3 Green", "", "12.3", "12.25", "12.35", ""),
    ("n=53", "", "53", "53", "53", ""),
    # hedges
    ("<5", "", "5", "0", "5", ""),
    ("around 5,100", "", "5100", "5000", "5200", ""),
    ("approximately 1,000", "", "1000", "900", "1100", ""),
    ("over 13,900", "", "13900", "13900", "14000", ""),
    ("over 25,000", "", "25000", "25000", "30000", ""),
    ("500+", "", "500", "500", "600", ""),
    ("just over 20%", "", "20", "20", "22.5", "percent"),
    ("almost 50%", "", "50", "45", "50", "percent"),
    ("under 14,000", "", "14000", "13000", "14000", ""),
    ("up to 270,750", "", "270750", "0", "270750", ""),
]


@pytest.mark.parametrize(("text", "unit", "value", "low", "high", "named"), INTERVALS)
def test_a_print_stands_for_an_interval(text: str, unit: str, value: str, low: str, high: str, named: str) -> None:
    read = read_printed(text, unit=unit)
    assert read is not None
    assert (read.value, read.low, read.high, read.unit) == (D(value), D(low), D(high), named)
    assert read.printed == text


@pytest.mark.parametrize(
    ("text", "flag", "unit"),
    [
        ("n/a", "not_applicable", ""),
        ("N/A", "not_applicable", ""),
        ("Pending", "pending", ""),
        ("TBC", "pending", ""),
        ("To be advised", "pending", ""),
        ("#DIV/0!", "not_published", ""),
        ("TBC % pts", "pending", "points"),
        ("-", "not_published", ""),
        ("–", "not_published", ""),
        ("—", "not_published", ""),
        ("..", "not_published", ""),
        ("*", "not_published", ""),
        ("Not available", "not_published", ""),
    ],
)
def test_what_stands_for_no_number_is_never_zero(text: str, flag: str, unit: str) -> None:
    read = read_printed(text)
    assert read is not None
    assert read.value is read.low is read.high is None
    assert (read.flags, read.unit) == ((flag,), unit)


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("87.5%*", ("starred",)),
        ("*101.2%", ("starred",)),
        ("8,105 (p)", ("provisional",)),
        ("7.1p", ("provisional",)),
    ],
)
def test_marks_become_flags_and_leave_the_number(text: str, flags: tuple[str, ...]) -> None:
    read = read_printed(text)
    assert read is not None
    assert read.value is not None
    assert read.flags == flags


@pytest.mark.parametrize(
    ("text", "value", "numerator", "denominator", "unit"),
    [
        ("1,980/2,006", None, "1980", "2006", ""),
        ("38 of 49", None, "38", "49", ""),
        ("101.34% 1,980/2,006", "101.34", "1980", "2006", "percent"),
        ("101.80 2,124.48/2,087", "101.80", "2124.48", "2087", "percent"),
        ("*101.23% 2,112.62/2,087", "101.23", "2112.62", "2087", "percent"),
        ("5.06% 20,718", "5.06", "20718", None, "percent"),
        ("1,234 (56%)", "1234", None, None, ""),
    ],
)
def test_a_cell_may_hold_a_fraction(
    text: str, value: str | None, numerator: str | None, denominator: str | None, unit: str
) -> None:
    read = read_printed(text)
    assert read is not None
    assert read.value == (None if value is None else D(value))
    assert read.numerator == (None if numerator is None else D(numerator))
    assert read.denominator == (None if denominator is None else D(denominator))
    assert read.unit == unit


def test_a_clock_that_does_not_say_its_unit_has_no_value() -> None:
    read = read_printed("3:45")
    assert read is not None
    assert (read.value, read.low, read.unit) == (None, None, "")


def test_a_range_has_ends_and_no_value() -> None:
    read = read_printed("94%-96%")
    assert read is not None
    assert (read.value, read.low, read.high) == (None, D("93.5"), D("96.5"))
    assert read.flags == ("range",)


@pytest.mark.parametrize(
    "text", ["", "  ", "2020/21", "19/05/2021", "5,100 stops", "per cent", "Sgt", "1A.1", "(3", "1.2.3", "x" * 500]
)
def test_what_is_no_printed_number_is_refused(text: str) -> None:
    assert read_printed(text) is None


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("Revised Budget £'000", "gbp_thousand"),
        ("Actual £000s", "gbp_thousand"),
        ("Outturn (£k)", "gbp_thousand"),
        ("Police £m", "gbp_million"),
        ("Budget (£ thousands)", "gbp_thousand"),
        ("£ in millions", "gbp_million"),
        ("Thousands of pounds", "gbp_thousand"),
        ("Population (thousands)", "thousand"),
        ("Residents, in millions", "million"),
        ("thousands", "thousand"),
        ("Thousands helped by the new line", ""),
        ("Rate per thousand", ""),
        ("Rate per thousand people", ""),
        ("Forecast £'m", "gbp_million"),
        ("Grant £", "gbp"),
        ("% change", "percent"),
        ("% pts", "points"),
        ("Deployments", ""),
    ],
)
def test_a_head_names_its_unit(words: str, unit: str) -> None:
    assert unit_of(words) == unit


NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, allow_infinity=False, places=6)


@given(
    NUMBERS,
    st.integers(0, 4),
    st.sampled_from(["", "%", "% pts"]),
    st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN]),
    st.sampled_from(["-", "−", "–"]),
)
def test_a_rounded_value_lies_in_the_interval_of_its_print(
    true: Decimal, places: int, suffix: str, rounding: str, minus: str
) -> None:
    rounded = true.quantize(D(1).scaleb(-places), rounding=rounding)
    read = read_printed(f"{rounded:,}".replace("-", minus) + suffix, unit="" if suffix or places else "percent")
    assert read is not None
    assert may_be(read, true)


@given(NUMBERS)
def test_brackets_and_a_minus_say_the_same(true: Decimal) -> None:
    thousands = abs(true).quantize(D(1))
    bracketed = read_printed(f"({thousands:,})", unit="gbp_thousand")
    signed = read_printed(f"-{thousands:,}", unit="gbp_thousand")
    assert bracketed is not None
    assert signed is not None
    assert (bracketed.low, bracketed.high) == (signed.low, signed.high)


@given(st.text(max_size=130))
def test_no_text_breaks_the_reading(text: str) -> None:
    read = read_printed(text)
    if read and read.low is not None and read.high is not None:
        assert read.low <= read.high


@pytest.mark.parametrize(
    "line", ["1" * 1_000_000, "(" * 1_000_000, "1," * 500_000, " " * 1_000_000, "about " * 200_000]
)
def test_hostile_lines_are_refused_at_once(line: str) -> None:
    assert read_printed(line) is None


def test_a_spaced_dash_between_percentages_is_a_range() -> None:
    found = read_printed("85 - 90%")
    assert found is not None
    assert (found.value, found.unit, found.flags) == (None, "percent", ("range",))
    assert (found.low, found.high) == (Decimal("84.5"), Decimal("90.5"))
