"""Are the plans that we ship sound, and does that of 2018-21 hold what its published report prints?"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from bluelamp.documents.sandbox import read_file
from bluelamp.inspections.frameworks import load_frameworks
from bluelamp.intake.extraction import extract
from bluelamp.organisations.bodies import load_bodies
from bluelamp.performance.facts import IndicatorRow
from bluelamp.performance.measures.definition import load_measures
from bluelamp.performance.plan_faults import Known, find_plan_faults
from bluelamp.performance.plan_shape import Severity
from bluelamp.performance.plans import Plan, load_plans

pytestmark = pytest.mark.no_database

NOTTS = "nottinghamshire-2018-21"
SHIPPED = sorted(load_plans())
CODE_OF_OURS = "2B.2a"
TWICE = ("3B.8", "3C.8")


@pytest.fixture(scope="module")
def known() -> Known:
    areas = frozenset(area.slug for each in load_frameworks().values() for area in each.areas)
    return Known(bodies=load_bodies(), inspection_areas=areas, measures=frozenset(load_measures()))


@pytest.mark.parametrize("slug", SHIPPED)
def test_a_shipped_plan_has_no_fault_and_gives_its_reasons(slug: str, known: Known) -> None:
    plan = load_plans()[slug]
    found = find_plan_faults(plan, known, dt.date(2026, 11, 21))
    assert [each.sentence for each in found if each.severity is Severity.FAULT] == []
    assert all(
        indicator.polarity_reason and indicator.numerator and indicator.why for indicator in plan.indicators
    )
    assert all(indicator.inspection_areas for indicator in plan.indicators)
    unsaid = ("aim", "polarity", "denominator", "verified", "outside")
    assert [each.sentence for each in found if any(word in each.words for word in unsaid)] == []


def test_what_is_remembered_says_so() -> None:
    plan = load_plans()["national-measures"]
    assert not plan.verified
    assert all(not each.verified and each.notes for each in plan.indicators)
    assert all(not standard.verified for each in plan.indicators for standard in each.standards)


def test_the_plan_has_the_shape_of_the_report() -> None:
    plan = load_plans()[NOTTS]
    counted = Counter(each.theme for each in plan.indicators)
    assert counted == {
        "1A": 4,
        "1B": 5,
        "2A": 7,
        "2B": 5,
        "3A": 9,
        "3B": 16,
        "3C": 8,
        "4A": 6,
        "4B": 5,
        "4C": 8,
    }
    assert {each.code for each in plan.indicators if each.aim != "monitor"} == {"1A.1", "3A.9"}
    assert {each.code for each in plan.indicators if each.frequency == "six-monthly"} == {"2B.2a", "2B.2", "2B.3"}
    assert (plan.force, plan.body) == ("NTS", "NTS-PCC")


def test_a_change_of_system_is_dated_at_each_indicator_it_bears_on() -> None:
    plan = load_plans()[NOTTS]
    rebased = {i.code: c.day for i in plan.indicators for c in i.recording_changes if c.rebase}
    assert rebased == {
        **dict.fromkeys(("4C.5", "4C.6", "4C.7"), dt.date(2020, 3, 1)),
        "4B.6": dt.date(2021, 1, 1),
    }


@pytest.mark.shared
def test_codes_names_and_aims_are_those_of_the_report(shared: Path) -> None:
    """Every row of the published tables finds its indicator; what the plan adds is marked."""
    plan = load_plans()[NOTTS]
    (seed,) = (shared / "seeds").glob("003*.txt")
    rows = [read.fact for read in extract(read_file(seed)).facts if isinstance(read.fact, IndicatorRow)]
    assert len(rows) == len(plan.indicators) == 73
    for row, indicator in zip(rows, plan.indicators, strict=True):
        assert row.name == indicator.name
        assert row.code == ("" if indicator.code == CODE_OF_OURS else indicator.code)
        assert row.aim in ("", indicator.aim)
        assert indicator.verified == bool(row.code and row.aim), f"{indicator.code} is verified by what is printed"
        assert _fits(row, plan)


def _fits(row: IndicatorRow, plan: Plan) -> bool:
    """Do the plan's unit and decimals fit what is printed?"""
    indicator = next(each for each in plan.indicators if each.name == row.name and row.code in (each.code, ""))
    printed = [period.value for period in row.periods if period.value.value is not None]
    is_percent = any(value.unit == "percent" for value in printed)
    decimals = max(-int(value.value.as_tuple().exponent) for value in printed if value.value is not None)
    return is_percent == (indicator.unit == "percentage") and decimals <= indicator.decimals
