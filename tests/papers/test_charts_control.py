"""Can a control chart on paper be read in grey, heard, and made again with the same bytes?"""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bluelamp.figures.control_charts import ControlChart, make_control_chart
from bluelamp.figures.control_rules import ControlSettings, Improvement
from bluelamp.figures.control_words import say_chart
from bluelamp.figures.months import Month
from bluelamp.papers.charts_control import HEIGHT, draw_control_chart, make_drawing, spread
from bluelamp.papers.pictures import sanitise

pytestmark = pytest.mark.no_database

VALUES: list[float | None] = [100.0, 104.0, 98.0, None, *[101.0, 99.0] * 6, 140.0, 60.0, 100.0, 102.0]


def chart_of(values: list[float | None], settings: ControlSettings | None = None) -> ControlChart:
    days = [Month(2019, 11).plus(at).first for at in range(len(values))]
    plain = ControlSettings(improvement=Improvement.DECREASE, target=90, rebase=tuple(days[-2:-1]))
    return make_control_chart(days, values, settings or plain)


def words_in(svg: str) -> list[str]:
    return [words for node in etree.fromstring(svg.encode()).iter("{*}text") for words in node.itertext()]


def test_title_and_description_are_inside() -> None:
    chart = chart_of(VALUES)
    root = etree.fromstring(draw_control_chart(chart, "Robbery & theft <all>").encode())
    assert [etree.QName(node).localname for node in root[:2]] == ["title", "desc"]
    assert root[0].text == "Robbery & theft <all>"
    assert root[1].text == say_chart(chart)
    assert (root.get("role"), root.get("aria-label")) == ("img", "Robbery & theft <all>")


def test_lines_and_states_are_named_in_words() -> None:
    said = words_in(draw_control_chart(chart_of(VALUES), "Robbery", unit="Offences a month"))
    for words in ("Robbery", "Offences a month", "unusual and better", "unusual and worse", "usual variation"):
        assert words in said
    assert {"missing", "new limits", "Target 90"} <= set(said)
    assert [words for words in said if words.startswith(("Upper limit", "Mean", "Lower limit"))]


def test_each_state_has_a_shape_and_a_colour_of_its_own() -> None:
    drawing = make_drawing(chart_of(VALUES), "Robbery", [])
    (points,) = [layer for layer in drawing["layer"] if layer["mark"]["type"] == "point"]
    colour, shape = (points["encoding"][name]["scale"] for name in ("color", "shape"))
    assert colour["domain"] == shape["domain"]
    assert len(set(colour["range"])) == len(set(shape["range"])) == len(shape["domain"]) == 4


def test_all_words_are_level() -> None:
    """Text is turned by a rotation in a transform; none has one."""
    svg = draw_control_chart(chart_of(VALUES), "Robbery")
    assert re.findall(r"<text[^>]*rotate\((?!0[,)])", svg) == []


def test_the_same_chart_is_the_same_bytes() -> None:
    assert draw_control_chart(chart_of(VALUES), "x") == draw_control_chart(chart_of(VALUES), "x")


def test_the_picture_may_stand_in_a_paper() -> None:
    svg = draw_control_chart(chart_of(VALUES), "Robbery")
    kept = etree.tostring(sanitise(svg), encoding="unicode")
    for words in ("Robbery", "Target 90"):
        assert words in kept
    assert kept.count("<path") == svg.count("<path")


@pytest.mark.parametrize("values", [[5.0], [5.0] * 15, [0.0, 0.0], [None, 3.0, None], [1e9, -1e9], [1e-9, 2e-9]])
def test_odd_series_are_drawn(values: list[float | None]) -> None:
    assert words_in(draw_control_chart(chart_of(values, ControlSettings()), "Odd"))


def test_the_drawing_holds_to_the_grammar() -> None:
    import altair

    for values in (VALUES, [5.0], [None, 3.0]):
        altair.LayerChart.from_dict(make_drawing(chart_of(values), "Robbery", ["A", "B"]), validate=True)


@given(st.lists(st.floats(0, HEIGHT), max_size=4).map(sorted))
def test_names_of_lines_do_not_touch(pixels: list[float]) -> None:
    places = spread(pixels)
    assert all(later - place >= 13.99 for place, later in pairwise(places))
    assert all(place <= HEIGHT for place in places)
