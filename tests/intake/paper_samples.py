"""Papers of a fictional force in which something does not add up, as text, Word and PDF."""

from __future__ import annotations

import datetime as dt
import io

import docx
from tests.intake.samples import BY, NOW

from bluelamp.documents.actions import store_document
from bluelamp.documents.models import StoredDocument
from bluelamp.documents.readers import read_bytes
from bluelamp.papers.model import Column, Marking, Number, Paper, Paragraph, Section, Table
from bluelamp.papers.rendering import render

ROWS = (("Alder", 40), ("Birch", 31), ("Cedar", 23))
RIGHT = sum(number for _, number in ROWS)


def paper_text(total: int, opening: str = "Patrols of the year") -> bytes:
    """A table whose last row is its total, and a weekday that is right."""
    rows = "\n".join(f"| {name} | {number} |" for name, number in (*ROWS, ("Total", total)))
    return (
        f"# Calder Vale patrols\n\n{opening}. Agreed on Monday 2 March 2026.\n\n"
        f"| Area | Patrols |\n|---|---|\n{rows}\n\nEnd of the paper.\n"
    ).encode()


def paper_docx(total: int) -> bytes:
    made = docx.Document()
    made.add_heading("Calder Vale patrols", 1)
    made.add_paragraph("Agreed on Monday 2 March 2026.")
    table = made.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Area", "Patrols"
    for name, number in (*ROWS, ("Total", total)):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, str(number)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def paper_pdf(total: int, *, tables: int = 1) -> bytes:
    """A paper of our own rendering, a table to a section."""
    opening = Paragraph("The wardens walked each area of the town in turn, and wrote down every walk on the day.")
    columns = (Column("Area of the town", width=2), Column("Patrols", numeric=True, width=1))
    rows = tuple((name, Number(number, str(number))) for name, number in (*ROWS, ("Total", total)))
    sections = tuple(
        Section(f"Part {n + 1}", (opening, Table(f"Patrols of part {n + 1}", columns, rows)))
        for n in range(tables)
    )
    paper = Paper(
        title="Calder Vale patrols", kind="patrols", marking=Marking.OFFICIAL, as_of=dt.date(2026, 3, 2),
        sections=sections,
    )  # fmt: skip
    return render(paper, "pdf").data


def store_paper(data: bytes, file_name: str = "patrols.md", **more: object) -> StoredDocument:
    document = read_bytes(data, file_name=file_name)
    return store_document(by=BY, now=NOW, document=document, data=data, file_name=file_name, **more).document  # type: ignore[arg-type]
