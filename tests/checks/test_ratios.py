"""Is a percentage held to the numbers beside it, in a sentence, in a table and in a sample's margin?"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.checks.made_subjects import check, cite, subject_of, table, value, wrong

from bluelamp.checks.model import PrintedStatistic, Subject, Verdict
from bluelamp.checks.ratios import check_ratios

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    "text",
    [
        "In all 38 of 48 (79%) were seen in time.",
        "In all 79% (38 of the 48) were seen in time.",
        "Seen in time: 223/245 = 91%.",
        "38 out of 48, or 79.17%, were seen.",
        "So far 0 of 12 (0%) are closed.",
        "All 12 of 12 (100%) are closed.",
        "About 200 of 300 (67%) replied.",
    ],
)
def test_a_fraction_that_holds(text: str) -> None:
    assert {each.verdict for each in check(check_ratios, text)} == {Verdict.CONSISTENT}


@pytest.mark.parametrize("text", ["In all 38 of 48 (97%) were seen.", "In all 97% (38 of the 48) were seen."])
def test_a_fraction_that_does_not(text: str) -> None:
    (found,) = wrong(check(check_ratios, text))
    assert found.verdict is Verdict.CONTRADICTION
    assert "38 of 48 is 79.17%" in found.message


@pytest.mark.parametrize(
    "text",
    [
        "In all 38 of 48 were seen, 12% more than before.",
        "Of 48 cases 38 were seen and 12% were not.",
        "48 of 38 (126%) is no fraction.",
        "In all 38 of 48 were seen (12% fewer than before).",
        "In all 38 of 48 replied, 12% of those asked.",
        "Item 3 of 12 (40%) is on costs.",
    ],
)
def test_numbers_that_are_no_fraction_of_it(text: str) -> None:
    assert wrong(check(check_ratios, text)) == []


@settings(deadline=None, max_examples=100)
@given(
    st.integers(0, 5_000), st.integers(0, 5_000), st.integers(0, 2), st.sampled_from([ROUND_DOWN, ROUND_HALF_UP])
)
def test_a_true_share_however_rounded_is_no_contradiction(top: int, more: int, places: int, how: str) -> None:
    bottom = top + more + 1
    share = (Decimal(top) * 100 / bottom).quantize(Decimal(1).scaleb(-places), how)
    assert wrong(check(check_ratios, f"In all {top:,} of {bottom:,} ({share}%) were seen.")) == []


@settings(deadline=None, max_examples=100)
@given(st.integers(1, 999), st.integers(1, 999), st.integers(-30, 30))
def test_the_verdict_is_that_of_the_exact_fraction(top: int, more: int, off: int) -> None:
    bottom = top + more
    true = Fraction(100 * top, bottom)
    tenths = round(true * 10) + off
    if tenths < 1:
        return
    printed = Fraction(tenths, 10)
    may_be = printed - Fraction(1, 20) <= true < printed + Fraction(1, 10)
    found = wrong(check(check_ratios, f"In all {top} of {bottom:,} ({tenths / 10:.1f}%) were seen."))
    assert bool(found) is not may_be


# -- shares of a table's total -------------------------------------------------------------------------------

HEAD = "Group | Joiners | %"
PARTS = ("Women | 61 | 41.2%", "Men | 86 | 58.1%", "Not said | 1 | 0.7%")


@pytest.mark.parametrize("total", ["100%", "100.0%"])
def test_shares_of_a_total(total: str) -> None:
    results = check(check_ratios, table(HEAD, *PARTS, f"Total | 148 | {total}"))
    assert [each.verdict for each in results] == [Verdict.CONSISTENT] * 4


@pytest.mark.parametrize(
    ("row", "total", "says"),
    [
        ("Men | 86 | 85.1%", "100%", "“Men” prints 85.1% beside 86, which is 58.11% of the total of 148"),
        ("Men | 86 | 58.1%", "113%", "“Total” prints 113%"),
    ],
)
def test_a_share_that_its_total_does_not_give(row: str, total: str, says: str) -> None:
    (found,) = wrong(check(check_ratios, table(HEAD, PARTS[0], row, PARTS[2], f"Total | 148 | {total}")))
    assert found.verdict is Verdict.CONTRADICTION
    assert says in found.message


@pytest.mark.parametrize(
    "rows",
    [
        ("Very | 112 | 33", "Fairly | 131 | 39", "Neither | 40 | 12", "Not | 31 | 9", "At all | 24 | 7",
         "Total | 338 | 100"),
        ("Very | 113 | 33.4%", "Fairly | 113 | 33.4%", "Neither | 112 | 33.1%", "Total | 338 | 99.9%"),
        ("North | 40 | 80%", "South | 30 | 75%", "East | 20 | 60%", "Total | 90 | 72%"),  # rates, not shares
        ("North | 40 | +8%", "South | 30 | -7%", "East | 20 | +6%", "Total | 90 | +2%"),
        ("North | 40 | 44%", "South | 30 | 33%", "Total | 90 | 100%"),
    ],
)  # fmt: skip
def test_tables_that_only_look_wrong(rows: tuple[str, ...]) -> None:
    assert wrong(check(check_ratios, table(HEAD, *rows))) == []


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(1, 900), min_size=3, max_size=7), st.integers(0, 1))
def test_true_shares_of_any_table_are_no_contradiction(counts: list[int], places: int) -> None:
    step, whole = Decimal(1).scaleb(-places), sum(counts)
    shares = [(Decimal(n) * 100 / whole).quantize(step, ROUND_HALF_UP) for n in counts]
    rows = [f"Row {n} | {count} | {share}%" for n, (count, share) in enumerate(zip(counts, shares, strict=True))]
    for total in (Decimal(100), sum(shares, Decimal(0))):
        assert wrong(check(check_ratios, table(HEAD, *rows, f"Total | {whole:,} | {total}%"))) == []


# -- margins ---------------------------------------------------------------------------------------------------


def _margin(printed: str, half: str, n: int | None) -> list[Verdict]:
    read = subject_of("Records were right in most cases.")
    statistic = PrintedStatistic(
        subject="records",
        value=value(printed),
        half_width=value(half),
        n=n,
        citations=cite(read.document, "Records"),
    )
    subject = Subject(document=read.document, name=read.name, papers=read.papers, statistics=(statistic,))
    return [each.verdict for each in check_ratios([subject])]


@pytest.mark.parametrize(
    ("printed", "half", "n", "verdicts"),
    [
        ("86.4%", "3.1%", 470, [Verdict.CONSISTENT]),
        ("86.4%", "1.1%", 470, [Verdict.SUSPECT]),
        ("50%", "9.8%", 100, [Verdict.CONSISTENT]),
        ("86.4%", "3.1%", None, []),
        ("100%", "0.0%", 40, []),
    ],
)
def test_a_margin_beside_its_sample(printed: str, half: str, n: int | None, verdicts: list[Verdict]) -> None:
    assert _margin(printed, half, n) == verdicts
