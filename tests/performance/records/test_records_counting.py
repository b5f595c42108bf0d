"""Are an indicator's figures those that somebody counts by hand from the same records?"""

from __future__ import annotations

import dataclasses
import datetime as dt
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.performance.records.records_samples import (
    AREAS,
    CRIME,
    CSP,
    FORCE,
    PLAN,
    RATE,
    SHARE,
    Record,
    count,
    indicator,
    load_records,
    make_definitions,
    make_plan,
    said,
)

from bluelamp.figures.months import Month
from bluelamp.lib.errors import PlainError
from bluelamp.performance.cubes.cube_plan import Operator
from bluelamp.performance.cubes.record_measures import Condition, Counted
from bluelamp.performance.plans import AreaOfPlan
from bluelamp.performance.records_counting import find_counted
from bluelamp.performance.records_source import AreaInRecords
from bluelamp.performance.warehouse.manifest import Warehouse
from bluelamp.performance.warehouse.sight import RecordsViewer

pytestmark = pytest.mark.no_database
MONTHS = ("2025-01", "2025-02", "2025-03", "2025-04")
KNOWN = dt.date(2025, 4, 30)
AREA_OF = {  # area of the plan, code, months: what CSP and AREAS say, written out
    "north": {"E0": MONTHS, "E1": MONTHS, "E2": MONTHS},
    "south": {"E3": MONTHS[:2], "E4": MONTHS},
    "the-quay": {"E5": MONTHS[2:]},
}


def by_hand(records: list[Record], lists: set[tuple[str, str]]) -> dict[str, dict[tuple[str, str], str]]:
    """The slow twin: for each indicator, by area and month, one record after another."""
    found: dict[str, dict[tuple[str, str], str]] = {"A1": {}, "A2": {}, "A3": {}}
    mine = sorted(month for month, force in lists if force == FORCE)
    for month in MONTHS:
        if not mine or month < mine[0]:
            continue
        if (month, FORCE) not in lists:
            if any(other == month for other, _ in lists):
                for code, cells in found.items():
                    for area in ("force", *(AREA_OF if code != "A3" else ())):
                        cells[area, month] = "not-published"
            continue
        here = [each for each in records if each[0] == month and each[1] == FORCE]
        for area in ("force", *AREA_OF):
            if area != "force" and not any(month in months for months in AREA_OF[area].values()):
                found["A1"][area, month] = found["A2"][area, month] = "not-applicable"
                continue
            rows = [each for each in here if area == "force" or month in AREA_OF[area].get(each[4], ())]
            found["A1"][area, month] = str(len(rows))
            burglaries = [each for each in rows if each[2] == "Burglary"]
            ended = [each for each in burglaries if each[3] != "Under investigation"]
            young = " p" if month in ("2025-03", "2025-04") else ""
            if burglaries:
                share = Decimal(len(ended)) * 100 / Decimal(len(burglaries))
                found["A2"][area, month] = f"{share.normalize():f}{young}"
            else:
                found["A2"][area, month] = "not-applicable"
        found["A3"]["force", month] = f"{(Decimal(len(here)) / 50_000 * 1_000).normalize():f}"
    return found


RECORDS = st.lists(
    st.tuples(
        st.sampled_from(MONTHS),
        st.sampled_from((FORCE, "wye")),
        st.sampled_from(("Burglary", "Drugs")),
        st.sampled_from(("Under investigation", "Local resolution", "")),
        st.sampled_from(("E0", "E2", "E3", "E4", "E5", "E9", "")),
    ),
    max_size=60,
)
LISTS = st.sets(st.tuples(st.sampled_from(MONTHS), st.sampled_from((FORCE, "wye"))), max_size=8)


@given(records=RECORDS, lists=LISTS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_counted_is_what_is_counted_by_hand(records: list[Record], lists: set[tuple[str, str]]) -> None:
    lists = lists | {(each[0], each[1]) for each in records} | {("2025-04", FORCE)}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        definitions = make_definitions(folder / "definitions")
        warehouse = Warehouse(folder / "warehouse")
        load_records(warehouse, folder, records, sorted(lists), known_on=KNOWN)
        expected = by_hand(records, lists)
        for each in (CRIME, SHARE, RATE):
            assert said(count(warehouse, definitions, each)) == expected[each.code]


@pytest.fixture
def definitions(tmp_path: Path) -> Path:
    return make_definitions(tmp_path / "definitions")


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "warehouse")


def row(month: str, force: str = FORCE, crime: str = "Burglary", outcome: str = "", code: str = "E0") -> Record:
    return month, force, crime, outcome, code


