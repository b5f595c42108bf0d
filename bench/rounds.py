"""How do several ways compare in one warm process, on a machine that other people use too?

They take turns, and each ratio is the median of those within a round: by the clock, and by the processor, which
does not count other people's work.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Timed(NamedTuple):
    """Seconds, or one way's as a multiple of another's."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:.2f} by the clock, {self.processor:.2f} by the processor"


def take_turns(ways: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[Timed]]:
    """One round more than is counted: the first is to warm up."""
    found: dict[str, list[Timed]] = {way: [] for way in ways}
    for turn in range(rounds + 1):
        for way, work in ways.items():
            each = time_once(work)
            if turn:
                found[way].append(each)
    return found


def time_once(work: Callable[[], object]) -> Timed:
    begun, used = time.perf_counter(), time.process_time()
    work()
    return Timed(time.perf_counter() - begun, time.process_time() - used)


def find_median(times: Sequence[Timed]) -> Timed:
    return Timed(*(statistics.median(each) for each in zip(*times, strict=True)))


def find_ratio(times: Sequence[Timed], others: Sequence[Timed]) -> Timed:
    return find_median(
        [Timed(a.clock / b.clock, a.processor / b.processor) for a, b in zip(times, others, strict=True)]
    )


def find_peak() -> float:
    """Gigabytes this process ever held. Not ru_maxrss, which begins at what the process that started it held."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * 1024 / 1e9
