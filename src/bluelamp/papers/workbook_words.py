"""How do the words beside the tables stand in a workbook?"""

from __future__ import annotations

from typing import Any, Final

from bluelamp.papers.model import (
    Bullets,
    Cited,
    Content,
    Facts,
    Figure,
    NumberedList,
    Paper,
    Paragraph,
    Quote,
    SignatureLines,
    Table,
    Tags,
)
from bluelamp.papers.outline import PlacedBlock, place, say_caption
from bluelamp.papers.words import say_cited
from bluelamp.papers.workbook_looks import Looks, make_height

_COLUMNS: Final = (("Section", 30.0), ("Number", 9.0), ("Reference", 20.0), ("Words", 90.0), ("Source", 40.0))


def write_words(sheet: Any, looks: Looks, paper: Paper) -> None:
    """Every other block in order: its section, number, reference, words and where they come from."""
    looks.set_up(sheet, paper)
    for nth, (head, width) in enumerate(_COLUMNS):
        sheet.write_string(0, nth, head, looks.head(numeric=False))
        sheet.set_column(nth, nth, width)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    at = 1
    for section in place(paper):
        heading = " ".join(filter(None, (section.heading.number, section.section.heading)))
        for placed in section.blocks:
            for number, reference, words, source in _rows_of_words(placed):
                row = [looks.cut(said) for said in (heading, number, reference, words, source)]
                for nth, said in enumerate(row):
                    sheet.write_string(at, nth, said, looks.wrapped)
                sheet.set_row(at, make_height(zip(row, (width for _, width in _COLUMNS), strict=True)))
                at += 1


def _rows_of_words(placed: PlacedBlock) -> list[tuple[str, str, Content, str]]:
    match placed.block:
        case Paragraph(words, _, reference):
            return [(placed.number, reference, words, "")]
        case Quote(words, source, reference):
            return [("", reference, words, _say_source(source))]
        case Bullets(items):
            return [("", "", item, "") for item in items]
        case NumberedList(items):
            return [(f"{nth}.", "", item, "") for nth, item in enumerate(items, 1)]
        case Facts(pairs):
            return [("", label, content, "") for label, content in pairs]
        case Tags(tags):
            return [("", tag.fact, tag.words, "") for tag in tags]
        case Table():
            return [("", "", f"See {say_caption(placed.number, placed.block.caption)}", "")]
        case Figure(caption=caption, alternative=alternative, facts=facts):
            return [
                (placed.number, "", f"{caption}: {alternative}", ""),
                *(("", label, content, "") for label, content in facts),
            ]
        case SignatureLines(labels):
            return [("", label, "", "") for label in labels]
        case _:
            return []


def _say_source(source: Cited | None) -> str:
    return say_cited(source) if source else ""
