"""Which printed changes cannot be, and is what may be left alone?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.documents.citations import Citation
from bluelamp.documents.facts import Period
from bluelamp.documents.readers import read_bytes
from bluelamp.figures.printed import PrintedValue, read_printed
from bluelamp.figures.recomputing import Recomputed, Verdict, recompute, wrong_prints
from bluelamp.intake.extraction import extract
from bluelamp.performance.facts import IndicatorRow

pytestmark = pytest.mark.no_database

D = Decimal
CITED = (Citation(document_sha256="0" * 64, page=None, printed_page=None, line=1, line_end=1, quote="1A.1"),)


def printed(text: str) -> PrintedValue:
    found = read_printed(text)
    assert found is not None
    return found


def row(first: str, last: str, percent: str, actual: str = "n/a", unit: str = "percent") -> IndicatorRow:
    days = (dt.date(2020, 3, 31), dt.date(2021, 3, 31))
    return IndicatorRow(
        citations=CITED,
        code="1A.1",
        name="Referrals",
        aim="increase",
        periods=tuple(Period(to=day, value=printed(text)) for day, text in zip(days, (first, last), strict=True)),
        change_percent=printed(percent),
        change_actual=printed(actual),
        change_unit=unit,
    )


def verdicts(found: tuple[Recomputed, ...]) -> list[str]:
    return [each.verdict.value for each in found]


@pytest.mark.parametrize(
    ("first", "last", "percent", "actual", "expected"),
    [
        ("6,981", "8,105", "+16.1%", "+1,124", ["agrees", "agrees"]),
        ("6,981", "8,105", "+16.2%", "+1,124", ["wrong", "agrees"]),
        ("6,981", "8,105", "+16%", "+1,125", ["agrees", "wrong"]),
        ("89.0%", "88.3%", "-0.6% pts", "n/a", ["agrees", "unchecked"]),  # -0.6 to -0.8 may print so
        ("89.0%", "88.3%", "-0.5% pts", "n/a", ["wrong", "unchecked"]),
        ("18.0%", "Pending", "TBC", "TBC", ["unchecked", "unchecked"]),
        ("18.0%", "Pending", "+1.0% pts", "n/a", ["unchecked", "unchecked"]),
        ("0", "5", "+100%", "+5", ["unchecked", "agrees"]),
        ("160.13", "155.69", "-2.8%", "-4.4", ["agrees", "agrees"]),
        ("10.0%", "9.8%", "-2.0%", "n/a", ["agrees", "unchecked"]),
        ("10.0%", "9.8%", "-0.2% pts", "-0.2% pts", ["agrees", "agrees"]),
        ("10.0%", "9.8%", "-0.2% pts", "-0.5% pts", ["agrees", "wrong"]),
        ("94%-96%", "97.6%", "+2.6% pts", "n/a", ["agrees", "unchecked"]),  # from anything that prints so
        ("94%-96%", "97.6%", "+4.5% pts", "n/a", ["wrong", "unchecked"]),
    ],
)
def test_a_print_is_wrong_only_where_no_figures_could_have_given_it(
    first: str, last: str, percent: str, actual: str, expected: list[str]
) -> None:
    assert verdicts(recompute(row(first, last, percent, actual))) == expected


@pytest.mark.parametrize(
    ("first", "last", "percent", "says"),
    [
        (
            *("0.54%", "0.48%", "+0.1% pts"),
            "Printed +0.1% pts, but 0.54% to 0.48% gives -0.06 percentage points; the sign is wrong.",
        ),
        (
            *("10.0%", "9.8%", "-0.2%"),
            "Printed -0.2%, but 10.0% to 9.8% gives -2%; that is the change in percentage points.",
        ),
        (
            *("32,189", "48,202", "+49.8%"),
            "Printed +49.8%, but 32,189 to 48,202 gives +49.747%; it is one out in its last figure.",
        ),
        ("140", "113", "-199%", "Printed -199%, but 140 to 113 gives -19.29%."),
    ],
)
def test_the_difference_is_named(first: str, last: str, percent: str, says: str) -> None:
    assert [each.says for each in wrong_prints(row(first, last, percent))] == [says]


@pytest.mark.parametrize(
    ("print_", "verdict"),
    [
        ("98.66% 2,059.01/2,087", Verdict.AGREES),
        ("98.35% 1,119/1,138", Verdict.AGREES),  # whole numbers beside finer ones may have been rounded
        ("99.84% 1,198.89/1,138.67", Verdict.WRONG),
    ],
)
def test_a_share_is_set_against_its_fraction(print_: str, verdict: Verdict) -> None:
    share, fraction = print_.split()
    top, bottom = (D(part.replace(",", "")) for part in fraction.split("/"))
    value = printed(share)
    whole = PrintedValue(
        printed=print_,
        value=value.value,
        low=value.low,
        high=value.high,
        unit="percent",
        numerator=top,
        denominator=bottom,
    )
    period = Period(to=dt.date(2020, 6, 30), value=whole)
    one = IndicatorRow(citations=CITED, code="", name="", aim="", periods=(period,))
    assert [each.verdict for each in recompute(one)] == [verdict]


def test_a_bare_number_under_a_head_of_per_cent_may_be_points() -> None:
    bare = replace(row("10.0%", "9.8%", "TBC"), change_percent=read_printed("-0.2", unit="percent"))
    assert wrong_prints(bare) == ()
    assert recompute(bare)[0].what == "change in points"
    other = replace(bare, change_percent=read_printed("-2.0", unit="percent"))
    assert recompute(other)[0].what == "change in per cent"
    neither = replace(bare, change_percent=read_printed("-9.0", unit="percent"))
    assert len(wrong_prints(neither)) == 1


def test_a_change_may_be_from_a_year_before_or_from_the_first_period() -> None:
    days = [dt.date(2018, 3, 31), dt.date(2019, 3, 31), dt.date(2020, 3, 31)]
    periods = tuple(
        Period(to=day, value=printed(text)) for day, text in zip(days, ("50", "80", "100"), strict=True)
    )
    for change, wrong in (("+25.0%", 0), ("+100.0%", 0), ("+60.0%", 1)):
        told = replace(row("1", "1", change), periods=periods)
        found = [each for each in recompute(told) if each.what == "change in per cent"]
        assert sum(each.verdict is Verdict.WRONG for each in found) == wrong
    assert "80 to 100" in found[0].says


unrounded = st.decimals(min_value=D("1"), max_value=D("99999"), places=4)
roundings = st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN])


@given(unrounded, unrounded, roundings, st.integers(0, 2))
def test_what_was_rounded_honestly_is_never_called_wrong(
    first: Decimal, last: Decimal, rounding: str, places: int
) -> None:
    def show(value: Decimal, decimals: int) -> Decimal:
        return value.quantize(D(1).scaleb(-decimals), rounding=rounding)

    shares = row(f"{show(first, 1)}%", f"{show(last, 1)}%", f"{show(last - first, places):+}% pts", unit="points")
    assert wrong_prints(shares) == ()
    means = row(
        f"{show(first, 1)}",
        f"{show(last, 1)}",
        f"{show((last - first) / first * 100, places):+}%",
        f"{show(last - first, 1):+}",
    )
    assert wrong_prints(means) == ()


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_counts_are_held_to_the_last_figure(first: int, last: int) -> None:
    percent = (D(last - first) / first * 100).quantize(D("0.1"), rounding=ROUND_HALF_UP)
    good = row(f"{first:,}", f"{last:,}", f"{percent:+}%", f"{last - first:+,}")
    assert wrong_prints(good) == ()
    bad = row(f"{first:,}", f"{last:,}", f"{percent + D('0.2'):+}%", f"{last - first + 1:+,}")
    assert len(wrong_prints(bad)) == 2


# -- a published table ----------------------------------------------------------------------------------------

WRONG = {
    "2B.4": ("change in per cent", "that is the change in percentage points"),
    "3B.11": ("change in points", "the sign is wrong"),
    "3C.6": ("change in per cent", "one out in its last figure"),
    "4B.4": ("figure to 2020-03-31", "the other way up"),
    "4B.4 ": ("figure to 2020-09-30", "99.27%"),
    "4B.5": ("figure to 2020-06-30", "105.29%"),
    "4B.6": ("change in number", "+4.36"),
    "4C.2": ("change in points", "the sign is wrong"),
}
"""Of 73 rows published in May 2021, what no unrounded figures could have given; a row with two has a blank."""


@pytest.fixture(scope="module")
def published(shared: Path) -> list[IndicatorRow]:
    (path,) = (shared / "seeds").glob("003*")
    facts = extract(read_bytes(path.read_bytes(), file_name=path.name)).facts
    return [each.fact for each in facts if isinstance(each.fact, IndicatorRow)]


@pytest.mark.shared
def test_the_published_rows_that_are_wrong(published: list[IndicatorRow]) -> None:
    assert len(published) == 73
    found = [(each.code, wrong.what, wrong.says) for each in published for wrong in wrong_prints(each)]
    assert [(code, what) for code, what, _ in found] == [(code.strip(), what) for code, (what, _) in WRONG.items()]
    for (_, _, says), (_, part) in zip(found, WRONG.values(), strict=True):
        assert part in says


@pytest.mark.shared
def test_the_other_published_rows_are_reproduced(published: list[IndicatorRow]) -> None:
    agreed = [each for one in published for each in recompute(one) if each.verdict is Verdict.AGREES]
    unchecked = {each.says for one in published for each in recompute(one) if each.verdict is Verdict.UNCHECKED}
    assert len(agreed) == 108
    assert unchecked == {"the row prints no such change"}


def test_a_whole_number_beside_percentages_may_be_of_what_they_are_shares_of() -> None:
    """One column of change, in points here and in numbers there; the numbers themselves are not printed."""
    bare = replace(row("89.0%", "97.2%", "n/a", "+1,690", unit="number"), change_percent=None)
    assert verdicts(recompute(bare)) == ["unchecked"]
    points = replace(row("89.0%", "97.2%", "n/a", "+9.9", unit="number"), change_percent=None)
    assert verdicts(recompute(points)) == ["wrong"]
    whole = replace(row("89.0%", "97.0%", "n/a", "+8", unit="number"), change_percent=None)
    assert verdicts(recompute(whole)) == ["agrees"]
