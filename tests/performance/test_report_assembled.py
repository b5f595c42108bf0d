"""Does a report say what its figures say: periods, changes, standards, areas, what is missing?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.performance.report_figures import (
    FIRST,
    INDICATORS,
    LOADS,
    TO,
    make_figures,
    make_plan,
    make_series,
    make_shares,
    make_whole,
)

from bluelamp.figures.months import Month, Span, months_between
from bluelamp.lib.errors import PlainError
from bluelamp.performance.plans import Indicator, Standard
from bluelamp.performance.reports.assemble import (
    areas_at,
    areas_below,
    assemble_report,
    assemble_row,
    find_area,
)
from bluelamp.performance.reports.headlines import make_headlines
from bluelamp.performance.reports.model import PerformanceReport, Settings, Verdict
from bluelamp.performance.reports.periods import find_period
from bluelamp.performance.reports.small_chart import make_chart
from bluelamp.performance.reports.standards import judge_standards
from bluelamp.performance.reports.yearly_change import find_change
from bluelamp.performance.series import Point

pytestmark = pytest.mark.no_database

COUNT, SHARE = INDICATORS[0], INDICATORS[1]
counts = st.lists(st.integers(0, 5_000), min_size=36, max_size=36)


@pytest.fixture(scope="module")
def report() -> PerformanceReport:
    return assemble_report(make_plan(), make_figures(), Settings(to=TO), loads=LOADS)


# -- periods ----------------------------------------------------------------------------------------------


@given(counts, st.integers(11, 35))
def test_twelve_months_are_their_months_added(values: list[int], nth: int) -> None:
    series = make_series("1A.1", values)
    to = FIRST.plus(nth)
    slow = 0
    for month, value in zip(months_between(FIRST, FIRST.plus(35)), values, strict=True):
        if to.plus(-11) <= month <= to:
            slow += value
    found = find_period(COUNT, {Span.MONTH: series}, to)
    assert found.value == slow
    assert found.printed == f"{slow:,}"
    assert found.basis == "months"


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(50, 400)), min_size=12, max_size=12))
def test_a_share_of_twelve_months_is_one_sum_over_the_other(pairs: list[tuple[int, int]]) -> None:
    tops, bottoms = zip(*pairs, strict=True)
    found = find_period(SHARE, {Span.MONTH: make_shares("1A.2", tops, bottoms)}, FIRST.plus(11))
    exact = Decimal(sum(tops)) * 100 / Decimal(sum(bottoms))
    assert found.value is not None
    assert abs(found.value - exact) < Decimal("1e-20")
    assert (found.numerator, found.denominator) == (sum(tops), sum(bottoms))
    assert found.printed == f"{exact.quantize(Decimal('0.1'), rounding=ROUND_HALF_UP)}%"


def test_a_rate_has_people_who_are_not_added_month_by_month() -> None:
    rate = Indicator(
        code="1A.2", name="Rate", theme="1A", aim="reduce", polarity="lower-is-better",
        unit="rate", per=1000, decimals=1,
    )  # fmt: skip
    found = find_period(rate, {Span.MONTH: make_shares("1A.2", [10] * 12, [5_000] * 12)}, FIRST.plus(11))
    assert found.printed == "24.0"  # 120 among 5,000 people


def test_a_missing_month_leaves_the_year_unknown_and_is_named() -> None:
    values: list[int | None] = [10] * 24
    values[16] = values[17] = values[20] = None
    found = find_period(COUNT, {Span.MONTH: make_series("1A.1", values)}, FIRST.plus(23))
    assert (found.value, found.unknown) == (None, "not-loaded")
    assert found.reason == "August 2017 to September 2017 and December 2017: not loaded."


def test_percentages_without_their_parts_are_not_averaged() -> None:
    points = [Point(to=FIRST.plus(nth), value=Decimal(50)) for nth in range(12)]
    series = make_series("1A.2", [])
    found = find_period(SHARE, {Span.MONTH: type(series)(series.key, tuple(points))}, FIRST.plus(11))
    assert found.value is None
    assert "a mean of percentages" in found.reason


def test_a_ready_made_year_stands_where_the_months_do_not() -> None:
    whole = make_whole("1A.1", Point(to=TO, value=Decimal(8105), printed="8,105", flags=("starred",), load="one"))
    few = make_series("1A.1", [1], first=TO)
    for series in ({Span.YEAR: whole}, {Span.YEAR: whole, Span.MONTH: few}):
        found = find_period(COUNT, series, TO)
        assert (found.printed, found.basis, found.flags, found.loads) == (
            "8,105",
            "as loaded",
            ("starred",),
            ("one",),
        )


def test_months_win_over_a_ready_made_year_and_the_difference_is_told() -> None:
    whole = make_whole("1A.1", Point(to=TO, value=Decimal(130), printed="130"))
    months = make_series("1A.1", [10] * 60)
    plan = make_plan(COUNT)
    row = assemble_row(plan, "1A.1", {whole.key: whole, months.key: months}, Settings(to=TO))
    assert row.latest.printed == "120"
    assert "12 months to March 2021: the months make 120, and a loaded figure for the whole says 130." in row.notes


def test_what_is_pending_and_what_is_only_a_range_say_so() -> None:
    whole = make_whole(
        "1A.2",
        Point(to=TO.plus(-3), unknown="not-published", flags=("range",), printed="94%-96%"),
        Point(to=TO, unknown="pending", printed="Pending"),
    )
    row = assemble_row(make_plan(SHARE), "1A.2", {whole.key: whole}, Settings(to=TO))
    assert [period.printed for period in row.periods[-2:]] == ["94%-96%", "pending"]
    assert row.change.share_printed == "pending"
    assert not row.change.is_known


def test_quarters_make_a_year_where_there_are_no_months() -> None:
    series = make_series("1A.1", [])
    key = type(series.key)("calder-vale", "1A.1", span=Span.QUARTER)
    quarters = type(series)(key, tuple(Point(to=TO.plus(-3 * n), value=Decimal(n + 1)) for n in (3, 2, 1, 0)))
    found = find_period(COUNT, {Span.QUARTER: quarters}, TO)
    assert (found.value, found.basis) == (10, "quarters")


# -- changes ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "share", "actual"),
    [
        (6981, 8105, "+16.1%", "+1,124"),
        (2895, 2288, "-21.0%", "-607"),
        (100, 100, "0.0%", "0"),
        (0, 5, "n/a", "+5"),
    ],
)
def test_a_change_is_printed_as_the_tables_do(before: int, after: int, share: str, actual: str) -> None:
    figures = [
        find_period(COUNT, {Span.YEAR: make_whole("1A.1", Point(to=TO, value=Decimal(value)))}, TO)
        for value in (before, after)
    ]
    change = find_change(COUNT, *figures)
    assert (change.share_printed, change.actual_printed) == (share, actual)


def test_points_have_no_number_unless_what_they_are_made_of_is_printed() -> None:
    def figure(value: str, printed: str, top: str) -> object:
        point = Point(
            to=TO, value=Decimal(value), numerator=Decimal(top), denominator=Decimal(2087), printed=printed
        )
        return find_period(SHARE, {Span.YEAR: make_whole("1A.2", point)}, TO)

    plain = [figure("34.1", "34.1%", "700"), figure("33.3", "33.3%", "690")]
    assert find_change(SHARE, *plain).actual_printed == "n/a"  # type: ignore[arg-type]
    assert find_change(SHARE, *plain).share_printed == "-0.8% pts"  # type: ignore[arg-type]
    beside = [
        figure("101.34", "101.34% 1,980/2,087", "1980"),
        figure("101.23", "101.23% 2,112.62/2,087", "2112.62"),
    ]
    change = find_change(SHARE, *beside)  # type: ignore[arg-type]
    assert (change.share_printed, change.actual_printed) == ("-0.11% pts", "+132.62")


# -- standards --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "met"), [("90.0", True), ("89.9", False), (None, None)])
def test_the_standard_in_force_on_the_day_is_judged(value: str | None, met: bool | None) -> None:
    indicator = INDICATORS[2]
    point = Point(to=TO, value=Decimal(value)) if value else Point(to=TO, unknown="pending")
    latest = find_period(indicator, {Span.YEAR: make_whole("2.1", point)}, TO)
    (judged,) = judge_standards(indicator, latest)
    assert judged.met is met
    assert "at least 90.0%" in judged.sentence
    assert "since 1 April 2018" in judged.sentence


def test_an_area_has_its_own_standard_in_place_of_everybodys() -> None:
    standards = (
        Standard(value=Decimal(20), direction="at-most", source="a", area="north"),
        Standard(value=Decimal(15), direction="at-most", source="b"),
    )
    indicator = Indicator(
        code="2.1", name="Minutes", theme="2", aim="reduce", polarity="lower-is-better",
        unit="mean", standards=standards,
    )  # fmt: skip
    latest = find_period(indicator, {Span.YEAR: make_whole("2.1", Point(to=TO, value=Decimal(18)))}, TO)
    assert [judged.met for judged in judge_standards(indicator, latest, "north")] == [True]
    assert [judged.met for judged in judge_standards(indicator, latest, "south")] == [False]


# -- the whole --------------------------------------------------------------------------------------------


def test_rows_stand_under_their_themes_in_the_plans_order(report: PerformanceReport) -> None:
    assert [(theme.theme.code, [row.code for row in theme.rows]) for theme in report.themes] == [
        ("1", ["1A.1", "1A.2"]),
        ("2", ["2.1", "2.2"]),
    ]
    assert report.themes[0].subs[0].theme.code == "1A"
    assert [str(end) for end in report.ends] == ["2020-03", "2020-06", "2020-09", "2020-12", "2021-03"]
    assert [load.number for load in report.loads] == [1, 2]


def test_an_indicator_under_no_theme_of_the_plan_is_still_reported() -> None:
    lost = Indicator(code="9.9", name="Lost", theme="9", aim="monitor", polarity="neither", unit="count")
    report = assemble_report(make_plan(*INDICATORS, lost), make_figures(), Settings(to=TO))
    assert report.themes[-1].theme.name == "Indicators under no theme"
    assert report.row("9.9") is not None
    assert report.row("9.9").latest.unknown == "not-loaded"  # type: ignore[union-attr]


def test_halved_burglary_is_an_exception_for_the_better_everywhere(report: PerformanceReport) -> None:
    row = report.row("1A.1")
    assert row is not None
    assert row.exception.verdict is Verdict.POSITIVE
    assert "January to March 2021" in row.exception.sentence
    assert [area.slug for area in row.by_area] == ["north", "south"]
    assert all(area.exception.verdict is Verdict.POSITIVE for area in row.by_area)


def test_outcomes_that_are_still_to_ripen_are_not_judged(report: PerformanceReport) -> None:
    row = report.row("1A.2")
    assert row is not None
    assert row.exception.verdict is Verdict.CANNOT_TELL
    assert "The latest 3 months are not yet comparable" in row.exception.sentence


def test_a_recording_change_within_the_table_is_noted(report: PerformanceReport) -> None:
    row = report.row("2.1")
    assert row is not None
    assert any(note.startswith("Counted differently from 1 July 2020") for note in row.notes)
    assert [change.day for change in row.chart.changes] == [dt.date(2020, 7, 1)]


def test_a_missing_month_is_told_once_for_the_periods_it_spoils(report: PerformanceReport) -> None:
    row = report.row("2.2")
    assert row is not None
    assert [period.value is None for period in row.periods] == [False, False, True, True, True]
    (note,) = [note for note in row.notes if "no figure" in note]
    assert note.count("August 2020: not loaded.") == 1
    assert note.count("12 months to") == 3


def test_a_quarter_of_money_or_of_a_rate_is_its_months_together_as_the_year_is() -> None:
    """It was once their mean: £180,000 "in January to March" where £540,000 were spent."""
    money = replace(COUNT, name="Overtime", unit="money")
    rate = replace(SHARE, name="Incidents", unit="rate", per=1000, maturity_months=0)
    spent = [180_000 + 1_000 * (nth % 7) for nth in range(60)]
    events = [270 + nth % 5 for nth in range(60)]
    held = (make_series("1A.1", spent), make_shares("1A.2", events, [90_000] * 60))
    series = {each.key: each for each in held}
    plan = make_plan(money, rate)
    said = assemble_row(plan, "1A.1", series, Settings(to=TO)).exception.sentence
    assert f"£{sum(spent[-3:]):,} in January to March 2021, £{sum(spent[-15:-12]):,} a year before" in said
    said = assemble_row(plan, "1A.2", series, Settings(to=TO)).exception.sentence
    assert f"{1000 * sum(events[-3:]) / 90_000:.1f} in January to March 2021" in said


def test_twelve_month_totals_are_never_tested() -> None:
    whole = make_whole("1A.1", *(Point(to=TO.plus(-3 * n), value=Decimal(900 - n)) for n in reversed(range(5))))
    row = assemble_row(make_plan(COUNT), "1A.1", {whole.key: whole}, Settings(to=TO))
    assert row.exception.verdict is Verdict.CANNOT_TELL
    assert "overlap" in row.exception.sentence
    assert row.control is None
    assert all(point.upper is None for point in row.chart.points)


@pytest.mark.parametrize(("area", "below"), [("force", ["north", "south"]), ("north", ["moor"]), ("moor", [])])
def test_an_area_shows_those_below_it(area: str, below: list[str]) -> None:
    plan = make_plan()
    assert [each.slug for each in areas_below(plan, area)] == below
    report = assemble_report(plan, make_figures(), Settings(to=TO, area=area))
    assert [each.slug for each in report.rows[0].by_area] == below
    assert report.area_level == find_area(plan, area).level


def test_one_area_is_judged_the_same_alone_and_within_the_force(report: PerformanceReport) -> None:
    north = assemble_report(make_plan(), make_figures(), Settings(to=TO, area="north"))
    for row in report.rows:
        (within,) = [each for each in row.by_area if each.slug == "north"]
        alone = north.row(row.code)
        assert alone is not None
        assert (within.figure, within.change, within.exception) == (alone.latest, alone.change, alone.exception)


def test_a_pack_of_a_level_has_its_areas() -> None:
    plan = make_plan()
    assert [area.slug for area in areas_at(plan, "command")] == ["north", "south"]
    assert [area.slug for area in areas_at(plan, "force")] == ["force"]
    assert areas_at(plan, "team") == ()


def test_an_unknown_area_or_indicator_is_said_plainly() -> None:
    with pytest.raises(PlainError, match="no area “east”; its areas are: force, north, south, moor"):
        assemble_report(make_plan(), {}, Settings(to=TO, area="east"))
    with pytest.raises(PlainError, match=r"no indicator 7\.7"):
        assemble_row(make_plan(), "7.7", {}, Settings(to=TO))


def test_a_plan_without_figures_makes_a_report_that_says_so() -> None:
    report = assemble_report(make_plan(), {}, Settings(to=TO))
    assert {row.latest.unknown for row in report.rows} == {"not-loaded"}
    assert report.count(Verdict.CANNOT_TELL) == 4
    assert report.loads == ()


# -- limits -----------------------------------------------------------------------------------------------


def test_limits_put_back_into_the_season_judge_as_they_did_without_it() -> None:
    series = make_figures()
    key = next(key for key in series if key.code == "1A.1" and key.area == "force")
    chart, _ = make_chart(COUNT, {Span.MONTH: series[key]}, TO)
    assert "season" in chart.limits
    spread = {round(point.upper - point.lower, 6) for point in chart.points if point.upper and point.lower}
    assert len(spread) > 6  # wider in the months of more
    for point in chart.points:
        assert point.value is not None
        assert point.lower is not None
        assert point.upper is not None
        if not point.lower <= point.value <= point.upper:
            assert point.signal  # beyond a drawn limit is marked


def test_a_chart_reaches_back_five_years_and_no_further() -> None:
    chart, _ = make_chart(COUNT, {Span.MONTH: make_series("1A.1", range(200), first=TO.plus(-199))}, TO)
    assert (chart.points[0].to, chart.points[-1].to, len(chart.points)) == (TO.plus(-59), TO, 60)


def test_few_months_have_no_limits() -> None:
    chart, state = make_chart(COUNT, {Span.MONTH: make_series("1A.1", [5] * 11, first=TO.plus(-10))}, TO)
    assert state is None
    assert chart.limits == ""


def test_what_the_limits_say_names_the_month_that_they_say_it_of() -> None:
    values: list[int | None] = [50, 52, 48, 51, 49, 50, 53, 47, 50, 51, 49, 52, 90, None]
    first = TO.plus(1 - len(values))
    held = make_series("1A.1", values, first=first)
    _, state = make_chart(COUNT, {Span.MONTH: held}, TO)
    assert state is not None
    assert state.month == TO.plus(-1).words, "the last month that has a figure"
    assert state.sentence == f"On its control chart, {TO.plus(-1).words} is unusual and worse: higher"
    _, calm = make_chart(COUNT, {Span.MONTH: make_series("1A.1", values[:12], first=TO.plus(-11))}, TO)
    assert calm is not None
    assert calm.sentence == "On its control chart, March 2021 is usual variation: no change to be told from chance"


# -- headlines --------------------------------------------------------------------------------------------


def test_headlines_name_exceptions_first_and_never_say_why(report: PerformanceReport) -> None:
    first, second = report.themes[0].headlines[:2]
    assert first == "1 of 2 indicators is an exception in January to March 2021; of 1 it cannot be told."
    row = report.row("1A.1")
    assert row is not None
    assert second == f"Better than expected: Burglary ({row.change.share_printed}, to {row.latest.printed})."
    every = " ".join(sentence for theme in report.themes for sentence in theme.headlines)
    assert not {"because", "due to", "owing"} & set(every.lower().split())


def test_a_theme_without_indicators_has_no_headline() -> None:
    assert make_headlines((), TO) == ()


def test_a_quarter_end_may_be_any_month() -> None:
    report = assemble_report(make_plan(), make_figures(), Settings(to=Month(2020, 5), quarters=3))
    assert [str(end) for end in report.ends] == ["2019-11", "2020-02", "2020-05"]
    assert report.rows[0].chart.points[-1].to == Month(2020, 5)


# -- the published rule -----------------------------------------------------------------------------------


def test_the_published_rule_is_applied_by_name_with_its_false_alarms() -> None:
    values = [100] * 36 + [100 + nth for nth in range(24)]
    series = make_series("1A.1", values)
    report = assemble_report(make_plan(COUNT), {series.key: series}, Settings(to=TO, rule="published"))
    exception = report.rows[0].exception
    assert exception.verdict is Verdict.NEGATIVE  # burglary rose
    assert "rose three quarters in a row" in exception.sentence
    assert "marks 29% of series" in report.rule_words


def test_the_published_rule_sees_a_trend_in_ready_made_years() -> None:
    ends = [Point(to=TO.plus(-3 * n), value=Decimal(900 + n)) for n in reversed(range(5))]
    whole = make_whole("1A.1", *ends)
    report = assemble_report(make_plan(COUNT), {whole.key: whole}, Settings(to=TO, rule="published"))
    assert report.rows[0].exception.verdict is Verdict.POSITIVE
    assert "(903, 902, 901, 900)" in report.rows[0].exception.sentence
    assert "no quarters are known" in report.rows[0].exception.sentence


def test_a_rule_that_is_not_there_is_said_plainly() -> None:
    with pytest.raises(PlainError, match="no rule of exceptions “mine”: choose default or published"):
        assemble_report(make_plan(), {}, Settings(to=TO, rule="mine"))


def test_an_area_is_set_beside_its_neighbours_and_the_force_beside_what_is_given() -> None:
    north = assemble_report(make_plan(), make_figures(), Settings(to=TO, area="north"))
    south = assemble_report(make_plan(), make_figures(), Settings(to=TO, area="south"))
    for one, other in zip(north.rows, south.rows, strict=True):
        (peer,) = one.peers
        assert (peer.name, peer.figure) == ("South", other.latest)
    assert assemble_report(make_plan(), make_figures(), Settings(to=TO)).rows[0].peers == ()
