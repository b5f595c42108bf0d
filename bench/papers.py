"""What does it cost to print a paper of fifty pages or more, in each format?

Prints pages, seconds and sizes, and each format's time beside that of the same words as plain data. Exits 1 where
the PDF takes over five seconds.
"""

from __future__ import annotations

import sys
import time

import pypdfium2
from tests.papers.samples import committee_update, sixty_pages

from bluelamp.papers.rendering import FORMATS, render

SECONDS_AT_MOST = 5.0


def main() -> None:
    paper = sixty_pages()
    for form in FORMATS:  # so that loading is not counted; of another paper, since Typst keeps what it made
        render(committee_update(), form)
    seconds: dict[str, float] = {}
    for form in FORMATS:
        begun = time.perf_counter()
        made = render(paper, form)
        seconds[form] = time.perf_counter() - begun
        print(f"papers: {form:5} {seconds[form]:6.2f} s {len(made.data) / 1024:8.0f} KB")
        if form == "pdf":
            print(f"papers: the PDF has {len(pypdfium2.PdfDocument(made.data))} pages")
    print(f"papers: PDF takes {seconds['pdf'] / seconds['json']:.0f} times the plain data")
    if seconds["pdf"] > SECONDS_AT_MOST:
        sys.exit(f"papers: over {SECONDS_AT_MOST} s")