def test_a_month_that_was_not_published_is_not_zero(
    tmp_path: Path, warehouse: Warehouse, definitions: Path
) -> None:
    load_records(warehouse, tmp_path, [row("2025-01"), row("2025-02", "wye"), row("2025-03")])
    counted = count(warehouse, definitions, RATE)
    assert said(counted) == {
        ("force", "2025-01"): "0.02",
        ("force", "2025-02"): "not-published",
        ("force", "2025-03"): "0.02",
    }
    assert "A3: not published, and so not counted as none: February 2025." in counted.told


def test_a_month_that_nobody_loaded_gives_no_figure(
    tmp_path: Path, warehouse: Warehouse, definitions: Path
) -> None:
    load_records(warehouse, tmp_path, [row("2025-01"), row("2025-03")])
    assert set(said(count(warehouse, definitions, RATE))) == {("force", "2025-01"), ("force", "2025-03")}


def test_a_month_that_was_not_over_is_left_out(tmp_path: Path, warehouse: Warehouse, definitions: Path) -> None:
    load_records(warehouse, tmp_path, [row("2025-01"), row("2025-02")], known_on=dt.date(2025, 2, 27))
    counted = count(warehouse, definitions, RATE)
    assert set(said(counted)) == {("force", "2025-01")}
    assert any("was not over on the day" in each and "February 2025" in each for each in counted.told)


def test_months_still_ripening_are_provisional_until_their_records_are_old_enough(
    tmp_path: Path, warehouse: Warehouse, definitions: Path
) -> None:
    records = [row("2025-01", outcome="Local resolution"), row("2025-02", outcome="Local resolution")]
    load_records(warehouse, tmp_path, records, name="one.zip", known_on=dt.date(2025, 3, 31))
    counted = count(warehouse, definitions, SHARE)
    force = {month: value for (area, month), value in said(counted).items() if area == "force"}
    assert force == {"2025-01": "100", "2025-02": "100 p"}
    assert any("February 2025 is provisional, and not yet comparable" in each for each in counted.told)
    load_records(warehouse, tmp_path, records, name="two.zip", known_on=dt.date(2025, 4, 30))
    assert "100 p" not in said(count(warehouse, definitions, SHARE)).values()
    later = dataclasses.replace(SHARE, maturity_months=4)
    assert said(count(warehouse, definitions, later))["force", "2025-01"] == "100 p"


def test_only_the_months_that_were_asked_for(tmp_path: Path, warehouse: Warehouse, definitions: Path) -> None:
    load_records(warehouse, tmp_path, [row(month) for month in MONTHS])
    counted = count(warehouse, definitions, RATE, first=Month(2025, 2), last=Month(2025, 3))
    assert {month for _, month in said(counted)} == {"2025-02", "2025-03"}


def test_areas_by_a_column_of_the_records(tmp_path: Path, warehouse: Warehouse, definitions: Path) -> None:
    load_records(
        warehouse, tmp_path, [row("2025-01"), row("2025-01", crime="Drugs"), row("2025-01", crime="Drugs")]
    )
    areas = (
        AREAS[0],
        AreaOfPlan(slug="drugs", name="Drugs", level="team"),
        AreaOfPlan(
            slug="rest",
            name="Rest",
            level="team",
            records=(AreaInRecords(level="crime-type", areas=("Burglary",)),),
        ),
    )
    by_type = indicator("B", measure="street-crime", area_levels=("crime-type",))
    found = said(count(warehouse, definitions, by_type, plan=make_plan(by_type, areas=areas)))
    assert found == {("force", "2025-01"): "3", ("drugs", "2025-01"): "2", ("rest", "2025-01"): "1"}


def test_priority_areas_may_overlap_but_are_not_added_up(tmp_path: Path, warehouse: Warehouse) -> None:
    lists = "code,area,overlaps\nE0,Market,yes\nE0,Station,\nE1,Station,\n"
    definitions = make_definitions(tmp_path / "definitions", {"priority": lists})
    load_records(warehouse, tmp_path, [row("2025-01", code="E0"), row("2025-01", code="E1")])
    wanted = indicator("P", measure="street-crime", area_levels=("priority",))
    areas = [AREAS[0], *(AreaOfPlan(slug=name, name=name, level="team") for name in ("market", "station"))]
    found = said(count(warehouse, definitions, wanted, plan=make_plan(wanted, areas=areas)))
    assert found == {("force", "2025-01"): "2", ("market", "2025-01"): "1", ("station", "2025-01"): "2"}
    both = AreaOfPlan(
        slug="both",
        name="Both",
        level="team",
        records=(AreaInRecords(level="priority", areas=("Market", "Station")),),
    )
    with pytest.raises(PlainError, match="would count twice"):
        count(warehouse, definitions, wanted, plan=make_plan(wanted, areas=[AREAS[0], both]))


