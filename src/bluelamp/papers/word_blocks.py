"""Which paragraphs and tables of Word are the blocks of a paper?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bluelamp.papers.model import (
    Bullets,
    Content,
    Facts,
    Figure,
    NumberedList,
    PageBreak,
    Paragraph,
    Quote,
    Section,
    SignatureLines,
    Table,
    Tags,
    Tone,
    Words,
)
from bluelamp.papers.outline import PlacedBlock
from bluelamp.papers.pictures import draw, width_share
from bluelamp.papers.word_pictures import Picture, picture_run
from bluelamp.papers.word_runs import RunWriter
from bluelamp.papers.word_tables import LANDSCAPE_MM, PORTRAIT_MM, TableWriter
from bluelamp.papers.word_xml import TWIPS, Element, Look, Shape, bookmark, paragraph, run, tab, w

NUMBER_WIDTH: Final = round(12 * TWIPS)
REFERENCE_WIDTH: Final = round(23 * TWIPS)
CHAPTERS, BULLETS, FIRST_NUMBERS = 1, 2, 3
"""The lists of numbering.xml; each numbered list has its own from the third on, so that it begins at 1."""
_QUOTE_INDENT: Final = round(4 * TWIPS)
_MARKS: Final = {Tone.GOOD: "●", Tone.ATTENTION: "▲", Tone.FAILED: "■", Tone.NEUTRAL: "○"}
_LABEL_MM: Final = 44


@dataclass(frozen=True)
class Margins:
    """What stands left of the words: references, then numbers; in twentieths of a point."""

    references: int
    numbers: int

    @property
    def gutter(self) -> int:
        return self.references + self.numbers


def measure_margins(blocks: tuple[PlacedBlock, ...]) -> Margins:
    numbered = any(isinstance(each.block, Section) and each.number for each in blocks)
    referred = any(isinstance(each.block, Paragraph | Quote) and each.block.reference for each in blocks)
    return Margins(REFERENCE_WIDTH if referred else 0, NUMBER_WIDTH if numbered else 0)


class BlockWriter:
    def __init__(self, site: str, margins: Margins) -> None:
        self.runs = RunWriter(site)
        self.pictures: list[Picture] = []
        self.numbered_lists = 0
        self._tables = TableWriter(self.runs)
        self._margins = margins
        self._break = False

    def write(self, placed: PlacedBlock) -> list[Element]:
        match placed.block:
            case Section():
                return self._heading(placed.block, placed)
            case Paragraph(words, _, reference):
                return [*self._margin(reference), self._paragraph(words, numbered=bool(placed.number))]
            case Quote():
                return self._quote(placed.block)
            case Bullets(items):
                return [self._item(item, BULLETS) for item in items]
            case NumberedList(items):
                self.numbered_lists += 1
                return [self._item(item, FIRST_NUMBERS - 1 + self.numbered_lists) for item in items]
            case Table():
                return self._tables.write(placed.block, placed.number, landscape=placed.landscape)
            case Figure():
                return self._figure(placed.block, placed)
            case Facts(pairs):
                return [self.pairs(pairs, landscape=placed.landscape), paragraph(style="AfterTable")]
            case Tags():
                return [self._tags(placed.block), paragraph(style="AfterTable")]
            case PageBreak():
                return [paragraph(w("r", w("br", type="page")))]
            case SignatureLines(labels):
                return [self._signature(label) for label in labels]

    # -- words

    def _heading(self, section: Section, placed: PlacedBlock) -> list[Element]:
        made = []
        if section.reference:
            made.append(paragraph(run(section.reference), style="ReferenceAbove"))
        shape = Shape()
        if placed.number:
            shape = Shape(numbering=(CHAPTERS, 0))
        elif self._margins.numbers:
            shape = Shape(left=self._margins.references if section.level == 1 else self._margins.gutter)
        words = bookmark(f"_Toc{placed.nth:06}", self.runs.next_id(), run(section.heading))
        return [*made, paragraph(*words, style=f"Heading{section.level}", shape=shape)]

    def _margin(self, reference: str) -> list[Element]:
        """The reference in a frame beside the paragraph that follows."""
        return [paragraph(run(reference), style="MarginReference", shape=Shape(beside=True))] if reference else []

    def _paragraph(self, words: Words, *, numbered: bool) -> Element:
        content = self.runs.write(words)
        if numbered:
            return paragraph(*content, style="NumberedParagraph", shape=Shape(numbering=(CHAPTERS, 1)))
        return paragraph(*content, shape=Shape(left=self._margins.gutter or None))

    def _quote(self, quote: Quote) -> list[Element]:
        shape = Shape(left=self._margins.gutter + _QUOTE_INDENT, keep_next=quote.source is not None)
        made = [
            *self._margin(quote.reference),
            paragraph(*self.runs.write(quote.words), style="Quote", shape=shape),
        ]
        if quote.source:
            source = self.runs.write((quote.source,))
            made.append(
                paragraph(*source, style="QuoteSource", shape=Shape(left=self._margins.gutter + _QUOTE_INDENT))
            )
        return made

    def _item(self, words: Words, numbering: int) -> Element:
        style = "ListBullet" if numbering == BULLETS else "ListNumber"
        return paragraph(*self.runs.write(words), style=style, shape=Shape(numbering=(numbering, 0)))

    def _signature(self, label: str) -> Element:
        left = self._margins.gutter
        made = paragraph(run(label), tab(), tab(), style="Signature", shape=Shape(left=left))
        made[0].insert(1, w("tabs", _stop("left", left + 1800), _stop("right", left + 6800, leader="underscore")))
        return made

    # -- pairs and tags

    def pairs(self, pairs: tuple[tuple[str, Content], ...], *, landscape: bool) -> Element:
        """A table of two columns; the first cell of each row is its head."""
        across = LANDSCAPE_MM if landscape else PORTRAIT_MM
        widths = [round(_LABEL_MM * TWIPS), round((across - _LABEL_MM) * TWIPS)]
        made = _plain_table(widths, "PaperTable", "Facts", first_column=True)
        for label, content in pairs:
            cells = [[run(label, Look(bold=True))], self._tables.content(content)]
            made.append(w("tr", w("trPr", w("cantSplit")), *_cells(cells, widths, "FactText")))
        return made

    def _tags(self, block: Tags) -> Element:
        widths = [round(PORTRAIT_MM * TWIPS / len(block.tags))] * len(block.tags)
        made = _plain_table(widths, "PaperForm", "Where it stands", first_column=False)
        heads = [[run(tag.fact, Look(style="Quiet"))] for tag in block.tags]
        facts = [[run(f"{_MARKS[tag.tone]} {tag.words}", Look(bold=True))] for tag in block.tags]
        made.append(
            w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *_cells(heads, widths, "TableText", keep=True))
        )
        made.append(w("tr", w("trPr", w("cantSplit")), *_cells(facts, widths, "FactText")))
        return made

    # -- figures

    def _figure(self, figure: Figure, placed: PlacedBlock) -> list[Element]:
        across = LANDSCAPE_MM if placed.landscape else PORTRAIT_MM
        width = across * width_share(figure.svg, across=across)
        picture = Picture(len(self.pictures) + 1, draw(figure.svg), figure.alternative, width)
        self.pictures.append(picture)
        made = [
            self._tables.caption(placed.number, figure.caption),
            paragraph(picture_run(picture), style="Figure"),
        ]
        if figure.facts:
            made += [self.pairs(figure.facts, landscape=placed.landscape), paragraph(style="AfterTable")]
        if figure.table:
            made += self._tables.write(figure.table, placed.behind, landscape=placed.landscape)
        return made


def _stop(kind: str, position: int, **leader: str) -> Element:
    return w("tab", val=kind, pos=position, **leader)


def _plain_table(widths: list[int], style: str, title: str, *, first_column: bool) -> Element:
    look = {"firstColumn": int(first_column), "firstRow": int(not first_column)}
    properties = w(
        "tblPr",
        w("tblStyle", val=style),
        w("tblW", w=sum(widths), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", **look, lastRow=0, lastColumn=0, noHBand=1, noVBand=1),
        w("tblCaption", val=title),
    )
    return w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in widths)))


def _cells(contents: list[list[Element]], widths: list[int], style: str, *, keep: bool = False) -> list[Element]:
    return [
        w(
            "tc",
            w("tcPr", w("tcW", w=width, type="dxa")),
            paragraph(*runs, style=style, shape=Shape(keep_next=keep)),
        )
        for runs, width in zip(contents, widths, strict=True)
    ]
