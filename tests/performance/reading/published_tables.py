"""How is a published table of `published/` set in each of its forms, and how much of it was read?

In the texts "# " opens a heading, "| ... |" is a row of a table, a cell "<" is merged with the one to its left and
"^" with the one above it. Expected values are written as "71.2%", "14 seconds", "7915 provisional", "pending",
"none" (a value from which nothing can be computed).
"""

from __future__ import annotations

import html
import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl
import yaml
from tests.golden.pdf_documents import build_pdf

from bluelamp.documents.sandbox import read_upload
from bluelamp.figures.printed import PrintedValue
from bluelamp.intake.extraction import extract
from bluelamp.performance.facts import IndicatorRow

PUBLISHED = Path(__file__).resolve().parent / "published"
FLAGS = {"pending", "not_applicable", "not_published", "range", "starred", "provisional", "six_monthly"}
Atom = tuple[str, str, str]
"""One thing a table says: of which row, of which field, what."""


@dataclass(frozen=True)
class Case:
    name: str
    forms: tuple[str, ...]
    text: str
    rows: list[dict[str, Any]]


def find_cases() -> list[Case]:
    found = []
    for path in sorted(PUBLISHED.glob("*.yaml")):
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        found.append(Case(path.stem, tuple(raw["forms"]), raw["text"], raw["rows"]))
    return found


# -- the forms ---------------------------------------------------------------------------------------------------


def build(case: Case, form: str) -> bytes:
    """The case's text as a file of that form."""
    if form == "txt":
        return case.text.encode("utf-8")
    lines = [line for line in case.text.splitlines() if line.strip()]
    if form == "md":
        return _unmerged(case.text).encode("utf-8")
    if form == "pdf":
        return build_pdf(_unmerged(case.text, rule=False))
    groups = [(is_table, list(group)) for is_table, group in itertools.groupby(lines, key=lambda s: s[0] == "|")]
    return {"html": _build_html, "docx": _build_docx, "xlsx": _build_xlsx}[form](groups)


def _unmerged(text: str, *, rule: bool = True) -> str:
    """Merged cells as empty ones, and with `rule` a rule under a table's first row, as Markdown has it."""
    lines: list[str] = []
    for line in text.splitlines():
        line = re.sub(r"(?<=\|) [<^] (?=\|)", "  ", line)
        is_head = rule and line.startswith("|") and not (lines and lines[-1].startswith("|"))
        lines.append(line)
        if is_head:
            lines.append("|" + "---|" * (line.count("|") - 1))
    return "\n".join(lines)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _spans(rows: list[list[str]]) -> Iterator[tuple[int, int, str, int, int]]:
    """Row, column, words, rows and columns spanned of every cell that stands."""
    for at, row in enumerate(rows):
        for column, words in enumerate(row):
            if words in {"<", "^"}:
                continue
            across = next((n for n in range(1, len(row) - column) if row[column + n] != "<"), len(row) - column)
            down = next((n for n in range(1, len(rows) - at) if rows[at + n][column] != "^"), len(rows) - at)
            yield at, column, words, down, across


def _build_html(groups: list[tuple[bool, list[str]]]) -> bytes:
    parts = ["<!doctype html><html><head><title>Report</title></head><body>"]
    for is_table, lines in groups:
        if not is_table:
            for line in lines:
                level = len(line) - len(line.lstrip("#"))
                tag = f"h{level}" if level else "p"
                parts.append(f"<{tag}>{html.escape(line.lstrip('# '))}</{tag}>")
            continue
        rows = [_cells(line) for line in lines]
        made: list[list[str]] = [[] for _ in rows]
        for at, _, words, down, across in _spans(rows):
            tag = "th" if at == 0 else "td"
            made[at].append(f'<{tag} rowspan="{down}" colspan="{across}">{html.escape(words)}</{tag}>')
        parts.append("<table>" + "".join(f"<tr>{''.join(row)}</tr>" for row in made) + "</table>")
    return "\n".join([*parts, "</body></html>"]).encode("utf-8")


