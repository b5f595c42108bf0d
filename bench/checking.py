"""What does it cost to check a PDF pack of 300 pages, and how much of it is reading?

The pack is made of the corpus's papers, with their planted faults. Prints seconds of a process of its own, the
least of several, their parts and the memory; exits 1 where checking takes more than a fifth of the whole.
"""

from __future__ import annotations

import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

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
    """What one process of its own took, in seconds of its processor."""

    opening: float
    reading: float  # the opening and the facts
    checking: float
    families: dict[str, float]
    said: str
    memory: int  # MB


def _measure(data: bytes) -> _Round:
    from bluelamp.checks.checking import check_papers
    from bluelamp.documents.readers import read_bytes
    from bluelamp.intake.checking import read_subject

    start = time.process_time()
    document = read_bytes(data, file_name="pack.pdf")
    opened = time.process_time()
    subject = read_subject(document, name="pack.pdf")
    read = time.process_time()
    marks: list[tuple[str, float]] = []
    report = check_papers([subject], tell=lambda family: marks.append((family, time.process_time())))
    done = time.process_time()
    ends = [at for _, at in marks[1:]] + [done]
    return _Round(
        opened - start,
        read - start,
        done - read,
        {name: end - at for (name, at), end in zip(marks, ends, strict=True)},
        f"{len(document.pages)} pages, {len(document.blocks)} blocks, {len(report.results):,} things checked",
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )


def main() -> int:
    data = make_pack()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        rounds = [pool.submit(_measure, data).result() for _ in range(ROUNDS)]
    reading, checking = min(each.reading for each in rounds), min(each.checking for each in rounds)
    opening = min(each.opening for each in rounds)
    best = {name: min(each.families[name] for each in rounds) for name in rounds[0].families}
    slowest = sorted(best, key=lambda name: -best[name])[:4]
    share = checking / (checking + reading)
    lines = [
        rounds[0].said,
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
