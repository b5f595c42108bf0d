"""Is any JSON either a series with its chart, or refused in a sentence?"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluelamp.figures.control_cases import KNOWN, read_case, write_chart
from bluelamp.figures.control_rules import PLAIN_SETTINGS, ControlSettings, Improvement
from bluelamp.lib.errors import PlainError

pytestmark = pytest.mark.no_database

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
anything = st.recursive(scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner))
near_cases = st.fixed_dictionaries(
    {
        "values": st.lists(st.none() | st.integers(-9, 9) | scalars, max_size=20),
        "dates": st.lists(st.dates().map(str), max_size=20) | anything,
    },
    optional=dict.fromkeys(sorted(KNOWN - {"values", "dates"}), anything),
)


@given(anything | near_cases)
def test_any_json_is_charted_or_refused_in_a_sentence(raw: object) -> None:
    try:
        case = read_case(raw, PLAIN_SETTINGS)
        wire = write_chart(case.chart(), bare=case.bare)
    except PlainError as error:
        said = str(error)
        assert said.isprintable()
        assert len(said) < 250
        return
    assert json.loads(json.dumps(wire, allow_nan=False)) == wire


@given(
    st.lists(st.none() | st.integers(-9, 9), min_size=1, max_size=30).filter(lambda values: set(values) != {None})
)
def test_columns_are_as_long_as_the_series(values: list[int | None]) -> None:
    dates = [str(dt.date(2020, 1, 1) + dt.timedelta(days=at)) for at in range(len(values))]
    wire = write_chart(read_case({"values": values, "dates": dates}, PLAIN_SETTINGS).chart())
    columns = [column for name, column in wire.items() if name not in ("variation_icon", "assurance")]
    assert {len(column) for column in columns if isinstance(column, list)} == {len(values)}
    assert len(columns) == 10


def test_null_is_silence() -> None:
    defaults = ControlSettings(target=3.0, improvement=Improvement.DECREASE, fix_after=12, screen_outliers=False)
    silent: dict[str, Any] = {"values": [1, 2], "dates": ["2020-01", "2020-02-01T00:00:00"]}
    for raw in (silent, silent | dict.fromkeys(KNOWN - {"values", "dates"})):
        assert read_case(raw, defaults).settings == defaults
    assert read_case(silent, defaults).days == (dt.date(2020, 1, 1), dt.date(2020, 2, 1))


def test_a_rebase_is_one_date_or_several() -> None:
    base: dict[str, Any] = {"values": [1, 2, 3], "dates": ["2020-01-01", "2020-02-01", "2020-03-01"]}
    for rebase, groups in (("2020-02-01", [0, 1, 1]), (["2020-02-01", "2020-03-01"], [0, 1, 2]), ([], [0, 0, 0])):
        case = read_case(base | {"rebase": rebase}, PLAIN_SETTINGS)
        assert write_chart(case.chart())["rebase_group"] == groups
    case = read_case(base | {"rebase": ["2020-02-01", "2030-01-01"]}, PLAIN_SETTINGS)
    assert case.unused_rebases == (dt.date(2030, 1, 1),)


def test_a_last_group_without_limits_is_answered_as_the_reference_answers_it() -> None:
    raw = {"values": [1, 2, 3], "dates": ["2020-01-01", "2020-02-01", "2020-03-01"], "rebase": "2020-03-01"}
    case = read_case(raw | {"target": 9, "improvement_direction": "increase"}, PLAIN_SETTINGS)
    assert write_chart(case.chart())["assurance"] == "inconsistent"
