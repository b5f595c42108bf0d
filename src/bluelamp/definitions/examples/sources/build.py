"""Makes the example documents that are not plain text; run it as a script from the project's folder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import typst
from docx import Document

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent

SECTIONS = {
    "Issues of concern": [
        ("1", "Page 5", "18 percent of 101 calls were abandoned, and not every caller was called back"),
        ("2", "Page 6", "9 of 14 crimes disclosed in reports of antisocial behaviour had been recorded"),
        ("3", "Page 10", "Supervisors kept separate lists of missing children, and the lists did not agree"),
    ],
    "Areas for improvement": [
        ("1", "Page 7", "Record reasonable grounds for every stop and search"),
        ("2", "Page 8", "Evaluate problem-solving plans before they are closed"),
        ("3", "Page 9", "Reduce the number of 101 calls that callers abandon"),
    ],
    "Cause of concern": [
        ("1", "Page 10", "The risk to missing children is not assessed promptly"),
    ],
    "Recommendations": [
        ("1", "Page 10", "Keep one list of waiting reports that a chief officer sees each day"),
        ("2", "Page 10", "Offer every child who returns an independent interview, and record what they say"),
    ],
}


def build_report() -> None:
    typst.compile(
        HERE / "calder-vale-peel-2024.typ", output=TARGET / "calder-vale-peel-2024.pdf", ignore_system_fonts=True
    )


def build_template() -> None:
    document = Document()
    # A fixed day, so that the same script makes the same file.
    document.core_properties.created = document.core_properties.modified = dt.datetime(2024, 4, 22)  # noqa: DTZ001
    document.core_properties.title = "Response to the inspection of Calder Vale Police"
    document.add_heading("Calder Vale Police and Crime Commissioner", 1)
    document.add_paragraph(
        "Response to HMICFRS, PEEL 2023–25: An inspection of Calder Vale Police. This response is fictional and"
        " ships with Bluelamp as an example."
    )
    document.add_paragraph("22 April 2024")
    document.add_heading("Annex 1 – Assurance monitoring template", 2)
    for section, rows in SECTIONS.items():
        document.add_heading(section, 3)
        table = document.add_table(rows=1, cols=4)
        table.style = "Table Grid"
        heads = ("Report Ref", "Page Ref", "ISSUE OF CONCERN", "ACTION TAKEN TO ADDRESS CONCERN")
        for cell, words in zip(table.rows[0].cells, heads, strict=True):
            cell.text = words
        for row in rows:
            for cell, words in zip(table.add_row().cells, (*row, ""), strict=True):
                cell.text = words
    document.save(TARGET / "calder-vale-response-2024.docx")


if __name__ == "__main__":
    build_report()
    build_template()
