"""Does an archive come in whole, once, and does what is newer count?"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.performance.warehouse.warehouse_samples import (
    STOPS,
    asked,
    counts_of,
    files_of,
    load,
    make_csv,
    make_folder,
    make_zip,
    rows_of,
    stop_row,
    street_files,
    street_row,
)

from bluelamp.figures.months import Month
from bluelamp.lib.errors import PlainError
from bluelamp.performance.warehouse.connection import EngineLimits
from bluelamp.performance.warehouse.coverage import Presence, find_coverage, find_stretches
from bluelamp.performance.warehouse.deciding import Verdict, decide
from bluelamp.performance.warehouse.load_in_progress import loading
from bluelamp.performance.warehouse.manifest import Part, Warehouse
from bluelamp.performance.warehouse.opening import connect, open_records
from bluelamp.performance.warehouse.sight import OPERATOR

pytestmark = pytest.mark.no_database


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "it's a [ware] house")  # a quotation mark and what DuckDB could take for a pattern


FILES = street_files(["2025-01", "2025-02"], ["calder-vale", "esk"])


@pytest.mark.parametrize("make", [make_zip, make_folder])
def test_every_row_of_an_archive_is_there_typed(warehouse: Warehouse, tmp_path: Path, make: object) -> None:
    path = make(tmp_path / "archive [1]'s.zip", FILES)  # type: ignore[operator]
    done = load(warehouse, path)
    assert done.record is not None
    assert done.record.rows == 26
    assert done.record.known_on == dt.date(2025, 2, 28)
    expected = sorted(
        (
            name.split("/")[1][8:-11],
            dt.date(int(name[:4]), int(name[5:7]), 1),
            row["Crime ID"],
            float(row["Longitude"]),
            row["Crime type"],
            row["Context"] or None,
        )
        for name, data in FILES.items()
        for row in csv.DictReader(io.StringIO(data.decode()))
    )
    sql = "SELECT force, month, crime_id, longitude, crime_type, context FROM records"
    assert sorted(rows_of(warehouse, sql)) == expected


def test_a_zip_file_and_its_folder_are_the_same_load(warehouse: Warehouse, tmp_path: Path) -> None:
    first = load(warehouse, make_zip(tmp_path / "a.zip", FILES))
    kept = files_of(warehouse)
    again = load(warehouse, make_zip(tmp_path / "b.zip", FILES))
    unpacked = load(warehouse, make_folder(tmp_path / "folder", FILES))
    assert first.record is not None
    assert first.verdicts == {Verdict.NEW: 4}
    assert again.record is None
    assert unpacked.record is None
    assert again.verdicts == unpacked.verdicts == {Verdict.SAME: 4}
    assert files_of(warehouse) == kept


def test_the_same_load_writes_the_same_bytes_with_the_forces_in_order(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", street_files(["2025-01"], [f"force-{n:02}" for n in range(20)], rows=400))
    warehouses = [Warehouse(tmp_path / name) for name in ("one", "two")]
    limits = EngineLimits(memory="300MB", threads=2)
    parts = []
    for warehouse in warehouses:
        load(warehouse, path, limits=limits)
        parts.append([data for name, data in files_of(warehouse).items() if name.endswith(".parquet")])
    assert parts[0] == parts[1]
    forces = [force for (force,) in rows_of(warehouses[0], "SELECT force FROM records")]
    assert forces == sorted(forces)


def test_newer_replaces_older_which_is_kept(warehouse: Warehouse, tmp_path: Path) -> None:
    old = make_zip(tmp_path / "old.zip", FILES)
    newer = street_files(["2025-02", "2025-03"], ["calder-vale"], rows=9, salt=500)
    load(warehouse, old)
    before = files_of(warehouse)
    done = load(warehouse, make_zip(tmp_path / "new.zip", newer))
    assert done.verdicts == {Verdict.NEW: 1, Verdict.REPLACES: 1}
    assert counts_of(warehouse) == {
        ("2025-01", "calder-vale"): 6,
        ("2025-01", "esk"): 7,
        ("2025-02", "calder-vale"): 9,
        ("2025-02", "esk"): 7,
        ("2025-03", "calder-vale"): 9,
    }
    gone = {name: data for name, data in before.items() if name != "manifest.json"}
    assert gone.items() <= files_of(warehouse).items()  # what counted before is kept as it was
    after = files_of(warehouse)
    assert load(warehouse, old).verdicts == {Verdict.SAME: 4}  # it has had its say
    assert files_of(warehouse) == after


def test_an_older_archive_that_comes_late_is_kept_and_does_not_count(warehouse: Warehouse, tmp_path: Path) -> None:
    load(warehouse, make_zip(tmp_path / "new.zip", FILES))
    older = street_files(["2025-01"], ["calder-vale", "teme"], rows=3, salt=900)
    done = load(warehouse, make_zip(tmp_path / "old.zip", older))
    assert done.verdicts == {Verdict.OLDER: 1, Verdict.NEW: 1}
    assert counts_of(warehouse)["2025-01", "calder-vale"] == 6
    assert counts_of(warehouse)["2025-01", "teme"] == 4
    assert any("older-000002" in name for name in files_of(warehouse))


def test_merged_files_go_one_load_after_they_count_no_more(warehouse: Warehouse, tmp_path: Path) -> None:
    for number, force in enumerate(["calder-vale", "esk", "teme", "wye"]):
        load(warehouse, make_zip(tmp_path / f"{number}.zip", street_files(["2025-01"], [force])))
    merged = sorted(name.rsplit("/", 1)[1] for name in files_of(warehouse) if "merged-" in name)
    assert merged == ["merged-000003.parquet", "merged-000004.parquet"]
    assert len(counts_of(warehouse)) == 4


SOURCES = st.lists(
    st.tuples(
        st.integers(1, 28),  # known on
        st.dictionaries(st.sampled_from(["calder-vale", "esk"]), st.integers(0, 3), min_size=1),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SOURCES)
def test_what_counts_is_what_was_known_last(tmp_path_factory: pytest.TempPathFactory, sources: list) -> None:
    """The twin goes through the archives one by one in plain Python; each number of rows stands for a content."""
    folder = tmp_path_factory.mktemp("sources")
    warehouse = Warehouse(folder / "warehouse")
    counting: dict[str, tuple[int, int]] = {}
    said: dict[tuple[str, int], int] = {}
    for number, (day, forces) in enumerate(sources):
        files = {
            f"2025-01-{force}-street.csv": make_csv([street_row(n, "2025-01") for n in range(rows)])
            for force, rows in forces.items()
        }
        load(warehouse, make_folder(folder / str(number), files), known_on=dt.date(2025, 3, day))
        for force, rows in forces.items():
            news = (force, rows) not in said or day > said[force, rows]
            said[force, rows] = max(day, said.get((force, rows), 0))
            if news and (force not in counting or day >= counting[force][0]):
                counting[force] = day, rows
    expected = {("2025-01", force): rows for force, (_, rows) in counting.items() if rows}
    assert counts_of(warehouse) == expected
    present = {part.force: part.rows for part in warehouse.read_manifest().parts()}
    assert present == {force: rows for force, (_, rows) in counting.items()}


def part(day: int, sha256: str = "a") -> Part:
    known = dt.date(2025, 1, day)
    return Part(kind="street", month="2025-01", force="esk", rows=1, sha256=sha256, known_on=known, load=1)


@pytest.mark.parametrize(
    ("counting", "said_before", "sha256", "day", "verdict"),
    [
        (None, None, "a", 5, Verdict.NEW),
        (part(5), 5, "a", 5, Verdict.SAME),
        (part(5), 5, "a", 4, Verdict.SAME),
        (part(5), 5, "a", 6, Verdict.CONFIRMS),
        (part(5), None, "b", 6, Verdict.REPLACES),
        (part(5), None, "b", 5, Verdict.REPLACES),  # of one day: the later loaded
        (part(5), None, "b", 4, Verdict.OLDER),
        (part(5), 3, "b", 3, Verdict.SAME),  # said before, and overtaken
        (part(5), 3, "b", 6, Verdict.REPLACES),  # the publisher went back to what it said first
        (part(5), 3, "b", 4, Verdict.OLDER),
    ],
)
def test_which_of_two_counts(
    counting: Part | None, said_before: int | None, sha256: str, day: int, verdict: Verdict
) -> None:
    before = dt.date(2025, 1, said_before) if said_before else None
    assert decide(counting, before, sha256=sha256, known_on=dt.date(2025, 1, day)) is verdict


def test_absent_is_told_from_not_loaded_and_from_none(warehouse: Warehouse, tmp_path: Path) -> None:
    files = street_files(["2025-01", "2025-04"], ["calder-vale", "esk"])
    del files["2025-04/2025-04-esk-street.csv"]
    files["2025-01/2025-01-esk-street.csv"] = make_csv([])  # a list with nothing in it: none, and known to be none
    load(warehouse, make_zip(tmp_path / "a.zip", files))
    covered = find_coverage(warehouse.read_manifest(), kind="street")
    esk = {str(each.month): (each.presence, each.rows) for each in covered if each.force == "esk"}
    assert esk == {
        "2025-01": (Presence.PRESENT, 0),
        "2025-02": (Presence.NOT_LOADED, None),
        "2025-03": (Presence.NOT_LOADED, None),
        "2025-04": (Presence.ABSENT, None),
    }
    stretches = find_stretches([each for each in covered if each.force == "esk"])
    assert [(each.first.number, each.last.number, each.rows) for each in stretches] == [
        (1, 1, 0),
        (2, 3, None),
        (4, 4, None),
    ]
    opened = open_records(warehouse, kind="street", viewer=OPERATOR, first=Month(2025, 3), last=Month(2025, 4))
    assert [(str(each.month), each.force, each.presence) for each in opened.missing] == [
        ("2025-03", "calder-vale", Presence.NOT_LOADED),
        ("2025-03", "esk", Presence.NOT_LOADED),
        ("2025-04", "esk", Presence.ABSENT),
    ]
    with pytest.raises(PlainError, match="for these months and forces"):
        open_records(
            warehouse,
            kind="street",
            viewer=OPERATOR,
            first=Month(2025, 4),
            last=Month(2025, 4),
            forces=["esk", "wye"],
        )


def test_only_the_files_asked_for_can_be_read(warehouse: Warehouse, tmp_path: Path) -> None:
    import duckdb

    load(warehouse, make_zip(tmp_path / "a.zip", FILES))
    opened = open_records(warehouse, kind="street", viewer=OPERATOR, first=Month(2025, 1), last=Month(2025, 1))
    other = open_records(warehouse, kind="street", viewer=OPERATOR).files[1]
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    with connect(opened) as connection:
        assert connection.execute("SELECT COUNT(*) FROM records").fetchall() == [(13,)]
        for statement in (
            f"SELECT * FROM '{secret}'",
            f"SELECT * FROM read_parquet('{str(other).replace(chr(39), chr(39) * 2)}')",
            f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'",
            f"ATTACH '{tmp_path / 'x.db'}'",
            "INSTALL httpfs",
            "SET enable_external_access = true",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(statement)


def test_a_kind_that_is_not_there_is_said(warehouse: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(PlainError, match="are loaded: none"):
        open_records(warehouse, kind="street", viewer=OPERATOR)
    load(warehouse, make_zip(tmp_path / "a.zip", FILES))
    with pytest.raises(PlainError, match="are loaded: street"):
        open_records(warehouse, kind="calls", viewer=OPERATOR)
    opened = open_records(warehouse, kind="street", viewer=OPERATOR)
    opened.files[0].unlink()
    with pytest.raises(PlainError, match="is gone"):
        open_records(warehouse, kind="street", viewer=OPERATOR)


def test_columns_may_stand_in_another_order_and_old_layouts_lack_some(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    heads = [head for head in reversed(STOPS) if not head.startswith("Removal")]
    rows = [stop_row(n, "2021-05") for n in range(9)]
    bare = [{key: value for key, value in row.items() if key in heads} for row in rows]
    files = {
        "2021-05-esk-stop-and-search.csv": make_csv(bare, heads),
        "2021-05-wye-stop-and-search.csv": make_csv(rows, STOPS),
    }
    load(warehouse, make_zip(tmp_path / "a.zip", files))
    sql = "SELECT force, searched_at, outcome_linked, removal_of_clothing FROM records ORDER BY ALL"
    found = rows_of(warehouse, sql, "stop-and-search")
    truth = {"True": True, "False": False, "": None}
    expected = Counter(
        (
            force,
            dt.datetime.fromisoformat(row["Date"]).replace(tzinfo=None),
            truth[row["Outcome linked to object of search"]],
            None,
        )
        for force in ("esk", "wye")
        for row in rows
    )
    assert Counter(found) == expected


def test_two_loads_at_once_are_refused(warehouse: Warehouse, tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", FILES)
    with (
        loading(warehouse, asked(), dt.date(2025, 1, 1)),
        pytest.raises(PlainError, match="Another load is running"),
    ):
        load(warehouse, path)


def test_a_lost_manifest_loses_no_records(warehouse: Warehouse, tmp_path: Path) -> None:
    load(warehouse, make_zip(tmp_path / "a.zip", FILES))
    load(warehouse, make_zip(tmp_path / "b.zip", street_files(["2025-03"], ["esk"])))
    manifest = warehouse.path("manifest.json").read_bytes()
    warehouse.path("manifest.json").unlink()
    before = files_of(warehouse)
    with pytest.raises(PlainError, match="bring manifest"):
        load(warehouse, make_zip(tmp_path / "c.zip", street_files(["2025-04"], ["esk"])))
    assert files_of(warehouse) == before
    for broken in (b"", b"{", b"[]", b"\xff", b'{"schema": 99}'):
        warehouse.path("manifest.json").write_bytes(broken)
        with pytest.raises(PlainError):
            warehouse.read_manifest()
    warehouse.path("manifest.json").write_bytes(manifest)
    assert len(counts_of(warehouse)) == 5
