"""What do the records come to, for whoever looks at a page? Counted once while nothing new is loaded, and kept.

A count that takes longer than a page may is made behind it: the page says so, looks again by itself, and can be
left and returned to. At most two such counts are made at once, each within the engine's memory.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from django.conf import settings

from bluelamp.figures.months import Month
from bluelamp.lib.errors import PlainError
from bluelamp.organisations.visibility import Viewer, visible_to
from bluelamp.performance.boundaries_known import KnownLevel, find_level_areas, find_levels
from bluelamp.performance.boundaries_reading import FORCE
from bluelamp.performance.cubes.engine_duckdb import DuckDbEngine
from bluelamp.performance.cubes.measuring import Asked, Measured
from bluelamp.performance.cubes.opening import FOLDER
from bluelamp.performance.cubes.record_measures import RecordMeasure
from bluelamp.performance.measure_answers import Counter, RecordDefinitions, answer_published
from bluelamp.performance.measure_questions import Loaded, Question
from bluelamp.performance.measure_sections import Sections
from bluelamp.performance.models import RecordsLoad
from bluelamp.performance.queries_boundaries import find_shapes
from bluelamp.performance.records_sight import see_records_as
from bluelamp.performance.suppression_tables import Publication
from bluelamp.performance.warehouse.coverage import Presence, Stretch, find_coverage, find_stretches
from bluelamp.performance.warehouse.load_in_progress import read_quality
from bluelamp.performance.warehouse.manifest import FILE, Manifest, Warehouse
from bluelamp.performance.warehouse.quality import Summed, sum_report
from bluelamp.performance.warehouse.sight import RecordsViewer, see_manifest

T = TypeVar("T")
KEPT_CELLS: Final = 3_000_000
"""Cells of all answers that are kept together: about 200 MB."""
PATIENCE: Final = 0.8  # seconds that a page waits for its figures before it says that they are being counted
AT_ONCE: Final = 2
MOST_ABANDONED: Final = 20
MOST_PAGES: Final = 100  # whose lines are kept

log = logging.getLogger(__name__)


# -- what is there ------------------------------------------------------------------------------------------


def find_warehouse() -> Warehouse:
    return Warehouse(Path(settings.WORKSPACE.folder) / FOLDER)


def find_definitions() -> RecordDefinitions:
    """The lists, measures, areas and rules of the workspace, read again when a file of them changes."""
    own = settings.WORKSPACE_DEFINITIONS
    return _read_definitions(own, stamp_definitions(own))


def stamp_definitions(own: Path | None) -> tuple[tuple[str, int, int], ...]:
    if own is None or not own.is_dir():
        return ()
    names = ("records", "record-measures", "publishing", "areas")
    found = [path for name in names for path in (own / name).glob("*") if path.is_file()]
    return tuple(sorted((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in found))


@lru_cache(maxsize=4)
def _read_definitions(own: Path | None, stamp: Hashable) -> RecordDefinitions:
    return RecordDefinitions(own)


def stamp_warehouse(warehouse: Warehouse) -> tuple[str, int, int]:
    """Another one after every load."""
    path = warehouse.path(FILE)
    try:
        found = path.stat()
    except FileNotFoundError:
        return str(path), 0, 0
    return str(path), found.st_mtime_ns, found.st_size


def find_manifest(warehouse: Warehouse, viewer: RecordsViewer) -> Manifest:
    """What counts for whoever looks."""
    return _read_manifest(warehouse.folder, stamp_warehouse(warehouse), viewer)


@lru_cache(maxsize=8)
def _read_manifest(folder: Path, stamp: Hashable, viewer: RecordsViewer) -> Manifest:
    return see_manifest(Warehouse(folder), viewer)


def find_loaded(kind: str, *, viewer: Viewer) -> Loaded | None:
    """The forces and months of a kind; None where there are none."""
    manifest = find_manifest(find_warehouse(), see_records_as(viewer))
    months = [each for each in manifest.months if each.kind == kind]
    if not months:
        return None
    ends = sorted(Month.parse(each.month) for each in months)
    forces = sorted({part.force for month in months for part in month.parts})
    present = frozenset((part.force, Month.parse(part.month).index) for month in months for part in month.parts)
    return Loaded(forces=tuple(forces), first=ends[0], last=ends[-1], present=present)


@dataclass(frozen=True, kw_only=True)
class LoadedKind:
    """One kind of records, as the list of measures shows it."""

    kind: str
    name: str
    rows: int
    stretches: tuple[Stretch, ...]
    known_on: dt.date | None
    is_mapped: bool = True  # else no mapping says which columns they have, and nothing can be counted from them

    @property
    def is_gap(self) -> bool:
        return any(each.presence is Presence.ABSENT for each in self.stretches)


def find_kinds(*, viewer: Viewer) -> list[LoadedKind]:
    manifest = find_manifest(find_warehouse(), see_records_as(viewer))
    known = find_definitions()
    names = {mapping.kind: mapping.name for mapping in known.mappings.values()}
    found = []
    for kind in sorted({each.kind for each in manifest.months}):
        parts = [part for part in manifest.parts() if part.kind == kind]
        found.append(
            LoadedKind(
                kind=kind,
                name=names.get(kind, kind),
                rows=sum(part.rows for part in parts),
                stretches=tuple(find_stretches(find_coverage(manifest, kind=kind))),
                known_on=max((part.known_on for part in parts), default=None),
                is_mapped=kind in names,
            )
        )
    return found


def find_record_loads(*, viewer: Viewer) -> list[RecordsLoad]:
    """The loads of records that the viewer may see, newest first."""
    return list(visible_to(viewer, RecordsLoad.objects.all()).order_by("-loaded", "-number")[:200])


def find_record_load(key: object, *, viewer: Viewer) -> RecordsLoad | None:
    return visible_to(viewer, RecordsLoad.objects.all()).filter(pk=key).first()


def find_quality(load: RecordsLoad) -> list[Summed]:
    """What was found wrong with what a load brought; the viewer was asked when the load was found. Nothing where
    the warehouse was begun anew since."""
    warehouse = find_warehouse()
    try:
        if warehouse.read_load(load.number).id != str(load.pk):
            return []
        return sum_report(read_quality(warehouse, load.number))
    except PlainError:
        return []


# -- counting -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class KeptCounter:
    """Counts, or gives the answer that is kept."""

    counter: Counter
    stamp: Hashable

    def __call__(self, measure: RecordMeasure, asked: Asked) -> Measured:
        outputs = tuple(each.slug for each in measure.outputs)
        key = (self.stamp, self.counter.viewer, measure.slug, outputs, asked)
        return _answers.find(key, lambda: self.counter(measure, asked))

    def publish(self, measure: RecordMeasure, asked: Asked) -> Publication:
        """The answer as it may be published."""
        outputs = tuple(each.slug for each in measure.outputs)
        key = (self.stamp, self.counter.viewer, measure.slug, outputs, asked)
        return _publications.find(key, lambda: answer_published(measure, asked, count=self, known=self.known))

    @property
    def known(self) -> RecordDefinitions:
        return self.counter.known


def find_counter(*, viewer: Viewer) -> KeptCounter:
    """What a page counts with, as whoever looks."""
    warehouse, known = find_warehouse(), find_definitions()
    stamp = (stamp_warehouse(warehouse), stamp_definitions(settings.WORKSPACE_DEFINITIONS))
    return KeptCounter(Counter(warehouse, see_records_as(viewer), known, DuckDbEngine()), stamp)


def find_level_known(level: str, *, viewer: Viewer) -> KnownLevel:
    """A level of areas as somebody named it, with those that the records know, as whoever looks."""
    count = find_counter(viewer=viewer)
    manifest = find_manifest(count.counter.warehouse, count.counter.viewer)
    return find_level_areas(level, manifest=manifest, count=count, known=count.known)


def find_drawable_levels(*, viewer: Viewer) -> list[str]:
    """The levels of areas that boundaries may be of, as whoever looks."""
    count = find_counter(viewer=viewer)
    manifest = find_manifest(count.counter.warehouse, count.counter.viewer)
    return list(find_levels(count.known, sorted({each.kind for each in manifest.months})))


class _Answers(Generic[T]):
    """Kept while there is room; who asks for one that is being made waits for it."""

    def __init__(self, size: Callable[[T], int]) -> None:
        self._size = size
        self._guard = threading.Lock()
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}

    def find(self, key: Hashable, make: Callable[[], T]) -> T:
        with self._guard:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            lock = self._making.setdefault(key, threading.Lock())
        with lock:
            with self._guard:
                if key in self._kept:
                    return self._kept[key]
            try:
                made = make()
            finally:
                with self._guard:
                    self._making.pop(key, None)
            self._keep(key, made)
        return made

    def _keep(self, key: Hashable, made: T) -> None:
        with self._guard:
            self._kept[key] = made
            while len(self._kept) > 1 and sum(map(self._size, self._kept.values())) > KEPT_CELLS:
                self._kept.popitem(last=False)

    def forget(self) -> None:
        with self._guard:
            self._kept.clear()


_answers: _Answers[Measured] = _Answers(len)
_pages: _Answers[Sections] = _Answers(lambda each: KEPT_CELLS // MOST_PAGES)
_publications: _Answers[Publication] = _Answers(lambda each: len(each.measured))


def find_sections(
    question: Question, loaded: Loaded, counter: KeptCounter, *, viewer: Viewer
) -> tuple[Hashable, Sections]:
    """What the page of a question shows, kept; counted as it is looked at. With it, the key it is kept under."""
    level = question.level if question.force else FORCE
    drawn = None if question.published and question.area else find_shapes(level, viewer=viewer)
    place = (question.measure.slug, question.force, question.level, question.area)
    said = tuple(question.parameters.items())
    key = (counter.stamp, counter.counter.viewer, place, said, drawn and id(drawn))
    return key, _pages.find(key, lambda: Sections(question, counter, loaded, drawn))


def forget_answers() -> None:
    """Nothing is kept any more: a test with a warehouse of its own begins so."""
    _pages.forget()
    _answers.forget()
    _publications.forget()


# -- behind the page ----------------------------------------------------------------------------------------


class _Work(Generic[T]):
    def __init__(self, make: Callable[[], T]) -> None:
        self.make = make
        self.done = threading.Event()
        self.made: T | None = None
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            with _turns:
                self.made = self.make()
        except BaseException as error:  # noqa: BLE001  (the page that asked raises it)
            self.error = error
        finally:
            self.done.set()


_turns = threading.BoundedSemaphore(AT_ONCE)
_behind: dict[Hashable, _Work[Any]] = {}
_behind_guard = threading.Lock()


def count_behind(key: Hashable, make: Callable[[], T]) -> tuple[bool, T | None]:
    """Whether it is made, and what; not yet where it takes longer than a page may. Errors are raised here.

    `make` meets no database: it runs beside the request that began it, and may outlast it.
    """
    if not settings.WORK_BEHIND_PAGES:
        return True, make()
    with _behind_guard:
        work = _behind.get(key)
        if work is None:
            _forget_abandoned()
            work = _behind[key] = _Work(make)
            threading.Thread(target=work.run, name="counting", daemon=True).start()
    if not work.done.wait(PATIENCE):
        return False, None
    with _behind_guard:
        _behind.pop(key, None)
    if work.error is not None:
        raise work.error
    return True, work.made


def _forget_abandoned() -> None:
    """Pages that nobody returned to. What they counted is kept all the same."""
    for old in [each for each, work in _behind.items() if work.done.is_set()][:-MOST_ABANDONED]:
        del _behind[old]


def count_waiting() -> Sequence[Hashable]:
    """What is being counted behind pages."""
    with _behind_guard:
        return [key for key, work in _behind.items() if not work.done.is_set()]
