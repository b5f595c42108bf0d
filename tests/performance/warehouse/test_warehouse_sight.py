"""Are records that belong to an organisation counted by its own people only?"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.performance.warehouse.warehouse_samples import load, make_zip, street_files

from bluelamp.lib.errors import PlainError
from bluelamp.performance.cubes.asking import read_asked
from bluelamp.performance.cubes.cells import cells_to_wire
from bluelamp.performance.cubes.engine_duckdb import DuckDbEngine
from bluelamp.performance.cubes.measuring import measure_records
from bluelamp.performance.cubes.opening import open_asked
from bluelamp.performance.cubes.record_measures import columns_of, load_record_measures
from bluelamp.performance.warehouse.connection import EngineLimits
from bluelamp.performance.warehouse.manifest import Warehouse
from bluelamp.performance.warehouse.mappings import load_mappings
from bluelamp.performance.warehouse.opening import connect, open_records
from bluelamp.performance.warehouse.sight import OPERATOR, RecordsViewer, see_manifest

pytestmark = pytest.mark.no_database
LIMITS = EngineLimits(memory="300MB", threads=1)
NOBODYS, WYE = RecordsViewer(), RecordsViewer(organisation="WYE")


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """Everybody's list of esk, and one of wye that is its own in one of two months."""
    made = Warehouse(tmp_path / "warehouse")
    load(made, make_zip(tmp_path / "1.zip", street_files(["2025-01", "2025-02"], ["esk", "wye"])))
    own = street_files(["2025-02"], ["wye"], rows=40, salt=9)
    load(made, make_zip(tmp_path / "2.zip", own), organisation="WYE")
    return made


def count(warehouse: Warehouse, viewer: RecordsViewer, by: str = "month") -> dict[tuple[str, ...], int]:
    mappings = load_mappings()
    measure = load_record_measures(mappings)["street-crime"]
    columns = columns_of(measure.kind, mappings)
    asked = read_asked(by=by, window="month", first="", last="", only=(), columns=columns, levels=())
    records = open_asked(warehouse, measure, asked, viewer=viewer)
    found = measure_records(measure, asked, records, engine=DuckDbEngine(LIMITS), columns=columns, lookups={})
    return {tuple(cell["keys"].values()): cell["numerator"] for cell in cells_to_wire(found)}


def test_another_organisations_records_are_in_no_total(warehouse: Warehouse) -> None:
    everything = count(warehouse, OPERATOR, "force,month")
    assert everything == count(warehouse, WYE, "force,month")
    assert everything[("wye", "2025-02")] == 40
    of_esk = {(month,): number for (force, month), number in everything.items() if force == "esk"}
    assert count(warehouse, NOBODYS) == count(warehouse, RecordsViewer("ESK")) == of_esk
    assert {force for force, _ in count(warehouse, NOBODYS, "force,month")} == {"esk"}


def test_sql_over_opened_records_leaves_them_out_too(warehouse: Warehouse) -> None:
    with connect(open_records(warehouse, kind="street", viewer=NOBODYS), LIMITS) as connection:
        assert connection.execute("SELECT DISTINCT force FROM records").fetchall() == [("esk",)]


def test_asked_for_by_name_they_are_as_if_not_loaded(warehouse: Warehouse) -> None:
    forces = {part.force for part in see_manifest(warehouse, NOBODYS).parts()}
    assert forces == {"esk"}
    with pytest.raises(PlainError, match="There are no records"):
        open_records(warehouse, kind="street", viewer=NOBODYS, forces=["wye"])
