"""Is every figure of a measure what a slow reader of the rows would say, and none known that was not published?"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.performance.cubes.reference_cubes import Row, cover, make_records, make_row

from bluelamp.figures.intervals import count_interval, proportion_interval
from bluelamp.figures.months import Month, Span, months_between
from bluelamp.performance.cubes.asking import read_asked
from bluelamp.performance.cubes.cells import cells_to_wire, measure_to_wire, say_row
from bluelamp.performance.cubes.cube_plan import Operator, Total
from bluelamp.performance.cubes.engine_duckdb import DuckDbEngine
from bluelamp.performance.cubes.measuring import Measured, measure_records
from bluelamp.performance.cubes.record_measures import Condition, Counted, Output, RecordMeasure
from bluelamp.performance.warehouse.connection import EngineLimits
from bluelamp.performance.warehouse.coverage import Covered, Presence
from bluelamp.performance.warehouse.mappings import ColumnKind

pytestmark = pytest.mark.no_database
ENGINE = DuckDbEngine(EngineLimits(memory="300MB", threads=1))
FIRST, LAST = Month(2024, 1), Month(2025, 3)
FORCES = ("calder-vale", "moorland")
COLUMNS = {
    "force": ColumnKind.TEXT,
    "month": ColumnKind.MONTH,
    "crime_type": ColumnKind.CATEGORY,
    "lsoa_code": ColumnKind.AREA,
    "outcome_linked": ColumnKind.BOOLEAN,
    "victims": ColumnKind.COUNT,
    "loss": ColumnKind.DECIMAL,
}
LINKED = Condition(column="outcome_linked", operator=Operator.ANY_OF, values=(True,))
FOUND = RecordMeasure(
    slug="found",
    name="Found",
    kind="street",
    maturity_months=3,
    tallies={
        "found": Counted(name="It was found", where=(LINKED,)),
        "said": Counted(name="It is said", where=(Condition(column="outcome_linked", operator=Operator.KNOWN),)),
        "all": Counted(name="All"),
    },
    outputs=(
        Output(slug="of-known", name="Of known", numerator="found", denominator="said", unit="percentage"),
        Output(slug="of-all", name="Of all", numerator="found", denominator="all", unit="percentage"),
        Output(slug="number", name="Number", numerator="all"),
    ),
)


def ask(
    records: Sequence[Row], covered: Sequence[Covered], by: str, window: str = "month", **said: Any
) -> Measured:
    asked = read_asked(
        by=by, window=window, first="", last="", only=said.pop("only", ()), columns=COLUMNS, levels=()
    )
    with tempfile.TemporaryDirectory() as folder:
        opened = make_records(Path(folder), records, covered)
        return measure_records(FOUND, asked, opened, engine=ENGINE, columns=COLUMNS, lookups={}, **said)


def cells_of(measured: Measured, output: str) -> dict[tuple[Any, ...], dict[str, Any]]:
    return {tuple(cell["keys"].values()): cell for cell in cells_to_wire(measured) if cell["output"] == output}


@st.composite
def archives(draw: st.DrawFn) -> tuple[list[Row], list[Covered]]:
    """Force-months that were published, some of them empty, and some that were not; records of the first only."""
    covered, rows = [], []
    for force in FORCES:
        for month in months_between(FIRST, LAST):
            published = draw(st.sampled_from([True, True, True, True, True, True, False]))
            number = draw(st.integers(0, 2)) if published else None
            covered.append(cover(force, month, number, dt.date(2025, 3, 31)))
            for _ in range(number or 0):
                linked = draw(st.sampled_from([None, True, False]))
                kind = draw(st.sampled_from(["Burglary", "Robbery", None]))
                area = draw(st.sampled_from(["E1", "E2"]))
                rows.append(
                    make_row(
                        force=force, month=month.first, outcome_linked=linked, crime_type=kind, lsoa_code=area
                    )
                )
    return rows, covered


def slow(
    rows: Sequence[Row], covered: Sequence[Covered], by: list[str], months: int, place: tuple[Any, ...]
) -> dict[str, Any]:
    """One cell: what counts in it, and whether all of it was published."""
    said = dict(zip(by, place, strict=True))
    last = Month.parse(said["month"]) if "month" in said else LAST
    window = set(months_between(last.plus(1 - months), last))
    forces = [said["force"]] if "force" in said else FORCES
    here = [each for each in covered if each.force in forces and each.month in window]
    present = sum(each.presence is Presence.PRESENT for each in here)
    complete = present == len(forces) * months
    kept = [row for row in rows if Month.of(row["month"]) in window and row["force"] in forces]
    if "crime-type" in said:
        kept = [row for row in kept if row["crime_type"] == said["crime-type"]]
    if "lsoa-code" in said:
        kept = [row for row in kept if row["lsoa_code"] == said["lsoa-code"]]
    return {
        "state": "complete" if complete else "partial" if present else "absent",
        "found": sum(row["outcome_linked"] is True for row in kept),
        "said": sum(row["outcome_linked"] is not None for row in kept),
        "all": len(kept),
        "comparable": all(
            each.known_on is None or Month.of(each.known_on).index - each.month.index >= 3 for each in here
        ),
    }


BYS = (
    "force,month",
    "month",
    "force,month,crime-type",
    "month,force",
    "force",
    "",
    "crime-type",
    "month,lsoa-code",
)


@settings(max_examples=100, deadline=None)
@given(archives(), st.sampled_from(BYS), st.sampled_from(["month", "12-months"]))
def test_every_cell_is_what_the_rows_and_the_coverage_say(
    archive: tuple[list[Row], list[Covered]], by: str, window: str
) -> None:
    rows, covered = archive
    keys = [key for key in by.split(",") if key]
    if "month" not in keys:
        window = "month"
    measured = ask(rows, covered, by, window)
    whole = Span(window).months if "month" in keys else LAST.index - FIRST.index + 1
    for output, denominator in (("of-known", "said"), ("of-all", "all"), ("number", "")):
        cells = cells_of(measured, output)
        for place, cell in cells.items():
            expected = slow(rows, covered, keys, whole, place)
            assert cell["coverage"]["state"] == expected["state"]
            assert cell["coverage"]["comparable"] == expected["comparable"]
            if expected["state"] != "complete":
                assert (cell["numerator"], cell["denominator"], cell["value"], cell["interval"]) == (None,) * 4
                assert cell["coverage"]["absent"]
                continue
            top = expected["found"] if denominator else expected["all"]
            assert cell["numerator"] == top
            if not denominator:
                assert cell["value"] == top
                interval = count_interval(top)
                assert cell["interval"]["low"] == pytest.approx(interval.low)
                continue
            assert cell["denominator"] == expected[denominator]
            share = proportion_interval(top, expected[denominator], multiplier=100)
            if expected[denominator] == 0:
                assert cell["value"] is None
                assert cell["interval"] is None
            else:
                assert cell["value"] == pytest.approx(share.value)
                assert cell["interval"]["low"] == pytest.approx(share.low)
                assert cell["interval"]["high"] == pytest.approx(share.high)
        check_listed(cells, rows, keys, whole)


def check_listed(cells: dict[tuple[Any, ...], Any], rows: Sequence[Row], keys: list[str], months: int) -> None:
    """Every force and every whole window is listed, and of categories those that there are."""
    ends = [str(month) for month in months_between(FIRST.plus(months - 1), LAST)]
    every: list[list[Any]] = []
    for key in keys:
        if key == "month":
            every.append(ends)
        elif key == "force":
            every.append(list(FORCES))
        elif key == "crime-type":
            every.append(sorted({row["crime_type"] for row in rows}, key=str))
        else:
            return  # areas are listed only where they have records
    listed: list[tuple[Any, ...]] = [()]
    for values in every:
        listed = [(*place, value) for place in listed for value in values]
    assert set(cells) == set(listed)


def test_a_month_that_was_not_published_is_not_zero_and_one_without_records_is(tmp_path: Path) -> None:
    covered = [cover("moorland", Month(2024, number), rows) for number, rows in ((1, 1), (2, None), (3, 0))]
    cells = cells_of(ask([make_row(force="moorland")], covered, "force,month"), "number")
    assert [cell["numerator"] for cell in cells.values()] == [1, None, 0]
    missing = {"force": "moorland", "month": "2024-02", "presence": "absent"}
    assert cells["moorland", "2024-02"]["coverage"]["absent"] == [missing]


def test_a_total_with_an_absent_force_is_unknown_but_says_what_it_counted() -> None:
    covered = [cover("calder-vale", FIRST, 1), cover("moorland", FIRST, None)]
    cells = cells_of(ask([make_row()], covered, "month"), "number")
    cell = cells["2024-01",]
    assert cell["value"] is None
    assert cell["coverage"]["counted"] == {"numerator": 1, "denominator": None}


def test_a_window_that_ends_before_twelve_months_are_there_is_not_listed() -> None:
    covered = [cover("calder-vale", month, 1) for month in months_between(FIRST, Month(2024, 11))]
    assert not len(ask([make_row()], covered, "month", "12-months"))


def test_windows_of_small_areas_end_with_the_last_month() -> None:
    """They roll in the engine, which also counts windows that end later, with months that nobody has."""
    months = list(months_between(FIRST, LAST))
    measured = ask(
        [make_row(month=month.first) for month in months],
        [cover("calder-vale", month, 1) for month in months],
        "month,lsoa-code",
        "12-months",
    )
    found = {place: cell["value"] for place, cell in cells_of(measured, "number").items()}
    assert found == {(str(Month(2024, 12).plus(later)), "E1"): 12 for later in range(4)}


def test_sums_least_and_most_roll_like_counts(tmp_path: Path) -> None:
    measure = RecordMeasure(
        slug="loss",
        name="Loss",
        kind="street",
        tallies={
            "total": Counted(name="Loss", total=Total.SUM, column="loss"),
            "least": Counted(name="Least", total=Total.LEAST, column="victims"),
        },
        outputs=(
            Output(slug="total", name="Loss", numerator="total", unit="number"),
            Output(slug="least", name="Least", numerator="least", unit="number"),
        ),
    )
    months = list(months_between(FIRST, Month(2025, 1)))
    rows = [make_row(month=month.first, victims=nth) for nth, month in enumerate(months) if nth != 1]
    asked = read_asked(by="month", window="12-months", first="", last="", only=(), columns=COLUMNS, levels=())
    opened = make_records(tmp_path, rows, [cover("calder-vale", month, 1) for month in months])
    measured = measure_records(measure, asked, opened, engine=ENGINE, columns=COLUMNS, lookups={})
    assert [float(cell["value"]) for cell in cells_to_wire(measured)] == [16.5, 0, 16.5, 2]


def test_what_is_printed_names_the_denominator_and_the_doubt() -> None:
    known_on = dt.date(2024, 2, 28)
    covered = [cover("calder-vale", FIRST, 3, known_on), cover("calder-vale", FIRST.plus(1), None)]
    rows = [make_row(outcome_linked=True), make_row(outcome_linked=False), make_row()]
    measured = ask(rows, covered, "month")
    known, every, number = measured.figures
    assert say_row(measured, known, 0) == ("2024-01", "1", "2", "50.0% (9.5 to 90.5)", "not yet comparable")
    assert say_row(measured, every, 0)[2:4] == ("3", "33.3% (6.1 to 79.2)")
    assert say_row(measured, number, 1) == ("2024-02", "", "unknown: without calder-vale Feb 2024 (absent)")
    wire = measure_to_wire(measured)
    assert wire["schema"] == "bluelamp.measure/1"
    assert [each["denominator"] for each in wire["outputs"]] == ["It is said", "All", None]


def test_only_some_records_are_counted() -> None:
    covered = [cover("calder-vale", FIRST, 2)]
    rows = [make_row(crime_type="Robbery"), make_row(crime_type=None)]
    measured = ask(rows, covered, "crime-type", only=["crime-type=Robbery"])
    assert list(cells_of(measured, "number")) == [("Robbery",)]
