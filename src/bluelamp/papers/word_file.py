"""How does a paper become a Word file that people can go on writing in, and that is always the same bytes?"""

from __future__ import annotations

import io
import zipfile
from itertools import groupby
from pathlib import Path
from typing import Final

from lxml import etree

from bluelamp.papers.csv_tables import LONG_AGO
from bluelamp.papers.model import Paper, Rendered
from bluelamp.papers.outline import PlacedBlock, flow, header_pairs, is_long, place
from bluelamp.papers.word_blocks import BlockWriter, measure_margins
from bluelamp.papers.word_parts import make_core, make_numbering, make_parts, make_relationships
from bluelamp.papers.word_xml import TWIPS, Element, Shape, field, paragraph, run, serialise, tab, w

_MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_STYLES: Final = Path(__file__).parent / "word_styles.xml"
_A4: Final = (210, 297)
_MARGIN_MM: Final = 20


def render(paper: Paper) -> Rendered:
    """Headings, lists, captions, links and notes are Word's own, so it can be read aloud, listed and edited."""
    blocks = flow(paper)
    margins = measure_margins(blocks)
    writer = BlockWriter(paper.site, margins)
    body = _make_body(paper, blocks, writer)
    document = w("document", body)
    parts = {
        "word/document.xml": serialise(document),
        "word/styles.xml": _make_styles(paper.language),
        "word/numbering.xml": make_numbering(margins, writer.numbered_lists),
        "word/header1.xml": serialise(w("hdr", paragraph(run(paper.marking.value), style="Header"))),
        "word/footer1.xml": _make_footer(paper, across=_A4[0]),
        "word/footer2.xml": _make_footer(paper, across=_A4[1]),
        "word/_rels/document.xml.rels": make_relationships(writer.runs.targets, writer.pictures),
        "docProps/core.xml": make_core(paper),
        **{f"word/media/{picture.file_name}": picture.png for picture in writer.pictures},
        **make_parts(),
    }
    return Rendered(_pack(parts), f"{paper.file_stem}.docx", _MEDIA_TYPE)


def _pack(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        # The list of content types comes first, by which a file is known for what it is.
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, parts[name])
    return buffer.getvalue()


def _make_styles(language: str) -> bytes:
    root = etree.fromstring(_STYLES.read_bytes(), etree.XMLParser(remove_comments=True, remove_blank_text=True))
    for node in root.iter("{*}lang"):
        for name in node.attrib:
            node.set(name, language)
    return serialise(root)


def _make_body(paper: Paper, blocks: tuple[PlacedBlock, ...], writer: BlockWriter) -> Element:
    body = w("body")
    body.extend(_make_opening(paper, writer))
    stretches = [(lies, list(group)) for lies, group in groupby(blocks, lambda placed: placed.landscape)]
    if stretches and stretches[0][0] and not paper.landscape:
        body.append(_end_stretch(_page(landscape=False)))
    for nth, (landscape, group) in enumerate(stretches):
        for placed in group:
            body.extend(writer.write(placed))
        if nth < len(stretches) - 1:
            body.append(_end_stretch(_page(landscape=landscape)))
    body.append(_page(landscape=stretches[-1][0] if stretches else paper.landscape))
    return body


def _make_opening(paper: Paper, writer: BlockWriter) -> list[Element]:
    made = [paragraph(run(" ".join(paper.title.split())), style="Title")]
    if paper.subtitle:
        made.append(paragraph(run(paper.subtitle), style="Subtitle"))
    made += [writer.pairs(header_pairs(paper), landscape=paper.landscape), paragraph(style="AfterTable")]
    if is_long(paper):
        made += _make_contents(paper)
    return made


def _make_contents(paper: Paper) -> list[Element]:
    """A list of links to the headings, as a field that Word can make anew with page numbers."""
    entries = [placed for placed in place(paper) if placed.section.level < 3]
    made = [paragraph(run("Contents"), style="TOCHeading")]
    begin, code, separate, _, end = field('TOC \\o "1-2" \\h \\z \\u', "")
    for nth, placed in enumerate(entries):
        words = " ".join(filter(None, (placed.heading.number, placed.section.heading)))
        link = w("hyperlink", run(words), anchor=f"_Toc{placed.heading.nth:06}", history=1)
        first = [begin, code, separate] if nth == 0 else []
        last = [end] if nth == len(entries) - 1 else []
        made.append(paragraph(*first, link, *last, style=f"TOC{placed.section.level}"))
    return made


def _page(*, landscape: bool) -> Element:
    """The end of a stretch: how its pages lie, their margins, head and foot."""
    across, down = (round(side * TWIPS) for side in (reversed(_A4) if landscape else _A4))
    margin = round(_MARGIN_MM * TWIPS)
    size = {"w": across, "h": down} | ({"orient": "landscape"} if landscape else {})
    sides = dict.fromkeys(("top", "right", "bottom", "left"), margin)
    return w(
        "sectPr",
        w("headerReference", type="default", r_id="rIdHeader"),
        w("footerReference", type="default", r_id="rIdFooterTurned" if landscape else "rIdFooter"),
        w("type", val="nextPage"),
        w("pgSz", **size),
        w("pgMar", **sides, header=round(9 * TWIPS), footer=round(9 * TWIPS), gutter=0),
    )


def _end_stretch(page: Element) -> Element:
    made = paragraph(style="EndOfStretch")
    made[0].append(page)
    return made


def _make_footer(paper: Paper, *, across: int) -> bytes:
    room = across - 2 * _MARGIN_MM
    stops = w(
        "tabs",
        w("tab", val="clear", pos=round(85 * TWIPS)),
        w("tab", val="clear", pos=round(170 * TWIPS)),
        w("tab", val="center", pos=round(room / 2 * TWIPS)),
        w("tab", val="right", pos=round(room * TWIPS)),
    )
    title = " ".join(paper.title.split())
    running = title if len(title) <= 42 else title[:41].rstrip() + "…"
    pages = [run("Page "), *field("PAGE", "1"), run(" of "), *field("NUMPAGES", "1")]
    marking = run(paper.marking.value)
    marking.insert(0, w("rPr", w("b")))
    made = paragraph(run(running), tab(), marking, tab(), *pages, style="Footer", shape=Shape())
    made[0].append(stops)
    return serialise(w("ftr", made))
