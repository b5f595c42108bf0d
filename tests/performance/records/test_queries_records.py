"""Is a load of the warehouse that is not what the record says of it told?"""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from tests.performance.warehouse.warehouse_samples import load, make_zip, street_files

from bluelamp.ledger.actions import Operator
from bluelamp.performance.actions_records import record_loads
from bluelamp.performance.queries_records import compare_loads
from bluelamp.performance.warehouse.manifest import Warehouse

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def test_the_record_and_the_warehouse_are_compared(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "warehouse")
    load(warehouse, make_zip(tmp_path / "a.zip", street_files(["2025-01"], ["esk"])))
    loads = warehouse.read_loads()
    assert compare_loads(loads) == (
        [],
        ["Load 1 of the warehouse is not in the record yet: the next load records it."],
    )
    record_loads(warehouse, by=Operator("load police-uk"), now=NOW)
    assert compare_loads(loads) == ([], [])
    changed = [dataclasses.replace(loads[0], sha256="0" * 64)]
    assert compare_loads(changed)[0] == [
        "Load 1 of the warehouse is not what the record says of it: bring it back."
    ]
    problems, limits = compare_loads([])
    assert problems == []
    assert limits[0].startswith("1 load of records is in the record and not in the warehouse here")
