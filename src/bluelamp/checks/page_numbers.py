"""Do the numbers printed on the pages run on: is one there twice, or left out? And which pages bear no words?

Only where the pages before and after bear numbers that run on: a number that a reader lost, or that a table's foot
seems to be, is none. A pack of papers with numbers of their own begins anew and is not held to one run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bluelamp.checks.model import Check, Paper, Printed, Result, Subject, Verdict
from bluelamp.documents.blocks import Page
from bluelamp.documents.wordless import find_wordless_pages

WORDLESS: Final = "wordless-page"

_RUN: Final = 3
"""Pages on either side that bear numbers that run on."""


def check_page_numbers(subjects: Sequence[Subject]) -> Iterator[Result]:
    """Printed page numbers of every document that has pages."""
    for subject in subjects:
        yield from _wordless(subject)
        pages = subject.document.pages
        numbers = [_number(page) for page in pages]
        for index in range(_RUN, len(pages) - _RUN + 1):
            before, after = numbers[index - _RUN : index], numbers[index : index + _RUN]
            one, other = numbers[index - 1], numbers[index]
            if one is None or other is None or not (_runs_on(before) and _runs_on(after)):
                continue
            if other == one:
                yield from _result(subject, index, f"Two pages bear the number {one}.")
            elif other == one + 2:
                yield from _result(
                    subject, index, f"After page {one} comes page {other}: page {one + 1} is missing."
                )


def _wordless(subject: Subject) -> Iterator[Result]:
    """Pages that are pictures: nothing on them could be checked. There are no words to cite."""
    for pages in find_wordless_pages(subject.document):
        yield Result(
            verdict=Verdict.UNCHECKED,
            check=Check.SEQUENCE,
            rule=WORDLESS,
            message=f"{subject.name}: {pages.words}",
            printed=(),
        )


def _number(page: Page) -> int | None:
    return int(page.printed) if page.printed and page.printed.isdecimal() and len(page.printed) < 5 else None


def _runs_on(numbers: Sequence[int | None]) -> bool:
    known = [number for number in numbers if number is not None]
    return len(known) == len(numbers) and known == list(range(known[0], known[0] + len(known)))


def _result(subject: Subject, index: int, message: str) -> Iterator[Result]:
    printed = tuple(
        each for page in subject.document.pages[index - 1 : index + 1] if (each := _first_words(subject, page))
    )
    if len(printed) == 2:
        yield Result(
            verdict=Verdict.SUSPECT,
            check=Check.SEQUENCE,
            rule="page-number",
            message=message,
            printed=printed,
        )


def _first_words(subject: Subject, page: Page) -> Printed | None:
    """The page's number where it was kept aside, else the page's first block."""
    papers: Sequence[Paper] = subject.papers
    blocks = [*subject.document.asides, *(block for paper in papers for block in paper.blocks)]
    own = [block for block in blocks if block.spans and page.start <= block.spans[0][0] < page.end]
    named = [block for block in own if page.printed and page.printed in block.text.split()]
    return papers[0].print_of((named or own)[0]) if papers and own else None
