"""Is every fault in how an indicator is counted from the records said in plain words?"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from tests.performance.records.records_samples import (
    AREAS,
    BODIES,
    BURGLARY,
    CRIME,
    PLAN,
    indicator,
    known,
    make_definitions,
    make_plan,
)

from bluelamp.lib.definitions import SHIPPED
from bluelamp.performance.cubes.cube_plan import Operator, Total
from bluelamp.performance.cubes.record_measures import Condition, Counted
from bluelamp.performance.plan_faults import Known, find_plan_faults
from bluelamp.performance.plan_files import read_plan_file
from bluelamp.performance.plan_shape import Severity
from bluelamp.performance.plans import AreaOfPlan, Plan
from bluelamp.performance.records_source import AreaInRecords, RecordsSource

pytestmark = pytest.mark.no_database
OF = Counted(name="All")


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("definitions")
    overlaps = "code,area,overlaps\nE0,Market,yes\nE0,Station,\n"
    csp = "code,area\nE0,North\nE1,South\nE2,Middle\n"
    return make_definitions(folder, {"csp": csp, "priority": overlaps, "broken": "nothing\n"})


def faults(plan: Plan, definitions: Path, severity: Severity = Severity.FAULT) -> list[str]:
    found = find_plan_faults(plan, Known(bodies=BODIES, records=known(definitions)))
    return [each.sentence for each in found if each.severity is severity]


def test_a_plan_that_can_be_counted_has_no_fault(definitions: Path) -> None:
    assert faults(PLAN, definitions) == []


def condition(**said: Any) -> Condition:
    return Condition(**{"column": "crime_type", "operator": Operator.KNOWN} | said)


@pytest.mark.parametrize(
    ("unit", "source", "words"),
    [
        ("count", {}, "it names no measure and no kind of records: “records: street-crime” would do"),
        ("count", {"measure": "street-crim"}, "there is no measure “street-crim”; did you mean “street-crime”?"),
        ("count", {"measure": "xyz"}, "there is no measure “xyz”; there are stop-search, "),
        ("count", {"measure": "street-crime", "kind": "street"}, "it names a measure and says “kind” too"),
        (
            "percentage",
            {"measure": "stop-search-find-rate"},
            "has several outputs: name one, as stop-search-find-rate/",
        ),
        (
            "percentage",
            {"measure": "stop-search-find-rate/of-some"},
            "has no output “of-some”; there are of-known, of-all",
        ),
        ("count", {"kind": "streets"}, "there are no records of the kind “streets”; did you mean “street”?"),
        (
            "count",
            {"kind": "street", "filter": (condition(column="crimetype"),)},
            "street records have no column “crimetype”; did you mean “crime_type”?",
        ),
        ("count", {"kind": "street", "filter": (condition(operator=Operator.ANY_OF),)}, "does not take 0 values"),
        (
            "count",
            {
                "kind": "stop-and-search",
                "filter": (condition(column="outcome_linked", operator=Operator.ANY_OF, values=("maybe",)),),
            },
            "“maybe” is nothing that a column of the kind boolean can say",
        ),
        (
            "money",
            {"kind": "street", "numerator": Counted(name="Sum", total=Total.SUM, column="crime_type")},
            "only columns of whole or decimal numbers are added up",
        ),
        (
            "money",
            {"kind": "street", "numerator": Counted(name="Sum", total=Total.SUM, column="loss")},
            "street records have no column “loss”",
        ),
        (
            "count",
            {"kind": "street", "date_field": "outcome"},
            "street records belong to months by month, as the mapping of their list says, and not by “outcome”",
        ),
        (
            "count",
            {"measure": "street-crime", "area_levels": ("cps",)},
            "no areas of the level “cps”; did you mean “csp”?",
        ),
        (
            "count",
            {"measure": "street-crime", "area_levels": ("borough",)},
            "no areas of the level “borough”: it is a column",
        ),
        (
            "percentage",
            {"measure": "street-crime"},
            "it is a percentage, and street-crime/number is without a denominator",
        ),
        ("mean", {"kind": "street"}, "it is a mean, and its definition is without a denominator"),
        (
            "count",
            {"measure": "stop-search-find-rate/of-all"},
            "it is a count, and stop-search-find-rate/of-all is with a denominator",
        ),
        ("rate", {"kind": "street", "denominator": OF}, "it is a rate per people of the plan’s areas"),
    ],
)
def test_a_fault_is_said(unit: str, source: dict[str, Any], words: str, definitions: Path) -> None:
    plan = make_plan(indicator("X", unit, per=1_000 if unit == "rate" else 0, **source))
    found = faults(plan, definitions)
    assert any(each.startswith("indicator X, records: ") and words in each for each in found), found


def test_maturity_is_no_less_than_none(definitions: Path) -> None:
    wrong = dataclasses.replace(CRIME, records=RecordsSource(measure="street-crime", maturity_months=-1))
    assert "indicator A1, records: maturity_months cannot be negative." in faults(make_plan(wrong), definitions)


def test_a_rate_needs_people(definitions: Path) -> None:
    wanted = indicator("X", "rate", per=1_000, measure="street-crime")
    assert faults(make_plan(wanted), definitions) == []
    nobody = [dataclasses.replace(area, population=None) for area in AREAS]
    assert "it is a rate without a denominator" in faults(make_plan(wanted, areas=nobody), definitions)[0]


@pytest.mark.parametrize(
    ("records", "words"),
    [
        ([("csq", ("North",))], "there is no level of areas “csq”; did you mean “csp”?"),
        ([("csp", ("Nort",))], "the lookup csp has no area “Nort”; did you mean “North”?"),
        ([("csp", ())], "no area of the level csp is named"),
        ([("csp", ("North",)), ("csp", ("South",))], "the level csp stands there twice"),
        ([("priority", ("Market", "Station"))], "overlap, so that a record would count twice"),
        ([("broken", ("North",))], "broken.csv needs the columns code and area"),
    ],
)
def test_a_fault_of_an_area_is_said(
    records: list[tuple[str, tuple[str, ...]]], words: str, definitions: Path
) -> None:
    named = tuple(AreaInRecords(level=level, areas=areas) for level, areas in records)
    plan = make_plan(CRIME, areas=[AREAS[0], AreaOfPlan(slug="n", name="N", level="command", records=named)])
    found = faults(plan, definitions)
    assert any(each.startswith("area n, records ") and words in each for each in found), found


def test_a_level_that_nothing_is_counted_by_is_advice(definitions: Path) -> None:
    area = AreaOfPlan(
        slug="n", name="N", level="command", records=(AreaInRecords(level="priority", areas=("Market",)),)
    )
    plan = make_plan(CRIME, areas=[AREAS[0], area])
    assert any(
        "no indicator is counted by the level priority" in each
        for each in faults(plan, definitions, Severity.ADVICE)
    )


# -- as a file ------------------------------------------------------------------------------------------------

WRITTEN = """
slug: written
name: A plan
body: ""
force: ""
themes: [{code: "1", name: One}]
areas:
  - {slug: north, name: North, level: command, records: [{level: csp, areas: [North, Middle]}]}
