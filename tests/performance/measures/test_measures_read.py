"""Is a list of events read as it is written, and does each shipped measure count its own example?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from tests.performance.measures.counted_lists import EXAMPLES, form_of, rows_of

from bluelamp.lib.errors import PlainError
from bluelamp.performance.measures.compute import claim_series, count_records, covered, latest_day
from bluelamp.performance.measures.definition import Measure, find_faults, find_measure, load_measures
from bluelamp.performance.measures.records import head_key, read_records
from bluelamp.performance.plans import AreaOfPlan, Indicator, Plan

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize("slug", sorted(load_measures()))
def test_every_shipped_measure_counts_its_example(slug: str) -> None:
    measure = find_measure(slug)
    assert (EXAMPLES / measure.example).is_file()
    read = read_records(form_of(rows_of(measure.example)), measure)
    assert not read.refused
    outcome = count_records(read.records, measure, day=latest_day(read.records))
    found = {counted.output for counted in outcome.counted}
    assert found == {output.slug for output in measure.outputs}
    assert covered(outcome)
    assert any(point.value is not None for counted in outcome.counted for point in counted.points)


@pytest.mark.parametrize("slug", sorted(load_measures()))
def test_the_words_of_a_choice_mean_one_thing_each(slug: str) -> None:
    for field in find_measure(slug).fields.values():
        said = [head_key(word) for words in (field.words or {}).values() for word in words]
        assert len(said) == len(set(said)), f"{slug}: a word stands for two things"


def test_cells_that_cannot_be_read_are_named() -> None:
    rows = [
        ["Response times, January"],
        ["Date", "Grade", "Minutes"],
        ["31/02/2023", "Grade 2", "12"],
        ["03/02/2023", "Grade 9", "12"],
        ["03/02/2023", "Grade 2", "about ten"],
        ["03/02/2023", "Grade 2", "-3"],
        ["", "Grade 2", "3"],
        ["03/02/2023", "Grade 2", ""],
        ["", "", ""],
    ]
    read = read_records(form_of(rows, name="Calls"), find_measure("response-times"))
    assert [refused.cell for refused in read.refused] == [
        "Calls!A3",
        "Calls!B4",
        "Calls!C5",
        "Calls!C6",
        "Calls!A7",
    ]
    assert [record.row for record in read.records] == [8]
    assert read.records[0].numbers == {}


def test_times_are_read_as_lists_write_them() -> None:
    rows = [
        ["Created", "Grade", "Minutes", "Time created", "Time at scene"],
        ["2023-02-03", "Grade 1 urban", "7:30", "", ""],
        ["3 Feb 2023", "Grade 1 urban", "", "2023-02-03T23:50:00", "04/02/2023 00:08"],
    ]
    measure = find_measure("response-times")
    read = read_records(form_of(rows), measure)
    assert not read.refused
    assert read.records[0].numbers["taken"] == Decimal("7.5")
    outcome = count_records(read.records, measure, day=dt.date(2023, 2, 28))
    (within,) = (c for c in outcome.counted if c.output == "within")
    assert (within.points[0].numerator, within.points[0].denominator) == (1, 2)


def test_a_list_without_its_columns_is_refused() -> None:
    with pytest.raises(PlainError, match="no column “Date” or"):
        read_records(form_of([["Grade", "Minutes"], ["Grade 2", "3"]]), find_measure("response-times"))
    with pytest.raises(PlainError, match="no rows to count"):
        read_records(form_of([]), find_measure("response-times"))


def plan_with(measure: str) -> Plan:
    indicator = Indicator(
        code="4C.5",
        name="Urban",
        theme="4C",
        aim="monitor",
        polarity="higher-is-better",
        unit="percentage",
        measure=measure,
    )
    calder = AreaOfPlan(slug="calder", name="Calder", level="command", aliases=("Calder Division",))
    return Plan(slug="p", name="P", body="", force="", areas=(calder,), indicators=(indicator,))


def test_the_figures_of_a_list_become_the_series_of_a_plan() -> None:
    measure = find_measure("response-times")
    read = read_records(form_of(rows_of(measure.example)), measure)
    outcome = count_records(read.records, measure, day=latest_day(read.records))
    claimed = claim_series(outcome, measure, plan_with("response-times/within:emergency-urban"))
    assert {(s.key.code, s.key.area) for s in claimed.series} == {("4C.5", "force"), ("4C.5", "calder")}
    assert claimed.unplaced == ("Vale",)
    with pytest.raises(PlainError, match="none of what the plan"):
        claim_series(outcome, measure, plan_with("response-times/within:by-helicopter"))
    with pytest.raises(PlainError, match="No indicator of the plan"):
        claim_series(outcome, measure, plan_with("staffing"))


def faulty(**changes: object) -> list[str]:
    measure: Measure = replace(find_measure("response-times"), **changes)  # type: ignore[arg-type]
    return find_faults(measure)


def test_faults_of_a_measure_are_told() -> None:
    measure = find_measure("response-times")
    assert find_faults(measure) == []
    assert "none of" in faulty(kind="magic")[0]
    assert faulty(limits=()) == ["name at least one standard under limits"]
    assert "same day" in faulty(limits=(measure.limits[0], measure.limits[0]))[0]
    assert faulty(outputs=()) == ["name at least one output"]
    assert "needs a field when" in faulty(fields={k: v for k, v in measure.fields.items() if k != "when"})[0]
