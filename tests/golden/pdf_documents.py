"""How does a golden text become a PDF? The same marks as for Word, with a running head and page numbers."""

from __future__ import annotations

import itertools
import re

import typst

_PAGE = """
#set page(
  paper: "a5", margin: 1.6cm, header: text(8pt)[{head}],
  footer: align(center, text(8pt)[#context counter(page).display()])
)
#set text(10pt)
#set par(justify: false)
"""
_SPECIAL = re.compile(r"([\\#$*_`<>@~\[\]])")


def build_pdf(text: str) -> bytes:
    lines = [line for line in text.splitlines() if line.strip()]
    body = [_PAGE.format(head=_escape(lines[0].lstrip("# ")))]
    for kind, group in itertools.groupby(lines, key=lambda line: line[0] if line[0] in "|>" else ""):
        if kind == "|":
            body.append(_table([[cell.strip() for cell in line.strip("|").split("|")] for line in group]))
        elif kind == ">":
            inner = "\n\n".join(_line(line.removeprefix(">").strip()) for line in group)
            body.append(f"#block(stroke: 0.7pt, inset: 6pt, width: 100%)[\n{inner}\n]")
        else:
            body += [_line(line) for line in group]
    built: bytes = typst.compile("\n\n".join(body).encode("utf-8"))
    return built


def _line(line: str) -> str:
    if line.startswith("#"):
        marks = len(line) - len(line.lstrip("#"))
        return f"{'=' * marks} {_escape(line.lstrip('# '))}"
    if line.startswith("- "):
        return f"- {_escape(line[2:])}"
    parts = [_escape(words) for words in line.split("**")]
    return "".join(f"*{words}*" if position % 2 else words for position, words in enumerate(parts))


def _table(rows: list[list[str]]) -> str:
    cells = ", ".join(f"[{_escape(cell)}]" for row in rows for cell in row)
    return f"#table(columns: {len(rows[0])}, {cells})"


def _escape(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", words)
