"""What does paper.typ need to know of each block?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from bluelamp.papers.addresses import find_target
from bluelamp.papers.columns import PADDING, break_long, count_row_lines, fit
from bluelamp.papers.model import (
    Blank,
    Bullets,
    Cell,
    Cited,
    Content,
    Facts,
    Figure,
    FormTable,
    GroupRow,
    Link,
    Number,
    NumberedList,
    PageBreak,
    Paragraph,
    Quote,
    Reference,
    Row,
    Run,
    Section,
    SignatureLines,
    Table,
    Tags,
    Text,
    Unknown,
    Words,
)
from bluelamp.papers.outline import PlacedBlock, say_caption
from bluelamp.papers.pictures import picture_text, width_share
from bluelamp.papers.words import content_of, runs_of, say_cited

_WHOLE_ROW: Final = 16
"""Lines of a row that is kept on one page; a higher row may break, so that it never runs off the foot."""
_WHOLE_TABLE: Final = 20  # lines of a table that is kept on one page
_WHOLE_QUOTE: Final = 1_500  # characters of a quote that is kept on one page with its source
_LINE: Final = 26.0  # ems of running text within which a word must be able to break

Data = dict[str, Any]


@dataclass(frozen=True)
class PdfWriter:
    site: str = ""

    def block(self, placed: PlacedBlock) -> Data:
        landscape = placed.landscape
        block = placed.block
        match block:
            case Section():
                return {
                    "type": "heading",
                    "heading": break_long(block.heading, _LINE),
                    "level": block.level,
                    "number": placed.number,
                    "reference": block.reference,
                }
            case Paragraph(words, _, reference):
                runs = self.runs(words)
                return {"type": "paragraph", "runs": runs, "number": placed.number, "reference": reference}
            case Quote(words, source, reference):
                said = self.runs((source,)) if source else []
                runs = self.runs(words)
                whole = sum(len(run["words"]) for run in (*runs, *said)) < _WHOLE_QUOTE
                return {"type": "quote", "runs": runs, "source": said, "reference": reference, "whole": whole}
            case Bullets(items):
                return {"type": "bullets", "items": [self.runs(item) for item in items]}
            case NumberedList(items):
                return {"type": "numbers", "items": [self.runs(item) for item in items]}
            case Table():
                return self.table(block, placed.number, landscape)
            case Figure():
                return self._figure(block, placed, landscape)
            case Facts(pairs):
                return {"type": "facts", "pairs": [self.pair(label, content) for label, content in pairs]}
            case Tags(tags):
                said = [{"fact": tag.fact, "words": break_long(tag.words, 9), "tone": tag.tone} for tag in tags]
                return {"type": "tags", "tags": said}
            case PageBreak():
                return {"type": "page-break"}
            case SignatureLines(labels):
                return {"type": "signatures", "labels": list(labels)}

    # -- words

    def runs(self, words: Words, room: float = _LINE) -> list[Data]:
        return [part for run in runs_of(words) for part in self._parts(run, room)]

    def _parts(self, run: Run, room: float) -> list[Data]:
        match run:
            case Text(words, bold, italic):
                return [{"kind": "text", "words": break_long(words, room), "bold": bold, "italic": italic}]
            case Link(words, address):
                return [{"kind": "text", "words": break_long(words, room), "target": self._target(address)}]
            case Reference(reference, address):
                return [{"kind": "reference", "words": reference, "target": self._target(address)}]
            case Cited(address=address, quote=quote):
                words = break_long(say_cited(run), room)
                place = {"kind": "cited", "words": words, "target": self._target(address)}
                said = {"kind": "cited", "words": break_long(f": “{quote}”", room)}
                return [place, said] if quote else [place]

    def _target(self, address: str) -> str:
        return find_target(address, self.site)

    def content(self, content: Content | Cell, room: float = _LINE) -> Data:
        """A cell: its runs, and what else it is."""
        inner = content_of(content)
        strong = isinstance(content, Cell) and content.strong
        match inner:
            case Number(_, printed, address):
                runs = [{"kind": "text", "words": printed, "target": self._target(address)}]
                return {"kind": "number", "runs": runs, "strong": strong}
            case Unknown(words):
                runs = [{"kind": "unknown", "words": break_long(words, room)}]
                return {"kind": "words", "runs": runs, "strong": strong}
            case Blank(lines, words):
                return {"kind": "blank", "runs": self.runs(words, room), "lines": lines}
            case _:
                return {"kind": "words", "runs": self.runs(inner, room), "strong": strong}

    def pair(self, label: str, content: Content) -> Data:
        return {"label": break_long(label, 12), "runs": self.content(content)["runs"]}

    # -- tables and figures

    def table(self, table: Table, number: str, landscape: bool) -> Data:
        widths, size = fit(table, landscape=landscape)
        return {
            "type": "table",
            "size": size,
            "caption": break_long(say_caption(number, table.caption), _LINE),
            "form": isinstance(table, FormTable),
            "columns": [
                {
                    "head": break_long(column.head, width * 0.9 - PADDING),
                    "unit": break_long(column.unit, width - PADDING),
                    "numeric": column.numeric,
                }
                for column, width in zip(table.columns, widths, strict=True)
            ],
            "widths": widths,
            "rows": [self._row(row, widths) for row in table.rows],
            "whole": _count_table_lines(table, widths) <= _WHOLE_TABLE,
            "totals": [self._row(row, widths) for row in table.totals],
            "note": self.runs(table.note) if table.note else [],
            "empty": table.empty,
        }

    def _row(self, row: Row | GroupRow, widths: tuple[float, ...]) -> Data:
        if isinstance(row, GroupRow):
            return {"kind": "group", "words": break_long(row.words, _LINE)}
        cells = [self.content(cell, width - PADDING) for cell, width in zip(row, widths, strict=True)]
        return {"kind": "row", "cells": cells, "breakable": count_row_lines(row, widths) > _WHOLE_ROW}

    def _figure(self, figure: Figure, placed: PlacedBlock, landscape: bool) -> Data:
        return {
            "type": "figure",
            "svg": picture_text(figure.svg),
            "caption": break_long(say_caption(placed.number, figure.caption), _LINE),
            "alternative": figure.alternative,
            "width": width_share(figure.svg, across=257 if landscape else 170),
            "facts": [self.pair(label, content) for label, content in figure.facts],
            "table": self.table(figure.table, placed.behind, landscape) if figure.table else None,
        }


def _count_table_lines(table: Table, widths: tuple[float, ...]) -> int:
    rows = (*table.rows, *table.totals)
    return sum(1 if isinstance(row, GroupRow) else count_row_lines(row, widths) for row in rows)
