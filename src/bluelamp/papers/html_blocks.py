"""Which elements of HTML are the blocks of a paper?"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from bluelamp.papers.addresses import find_target
from bluelamp.papers.model import (
    Blank,
    Bullets,
    Cell,
    Cited,
    Column,
    Content,
    Facts,
    Figure,
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
from bluelamp.papers.outline import PlacedBlock, PlacedSection, say_caption
from bluelamp.papers.pictures import inline_svg
from bluelamp.papers.words import content_of, runs_of, say_cited


def lines(words: str) -> str:
    """Escaped words; each line feed a new line."""
    return escape(words).replace("\n", "<br>")


def element(name: str, inner: str, css: str = "", **attributes: str) -> str:
    """An element with HTML inside; attributes are escaped."""
    given = {"class": css, **attributes}
    said = "".join(f' {key.replace("_", "-")}="{escape(value)}"' for key, value in given.items() if value)
    return f"<{name}{said}>{inner}</{name}>\n"


def _inline(name: str, inner: str, css: str = "") -> str:
    return element(name, inner, css).rstrip("\n")


@dataclass
class HtmlWriter:
    """Writes sections; `heading_level` is that of a section of level 1."""

    site: str = ""
    heading_level: int = 2
    _captions: int = field(default=0, init=False)

    def section(self, placed: PlacedSection) -> str:
        section = placed.section
        level = min(6, self.heading_level + section.level - 1)
        number = f'<span class="paper-number">{placed.heading.number}</span> ' if placed.heading.number else ""
        heading = element(
            f"h{level}",
            self._margin(section.reference) + number + lines(section.heading),
            f"paper-heading paper-heading-{section.level}",
            id=f"paper-section-{placed.heading.nth}",
        )
        wide = " paper-wide" if any(each.landscape for each in placed.blocks) else ""
        body = "".join(self.block(each) for each in placed.blocks)
        css = f"paper-section{wide}"
        return element(
            "section", "\n" + heading + body, css, aria_labelledby=f"paper-section-{placed.heading.nth}"
        )

    def block(self, placed: PlacedBlock) -> str:
        block = placed.block
        match block:
            case Section():
                raise TypeError("a heading is written with its section")
            case Paragraph():
                return self._paragraph(block, placed.number)
            case Quote():
                return self._quote(block)
            case Bullets(items) | NumberedList(items):
                entries = "".join(element("li", self.words(item)) for item in items)
                return element("ul" if isinstance(block, Bullets) else "ol", "\n" + entries, "paper-list")
            case Table():
                return self.table(block, placed.number)
            case Figure():
                return self._figure(block, placed)
            case Facts(pairs):
                return self.pairs(pairs, "paper-facts")
            case Tags():
                return self._tags(block)
            case PageBreak():
                return '<hr class="paper-break">\n'
            case SignatureLines(labels):
                entries = "".join(element("li", lines(label)) for label in labels)
                return element("ul", "\n" + entries, "paper-signatures")

    # -- words

    def words(self, words: Words) -> str:
        return "".join(self._run(run) for run in runs_of(words))

    def _run(self, run: Run) -> str:
        match run:
            case Text(words, bold, italic):
                said = lines(words)
                said = f"<em>{said}</em>" if italic else said
                return f"<strong>{said}</strong>" if bold else said
            case Link(words, address):
                return self._link(lines(words), address)
            case Reference(reference, address):
                return self._link(_inline("span", escape(reference), "paper-reference"), address)
            case Cited():
                return self._cited(run)

    def _link(self, inner: str, address: str) -> str:
        target = find_target(address, self.site)
        return f'<a href="{escape(target)}">{inner}</a>' if target else inner

    def _cited(self, cited: Cited) -> str:
        place = _inline("cite", self._link(lines(say_cited(cited)), cited.address))
        quote = f": {_inline('q', lines(cited.quote))}" if cited.quote else ""
        return _inline("span", place + quote, "paper-cited")

    def _margin(self, reference: str) -> str:
        return f'<span class="paper-margin">{escape(reference)}</span> ' if reference else ""

    def _paragraph(self, block: Paragraph, number: str) -> str:
        said = _inline("span", escape(number), "paper-number") + " " if number else ""
        css = "paper-numbered" if number else ""
        return element("p", self._margin(block.reference) + said + self.words(block.words), css)

    def _quote(self, block: Quote) -> str:
        said = element("p", self._margin(block.reference) + self.words(block.words))
        source = element("p", self._cited(block.source), "paper-source") if block.source else ""
        return element("blockquote", "\n" + said + source, "paper-quote")

    # -- blocks of pairs

    def pairs(self, pairs: tuple[tuple[str, Content], ...], css: str) -> str:
        entries = "".join(
            element("div", element("dt", lines(label)) + element("dd", self._content(content)))
            for label, content in pairs
        )
        return element("dl", "\n" + entries, css)

    def _tags(self, block: Tags) -> str:
        entries = "".join(
            element(
                "div", element("dt", lines(tag.fact)) + element("dd", lines(tag.words)), f"paper-tag-{tag.tone}"
            )
            for tag in block.tags
        )
        return element("dl", "\n" + entries, "paper-tags")

    # -- tables and figures

    def table(self, table: Table, number: str = "") -> str:
        if not table.rows:
            caption = element("p", lines(say_caption(number, table.caption)), "paper-caption")
            return caption + element("p", lines(table.empty), "paper-empty") + self._note(table)
        self._captions += 1
        caption_id = f"paper-table-{self._captions}"
        head = "".join(self._head(column) for column in table.columns)
        rows = "".join(self._row(row, table) for row in table.rows)
        inner = (
            element("caption", lines(say_caption(number, table.caption)), "paper-caption", id=caption_id)
            + element("thead", element("tr", "\n" + head))
            + element("tbody", "\n" + rows)
        )
        if table.totals:
            totals = "".join(self._row(row, table) for row in table.totals)
            inner += element("tfoot", "\n" + totals)
        # Scrolls inside itself on a narrow screen; reachable and named for the keyboard.
        scroll = f'<div class="paper-scroll" role="region" aria-labelledby="{caption_id}" tabindex="0">\n'
        return f"{scroll}{element('table', inner)}</div>\n{self._note(table)}"

    def _head(self, column: Column) -> str:
        unit = f' <span class="paper-unit">{escape(column.unit)}</span>' if column.unit else ""
        return element("th", lines(column.head) + unit, "paper-numeric" if column.numeric else "", scope="col")

    def _row(self, row: Row | GroupRow, table: Table) -> str:
        if isinstance(row, GroupRow):
            span = str(len(table.columns))
            return element("tr", element("th", lines(row.words), "paper-group", scope="colgroup", colspan=span))
        cells = []
        for nth, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            said = self._content(content_of(cell))
            said = f"<strong>{said}</strong>" if isinstance(cell, Cell) and cell.strong else said
            css = "paper-numeric" if column.numeric else ""
            is_head = table.row_heads and nth == 0
            cells.append(element("th", said, css, scope="row") if is_head else element("td", said, css))
        return element("tr", "\n" + "".join(cells))

    def _content(self, content: Content) -> str:
        match content:
            case Number(_, printed, address):
                return self._link(escape(printed), address)
            case Unknown(words):
                return _inline("span", lines(words), "paper-unknown")
            case Blank(_, words):
                return lines(words) if words else _inline("span", "to be filled in", "paper-blank")
            case _:
                return self.words(content)

    def _note(self, table: Table) -> str:
        return element("p", self.words(table.note), "paper-note") if table.note else ""

    def _figure(self, figure: Figure, placed: PlacedBlock) -> str:
        self._captions += 1
        picture = inline_svg(figure.svg, figure.alternative, prefix=f"paper-figure-{self._captions}-")
        caption = element("figcaption", lines(say_caption(placed.number, figure.caption)), "paper-caption")
        behind = ""
        if figure.table:
            summary = element("summary", "The figures as a table")
            behind = element("details", summary + self.table(figure.table, placed.behind), open="open")
        drawn = element("figure", caption + picture, "paper-figure")
        if figure.facts:
            drawn = element("div", "\n" + drawn + self.pairs(figure.facts, "paper-facts"), "paper-beside")
        return drawn + behind
