"""How does a golden text become a Word document?

"# " a heading, "- " a bullet, "**...**" a bold paragraph, "**...** ..." one that opens in bold, "| ... |" a row of
a table, "> " a line in a box (a table of one cell, as inspectors' boxes are made).
"""

from __future__ import annotations

import io
import itertools

import docx
from docx.document import Document as WordDocument


def build_docx(text: str) -> bytes:
    word = docx.Document()
    lines = [line for line in text.splitlines() if line.strip()]
    for kind, group in itertools.groupby(lines, key=_kind):
        if kind == "|":
            _add_table(word, [[cell.strip() for cell in line.strip("|").split("|")] for line in group])
        elif kind == ">":
            _add_box(word, [line.removeprefix(">").strip() for line in group])
        else:
            for line in group:
                _add_line(word, line)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def _kind(line: str) -> str:
    return line[0] if line[0] in "|>" else ""


def _add_table(word: WordDocument, rows: list[list[str]]) -> None:
    table = word.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, texts, strict=True):
            cell.text = words


def _add_box(word: WordDocument, lines: list[str]) -> None:
    cell = word.add_table(rows=1, cols=1).rows[0].cells[0]
    for position, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if position == 0 else cell.add_paragraph()
        bold = line.startswith("**")
        paragraph.add_run(("• " + line[2:]) if line.startswith("- ") else line.strip("*")).bold = bold


def _add_line(word: WordDocument, line: str) -> None:
    if line.startswith("#"):
        marks = len(line) - len(line.lstrip("#"))
        word.add_heading(line.lstrip("# "), level=marks)
    elif line.startswith("- "):
        word.add_paragraph(line[2:], style="List Bullet")
    else:
        paragraph = word.add_paragraph()
        for position, words in enumerate(line.split("**")):
            paragraph.add_run(words).bold = position % 2 == 1