def test_what_lies_in_no_area_and_what_has_no_counterpart_is_told(
    tmp_path: Path, warehouse: Warehouse, definitions: Path
) -> None:
    load_records(warehouse, tmp_path, [row("2025-01", code=""), row("2025-01", code="E9"), row("2025-01")])
    told = count(warehouse, definitions, CRIME).told
    assert "A1: 2 of 3 that were counted lie in no area of the level csp." in told
    assert "A1: Not counted by csp, because nothing there has their name: East." in told


def test_a_force_of_several_is_there_only_where_all_are(
    tmp_path: Path, warehouse: Warehouse, definitions: Path
) -> None:
    records = [row("2025-01"), row("2025-01", "wye"), row("2025-02"), row("2025-03"), row("2025-03", "wye")]
    load_records(warehouse, tmp_path, records)
    force = AreaOfPlan(
        slug="force", name="Both", level="force", records=(AreaInRecords(level="force", areas=(FORCE, "wye")),)
    )
    wye = AreaOfPlan(slug="w", name="W", level="command", records=(AreaInRecords(level="force", areas=("wye",)),))
    total = indicator("T", measure="street-crime")
    found = said(count(warehouse, definitions, total, plan=make_plan(total, areas=[force, wye])))
    assert found == {
        ("force", "2025-01"): "2",
        ("force", "2025-02"): "not-published",
        ("force", "2025-03"): "2",
        ("w", "2025-01"): "1",
        ("w", "2025-02"): "not-published",
        ("w", "2025-03"): "1",
    }


def test_another_organisations_records_are_not_counted(
    tmp_path: Path, warehouse: Warehouse, definitions: Path
) -> None:
    load_records(warehouse, tmp_path, [row("2025-01")], organisation="CVP")
    assert count(warehouse, definitions, RATE, viewer=RecordsViewer("CVP")).points
    with pytest.raises(PlainError, match="none are loaded"):
        count(warehouse, definitions, RATE, viewer=RecordsViewer("WYE"))


def test_a_force_that_cannot_be_told_is_asked_for(tmp_path: Path, warehouse: Warehouse, definitions: Path) -> None:
    load_records(warehouse, tmp_path, [row("2025-01", "esk"), row("2025-01", "wye")])
    with pytest.raises(
        PlainError, match=r"Calder Vale Police.*those of esk, wye: write in the plan.*areas: \[esk\]"
    ):
        count(warehouse, definitions, RATE)


def test_a_share_above_all_is_refused(tmp_path: Path, warehouse: Warehouse, definitions: Path) -> None:
    load_records(warehouse, tmp_path, [row("2025-01"), row("2025-01", crime="Drugs")])
    wrong = indicator(
        "W",
        "percentage",
        kind="street",
        numerator=Counted(name="All"),
        denominator=Counted(
            name="Drugs", where=(Condition(column="crime_type", operator=Operator.ANY_OF, values=("Drugs",)),)
        ),
    )
    with pytest.raises(PlainError, match="2 of 1 is no share"):
        count(warehouse, definitions, wrong, plan=make_plan(wrong))


def test_a_fault_of_the_definition_stops_the_count(warehouse: Warehouse, definitions: Path) -> None:
    wrong = indicator("W", measure="street-crimes")
    with pytest.raises(
        PlainError, match=r"indicator W, records: there is no measure .*did you mean .street-crime"
    ):
        count(warehouse, definitions, wrong, plan=make_plan(wrong))


def test_only_indicators_that_say_how_are_counted() -> None:
    none = dataclasses.replace(CRIME, code="Z", records=None)
    plan = make_plan(CRIME, none)
    assert find_counted(plan, ()) == [CRIME]
    assert find_counted(PLAN, ("A3", "A3")) == [RATE]
    for codes, words in ((("Z",), "does not say how"), (("Q",), "has no indicator Q")):
        with pytest.raises(PlainError, match=words):
            find_counted(plan, codes)
    with pytest.raises(PlainError, match="No indicator"):
        find_counted(make_plan(none), ())


def test_the_lookup_of_the_samples_says_what_the_twin_says() -> None:
    assert CSP.count("\n") == 7
    assert sum(len(codes) for codes in AREA_OF.values()) == 6
