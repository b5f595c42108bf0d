"""Do the charts of expected against actual, and of power, say what they show, the same each time?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from lxml import etree

from bluelamp.figures.expected import Counted, find_expected
from bluelamp.figures.months import Month
from bluelamp.papers.charts_expected import draw_expected_chart, list_expected
from bluelamp.papers.charts_power import describe_power, draw_power_chart, list_power

pytestmark = pytest.mark.no_database

SVG = "{http://www.w3.org/2000/svg}"


def found(gap: bool = False):  # type: ignore[no-untyped-def]
    chance = np.random.default_rng(1)
    values: list[float | None] = [float(value) for value in chance.poisson(500, 72)]
    values[60:] = [(value or 0) * 0.7 for value in values[60:]]
    if gap:
        values[65] = None
    counted = Counted(name="Burglary & theft", first=Month(2015, 1), values=tuple(values))
    return find_expected(counted, Month(2020, 1), Month(2020, 12))


def test_the_chart_names_and_describes_itself_and_is_the_same_bytes() -> None:
    svg = draw_expected_chart(found(), event="restrictions <begin>")
    assert svg == draw_expected_chart(found(), event="restrictions <begin>")
    root = etree.fromstring(svg.encode())
    assert root.find(f"{SVG}title").text == "Burglary & theft: actual against expected"
    said = root.find(f"{SVG}desc").text
    assert "From January 2020: restrictions <begin>. Burglary & theft: " in said
    assert "12 of 12" in said
    words = ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]
    assert {"expected", "actual", "restrictions <begin>"} <= set(words)
    assert not [each for each in root.iter(f"{SVG}text") if "rotate" in (each.get("transform") or "")]


def test_a_missing_month_is_named_in_the_table_and_not_drawn() -> None:
    rows = list_expected(found(gap=True))
    assert [row for row in rows if row[1] == "not known"] == [rows[5]]
    assert draw_expected_chart(found(gap=True), event="x") != draw_expected_chart(found(), event="x")
    nothing = found(gap=True)
    alone = replace(nothing, months=tuple(replace(one, actual=None) for one in nothing.months))
    assert "<svg" in draw_expected_chart(alone, event="x")


def test_the_chart_of_power_has_its_numbers_in_words() -> None:
    svg = draw_power_chart()
    assert svg == draw_power_chart()
    root = etree.fromstring(svg.encode())
    assert root.find(f"{SVG}desc").text == describe_power()
    assert "at a mean of 20 a month 84%" in describe_power()
    means = [row[0] for row in list_power((20, 200), (1.0,))]
    assert means == [20, 200]
