"""What does it cost to read a PDF of 300 pages, beside pdfplumber merely taking its text?

Prints seconds, their ratio and the memory, tables and facts included. Exits 1 where the ratio is over 0.5 or the
memory over 700 MB. Each measurement is made in a process of its own, so that neither warms the other's caches. The
pages are our own fiction: prose in one and two columns, call-outs, and a table on about every sixth page.
"""

from __future__ import annotations

import hashlib
import io
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable

PAGES = 300
RATIO_AT_MOST = 0.5
MEMORY_AT_MOST = 700  # MB

_SOURCE = r"""
#set page(paper: "a4", margin: 2.2cm, header: text(8pt)[Westmarch Police and Crime Commissioner: meeting
papers],
  footer: context align(center)[#text(9pt)[#counter(page).display()]])
#set text(font: "Liberation Sans", size: 10.5pt)
#show heading.where(level: 1): set text(18pt)
#show heading.where(level: 2): set text(13pt)
#let prose(n) = [In quarter #n the force answered nine calls in ten within its own target, and those who
waited longer
were called back within the day. Supervisors looked at #(30 + n) files and found a plan in most of them;
where none
was found the officer was asked for it within the week. The panel wanted to know why the two northern towns
were
served later than the rest, and heard that vacancies there were filled in the autumn only. A further paper
will say
whether this held, what it cost, and which of the earlier actions are no longer needed. Members noted the
report.]
#let figures(n) = table(columns: (3fr, 1fr, 1fr, 1fr, 1fr), align: (left, right, right, right, right),
inset: 4pt,
  table.header([*Offence*], [*Year to\ March 2022*], [*Year to\ March 2023*], [*Change*], [*Change %*]),
  ..range(20).map(i => ([Offence group #i of the return], str(1000 + 37 * i + n), str(1100 + 31 * i + n),
  str(100 - 6 * i), str(calc.round((100 - 6 * i) / (1000 + 37 * i + n) * 100, digits: 1)) + "%")).flatten())
#let open-figures(n) = table(columns: (3fr, 1fr, 1fr, 1fr), align: (left, right, right, right), inset: 4pt,
  stroke: none, table.hline(), [Budget head], [Budget], [Outturn], [Variance], table.hline(),
  ..range(18).map(i => ([Head #i], str(2000 + 41 * i), str(1990 + 43 * i + n), str(10 - i))).flatten(),
  table.hline())
#let callout(n) = block(fill: rgb("#e8eef4"), inset: 8pt, width: 100%)[*Area for improvement*

  The force should make sure that plan #n is reviewed by a supervisor, and that the reason is written down
  if not.]
#for n in range(1, PAGES + 1) {
  let kind = calc.rem(n, 6)
  [= Paper #n]
  if kind == 0 { prose(n); figures(n); prose(n) }
  else if kind == 3 { prose(n); if calc.rem(n, 12) == 3 { open-figures(n) } else { prose(n) }; callout(n);
  prose(n) }
  else if kind == 4 { columns(2)[#for i in range(8) [#prose(n + i)

    ]] }
  else { for i in range(2) [#prose(n + i)

    ]; [== What the panel asked]; for i in range(5) [- Action #i: the lead will report on plan #(n + i).
    ]; callout(n); [== Next steps]; prose(n + 1) }
  if n < PAGES { pagebreak() }
}
"""


def make_pdf() -> bytes:
    import typst

    made = typst.compile(_SOURCE.replace("PAGES", str(PAGES)).encode())
    assert isinstance(made, bytes)
    return made


def read_whole(data: bytes) -> str:
    from bluelamp.documents.readers.pdf import read
    from bluelamp.intake.extraction import extract

    document = read(data, sha256=hashlib.sha256(data).hexdigest(), file_name="pack.pdf")
    tables = sum(1 for block in document.blocks if block.rows)
    facts = len(extract(document).facts)
    return f"{len(document.pages)} pages, {len(document.blocks)} blocks, {tables} tables, {facts} facts"


def take_text_with_pdfplumber(data: bytes) -> str:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        characters = 0
        for page in pdf.pages:
            characters += len(page.extract_text())
            page.close()
        return f"{len(pdf.pages)} pages, {characters:,} characters"


def measure(task: Callable[[bytes], str], data: bytes) -> tuple[float, float, str]:
    """Seconds, peak memory in MB, and what was read."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_measure_here, (task, data))


def _measure_here(task: Callable[[bytes], str], data: bytes) -> tuple[float, float, str]:
    start = time.perf_counter()
    said = task(data)
    seconds = time.perf_counter() - start
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, said


def main() -> int:
    data = make_pdf()
    ours, memory, said = measure(read_whole, data)
    theirs, _, said_by_them = measure(take_text_with_pdfplumber, data)
    ratio = ours / theirs
    lines = [
        f"Bluelamp reads it whole:        {ours:6.2f} s, {memory:4.0f} MB at most ({said})",
        f"pdfplumber takes only its text: {theirs:6.2f} s ({said_by_them})",
        f"ratio: {ratio:.2f} (at most {RATIO_AT_MOST}); memory: {memory:.0f} MB (at most {MEMORY_AT_MOST})",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if ratio <= RATIO_AT_MOST and memory <= MEMORY_AT_MOST else 1


if __name__ == "__main__":
    sys.exit(main())
