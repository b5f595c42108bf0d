"""Lists as other offices keep them: made up here, as a spreadsheet program would save them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from bluelamp.documents.readers import read_bytes
from bluelamp.documents.readers.grids import read_grid_bytes
from bluelamp.register.import_citations import cite_rows
from bluelamp.register.import_mappings import Choice, ImportMapping
from bluelamp.register.import_planning import Citations
from bluelamp.register.import_rows import ReadRow, find_table, read_rows

HEADS = (
    "Ref",
    "Recommendation",
    "Detail",
    "Area",
    "Raised",
    "Due",
    "Revised",
    "Owner",
    "Partner",
    "Status",
    "Said",
)
MAPPING = ImportMapping(
    slug="bicycle-list",
    name="The list of bicycles",
    columns={
        "number": ("Ref",),
        "title": ("Point", "Recommendation"),
        "text": ("Detail",),
        "area": ("Area",),
        "raised": ("Raised",),
        "target": ("Due",),
        "revised": ("Revised",),
        "deadline": ("Deadline",),
        "delivered": ("Done on",),
        "owner": ("Owner",),
        "body": ("Partner",),
        "update": ("Said",),
        "pages": ("Page",),
    },
    dates=("%d/%m/%Y", "%d %B %Y"),
    kind=Choice(always="recommendation"),
    source=Choice(always="internal-audit"),
    status=Choice(
        column=("Status",),
        words={
            "complete": ("Complete", "Closed"),
            "delivered": ("Awaiting sign-off",),
            "in-progress": ("Ongoing",),
            "planned": ("Not started", ""),
            "unallocated": ("Nobody has it",),
            "for-another-body": ("For partner",),
        },
    ),
    add_owners=True,
)


def make_csv(*rows: Sequence[str], heads: Sequence[str] = HEADS) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([heads, *rows])
    return text.getvalue().encode()


def make_xlsx(
    folder: Path, *rows: Sequence[str], heads: Sequence[str] = HEADS, above: int = 0, sheet: str = "A"
) -> bytes:
    """`above`: so many rows of a title and blanks stand over the headings."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    page.title = sheet
    if above:
        page.cell(1, 1, "List of the office")
    for number, row in enumerate((heads, *rows), 1 + above):
        for column, words in enumerate(row, 1):
            if words:
                page.cell(number, column, words)
    path = folder / "list.xlsx"
    book.save(path)
    return path.read_bytes()


def row(
    ref: str = "R1",
    said: str = "Count the bicycles",
    detail: str = "",
    *,
    area: str = "Stores",
    raised: str = "14/04/2022",
    due: str = "",
    revised: str = "",
    owner: str = "",
    partner: str = "",
    status: str = "",
    update: str = "",
) -> tuple[str, ...]:
    return (ref, said, detail, area, raised, due, revised, owner, partner, status, update)


def read(
    data: bytes, name: str = "list.csv", mapping: ImportMapping = MAPPING
) -> tuple[list[ReadRow], dict[int, Citations]]:
    form, document = read_grid_bytes(data, file_name=name), read_bytes(data, file_name=name)
    rows = read_rows(form, mapping)
    return rows, cite_rows(document, find_table(form, mapping).name, rows)
