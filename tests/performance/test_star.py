"""Do the tables for analysts join, keep what is not known apart, and say the same in both formats?"""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.performance.loading_samples import PLAN

from bluelamp.figures.months import Month, Span
from bluelamp.performance.series import FLAGS, UNKNOWN, Point, SeriesKey
from bluelamp.performance.star_files import describe_columns, write_csv, write_parquet
from bluelamp.performance.star_schema import COLUMNS, LoadLine, StarPoint, StarTable, make_star

pytestmark = pytest.mark.no_database

NOW = dt.datetime(2021, 5, 19, 9, 0, tzinfo=dt.UTC)
LOAD = LoadLine(
    key="a-load",
    number=1,
    kind="file",
    name="=HYPERLINK(evil).csv",
    known_on=NOW.date(),
    loaded=NOW,
    by="Sam",
    figures=1,
    refused=0,
    withdrawn=None,
    withdrawn_number=None,
    withdrawn_reason="",
)

spans = st.sampled_from(list(Span))
keys = st.builds(
    SeriesKey,
    plan=st.just(PLAN.slug),
    code=st.sampled_from(["1A1", "1A2", "gone"]),
    area=st.sampled_from(["force", "north", "elsewhere"]),
    span=spans,
    breakdown=st.sampled_from(["", "women"]),
)
months = st.integers(24_000, 24_300).map(Month.at)
numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=6)
known = st.builds(
    Point, to=months, value=numbers, numerator=st.none() | numbers, flags=st.just(()), load=st.just("a-load")
)
missing = st.builds(Point, to=months, unknown=st.sampled_from(sorted(UNKNOWN)), load=st.just("a-load"))
stars = st.lists(st.builds(StarPoint, keys, known | missing, st.booleans()), max_size=12)


def star(points: list[StarPoint]) -> dict[str, StarTable]:
    return make_star(PLAN, [LOAD], points)


@settings(max_examples=60, deadline=None)
@given(stars)
def test_every_key_of_a_figure_stands_once_in_its_dimension(points: list[StarPoint]) -> None:
    tables = star(points)
    fact = tables["fact_vintage"]
    for name, key in (("indicator", 0), ("area", 1), ("period", 2), ("load", 3)):
        held = [row[0] for row in tables[f"dim_{name}"].rows]
        assert len(held) == len(set(held))
        assert {row[key] for row in fact.rows} <= set(held)
    at = fact.names.index("unknown")
    assert {row[at] for row in fact.rows if row[at]} <= {row[0] for row in tables["dim_unknown"].rows}


@settings(max_examples=60, deadline=None)
@given(stars)
def test_both_formats_say_the_same_and_nothing_unknown_is_a_zero(points: list[StarPoint]) -> None:
    table = star(points)["fact_vintage"]
    read = list(csv.DictReader(io.StringIO(write_csv(table).decode("utf-8-sig"))))
    columns = pq.read_table(io.BytesIO(write_parquet(table))).to_pylist()
    assert len(read) == len(columns) == len(points)
    for line, typed, given_point in zip(read, columns, points, strict=True):
        point = given_point.point
        assert (Decimal(line["value"]) if line["value"] else None) == point.value == typed["value"]
        assert line["unknown"] == point.unknown == typed["unknown"]
        assert (line["value"] == "") == bool(line["unknown"])
        assert (line["numerator"] == "") == (point.numerator is None)


def test_only_what_is_known_now_is_in_the_table_to_chart() -> None:
    key = SeriesKey(PLAN.slug, "1A1")
    old, new = (Point(to=Month(2021, 3), value=Decimal(n), load="a-load") for n in (1, 2))
    tables = star([StarPoint(key, old, False), StarPoint(key, new, True)])
    assert [row[5] for row in tables["fact_figure"].rows] == [2]
    assert [row[-1] for row in tables["fact_vintage"].rows] == [False, True]


@pytest.mark.parametrize(
    ("to", "span", "expected"),
    [
        (Month(2021, 3), Span.QUARTER, ("2021-03/quarter", "2021-01-01", "2021-03-31", "2020/21", "4")),
        (Month(2021, 4), Span.MONTH, ("2021-04/month", "2021-04-01", "2021-04-30", "2021/22", "1")),
        (Month(1999, 12), Span.YEAR, ("1999-12/12-months", "1999-01-01", "1999-12-31", "1999/00", "3")),
    ],
)
def test_periods(to: Month, span: Span, expected: tuple[str, ...]) -> None:
    point = Point(to=to, value=Decimal(1), load="a-load")
    table = star([StarPoint(SeriesKey(PLAN.slug, "1A1", span=span), point, True)])["dim_period"]
    row = next(csv.DictReader(io.StringIO(write_csv(table).decode("utf-8-sig"))))
    names = ("period_key", "first_day", "last_day", "financial_year", "financial_quarter")
    assert tuple(row[name] for name in names) == expected


def test_words_cannot_act_as_a_formula_and_negative_numbers_stay_numbers() -> None:
    tables = star([StarPoint(SeriesKey(PLAN.slug, "2B2"), Point(to=Month(2021, 3), value=Decimal(-5)), True)])
    assert b"'=HYPERLINK" in write_csv(tables["dim_load"])
    assert b",-5," in write_csv(tables["fact_figure"])


def test_the_names_of_tables_and_columns_stay_as_they_were_promised() -> None:
    """A column may be added at the end of a table. None of these may go, or move."""
    assert list(COLUMNS) == [
        "dim_indicator",
        "dim_area",
        "dim_period",
        "dim_load",
        "dim_unknown",
        "fact_figure",
        "fact_vintage",
    ]
    promised = {
        "dim_indicator": "indicator_key plan code name theme_code theme position aim polarity unit per decimals"
        " frequency numerator_words denominator_words source owner is_verified is_in_plan",
        "dim_area": "area_key plan area name level parent is_in_plan",
        "dim_period": "period_key span months first_day last_day words year month financial_year"
        " financial_quarter",
        "dim_load": "load_key plan vintage kind name known_on loaded loaded_by figures refused withdrawn"
        " withdrawn_vintage withdrawn_reason",
        "dim_unknown": "unknown words",
        "fact_figure": "indicator_key area_key period_key load_key breakdown value numerator denominator sample"
        " half_width unknown is_provisional is_starred is_six_monthly is_range is_estimated printed cell",
        "fact_vintage": "indicator_key area_key period_key load_key breakdown value numerator denominator sample"
        " half_width unknown is_provisional is_starred is_six_monthly is_range is_estimated printed cell"
        " is_current",
    }
    for name, words in promised.items():
        names = [column.name for column in COLUMNS[name][1]]
        assert names[: len(words.split())] == words.split()
    assert describe_columns().decode("utf-8-sig").count("\r\n") == 1 + sum(len(c) for _, c in COLUMNS.values())
    assert len(FLAGS) == 5
