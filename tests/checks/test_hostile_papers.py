"""Does every checker come back from a megabyte of anything? Patterns that look back would never."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.checks.made_subjects import check, document_of

from bluelamp.checks import (
    cast_columns,
    cast_headings,
    cast_sentences,
    casts,
    change_columns,
    change_sentences,
    changes,
    dates,
    decided,
    form,
    page_numbers,
    ratio_columns,
    ratios,
    references,
    repeats,
    sequences,
)
from bluelamp.checks.model import Paper, Subject
from bluelamp.documents.blocks import Block, BlockKind, Page
from bluelamp.documents.document import Document, whole

pytestmark = pytest.mark.no_database
SIZE = 1_000_000
CHECKERS = (
    casts.check_casts, cast_columns.check_columns, cast_headings.check_headings, cast_sentences.check_sentences,
    changes.check_changes, change_columns.check_change_columns,
    change_sentences.check_change_sentences, page_numbers.check_page_numbers, ratios.check_ratios,
    ratio_columns.check_ratio_columns, repeats.check_repeats, sequences.check_sequences, dates.check_dates,
    decided.check_decided, references.check_references, form.check_form,
)  # fmt: skip
PIECES = (
    "1 of 2 (", "was approved by the board ", "Table 1 ", "Appendix A of ", "3.1 ", "Quarter 1 (", "1/2/",
    "total of 9 ", "Of the 9 a, 3 were b, ", "that the board the board ", "between 1 May 2021 to ", "Monday ",
    "%% 5 ", "((((", "a\t1\t", "more than one ", "the the the ", "RESOLVED 2021/0", "12,",
    "doubled from 1 to 2 ", "excluding ",
    "1 May 2021 and ", "- ", "approves ",
)  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_a_megabyte_in_one_line(piece: str) -> None:
    text = (piece * (SIZE // len(piece) + 1))[:SIZE]
    page = Page(number=None, start=0, end=SIZE)
    block = Block(BlockKind.PARAGRAPH, text, ((0, SIZE),))
    document = Document(sha256="0" * 64, format="txt", text=text, pages=(page,), blocks=(block,))
    for checker in CHECKERS:
        list(checker([_subject(document)]))


@pytest.mark.parametrize("piece", PIECES[:12])
def test_many_lines(piece: str) -> None:
    document = document_of("\n\n".join([piece * 20] * (SIZE // 5 // (len(piece) * 20 + 2))))
    for checker in CHECKERS:
        list(checker([_subject(document)]))


@pytest.mark.parametrize("cell", ["1", "12,000", "(4)", "5%", "n/a", "Total", "1/2"])
def test_tables_of_many_rows_and_columns(cell: str) -> None:
    row = "| " + " | ".join([cell] * 30) + " |\n"
    head = "| " + " | ".join(f"Change {n} %" for n in range(30)) + " |\n|" + "---|" * 30 + "\n"
    for checker in CHECKERS:
        check(checker, head + row * 200)


def _subject(document: Document) -> Subject:
    paper = Paper(part=whole(document), title="", family="other", meeting=dt.date(2020, 1, 1))
    return Subject(document=document, name="x", papers=(paper,))
