"""How are the pieces of a Word file written, each with its children in the order that its schema asks for?

Written by hand (ECMA-376 part 1, chapter 17) rather than through python-docx: that brings a template with styles
of 400 KB, a picture and names of its own, and dates each file in the archive by the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lxml import etree

Element = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = {
    "w": W,
    "r": R,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre."""


def w(tag: str, *children: Element | None, **attributes: str | int) -> Element:
    """An element of Word's own namespace, its attributes too; `r_id` is one of the relationships' namespace."""
    element = etree.Element(f"{{{W}}}{tag}", nsmap=NAMESPACES if tag in ("document", "hdr", "ftr") else {"w": W})
    for name, value in attributes.items():
        key = f"{{{R}}}{name[2:]}" if name.startswith("r_") else f"{{{W}}}{name.rstrip('_')}"
        element.set(key, str(value))
    for child in children:
        if child is not None:
            element.append(child)
    return element


def serialise(root: Element) -> bytes:
    etree.cleanup_namespaces(root, keep_ns_prefixes=["r"])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


# -- runs


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a run looks: a character style, bold, italic."""

    style: str = ""
    bold: bool = False
    italic: bool = False


PLAIN = Look()


def run(words: str, look: Look = PLAIN) -> Element:
    """A run of words; each line feed a new line."""
    made = w("r", _properties(look))
    for nth, line in enumerate(words.split("\n")):
        if nth:
            made.append(w("br"))
        if line:
            text = w("t")
            text.text = line
            text.set(_SPACE, "preserve")
            made.append(text)
    return made


def _properties(look: Look) -> Element | None:
    if look == PLAIN:
        return None
    return w(
        "rPr",
        w("rStyle", val=look.style) if look.style else None,
        w("b") if look.bold else None,
        w("i") if look.italic else None,
    )


def tab() -> Element:
    return w("r", w("tab"))


def field(instruction: str, shown: str) -> list[Element]:
    """A field and what it shows until Word works it out again."""
    code = w("instrText")
    code.text = f" {instruction} "
    code.set(_SPACE, "preserve")
    return [
        w("r", w("fldChar", fldCharType="begin")),
        w("r", code),
        w("r", w("fldChar", fldCharType="separate")),
        run(shown),
        w("r", w("fldChar", fldCharType="end")),
    ]


def bookmark(name: str, number: int, *content: Element) -> list[Element]:
    return [w("bookmarkStart", id=number, name=name), *content, w("bookmarkEnd", id=number)]


def control(tag: str, number: int, *content: Element) -> Element:
    """A content control round words that stay as they are: it can't be deleted, and its tag is not shown."""
    return w(
        "sdt",
        w("sdtPr", w("tag", val=tag), w("id", val=number), w("lock", val="sdtLocked")),
        w("sdtContent", *content),
    )


# -- paragraphs


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What a paragraph has beside its style; lengths in twentieths of a point, None for the style's own."""

    keep_next: bool = False
    numbering: tuple[int, int] | None = None  # (list, level)
    left: int | None = None
    hanging: int = 0
    align: str = ""
    beside: bool = False  # in a frame at the left margin, level with the paragraph that follows


UNSHAPED = Shape()
# LibreOffice 7.4 reads a frame only from the paragraph, not from its style, and places it from the top of the gap
# above the paragraph that follows (7.5 points, by the styles).
_BESIDE: Final[dict[str, str | int]] = {
    "w": 1270,
    "h": 240,
    "hRule": "exact",
    "hSpace": 0,
    "wrap": "around",
    "vAnchor": "text",
    "hAnchor": "margin",
    "x": 1,
    "y": 160,
}


def paragraph(*content: Element, style: str = "", shape: Shape = UNSHAPED) -> Element:
    properties = w("pPr", w("pStyle", val=style) if style else None)
    if shape.keep_next:
        properties.append(w("keepNext"))
    if shape.beside:
        properties.append(w("framePr", **_BESIDE))
    if shape.numbering:
        number, level = shape.numbering
        properties.append(w("numPr", w("ilvl", val=level), w("numId", val=number)))
    if shape.left is not None:
        indents = {"left": shape.left} | ({"hanging": shape.hanging} if shape.hanging else {})
        properties.append(w("ind", **indents))
    if shape.align:
        properties.append(w("jc", val=shape.align))
    return w("p", properties if len(properties) else None, *content)