def _build_docx(groups: list[tuple[bool, list[str]]]) -> bytes:
    word = docx.Document()
    for is_table, lines in groups:
        if not is_table:
            for line in lines:
                level = len(line) - len(line.lstrip("#"))
                word.add_heading(line.lstrip("# "), level=level) if level else word.add_paragraph(line)
            continue
        rows = [_cells(line) for line in lines]
        table = word.add_table(rows=len(rows), cols=len(rows[0]))
        for at, column, words, down, across in _spans(rows):
            cell = table.cell(at, column)
            if down > 1 or across > 1:
                cell = cell.merge(table.cell(at + down - 1, column + across - 1))
            cell.text = words
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def _build_xlsx(groups: list[tuple[bool, list[str]]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    at = 1
    for is_table, lines in groups:
        rows = [_cells(line) for line in lines] if is_table else [[line.lstrip("# ")] for line in lines]
        for row, column, words, down, across in _spans(rows):
            cell = sheet.cell(at + row, column + 1)
            cell.value, cell.number_format = _typed(words) if is_table else (words, "General")
            if down > 1 or across > 1:
                sheet.merge_cells(
                    start_row=at + row,
                    start_column=column + 1,
                    end_row=at + row + down - 1,
                    end_column=column + across,
                )
        at += len(rows) + 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _typed(words: str) -> tuple[Any, str]:
    """Numbers and percentages as a spreadsheet holds them: 71.2% is 0.712 shown as 0.0%."""
    plain = words.replace(",", "").lstrip("+")
    if re.fullmatch(r"-?\d+", plain):
        return int(plain), "#,##0"
    if re.fullmatch(r"-?\d+\.\d+", plain):
        return float(plain), "0." + "0" * len(plain.partition(".")[2])
    if re.fullmatch(r"-?\d+(\.\d+)?%", plain):
        decimals = len(plain.rstrip("%").partition(".")[2])
        return float(plain.rstrip("%")) / 100, "0%" if not decimals else "0." + "0" * decimals + "%"
    return words, "General"


# -- what was read, and what should have been --------------------------------------------------------------------


def read_rows(case: Case, form: str) -> list[IndicatorRow]:
    document = read_upload(build(case, form), f"{case.name}.{form}")
    return [read.fact for read in extract(document).facts if isinstance(read.fact, IndicatorRow)]


def expected_atoms(case: Case) -> set[Atom]:
    return {atom for row in case.rows for atom in _expected_of(row)}


def _expected_of(row: dict[str, Any]) -> Iterator[Atom]:
    name = row["name"]
    yield name, "code", row.get("code", "")
    yield name, "aim", row.get("aim", "")
    for to, said in row["periods"].items():
        yield name, to, _normal(said)
    for field in ("actual", "percent"):
        if field in row:
            yield name, field, str(Decimal(row[field]).normalize())
    if "unit" in row:
        yield name, "unit", row["unit"]
    if "exception" in row:
        yield name, "exception", row["exception"]
    if "target" in row:
        yield name, "target", _normal(row["target"])
    for said in row.get("others", ()):
        yield name, "other", _normal(said)
    if "rating" in row:
        yield name, "rating", row["rating"]
    if "fraction" in row:
        yield name, "fraction", "/".join(row["fraction"])


def _normal(said: str) -> str:
    words = said.split()
    if words[0] in FLAGS | {"none"}:
        return words[0]
    number, unit = (words[0][:-1], "percent") if words[0].endswith("%") else (words[0], "")
    flags = [word for word in words[1:] if word in FLAGS]
    units = [word for word in words[1:] if word not in FLAGS]
    return " ".join([str(Decimal(number).normalize()), *(units or [unit] if unit or units else []), *flags])


def read_atoms(rows: list[IndicatorRow], case: Case) -> set[Atom]:
    """What was read, in the same words; of fields that the case says nothing about, nothing."""
    asked = {field for row in case.rows for field in row}
    return {atom for row in rows for atom in _read_of(row, asked)}


def _read_of(row: IndicatorRow, asked: set[str]) -> Iterator[Atom]:
    name = row.name
    yield name, "code", row.code
    yield name, "aim", row.aim
    for period in row.periods:
        yield name, period.to.isoformat()[:7], _say(period.value)
    has_change = False
    for field, printed in (("actual", row.change_actual), ("percent", row.change_percent)):
        if printed is not None and printed.value is not None and printed.unit != "seconds":
            yield name, field, str(printed.value.normalize())
            has_change = True
    if has_change and row.change_percent is not None:
        yield name, "unit", row.change_unit
    if "exception" in asked and row.exception is not None:
        yield name, "exception", str(row.exception).lower()
    if row.target is not None and (row.target.value is not None or row.target.printed.strip() not in {"", "-"}):
        yield name, "target", _say(row.target)
    for other in row.others:
        if other.value.value is None and not other.value.flags and not other.value.numerator:
            yield from [(name, "rating", other.value.printed)] if "rating" in asked else []
        else:
            yield name, "other", _say(other.value)
    last = row.periods[-1].value
    if "fraction" in asked and last.numerator is not None:
        yield name, "fraction", f"{last.numerator}/{last.denominator}"


def _say(printed: PrintedValue) -> str:
    if printed.value is None:
        return next((flag for flag in printed.flags if flag in FLAGS), "none")
    parts = [str(printed.value.normalize()), printed.unit, *(flag for flag in printed.flags if flag in FLAGS)]
    return " ".join(part for part in parts if part)


def measure(case: Case, form: str) -> tuple[set[Atom], set[Atom]]:
    """Expected, read."""
    return expected_atoms(case), read_atoms(read_rows(case, form), case)
