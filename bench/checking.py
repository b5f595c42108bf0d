"""What does it cost to check a PDF pack of 300 pages, and how much of it is reading?

The pack is made of the corpus's papers, with their planted faults, and read and checked as `bluelamp check` does:
the file in a child, while the modules are loaded (told apart: it is the same for one page). Prints seconds of the
processor for a process of its own and its child, the least of several, their parts and the memory; exits 1 where
checking takes more than a fifth of the whole.
"""

from __future__ import annotations

import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

PAGES = 300
ROUNDS = 4
SHARE_AT_MOST = 0.2
_PROSE = (
    "In quarter {plan} the force answered most calls within its own target, and those who waited longer were"
    " called back within the day. Supervisors looked at the files of team {number} and found a plan in most of"
    " them; where none was found the officer was asked for it within the week. The panel wanted to know why two"
    " northern towns were served later than the rest, and heard that vacancies there were filled in the autumn"
    " only. A further paper will say whether this held, what it cost, and which of the earlier actions remain."
)


def make_pack() -> bytes:
    from tests.corpus.made import File, Head, Para, Piece
    from tests.corpus.making import make_cases
    from tests.corpus.writing import write

    pieces: list[Piece] = []
    for number, case in enumerate(make_cases(PAGES // 3, seed=5)):
        pieces += [Head(case.name, 1), *(piece for file in case.files for piece in file.pieces)]
        pieces += [Para(_PROSE.format(number=number, plan=plan)) for plan in range(13)]
    return write(File("pack.pdf", "pdf", tuple(pieces)))


@dataclass(frozen=True)
class _Round:
    """What one process of its own took, in seconds of the processor, with its child's."""

    loading: float
    opening: float
    reading: float  # the opening and the facts
    checking: float
    families: dict[str, float]
    said: str
    memory: int  # MB


def _measure(pack: Path) -> _Round:
    from bluelamp.cli.check_reading import check_subjects, load_all, read_subjects

    begun = _spent()
    load_all()
    start = _spent()
    (subject,), _ = read_subjects([pack], lambda *_: None, lambda *_: None)
    read = _spent()
    opening = resource.getrusage(resource.RUSAGE_CHILDREN)
    marks: list[tuple[str, float]] = []
    report = check_subjects([subject], lambda family: marks.append((family, _spent())))
    done = _spent()
    ends = [at for _, at in marks[1:]] + [done]
    document = subject.document
    return _Round(
        start - begun,
        opening.ru_utime + opening.ru_stime,
        read - start,
        done - read,
        {name: end - at for (name, at), end in zip(marks, ends, strict=True)},
        f"{len(document.pages)} pages, {len(document.blocks)} blocks, {len(report.results):,} things checked",
        _peak(),
    )


def _spent() -> float:
    """Seconds of the processor so far, those of the children that ended included."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _peak() -> int:
    """The most memory that this process held, in MB: the system counts ru_maxrss from the parent's."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024


def main() -> int:
    with (
        TemporaryDirectory() as folder,
        ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool,
    ):
        pack = Path(folder) / "pack.pdf"
        pack.write_bytes(make_pack())
        rounds = [pool.submit(_measure, pack).result() for _ in range(ROUNDS)]
    reading, checking = min(each.reading for each in rounds), min(each.checking for each in rounds)
    opening = min(each.opening for each in rounds)
    best = {name: min(each.families[name] for each in rounds) for name in rounds[0].families}
    slowest = sorted(best, key=lambda name: -best[name])[:4]
    share = checking / (checking + reading)
    lines = [
        rounds[0].said,
        f"Loading:  {min(each.loading for each in rounds):6.2f} s",
        f"Reading:  {reading:6.2f} s ({opening:.2f} the file, {reading - opening:.2f} its facts)",
        f"Checking: {checking:6.2f} s, {share:.0%} of the whole"
        f" ({', '.join(f'{name} {best[name]:.2f}' for name in slowest)})",
        f"Memory:   {max(each.memory for each in rounds):4d} MB at most",
    ]
    if share > SHARE_AT_MOST:
        lines.append(f"Checking may take {SHARE_AT_MOST:.0%} of the whole at most.")
    print("\n".join(lines))
    return 1 if share > SHARE_AT_MOST else 0


if __name__ == "__main__":
    sys.exit(main())
