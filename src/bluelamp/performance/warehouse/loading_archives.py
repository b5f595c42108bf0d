"""How does an archive of public records come into the warehouse: every month of it, or none?

Month by month, so that neither memory nor disk holds more than two months of text at once: while one is written as
Parquet, the next is unpacked and hashed by another thread.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bluelamp.lib.errors import PlainError
from bluelamp.performance.warehouse.archives import (
    ArchiveFile,
    FoundFiles,
    OpenArchive,
    copy_file,
    find_files,
    hash_all,
    hash_file,
    open_archive,
)
from bluelamp.performance.warehouse.deciding import Verdict
from bluelamp.performance.warehouse.load_in_progress import LoadAsked, Loaded, LoadInProgress, Watcher, loading
from bluelamp.performance.warehouse.manifest import PartKey, Warehouse
from bluelamp.performance.warehouse.mappings import RecordsMapping, match_heads
from bluelamp.performance.warehouse.month_files import MonthList, UnreadableListError, read_heads, write_month

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

POLICE_UK: Final = "police-uk"


@dataclass(frozen=True)
class _Prepared:
    """A file that stands on the disk to be read; `fault` where it cannot be."""

    key: PartKey
    sha256: str
    list_: MonthList | None
    ours: bool  # unpacked by us, to be removed
    fault: str = ""
    seen: tuple[int, int] = (0, 0)


def load_archive(
    warehouse: Warehouse, path: Path, mappings: Sequence[RecordsMapping], asked: LoadAsked, watcher: Watcher
) -> Loaded:
    """Load a zip file or folder in the public archive's layout. A PlainError says why nothing was loaded."""
    known = {mapping.archive: mapping for mapping in mappings if mapping.archive}
    by_kind = {mapping.kind: mapping for mapping in known.values()}
    with open_archive(path) as archive:
        found = find_files(archive, {end: mapping.kind for end, mapping in known.items()})
        _refuse(found.refused, archive.name, leave_out=asked.leave_out and bool(found.files))
        watcher.begin(sum(file.size for file in found.files))
        try:
            with loading(warehouse, asked, asked.known_on or found.known_on) as load:
                return _load_all(load, archive, found, by_kind, watcher)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise PlainError(f"{archive.name} could not be loaded, and nothing of it was: {reason}.") from error


def _refuse(refused: Sequence[str], name: str, *, leave_out: bool) -> None:
    if not refused or leave_out:
        return
    more = f" There {'is' if len(refused) == 2 else 'are'} {len(refused) - 1:,} more." if refused[1:] else ""
    raise PlainError(
        f"Nothing of {name} was loaded, because not all of it can be. {refused[0]}{more}"
        " Mend it, or load the rest with --leave-out-refused."
    )


def _load_all(
    load: LoadInProgress,
    archive: OpenArchive,
    found: FoundFiles,
    mappings: Mapping[str, RecordsMapping],
    watcher: Watcher,
) -> Loaded:
    refused, digests = list(found.refused), []
    for prepared in _prepare_ahead(load, archive, found, mappings, watcher):
        digests += [("-".join(each.key), each.sha256) for each in prepared]
        faults = _load_month(load, mappings[prepared[0].key[0]], prepared)
        _refuse(faults, archive.name, leave_out=load.asked.leave_out)
        refused += faults
    return load.commit(
        name=archive.name, source=POLICE_UK, sha256=hash_all(digests), told=found.told, refused=refused
    )


def _prepare_ahead(
    load: LoadInProgress,
    archive: OpenArchive,
    found: FoundFiles,
    mappings: Mapping[str, RecordsMapping],
    watcher: Watcher,
) -> Iterator[list[_Prepared]]:
    """Each month of each kind, made ready while the one before it is written."""
    months = [list(group) for _, group in groupby(found.files, key=lambda file: file.key[:2])]
    incoming, numbered = load.incoming, iter(range(10**9))

    def prepare(files: list[ArchiveFile]) -> list[_Prepared]:
        return [
            _prepare(archive, file, mappings[file.key[0]], incoming / f"{next(numbered):09}.csv", watcher)
            for file in files
        ]

    with ThreadPoolExecutor(1, thread_name_prefix="unpacking") as thread:
        waiting = thread.submit(prepare, months[0])
        for following in [*months[1:], None]:
            ready = waiting.result()
            if following is not None:
                waiting = thread.submit(prepare, following)
            yield ready
            for each in ready:
                if each.ours and each.list_:
                    each.list_.path.unlink(missing_ok=True)


def _prepare(
    archive: OpenArchive, file: ArchiveFile, mapping: RecordsMapping, target: Path, watcher: Watcher
) -> _Prepared:
    """Unpacked (a folder's files are read where they stand), hashed, its headings known."""
    in_place = isinstance(file.opened, Path) and file.opened.is_absolute()
    path = file.opened if in_place and isinstance(file.opened, Path) else target
    sha256 = ""
    try:
        if in_place:
            seen = _look(path)
            sha256 = hash_file(path, watcher.advance)
        else:
            sha256 = copy_file(archive, file, path, watcher.advance)
            seen = _look(path)
        heads = read_heads(path, file.name)
        match_heads(mapping, heads, where=file.name)
    except PlainError as error:
        if not in_place:
            path.unlink(missing_ok=True)
        return _Prepared(file.key, sha256, None, ours=False, fault=str(error))
    return _Prepared(file.key, sha256, MonthList(path, file.name, file.key[2], heads), not in_place, seen=seen)


def _look(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _load_month(load: LoadInProgress, mapping: RecordsMapping, prepared: Sequence[_Prepared]) -> list[str]:
    """Bring what is new of one kind's month; returns why some of it cannot be taken."""
    faults = [each.fault for each in prepared if each.fault]
    judged = [(each, load.judge(each.key, each.sha256)) for each in prepared if each.list_]
    for counts in (True, False):
        lists = [
            (each, verdict)
            for each, verdict in judged
            if verdict.brings_rows and counts is (verdict is not Verdict.OLDER)
        ]
        while lists:
            try:
                _bring(load, mapping, [each for each, _ in lists], counts=counts)
                break
            except UnreadableListError as error:
                faults.append(str(error))
                if not load.asked.leave_out:
                    return faults
                bad = [
                    (each, verdict)
                    for each, verdict in lists
                    if each.list_ and str(error).startswith(each.list_.name)
                ]
                for each, verdict in bad:
                    load.take_back(verdict)
                    lists.remove((each, verdict))
                if not bad:
                    raise
    return faults


def _bring(load: LoadInProgress, mapping: RecordsMapping, prepared: Sequence[_Prepared], *, counts: bool) -> None:
    month = prepared[0].key[1]
    lists = [each.list_ for each in prepared if each.list_]

    def write(connection: DuckDBPyConnection, path: Path) -> Mapping[str, int]:
        rows = write_month(connection, mapping, lists, month, path)
        for each in prepared:
            if each.list_ and _look(each.list_.path) != each.seen:
                raise PlainError(
                    f"{each.list_.name} was changed while it was read: load again when nobody writes it."
                )
        return rows

    load.bring(mapping, month, {each.key[2]: each.sha256 for each in prepared}, write, counts=counts)
