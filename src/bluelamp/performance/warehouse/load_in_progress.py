"""What has a load brought so far, and how does all of it come to count at one moment?"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from bluelamp.performance.warehouse.connection import DEFAULT, EngineLimits, open_for_loading
from bluelamp.performance.warehouse.deciding import Verdict, decide
from bluelamp.performance.warehouse.manifest import (
    INCOMING,
    LOADS,
    RECORDS,
    Held,
    LoadRecord,
    Manifest,
    MonthFile,
    Part,
    PartKey,
    Warehouse,
    by_month,
    write_whole,
)
from bluelamp.performance.warehouse.mappings import RecordsMapping
from bluelamp.performance.warehouse.month_files import merge_month
from bluelamp.performance.warehouse.quality import Box, Found, QualityReport, look_at_month, make_report

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Watcher(Protocol):
    """Who is told how a load goes on. `advance` may be called from another thread."""

    def begin(self, total: int) -> None: ...

    def advance(self, read: int) -> None: ...


class NobodyWatches:
    """A watcher for loads that nobody looks at."""

    def begin(self, total: int) -> None:
        pass

    def advance(self, read: int) -> None:
        pass


@dataclass(frozen=True, kw_only=True)
class LoadAsked:
    """What a load is told beside its source. `known_on`: the day on which the source was what was known."""

    id: str  # of the load's row in the record, made by whoever asks
    by: str
    now: dt.datetime
    known_on: dt.date | None = None  # the source's own last month otherwise
    leave_out: bool = False  # load the rest where a file is refused
    limits: EngineLimits = DEFAULT
    boxes: Mapping[str, Box] = field(default_factory=dict)  # of forces, in degrees
    organisation: str = ""
    marking: str = "OFFICIAL"


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What came of it; no `record` where nothing in it was new. `verdicts` count parts."""

    verdicts: Mapping[Verdict, int]
    record: LoadRecord | None = None
    quality: QualityReport | None = None
    refused: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


Write = Callable[["DuckDBPyConnection", Path], Mapping[str, int]]
"""Writes a month's file and returns the rows of each force in it."""


