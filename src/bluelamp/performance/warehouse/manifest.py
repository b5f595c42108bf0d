"""Which files of the warehouse count? The manifest says; a file that it does not name is as if it were not there.

`manifest.json` names what counts and is replaced whole; `loads/000012.json` says what one load brought, and is
never changed. A load writes its files first and the manifest last, so whatever stops it leaves the warehouse as it
was: what is left over is of a load that the manifest does not know, and the next load clears it away.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from bluelamp.lib.errors import PlainError

SCHEMA: Final = 1
FILE, LOADS, RECORDS, INCOMING, LOCK = "manifest.json", "loads", "records", "incoming", "load.lock"
PartKey = tuple[str, str, str]
"""Kind, month ("2025-05") and force (a slug)."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One force's records of one kind and month, as one source said them."""

    kind: str
    month: str
    force: str
    rows: int
    sha256: str  # of the source: the CSV file as it came, or the rows of an own list
    known_on: dt.date  # the day on which the source was what was known; a later one replaces an earlier
    load: int  # that brought its rows

    @property
    def key(self) -> PartKey:
        return self.kind, self.month, self.force


@dataclass(frozen=True, kw_only=True)
class MonthFile:
    """Everything that counts of one kind and month: every row of the file, and no other."""

    kind: str
    month: str
    path: str  # from the warehouse's folder
    bytes: int
    parts: tuple[Part, ...]

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What counts. `load` is the number of the last load."""

    schema: int = SCHEMA
    load: int = 0
    months: tuple[MonthFile, ...] = ()

    def parts(self) -> Iterator[Part]:
        return (part for month in self.months for part in month.parts)


@dataclass(frozen=True, kw_only=True)
class LoadRecord:
    """What one load brought, written once. `confirmed`: parts held already that a newer source says again."""

    id: str  # a UUID: the record database's row of it
    number: int
    name: str  # of the archive or file
    source: str  # "police-uk", or the slug of a mapping
    sha256: str  # of all it holds, however it is packed
    known_on: dt.date
    loaded: dt.datetime
    by: str
    brought: tuple[Part, ...]
    confirmed: tuple[Part, ...] = ()
    replaced: int = 0  # parts that count no more
    older: int = 0  # brought parts that do not count, because something newer does
    told: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    unplaced: int = 0  # rows of an own list that have no month or force, and so are nowhere
    organisation: str = ""  # code of whose record it is; everybody's otherwise
    marking: str = "OFFICIAL"

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.brought)


@dataclass(frozen=True)
class Warehouse:
    """The folder. `elsewhere`: the manifest and the loads are in it, the records where an engine finds them."""

    folder: Path
    elsewhere: bool = False

    def path(self, name: str) -> Path:
        return self.folder / name

    def read_manifest(self) -> Manifest:
        """What counts; nothing where nothing was loaded. PlainError where it cannot be read."""
        path = self.folder / FILE
        try:
            manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
        except FileNotFoundError:
            return Manifest()
        except (msgspec.DecodeError, UnicodeDecodeError, OSError) as error:
            raise PlainError(
                f"The warehouse's manifest in {path} cannot be read, so nothing was counted: bring it back from a"
                " backup, or move the folder away and load the archives again."
            ) from error
        if manifest.schema != SCHEMA:
            raise PlainError(
                f"The warehouse in {self.folder} was made by another Bluelamp: load its archives again."
            )
        return manifest

    def read_loads(self) -> list[LoadRecord]:
        """Every load that the manifest knows of, oldest first."""
        last = self.read_manifest().load
        return [self.read_load(number) for number in range(1, last + 1)]

    def load_path(self, number: int) -> Path:
        """Where it stands what a load brought."""
        return self.folder / LOADS / f"{number:06}.json"

    def read_load(self, number: int) -> LoadRecord:
        path = self.load_path(number)
        try:
            return msgspec.json.decode(path.read_bytes(), type=LoadRecord)
        except (msgspec.DecodeError, UnicodeDecodeError, OSError) as error:
            raise PlainError(f"What load {number} brought cannot be read from {path}: bring it back.") from error

    def keep_load(self, record: LoadRecord) -> None:
        write_whole(self.load_path(record.number), msgspec.json.format(msgspec.json.encode(record), indent=1))

    def keep_manifest(self, manifest: Manifest) -> None:
        """From here on it is this that counts."""
        write_whole(self.folder / FILE, msgspec.json.format(msgspec.json.encode(manifest), indent=1))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One load at a time; the system gives the lock back however the holder ends."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.folder / LOCK).open("ab") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise PlainError("Another load is running: wait until it has ended, then load again.") from error
            yield

    def clear_away(self, manifest: Manifest, *, merged_too: bool) -> None:
        """Remove what stopped loads left; with `merged_too`, merged files that count no more. Under the lock.

        A merged file is removed one load late, so that whoever counts from it meanwhile can end.
        """
        counting = {self.folder / month.path for month in manifest.months}
        found = [path for name in (RECORDS, LOADS) for path in (self.folder / name).rglob("*") if path.is_file()]
        if any(_number_of(path) > manifest.load + 1 for path in found):
            raise PlainError(
                f"The warehouse in {self.folder} has files of later loads than its manifest knows, so nothing was"
                " done: bring manifest.json back from a backup, or move the folder away and load again."
            )
        for path in found:
            left_over = path.suffix == ".new" or _number_of(path) > manifest.load
            merged = merged_too and path.name.startswith("merged-") and path not in counting
            if left_over or merged:
                path.unlink(missing_ok=True)
        shutil.rmtree(self.folder / INCOMING, ignore_errors=True)


def _number_of(path: Path) -> int:
    """The load that wrote a file, by its name: 12 of `part-000012.parquet`; 0 where it is none of ours."""
    digits = [each for each in path.name.split(".")[0].split("-") if each.isdecimal() and len(each) == 6]
    return int(digits[0]) if digits else 0


def write_whole(path: Path, data: bytes) -> None:
    """Write beside and move into place, on the disk before it is there."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(path.name + ".new")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    settle(path.parent)


def settle(folder: Path) -> None:
    """What was moved in the folder is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@dataclass
class Held:
    """Every source that was ever loaded: by part, the latest day on which each was known."""

    known: dict[PartKey, dict[str, dt.date]] = field(default_factory=dict)

    @staticmethod
    def of(loads: Sequence[LoadRecord]) -> Held:
        held = Held()
        for load in loads:
            for part in (*load.brought, *load.confirmed):
                days = held.known.setdefault(part.key, {})
                days[part.sha256] = max(part.known_on, days.get(part.sha256, part.known_on))
        return held

    def day(self, key: PartKey, sha256: str) -> dt.date | None:
        return self.known.get(key, {}).get(sha256)


def by_month(manifest: Manifest) -> Mapping[tuple[str, str], MonthFile]:
    return {(each.kind, each.month): each for each in manifest.months}
