"""Do our charts draw what they are given, name themselves, read in grey, and come out the same each time?"""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bluelamp.figures.funnels import Area, Statistic, build_funnel
from bluelamp.figures.months import Month, months_between
from bluelamp.papers.charts import COLOURS, DASHES, SHAPES, draw_png, find_scale
from bluelamp.papers.charts_funnel import draw_funnel_chart, make_funnel_chart
from bluelamp.papers.charts_series import MOST, SeriesChart, SeriesLine, draw_series_chart
from bluelamp.papers.charts_small import HEIGHT, SIGNALS, SmallChart, SmallPoint, draw_small_chart
from bluelamp.papers.pictures import picture_text

pytestmark = pytest.mark.no_database

MONTHS = list(months_between(Month(2018, 4), Month(2021, 3)))


def small(values: list[float | None], **said: object) -> SmallChart:
    given: dict[str, object] = {"title": "Burglary, by month", "description": "Burglary: 10 in Apr 2018."}
    points = tuple(
        SmallPoint(
            to=to, value=value, printed="" if value is None else f"{value:.0f}", lower=5, upper=30, centre=15
        )
        for to, value in zip(MONTHS, values, strict=False)
    )
    return SmallChart(points=points, **(given | said))  # type: ignore[arg-type]


def words_of(svg: str) -> list[str]:
    return [str(each.text) for each in etree.fromstring(svg.encode()).iter("{*}text")]


def line_paths(svg: str) -> list[str]:
    """The paths of the dark line, one for each run of known months."""
    return re.findall(r'<path[^>]*d="([^"]*)"[^>]*stroke="#12436D"[^>]*>', svg)


# -- small charts -----------------------------------------------------------------------------------------


def test_a_chart_names_and_describes_itself_first() -> None:
    root = etree.fromstring(draw_small_chart(small([10.0, 12.0, 11.0])).encode())
    assert [etree.QName(child).localname for child in root[:2]] == ["title", "desc"]
    assert [child.text for child in root[:2]] == ["Burglary, by month", "Burglary: 10 in Apr 2018."]
    assert root.get("role") == "img"


def test_the_same_chart_is_the_same_bytes_whatever_was_drawn_between() -> None:
    chart = small([10.0, 12.0, 11.0, None, 14.0], target=20.0, target_words="standard 20")
    first = draw_small_chart(chart)
    draw_small_chart(small([1_000.0, 1.0], after="%"))
    assert draw_small_chart(chart) == first
    assert draw_png(first) == draw_png(draw_small_chart(chart))
    assert draw_png(first).startswith(b"\x89PNG")


def test_nothing_of_a_chart_is_lost_when_a_paper_takes_it_in() -> None:
    svg = draw_small_chart(small([10.0, 12.0, 40.0]))
    kept = picture_text(svg)
    assert words_of(kept) == words_of(svg)
    assert kept.count("<path") == svg.count("<path")


def test_the_line_goes_through_its_points() -> None:
    svg = draw_small_chart(small([10.0, 20.0, 15.0]))
    (path,) = line_paths(svg)
    heights = [float(y) for _, y in re.findall(r"([\d.]+),([\d.]+)", path)]
    low, high = find_scale([10, 20, 15, 5, 30], floor=0.0)
    wanted = [HEIGHT * (high - value) / (high - low) for value in (10, 20, 15)]
    assert heights == pytest.approx(wanted, abs=0.01)


def test_no_line_crosses_a_gap_and_a_cross_marks_it() -> None:
    whole = draw_small_chart(small([10.0] * 7))
    gap = draw_small_chart(small([10.0, 12.0, None, 11.0, None, 12.0, 13.0]))
    assert len(line_paths(whole)) == 1
    assert len(line_paths(gap)) == 3
    assert gap.count("<path") > whole.count("<path")


@pytest.mark.parametrize("signal", SIGNALS)
def test_each_state_has_a_shape_and_a_colour_of_its_own(signal: str) -> None:
    plain = [SmallPoint(to=to, value=10.0, printed="10") for to in MONTHS[:5]]
    marked = [*plain[:2], SmallPoint(to=MONTHS[2], value=10.0, signal=signal, printed="10"), *plain[3:]]
    drawn = [
        draw_small_chart(SmallChart(title="t", description="d", points=tuple(points)))
        for points in (plain, marked)
    ]
    _, colour, _ = SIGNALS[signal]
    assert colour not in drawn[0]
    assert colour in drawn[1]


def test_states_differ_by_shape_where_print_is_grey() -> None:
    shapes = [shape for _, _, shape in SIGNALS.values()]
    words = [said for said, _, _ in SIGNALS.values()]
    assert len(set(shapes)) == len(set(words)) == len(SIGNALS)


def test_the_latest_figure_and_the_standard_do_not_cover_each_other() -> None:
    svg = draw_small_chart(small([10.0, 19.9], target=20.0, target_words="standard 20"))
    places = {}
    for text in etree.fromstring(svg.encode()).iter("{*}text"):
        found = re.search(r"translate\(([-\d.]+),([-\d.]+)\)", text.get("transform", ""))
        if found and text.text in ("20", "standard 20"):
            places.setdefault(text.text, []).append(float(found[2]))
    assert min(abs(y - places["standard 20"][0]) for y in places["20"]) >= 11