@dataclass
class LoadInProgress:
    """Under the warehouse's lock. Nothing counts until `commit`."""

    warehouse: Warehouse
    manifest: Manifest
    held: Held
    connection: DuckDBPyConnection
    asked: LoadAsked
    known_on: dt.date
    brought: list[Part] = field(default_factory=list)
    confirmed: list[Part] = field(default_factory=list)
    counting: dict[tuple[str, str], list[Part]] = field(default_factory=dict)  # what this load makes count
    paths: dict[tuple[str, str], Path] = field(default_factory=dict)
    faults: list[Found] = field(default_factory=list)
    verdicts: Counter[Verdict] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.number = self.manifest.load + 1
        self.current = {part.key: part for part in self.manifest.parts()}

    @property
    def incoming(self) -> Path:
        folder = self.warehouse.path(INCOMING)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder

    def judge(self, key: PartKey, sha256: str) -> Verdict:
        """Whether a part is to be brought; counts it, and keeps what is confirmed."""
        counting = self.current.get(key)
        said_before = self.held.day(key, sha256)
        verdict = decide(counting, said_before, sha256=sha256, known_on=self.known_on)
        self.verdicts[verdict] += 1
        if verdict is Verdict.CONFIRMS and counting is not None:
            self.confirmed.append(replace(counting, known_on=self.known_on))
        return verdict

    def take_back(self, verdict: Verdict) -> None:
        """A part that was judged is left out after all."""
        self.verdicts[verdict] -= 1

    def bring(
        self, mapping: RecordsMapping, month: str, digests: Mapping[str, str], write: Write, *, counts: bool
    ) -> None:
        """Write one file of a month's forces. `digests` of their sources by force; `counts`: not merely kept."""
        kind = mapping.kind
        name = f"{'part' if counts else 'older'}-{self.number:06}.parquet"
        path = self.warehouse.path(RECORDS) / f"kind={kind}" / f"month={month}" / name
        rows = write(self.connection, path)
        parts = [
            Part(
                kind=kind,
                month=month,
                force=force,
                rows=rows.get(force, 0),
                sha256=digest,
                known_on=self.known_on,
                load=self.number,
            )
            for force, digest in sorted(digests.items())
        ]
        self.brought += parts
        self.faults += look_at_month(self.connection, mapping, path, month, self.asked.boxes)
        if counts:
            self.counting[kind, month] = parts
            self.paths[kind, month] = path

    def commit(
        self,
        *,
        name: str,
        source: str,
        sha256: str,
        told: Sequence[str],
        refused: Sequence[str],
        unplaced: int = 0,
    ) -> Loaded:
        """Make it count, all at once. Where nothing is new, nothing is written."""
        verdicts = dict(self.verdicts)
        if not self.brought and not self.confirmed:
            return Loaded(verdicts=verdicts, refused=tuple(refused), told=tuple(told))
        record = LoadRecord(
            id=self.asked.id,
            number=self.number,
            name=name,
            source=source,
            sha256=sha256,
            known_on=self.known_on,
            loaded=self.asked.now,
            by=self.asked.by,
            brought=tuple(self.brought),
            confirmed=tuple(self.confirmed),
            replaced=self.verdicts[Verdict.REPLACES],
            older=self.verdicts[Verdict.OLDER],
            told=tuple(told),
            refused=tuple(refused),
            unplaced=unplaced,
            organisation=self.asked.organisation,
            marking=self.asked.marking,
        )
        sizes: Counter[tuple[str, str]] = Counter()
        for part in self.brought:
            sizes[part.kind, part.force] += part.rows
        quality = make_report(self.number, self.faults, sizes)
        months = self._lay_over()
        self.warehouse.keep_load(record)
        keep_quality(self.warehouse, quality)
        self.warehouse.keep_manifest(Manifest(load=self.number, months=months))
        return Loaded(verdicts=verdicts, record=record, quality=quality, refused=tuple(refused), told=tuple(told))

    def _lay_over(self) -> tuple[MonthFile, ...]:
        """What counts with this load: a month where only some forces are new gets a file of all of them."""
        months = dict(by_month(self.manifest))
        for key, parts in self.counting.items():
            months[key] = self._lay_month(months.get(key), key, parts)
        days = {part.key: part for part in self.confirmed}
        return tuple(
            replace(month, parts=tuple(days.get(part.key, part) for part in month.parts))
            for _, month in sorted(months.items())
        )

    def _lay_month(self, before: MonthFile | None, key: tuple[str, str], parts: Sequence[Part]) -> MonthFile:
        new = {part.force for part in parts}
        staying = [part for part in before.parts if part.force not in new] if before else []
        path = self.paths[key]
        if before and staying:
            merged = path.with_name(f"merged-{self.number:06}.parquet")
            sources = [
                (self.warehouse.path(before.path), [part.force for part in staying]),
                (path, sorted(new)),
            ]
            merge_month(self.connection, sources, merged)
            path = merged
        return MonthFile(
            kind=key[0],
            month=key[1],
            path=path.relative_to(self.warehouse.folder).as_posix(),
            bytes=path.stat().st_size,
            parts=tuple(sorted((*staying, *parts), key=lambda part: part.force)),
        )


@contextmanager
def loading(warehouse: Warehouse, asked: LoadAsked, known_on: dt.date) -> Iterator[LoadInProgress]:
    """A load, alone in the warehouse. However it ends, nothing that does not count is left behind."""
    with warehouse.locked():
        manifest = warehouse.read_manifest()
        warehouse.clear_away(manifest, merged_too=True)
        held = Held.of(warehouse.read_loads())
        try:
            with open_for_loading(asked.limits, warehouse.path(INCOMING) / "spill") as connection:
                yield LoadInProgress(warehouse, manifest, held, connection, asked, known_on)
        finally:
            warehouse.clear_away(warehouse.read_manifest(), merged_too=False)


def keep_quality(warehouse: Warehouse, report: QualityReport) -> None:
    path = warehouse.path(LOADS) / f"{report.load:06}-quality.json"
    write_whole(path, msgspec.json.format(msgspec.json.encode(report), indent=1))


def read_quality(warehouse: Warehouse, number: int) -> QualityReport:
    """What was wrong with the records of one load."""
    warehouse.read_load(number)  # says plainly where there is none
    return msgspec.json.decode(
        warehouse.path(LOADS).joinpath(f"{number:06}-quality.json").read_bytes(), type=QualityReport
    )
