"""Is it seen that a file of the warehouse is gone, cut, or holds other records than its manifest says?"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.performance.warehouse.warehouse_samples import load, make_zip, street_files

from bluelamp.performance.warehouse.connection import EngineLimits
from bluelamp.performance.warehouse.manifest import Manifest, Warehouse
from bluelamp.performance.warehouse.soundness import examine_warehouse

pytestmark = pytest.mark.no_database
LIMITS = EngineLimits(memory="300MB", threads=1)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    made = Warehouse(tmp_path / "warehouse")
    load(made, make_zip(tmp_path / "a.zip", street_files(["2025-01", "2025-02"], ["esk", "wye"])))
    load(made, make_zip(tmp_path / "b.zip", street_files(["2025-02"], ["esk"], rows=9, salt=3)))
    return made


def faults(warehouse: Warehouse, *, whole: bool = True) -> list[str]:
    return examine_warehouse(warehouse, whole=whole, limits=LIMITS).faults


def first_file(warehouse: Warehouse) -> Path:
    return warehouse.path(warehouse.read_manifest().months[0].path)


def test_what_was_loaded_is_sound(warehouse: Warehouse) -> None:
    found = examine_warehouse(warehouse, limits=LIMITS)
    assert (found.faults, found.files, found.records) == ([], 2, 6 + 7 + 9 + 7)
    assert [each.number for each in found.loads] == [1, 2]
    assert faults(Warehouse(warehouse.folder / "nothing")) == []


@pytest.mark.parametrize("whole", [True, False])
def test_a_file_that_is_gone_or_cut_is_told(warehouse: Warehouse, whole: bool) -> None:
    path = first_file(warehouse)
    data = path.read_bytes()
    path.write_bytes(data[:-10])
    assert "bytes where" in faults(warehouse, whole=whole)[0]
    path.unlink()
    assert "is gone: its street records of 2025-01" in faults(warehouse, whole=whole)[0]


def test_records_that_were_taken_out_are_told(warehouse: Warehouse) -> None:
    path = first_file(warehouse)
    table = pq.read_table(path, partitioning=None)
    pq.write_table(table.slice(1), path)
    size_kept(warehouse, path)
    assert "has 5 records of esk where 6 were loaded" in faults(warehouse)[0]
    assert faults(warehouse, whole=False) == []


def test_a_file_that_is_no_parquet_is_told(warehouse: Warehouse) -> None:
    path = first_file(warehouse)
    path.write_bytes(b"x" * path.stat().st_size)
    assert "cannot be read any more" in faults(warehouse)[0]


def test_a_load_that_is_gone_and_a_list_that_none_brought_are_told(warehouse: Warehouse) -> None:
    warehouse.load_path(1).unlink()
    said = faults(warehouse)
    assert any("What load 1 brought cannot be read" in each for each in said)
    assert any("lists that no load brought, the first of them street of" in each for each in said)


def test_a_broken_manifest_is_one_fault(warehouse: Warehouse) -> None:
    warehouse.path("manifest.json").write_text("{", encoding="utf-8")
    assert len(faults(warehouse)) == 1


def size_kept(warehouse: Warehouse, path: Path) -> None:
    """As somebody would who also mends the size in the manifest."""
    manifest = warehouse.read_manifest()
    months = tuple(
        dataclasses.replace(month, bytes=path.stat().st_size) if warehouse.path(month.path) == path else month
        for month in manifest.months
    )
    warehouse.keep_manifest(Manifest(load=manifest.load, months=months))