def test_text_is_never_turned() -> None:
    svg = draw_small_chart(small([10_000.0, 120_000.0, 5.0] * 12, before="£", marks=(MONTHS[3],)))
    assert "rotate(" not in svg
    assert "£100,000" in words_of(svg)


def test_years_are_named_on_long_charts_and_quarters_on_short_ones() -> None:
    assert {"2019", "2020", "2021"} <= set(words_of(draw_small_chart(small([10.0] * 36))))
    assert "Jun 2018" in words_of(draw_small_chart(small([10.0] * 6)))


def test_a_chart_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no figure to draw"):
        draw_small_chart(small([None, None]))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.none() | st.floats(-1e6, 1e9, allow_nan=False), min_size=1, max_size=36))
def test_any_figures_make_a_picture_of_a_sane_size(values: list[float | None]) -> None:
    if all(value is None for value in values):
        return
    root = etree.fromstring(draw_small_chart(small(values)).encode())
    assert float(root.get("width", "0")) < 900
    assert "NaN" not in etree.tostring(root, encoding="unicode")


@given(st.lists(st.floats(-1e9, 1e9, allow_nan=False), min_size=1))
def test_a_scale_holds_its_values(values: list[float]) -> None:
    low, high = find_scale(values)
    assert low < high
    assert low <= min(values)
    assert max(values) <= high


# -- several lines ----------------------------------------------------------------------------------------


def lines(number: int) -> tuple[SeriesLine, ...]:
    return tuple(
        SeriesLine(name=f"District {n}", points=tuple((to, 10.0 + n + i % 3) for i, to in enumerate(MONTHS)))
        for n in range(number)
    )


def test_lines_are_named_where_they_end_and_differ_without_colour() -> None:
    svg = draw_series_chart(SeriesChart(title="t", description="d", lines=lines(4)))
    assert {f"District {n}" for n in range(4)} <= set(words_of(svg))
    assert all(colour in svg for colour in COLOURS)
    assert len({tuple(dash) for dash in DASHES}) == len(set(SHAPES)) == MOST


def test_more_than_four_lines_are_refused() -> None:
    with pytest.raises(ValueError, match="5 lines; a chart shows 1 to 4"):
        SeriesChart(title="t", description="d", lines=lines(5))


def test_an_event_is_marked_with_its_words() -> None:
    chart = SeriesChart(title="t", description="d", lines=lines(1), marks=((MONTHS[20], "new system"),))
    assert "new system" in words_of(draw_series_chart(chart))
    assert draw_series_chart(chart) == draw_series_chart(chart)


# -- funnels ----------------------------------------------------------------------------------------------


def test_an_area_beyond_the_limits_is_named_and_the_others_are_dots() -> None:
    areas = [Area(name=f"District {n}", numerator=100 + n, denominator=1_000) for n in range(8)]
    areas.append(Area(name="Moor", numerator=300, denominator=1_000))
    funnel = build_funnel(areas)
    chart = make_funnel_chart(
        funnel, title="Outcomes by district", description="Moor is far above.", size_words="crimes", after="%"
    )
    assert {point.name for point in chart.points if point.beyond == 2} >= {"Moor"}
    svg = draw_funnel_chart(chart)
    words = words_of(svg)
    assert "Moor" in words
    assert "crimes" in words
    beyond = {point.name for point in chart.points if point.beyond}
    assert not {point.name for point in chart.points if point.name not in beyond} & set(words)
    assert svg == draw_funnel_chart(chart)


def test_curves_begin_at_half_the_smallest_area_so_that_areas_are_told_apart() -> None:
    """At a size of one the limits would be twenty times as far apart as the areas are."""
    sizes = (90_000, 60_000, 40_000, 20_000)
    areas = [
        Area(name=f"D{n}", numerator=size * 0.018 * (1 + n / 9), denominator=size) for n, size in enumerate(sizes)
    ]
    chart = make_funnel_chart(
        build_funnel(areas, statistic=Statistic.RATE, multiplier=1_000),
        title="t",
        description="d",
        size_words="people",
    )
    assert chart.limits[0].size == 10_000
    assert chart.limits[-1].size > 90_000
    values = [point.value for point in chart.points]
    height = max(limit.high_outer for limit in chart.limits) - min(limit.low_outer for limit in chart.limits)
    assert height < 4 * (max(values) - min(values))


def test_a_funnel_without_areas_is_refused() -> None:
    funnel = build_funnel([Area(name="Moor", numerator=3, denominator=10)])
    chart = make_funnel_chart(funnel, title="t", description="d", size_words="crimes")
    with pytest.raises(ValueError, match="no area"):
        draw_funnel_chart(type(chart)(title="t", description="d", points=(), limits=(), average=1, size_words=""))
