"""Which figures does a chart show? Its series and categories, as it keeps them, become a table."""

from __future__ import annotations

from lxml import etree

from bluelamp.documents.blocks import BlockKind
from bluelamp.documents.readers.office_package import OfficePackage
from bluelamp.documents.readers.office_text import CellDraft, RowDraft, TextBuilder
from bluelamp.documents.readers.sheets_format import show_value

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_MOST_POINTS = 100_000


def add_chart(builder: TextBuilder, package: OfficePackage, part: str) -> None:
    """The chart's title as a paragraph and its figures as a table: a row for each category."""
    if part not in package:
        return
    root = package.xml(part)
    title = root.find(f"{_C}chart/{_C}title")
    if title is not None:
        builder.add(BlockKind.PARAGRAPH, " ".join(each.text or "" for each in title.iter(_A + "t")), strong=True)
    series = list(root.iter(_C + "ser"))
    names = [_name_of(each) or f"Series {number}" for number, each in enumerate(series, 1)]
    columns = [_points_of(each, ("val", "yVal")) for each in series]
    categories: dict[int, str] = {}
    for each in series:
        for index, said in _points_of(each, ("cat", "xVal")).items():
            categories.setdefault(index, said)
    rows = [RowDraft(_cells(["", *names]), is_head=True)]
    for index in sorted({index for column in columns for index in column} | set(categories)):
        values = [column.get(index, "") for column in columns]
        rows.append(RowDraft(_cells([categories.get(index, ""), *values])))
    if len(rows) > 1:
        builder.add_table(rows)


def add_diagram(builder: TextBuilder, package: OfficePackage, part: str) -> None:
    """The words of a SmartArt drawing, a paragraph for each shape that has any."""
    if part not in package:
        return
    for point in package.xml(part).iter(_DGM + "pt"):
        words = point.find(_DGM + "t")
        for paragraph in words.iter(_A + "p") if words is not None else ():
            builder.add(BlockKind.PARAGRAPH, "".join(each.text or "" for each in paragraph.iter(_A + "t")))


def _cells(texts: list[str]) -> tuple[CellDraft, ...]:
    return tuple(CellDraft(text, column) for column, text in enumerate(texts))


def _name_of(series: etree._Element) -> str:
    name = series.find(_C + "tx")
    return " ".join(each.text or "" for each in name.iter(_C + "v")).strip() if name is not None else ""


def _points_of(series: etree._Element, tags: tuple[str, ...]) -> dict[int, str]:
    """The cached points by index, as the chart's labels would show them."""
    found: dict[int, str] = {}
    for holder in (series.find(_C + tag) for tag in tags):
        if holder is None:
            continue
        levels = list(holder.iter(_C + "lvl")) or [holder]
        for level in reversed(levels):
            code = next((each.text or "" for each in level.iter(_C + "formatCode")), "General")
            numeric = any(True for _ in holder.iter(_C + "numCache", _C + "numLit"))
            for point in level.iter(_C + "pt"):
                index, said = point.get("idx", ""), point.findtext(_C + "v") or ""
                if not index.isdigit() or int(index) > _MOST_POINTS:
                    continue
                shown = show_value(said, code) if numeric else said
                found[int(index)] = f"{found.get(int(index), '')} {shown}".strip()
    return found
