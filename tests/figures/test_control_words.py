"""Does a chart say in words all that its colours say?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bluelamp.figures.control_charts import Assurance, ControlChart, PointType, Variation, make_control_chart
from bluelamp.figures.control_rules import Cause, ControlSettings, Improvement
from bluelamp.figures.control_words import (
    ASSURANCE_ICONS,
    POINT_SHAPES,
    POINT_WORDS,
    VARIATION_ICONS,
    say_cause,
    say_chart,
    say_number,
    say_point,
)
from bluelamp.figures.months import Month

pytestmark = pytest.mark.no_database


def chart_of(values: list[float | None], settings: ControlSettings) -> ControlChart:
    return make_control_chart([Month(2020, 1).plus(at).first for at in range(len(values))], values, settings)


def month(day: dt.date) -> str:
    return Month.of(day).words


def test_each_state_has_words_of_its_own_and_a_shape() -> None:
    assert set(VARIATION_ICONS) == set(Variation)
    assert set(ASSURANCE_ICONS) == set(Assurance)
    for icons in (VARIATION_ICONS, ASSURANCE_ICONS):
        assert len({icon.words for icon in icons.values()}) == len(icons)
    assert set(POINT_SHAPES) == set(POINT_WORDS) == set(PointType)
    by_words = {(POINT_WORDS[kind], POINT_SHAPES[kind]) for kind in PointType}
    assert len({shape for _, shape in by_words}) == len(by_words)


def test_a_chart_in_sentences() -> None:
    settings = ControlSettings(improvement=Improvement.DECREASE, target=150)
    chart = chart_of([100.0, 102.0] * 8 + [171.0], settings)
    assert say_chart(chart, day=month) == (
        "May 2021: 171, where 99.8 to 110.4 is usual (mean 105.1). Unusual and worse: higher; it is above the"
        " upper limit. Meets the target unless something changes (target 150)."
    )


def test_what_is_to_be_mistrusted_is_said() -> None:
    settings = ControlSettings(target=3)
    said = say_chart(chart_of([1.0, None, 2.0, 3.0, None], settings), day=month)
    assert "2 values are missing" in said
    assert "The latest value is that of April 2020." in said
    assert "fewer than 13 points" in said
    assert "not judged, because no direction is said to be better" in said


def test_without_limits_nothing_is_called_usual() -> None:
    settings = ControlSettings(target=3, improvement=Improvement.INCREASE)
    assert say_chart(chart_of([5.0], settings), day=month) == (
        "January 2020: 5, too few points in a row for limits. Usual and unusual cannot be told apart yet."
        " Too few points to say whether the target will be met (target 3)."
    )


def test_each_cause_is_said() -> None:
    chart = chart_of([1.0, None, 9.0], ControlSettings())
    assert say_point(chart.points[1], chart) == "missing: no value"
    assert say_cause(chart.points[1], chart) == "missing"
    assert say_point(chart.points[0], chart) == "usual variation"
    said = {say_cause(replace(chart.points[0], cause=cause), chart) for cause in Cause}
    assert len(said) == len(Cause)
    assert not [words for words in said if "{" in words]


@pytest.mark.parametrize(
    ("value", "said"), [(1234.4, "1,234"), (12.345, "12.35"), (5.0, "5"), (0.0012346, "0.001235"), (-3.0, "-3")]
)
def test_numbers_in_sentences(value: float, said: str) -> None:
    assert say_number(value) == said
