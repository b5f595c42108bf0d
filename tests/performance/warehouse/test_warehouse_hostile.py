"""Is a harmful or broken archive refused in one sentence, with nothing of it left?"""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.performance.warehouse.warehouse_samples import (
    STREET,
    counts_of,
    files_of,
    load,
    make_csv,
    make_folder,
    make_zip,
    street_files,
    street_row,
)

from bluelamp.lib.errors import PlainError
from bluelamp.performance.warehouse.archives import find_files, open_archive
from bluelamp.performance.warehouse.manifest import Warehouse
from bluelamp.performance.warehouse.month_files import read_heads

pytestmark = pytest.mark.no_database
NAME = "2025-01/2025-01-esk-street.csv"
GOOD = make_csv([street_row(n, "2025-01") for n in range(5)])


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "warehouse")


def refuse(warehouse: Warehouse, path: Path) -> str:
    """The one sentence (or few) with which it is refused; nothing is left of it."""
    with pytest.raises(PlainError) as refusal:
        load(warehouse, path)
    assert files_of(warehouse) == {} if warehouse.folder.exists() else True
    said = str(refusal.value)
    assert "\n" not in said
    assert len(said) < 500
    return said


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"\x00\x01\x02" * 50, "no CSV file"),
        (b"x" * 100_000, "no CSV file"),
        (b"Crime ID,Month\n1,2025-01\n", "has no column “Reported by”"),
        (GOOD.replace(b"Month", b"Crime ID", 1), "has the heading “Crime ID” twice"),
        (GOOD + b"1,2\n", "too many or too few cells in line 7"),
        (GOOD + b'1,"2,3\n', "quotation mark in line 7 that is never closed"),
        (GOOD.replace(b"Mill Lane", b"Mill L\xe9ne", 1), "characters in line 2 that are not UTF-8"),
        (GOOD + b"x" * 2_000_000 + b"," * 11 + b"\n", "longer than 1,000,000 characters"),
    ],
)
def test_a_broken_file_is_named_and_nothing_loaded(
    warehouse: Warehouse, tmp_path: Path, data: bytes, words: str
) -> None:
    files = {NAME: data, "2025-01/2025-01-wye-street.csv": GOOD}
    said = refuse(warehouse, make_zip(tmp_path / "a.zip", files))
    assert words in said
    assert NAME in said
    done = load(warehouse, make_folder(tmp_path / "a", files), leave_out=True)
    assert counts_of(warehouse) == {("2025-01", "wye"): 5}
    assert len(done.refused) == 1
    assert words in done.refused[0]


@pytest.mark.parametrize(
    "name", ["../2025-01-esk-street.csv", "/etc/2025-01-esk-street.csv", "a/..\\..\\x", "C:\\x"]
)
def test_names_that_lead_out_are_refused(warehouse: Warehouse, tmp_path: Path, name: str) -> None:
    said = refuse(warehouse, make_zip(tmp_path / "a.zip", {NAME: GOOD, name: GOOD}))
    assert "leads out of it" in said


def test_a_bomb_is_refused_before_it_is_unpacked(warehouse: Warehouse, tmp_path: Path) -> None:
    bomb = b",".join(head.encode() for head in STREET) + b"\n" + b"0" * 30_000_000
    assert "to one, as no list of records is" in refuse(warehouse, make_zip(tmp_path / "a.zip", {NAME: bomb}))


def test_files_that_share_their_bytes_are_refused_together(tmp_path: Path) -> None:
    """One packed file named many times in the directory: each entry passes alone."""
    random = os.urandom(300_000).hex().encode()
    data = b",".join(head.encode() for head in STREET) + b"\n" + random
    path = make_zip(tmp_path / "a.zip", {NAME: data})
    with zipfile.ZipFile(path) as archive:
        packed = archive.infolist()[0]
    with open_archive(path) as opened:
        opened.given = [(f"2025-01-f{n}-street.csv", packed.file_size, packed) for n in range(400)]
        with pytest.raises(PlainError, match="unpacks to more"):
            find_files(opened, {"street": "street"})


def test_a_size_that_is_not_true_is_found_out(warehouse: Warehouse, tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {NAME: GOOD})
    data = path.read_bytes()
    shorter = (len(GOOD) - 100).to_bytes(4, "little")
    path.write_bytes(data.replace(len(GOOD).to_bytes(4, "little"), shorter))
    assert "get the archive again" in refuse(warehouse, path)


