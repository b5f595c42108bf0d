"""What does it cost to check a PDF pack of 300 pages, and how much of it is reading?

The pack is made of the corpus's papers, with their planted faults. Prints seconds of this process, their parts and
the memory; exits 1 where checking takes more than a quarter of what reading does (a fifth of the whole).
"""

from __future__ import annotations

import resource
import sys
import time

PAGES = 300
SHARE_AT_MOST = 0.25
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


def main() -> int:
    from bluelamp.checks.checking import check_papers
    from bluelamp.documents.readers import read_bytes
    from bluelamp.intake.checking import read_subject

    data = make_pack()
    start = time.process_time()
    document = read_bytes(data, file_name="pack.pdf")
    opened = time.process_time()
    subject = read_subject(document, name="pack.pdf")
    read = time.process_time()
    marks: list[tuple[str, float]] = []
    report = check_papers([subject], tell=lambda family: marks.append((family, time.process_time())))
    done = time.process_time()
    ends = [at for _, at in marks[1:]] + [done]
    slowest = sorted(((end - at, name) for (name, at), end in zip(marks, ends, strict=True)), reverse=True)[:4]
    checking, reading = done - read, read - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = [
        f"{len(document.pages)} pages, {len(document.blocks)} blocks, {len(report.results):,} things checked",
        f"Reading:  {reading:6.2f} s ({opened - start:.2f} the file, {read - opened:.2f} its facts)",
        f"Checking: {checking:6.2f} s, {checking / (checking + reading):.0%} of the whole"
        f" ({', '.join(f'{name} {seconds:.2f}' for seconds, name in slowest)})",
        f"Memory:   {memory:4.0f} MB at most",
    ]
    print("\n".join(lines))
    return 0 if checking <= SHARE_AT_MOST * reading else 1


if __name__ == "__main__":
    sys.exit(main())
