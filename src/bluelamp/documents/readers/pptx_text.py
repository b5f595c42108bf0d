"""What does a text box of a slide say, and which of its paragraphs are bullets?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from bluelamp.documents.readers.office_numbers import letter, roman, show_bullet

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


@dataclass(frozen=True, slots=True)
class SlideParagraph:
    text: str
    level: int  # from 1
    marker: str  # "" for a plain paragraph
    strong: bool


def placeholder_of(shape: etree._Element) -> tuple[str, str] | None:
    """The kind of placeholder ("title", "body", "sldNum") and its index; None for a shape of its own."""
    found = next(iter(shape.iterfind(f"*/{P}nvPr/{P}ph")), None)
    return (found.get("type", "obj"), found.get("idx", "0")) if found is not None else None


def read_text_body(body: etree._Element | None, inherited: list[etree._Element]) -> Iterator[SlideParagraph]:
    """The paragraphs of a p:txBody or a:txBody.

    `inherited`: the list styles that apply where a paragraph says nothing itself, nearest first.
    """
    if body is None:
        return
    own = body.find(A + "lstStyle")
    styles = ([own] if own is not None else []) + inherited
    counts: dict[int, int] = {}
    for paragraph in body.iterfind(A + "p"):
        text, strong = _words_of(paragraph)
        if not text.strip():
            continue
        properties = paragraph.find(A + "pPr")
        level = _level_of(properties)
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        bullet = _bullet_of(properties, styles, level)
        marker = _marker_of(bullet, counts, level)
        yield SlideParagraph(text, level + 1, marker, strong)


def _level_of(properties: etree._Element | None) -> int:
    value = properties.get("lvl", "0") if properties is not None else "0"
    return min(int(value), 8) if value.isdigit() else 0


def _words_of(paragraph: etree._Element) -> tuple[str, bool]:
    """The words, a line break as "\\n", and whether all of them are bold."""
    words: list[str] = []
    bold: list[bool] = []
    for child in paragraph.iter(A + "r", A + "fld", A + "br"):
        if child.tag == A + "br":
            words.append("\n")
            continue
        said = child.findtext(A + "t") or ""
        words.append(said)
        if said.strip():
            properties = child.find(A + "rPr")
            bold.append(properties is not None and properties.get("b") in ("1", "true"))
    return "".join(words), bool(bold) and all(bold)


def _bullet_of(
    properties: etree._Element | None, styles: Iterable[etree._Element], level: int
) -> etree._Element | None:
    """a:buNone, a:buChar or a:buAutoNum: the first that anybody says, from the paragraph up to the master."""
    holders = [properties, *(style.find(f"{A}lvl{level + 1}pPr") for style in styles)]
    for holder in holders:
        for child in holder if holder is not None else ():
            if child.tag in (A + "buNone", A + "buChar", A + "buAutoNum", A + "buBlip"):
                return child
    return None


def _marker_of(bullet: etree._Element | None, counts: dict[int, int], level: int) -> str:
    if bullet is None or bullet.tag == A + "buNone":
        counts.pop(level, None)
        return ""
    if bullet.tag == A + "buAutoNum":
        start = bullet.get("startAt", "1")
        first = int(start) if start.isdigit() and len(start) < 6 else 1
        counts[level] = counts.get(level, first - 1) + 1
        return _show_automatic(counts[level], bullet.get("type", "arabicPeriod"))
    counts.pop(level, None)
    return show_bullet(bullet.get("char", "•")[:4])


def _show_automatic(number: int, kind: str) -> str:
    """`kind` as in ST_TextAutonumberScheme: alphaLcParenR is "a)"."""
    shown = str(number)
    if kind.startswith("alpha"):
        shown = letter(number)
    elif kind.startswith("roman"):
        shown = roman(number)
    if "Uc" in kind:
        shown = shown.upper()
    if kind.endswith("ParenBoth"):
        return f"({shown})"
    return shown + {"Period": ".", "ParenR": ")"}.get(kind[-6:], "") if not kind.endswith("Plain") else shown