indicators:
  - {code: A, name: Crime, theme: "1", aim: monitor, polarity: neither, unit: count, records: street-crime}
  - code: B
    name: Ended
    theme: "1"
    aim: monitor
    polarity: neither
    unit: percentage
    records:
      kind: street
      filter: [{column: crime_type, operator: any-of, values: [Burglary]}]
      numerator: {name: Ended, where: [{column: outcome, operator: known}]}
      denominator: {name: All}
      area_levels: [csp]
      maturity_months: 6
"""


def read(tmp_path: Path, text: str) -> tuple[Plan | None, list[str]]:
    path = tmp_path / "written.yaml"
    path.write_text(text, encoding="utf-8")
    found = read_plan_file(path)
    return found.plan, [each.sentence for each in found.faults]


def test_a_plan_is_read_as_it_is_written(tmp_path: Path) -> None:
    plan, found = read(tmp_path, WRITTEN)
    assert found == []
    assert plan is not None
    assert plan.indicators[0].records == RecordsSource(measure="street-crime")
    assert plan.indicators[1].records == RecordsSource(
        kind="street",
        filter=(BURGLARY,),
        numerator=Counted(name="Ended", where=(Condition(column="outcome", operator=Operator.KNOWN),)),
        denominator=Counted(name="All"),
        area_levels=("csp",),
        maturity_months=6,
    )
    assert plan.areas[0].records == (AreaInRecords(level="csp", areas=("North", "Middle")),)
    assert plan.indicators[1].records.words == (
        "records of the kind street; counted: Ended; of: All; only where crime type is Burglary;"
        " for the force and by csp"
    )


@pytest.mark.parametrize(
    ("line", "instead", "words"),
    [
        ("      kind: street", "      sort: street", "indicator B, records: there is no field “sort”"),
        (
            "operator: any-of",
            "operator: anyof",
            "indicator B, records, condition 1: the operator “anyof” is none of any-of,",
        ),
        ("values: [Burglary]", "values: [[Burglary]]", "entry 1 of “values” must be one word"),
        ("{name: All}", "{total: count}", "indicator B, records, denominator: the field “name” is missing"),
        ("      maturity_months: 6", "      maturity_months: six", "“maturity_months” must be a whole number"),
        (
            "level: csp, areas: [North, Middle]",
            "level: csp",
            "area north, records 1: the field “areas” is missing",
        ),
        (
            "records: street-crime",
            "records: [street-crime]",
            "indicator A, records: it must be fields with their values",
        ),
        (
            "numerator: {name: Ended, where",
            "numerator: {name: Ended, were",
            "indicator B, records, numerator: there is no field “were”",
        ),
    ],
)
def test_a_plan_that_is_written_wrongly(tmp_path: Path, line: str, instead: str, words: str) -> None:
    assert line in WRITTEN
    plan, found = read(tmp_path, WRITTEN.replace(line, instead))
    assert plan is None
    assert any(words in each for each in found), found


def test_shipped_plans_are_counted_by_what_there_is(tmp_path: Path) -> None:
    for folder in (SHIPPED / "plans", SHIPPED / "examples" / "plans"):
        for path in sorted(folder.glob("*.yaml")):
            plan = read_plan_file(path).plan
            assert plan is not None
            definitions = SHIPPED / "examples" if "examples" in path.parts else tmp_path
            found = find_plan_faults(plan, Known(bodies=BODIES, records=known(definitions)))
            assert [each.sentence for each in found if ", records" in each.place] == []