@pytest.mark.parametrize("keep", [0, 10, 0.3, 0.9, 0.999])
def test_a_truncated_archive_is_refused(warehouse: Warehouse, tmp_path: Path, keep: float) -> None:
    path = make_zip(tmp_path / "a.zip", street_files(["2025-01", "2025-02"], ["esk", "wye"]))
    data = path.read_bytes()
    path.write_bytes(data[: int(keep if keep >= 1 or not keep else len(data) * keep)])
    assert "get it again" in refuse(warehouse, path)


def test_a_damaged_file_within_is_named(warehouse: Warehouse, tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {NAME: os.urandom(50_000).hex().encode()})
    data = bytearray(path.read_bytes())
    data[20_000:20_040] = bytes(40)
    path.write_bytes(bytes(data))
    assert f"{NAME} is damaged within a.zip" in refuse(warehouse, path)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"readme.txt": b"x"}, "holds no file named as the public archive names them"),
        ({"2025-13-esk-street.csv": GOOD}, "is named for 2025-13, which is no month"),
        ({"2025-02/2025-01-esk-street.csv": GOOD}, "stands in the folder of another month"),
        ({NAME: GOOD, "again/2025-01-esk-street.csv": GOOD}, "is in it twice"),
    ],
)
def test_wrong_names_are_said(warehouse: Warehouse, tmp_path: Path, files: dict[str, bytes], words: str) -> None:
    assert words in refuse(warehouse, make_zip(tmp_path / "a.zip", files))


def test_other_files_are_passed_by_and_told(warehouse: Warehouse, tmp_path: Path) -> None:
    files = {NAME: GOOD, "readme.txt": b"x", "2025-01/2025-01-esk-burglaries.csv": GOOD}
    assert load(warehouse, make_zip(tmp_path / "a.zip", files)).told[0].startswith("2 other files passed by")


def test_links_in_a_folder_are_not_followed(warehouse: Warehouse, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "a", {"2025-01/2025-01-esk-street.csv": GOOD})
    outside = make_folder(tmp_path / "b", {"2025-01-wye-street.csv": GOOD})
    (folder / "2025-01" / "2025-01-wye-street.csv").symlink_to(outside / "2025-01-wye-street.csv")
    load(warehouse, folder)
    assert counts_of(warehouse) == {("2025-01", "esk"): 5}


def test_an_encrypted_or_absent_archive_is_said(warehouse: Warehouse, tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {NAME: GOOD})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))
    assert "is encrypted" in refuse(warehouse, path)
    assert "There is no archive or folder" in refuse(warehouse, tmp_path / "none.zip")


def test_quotation_marks_commas_and_line_ends_within_cells_stay(warehouse: Warehouse, tmp_path: Path) -> None:
    from tests.performance.warehouse.warehouse_samples import rows_of

    words = ["Abbey, Mill and Weir 003D", 'the "Old" Mill', "a\nb", "'; DROP TABLE records; --", "=1+1", "ÿ 雪"]
    data = make_csv([street_row(n, "2025-01", LSOA_name=word) for n, word in enumerate(words)])
    for end in (b"\n", b"\r\n"):
        files = {NAME: data.replace(b"a\nb", b"a b").replace(b"\n", end)}
        house = Warehouse(tmp_path / f"house{len(end)}")
        load(house, make_zip(tmp_path / f"{len(end)}.zip", files))
        found = rows_of(house, "SELECT lsoa_name FROM records ORDER BY crime_id")
        assert [row[0] for row in found] == [word.replace("\n", " ") for word in words]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_for_a_zip_file_or_a_list_are_taken_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    (folder / "a.zip").write_bytes(data)
    with pytest.raises(PlainError), open_archive(folder / "a.zip") as archive:
        find_files(archive, {"street": "street"})
    try:
        heads = read_heads(folder / "a.zip", "a.csv")
    except PlainError:
        return
    assert all(isinstance(head, str) for head in heads)


def test_reading_heads_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.write(b'"')
        file.seek(1_000_000_000)  # a hole: nothing is written
        file.write(b"x")
    with pytest.raises(PlainError, match="no CSV file"):
        read_heads(path, "a.csv")


def test_the_csv_module_agrees_on_every_made_row(tmp_path: Path) -> None:
    import csv

    rows = list(csv.DictReader(io.StringIO(GOOD.decode())))
    assert len(rows) == 5
    assert read_heads(make_folder(tmp_path / "h", {"a.csv": GOOD}) / "a.csv", "a.csv") == tuple(STREET)
