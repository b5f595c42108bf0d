"""Does an estimate find its indicator, and is a contradiction said only where nothing else is possible?"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.checks.estimate_pairs import (
    Bounds,
    are_of_the_same,
    bears_on,
    bounds_of_estimate,
    load_pairs,
    months_to_compare,
    period_end,
    speaks_of,
)
from bluelamp.desk.estimates import bounds_of_figure
from bluelamp.figures.months import Month, Span
from bluelamp.inspections.frameworks import load_frameworks
from bluelamp.lib.definitions import DefinitionError
from bluelamp.performance.plans import Indicator
from bluelamp.performance.reports.model import PeriodFigure

pytestmark = pytest.mark.no_database


def indicator(name: str, unit: str = "percentage", **rest: Any) -> Indicator:
    return Indicator(
        code="4C.8", name=name, theme="4C", aim="monitor", polarity="higher-is-better", unit=unit, **rest
    )


def figure(value: str, *, basis: str = "as loaded", half_width: str = "", **rest: Any) -> PeriodFigure:
    return PeriodFigure(
        to=Month(2021, 3),
        span=Span.YEAR,
        printed=value,
        value=Decimal(value),
        basis=basis,
        half_width=Decimal(half_width) if half_width else None,
        **rest,
    )


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Compliance with NCRS", "crime-recorded"),
        ("Crime recording: compliance with the standard", "crime-recorded"),
        ("Victims' Code of Practice compliance", "victims-code"),
        ("Stop and search: reasonable grounds", "stop-search-grounds"),
        ("Response times: Grade 1 urban", "attended-in-time"),
        ("999 calls answered within 10 seconds", "calls-answered"),
        ("% Hate crime victims satisfied (overall)", "victims-satisfied"),
    ],
)
def test_an_indicator_finds_its_matter(name: str, slug: str) -> None:
    assert [pair.slug for pair in load_pairs().values() if bears_on(pair, indicator(name))] == [slug]


@pytest.mark.parametrize(
    "name",
    [
        "Positive outcomes: All crime",
        "Police recorded hate occurrences",
        "Stop and Search: Positive outcomes",
        "Abandoned Call rate: 999",
        "Missing persons",
        "Domestic abuse repeat victimisation rate",
        "% crimes resolved via community resolution",
    ],
)
def test_another_indicator_finds_none(name: str) -> None:
    assert [pair.slug for pair in load_pairs().values() if bears_on(pair, indicator(name))] == []


def test_what_a_denominator_counts_is_not_what_is_measured() -> None:
    pair = load_pairs()["calls-answered"]
    abandoned = indicator("Abandoned call rate: 999", numerator="calls not answered", denominator="calls")
    assert not bears_on(pair, abandoned)


def test_a_count_is_no_share_and_another_area_is_another_matter() -> None:
    pair = load_pairs()["crime-recorded"]
    assert not bears_on(pair, indicator("Compliance with NCRS", unit="count"))
    assert not bears_on(pair, indicator("Compliance with NCRS", inspection_areas=("custody",)))
    assert bears_on(pair, indicator("Compliance with NCRS", inspection_areas=("crime-data-integrity", "other")))


WHOLE = {
    "crime-recorded": "Compliance with NCRS",
    "stop-search-grounds": "Stop and search: reasonable grounds",
    "calls-answered": "999 calls answered within 10 seconds",
}


@pytest.mark.parametrize(
    ("subject", "sentence", "slug", "whole"),
    [
        ("reported crime (excluding fraud)", "The force records 86.4 percent of them.", "crime-recorded", True),
        ("violent offences", "Only 83.6 percent are being recorded.", "crime-recorded", False),
        ("stop and searches by the force", "85.5 percent were reasonable.", "stop-search-grounds", True),
        (
            "searches of young people",
            "Of the stop and search records, 40 had grounds.",
            "stop-search-grounds",
            False,
        ),
        ("999 calls", "The force answered 91 percent of calls within ten seconds.", "calls-answered", True),
    ],
)
def test_a_statistic_finds_its_matter(subject: str, sentence: str, slug: str, whole: bool) -> None:
    found = [pair for pair in load_pairs().values() if speaks_of(pair, subject, sentence)]
    assert [pair.slug for pair in found] == [slug]
    assert are_of_the_same(found[0], indicator(WHOLE[slug]), subject) is whole


def test_a_statistic_about_something_else_finds_none() -> None:
    said = ("investigator posts", "46 percent of the force's investigator posts were filled.")
    assert not any(speaks_of(pair, *said) for pair in load_pairs().values())
    assert not are_of_the_same(load_pairs()["crime-recorded"], indicator("Compliance with NCRS"), "")


def test_an_indicator_of_a_part_is_not_compared_with_the_whole() -> None:
    pair = load_pairs()["victims-satisfied"]
    assert are_of_the_same(pair, indicator("Victims satisfied (overall)"), "victims")
    assert not are_of_the_same(pair, indicator("% Hate crime victims satisfied (overall)"), "victims")


@pytest.mark.parametrize(
    ("printed", "value", "half_width", "n", "unit", "low", "high"),
    [
        (
            "86.4 percent (with a confidence interval of +/- 3.1 percent)",
            "86.4",
            "3.1",
            None,
            "percent",
            83.2,
            89.6,
        ),
        ("93 percent (+/- 4.9)", "93", "4.9", None, "percent", 87.1, 98.9),
        ("99% (+/- 3)", "99", "3", None, "percent", 95.0, 100.0),
        ("38 out of 48", "38", None, 48, "count", 65.74, 88.27),
    ],
)
def test_bounds_of_an_estimate(
    printed: str, value: str, half_width: str | None, n: int | None, unit: str, low: float, high: float
) -> None:
    found = bounds_of_estimate(printed, Decimal(value), Decimal(half_width) if half_width else None, n, unit)
    assert found is not None
    assert (float(found.low), float(found.high)) == pytest.approx((low, high), abs=0.01)


def test_a_share_printed_in_per_cent_with_its_sample_is_the_same_as_the_count() -> None:
    assert bounds_of_estimate("50% (24 of 48)", Decimal(50), None, 48, "percent") == bounds_of_estimate(
        "24 of 48", Decimal(24), None, 48, "count"
    )


@pytest.mark.parametrize(
    ("value", "n", "unit"), [("86.4", None, "percent"), ("50", 48, "count"), ("-1", 48, "count")]
)
def test_an_estimate_without_a_margin_or_a_sample_has_no_bounds(value: str, n: int | None, unit: str) -> None:
    assert bounds_of_estimate(value, Decimal(value), None, n, unit) is None


def test_bounds_of_a_figure() -> None:
    assert bounds_of_figure(figure("97.6"), 1) == Bounds(low=Decimal("97.55"), high=Decimal("97.65"))
    assert bounds_of_figure(figure("97"), 1) == Bounds(low=Decimal("96.95"), high=Decimal("97.05"))
    assert bounds_of_figure(figure("80.5", half_width="2.4"), 1) == Bounds(
        low=Decimal("78.00"), high=Decimal("83.00")
    )
    counted = figure("97.6", basis="months", numerator=Decimal(976), denominator=Decimal(1000))
    assert bounds_of_figure(counted, 1) == Bounds(low=Decimal("97.6"), high=Decimal("97.6"))
    pending = PeriodFigure(to=Month(2021, 3), span=Span.YEAR, printed="pending", unknown="pending")
    assert bounds_of_figure(pending, 1) is None


def test_the_two_that_were_published_cannot_both_be_right_about_one_thing() -> None:
    estimate = bounds_of_estimate(
        "86.4 percent (+/- 3.1 percent)", Decimal("86.4"), Decimal("3.1"), None, "percent"
    )
    reported = bounds_of_figure(figure("97.6"), 1)
    assert estimate is not None
    assert reported is not None
    assert not estimate.meets(reported)
    nearer = bounds_of_figure(figure("89.6"), 1)
    assert nearer is not None
    assert estimate.meets(nearer)


@given(
    value=st.decimals(0, 100, places=2),
    half=st.decimals(0, 10, places=2),
    other=st.decimals(0, 100, places=2),
    places=st.integers(0, 1),
)
def test_what_rounds_to_the_print_never_contradicts_it(
    value: Decimal, half: Decimal, other: Decimal, places: int
) -> None:
    """Any true value within the true margin, printed on both sides, may be equal."""
    unit = Decimal(1).scaleb(-places)
    true = min(max(other, value - half), value + half)
    printed_value, printed_half, printed_figure = (each.quantize(unit) for each in (value, half, true))
    if not 0 <= true <= 100 or printed_value - printed_half > 100:
        return
    estimate = bounds_of_estimate(
        f"{printed_value} percent (+/- {printed_half})", printed_value, printed_half, None, "percent"
    )
    reported = bounds_of_figure(figure(str(printed_figure)), places)
    assert estimate is not None
    assert reported is not None
    assert estimate.meets(reported)
    assert reported.meets(estimate)


@pytest.mark.parametrize(
    ("said", "month"),
    [
        ("1 January to 31 December 2020", Month(2020, 12)),
        ("year ending 31 March 2021", Month(2021, 3)),
        ("2019/20", Month(2020, 3)),
        ("2019-2020", Month(2020, 3)),
        ("2019", Month(2019, 12)),
        ("the last inspection", None),
        ("", None),
    ],
)
def test_the_end_of_a_period_as_a_report_says_it(said: str, month: Month | None) -> None:
    assert period_end(said) == month


def test_the_months_to_compare_are_the_nearest_first() -> None:
    near = months_to_compare(period=Month(2020, 12), published=Month(2022, 4), apart=24)
    assert near[:4] == [Month(2020, 12), Month(2020, 11), Month(2021, 1), Month(2020, 10)]
    before = months_to_compare(period=None, published=Month(2022, 4), apart=24)
    assert (before[0], before[-1], len(before)) == (Month(2022, 4), Month(2020, 4), 25)
    assert months_to_compare(period=None, published=None, apart=24) == []


def test_a_workspace_adds_and_replaces(tmp_path: Path) -> None:
    folder = tmp_path / "vocabularies"
    folder.mkdir()
    own = """pairs:
  - {slug: calls-answered, name: calls, areas: [], indicator: [bells], statistic: [bells], whole: [bells],
     name_of_whole: [bells], indicator_measures: a, statistic_measures: b, why: c}
"""
    (folder / "indicator-statistics.yaml").write_text(own, encoding="utf-8")
    pairs = load_pairs(tmp_path)
    assert set(pairs) == set(load_pairs())
    assert pairs["calls-answered"].name == "calls"
    (folder / "indicator-statistics.yaml").write_text(
        own.replace("[bells], st", '["@nowhere"], st'), encoding="utf-8"
    )
    load_pairs.cache_clear()
    with pytest.raises(DefinitionError, match="@nowhere"):
        load_pairs(tmp_path)


def test_every_area_of_a_pair_is_one_of_a_framework() -> None:
    known = {area.slug for framework in load_frameworks().values() for area in framework.areas}
    assert {area for pair in load_pairs().values() for area in pair.areas} - known == set()
