"""How are the pieces of a Word form written, each with its children in the order that Word's schema asks for?

Written by hand where python-docx has no word for it: controls, bookmarks, hidden runs, heads that repeat.
Order of children: ECMA-376 part 1, 17.3 to 17.5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from bluelamp.assurance.template_model import PLACEHOLDER, Choice
from bluelamp.documents.readers.office_package import clean

GREY = "44494D"
HEAD_FILL = "F3F2F1"
MM = 56.6929  # twentieths of a point


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a run of words looks; `size` in half points, 0 for the style's own."""

    bold: bool = False
    italic: bool = False
    hidden: bool = False
    colour: str = ""
    size: int = 0


PLAIN = Look()


def make(tag: str, *children: Element | None, **attributes: str) -> Element:
    """The element with its children; attributes are in Word's own namespace."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name.rstrip('_')}"), value)
    for child in children:
        if child is not None:
            element.append(child)
    return cast(Element, element)


def run(words: str, look: Look = PLAIN) -> Element:
    text = make("t")
    text.text = clean(words)
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return make("r", _run_properties(look), text)


def _run_properties(look: Look) -> Element | None:
    if look == PLAIN:
        return None
    size = str(look.size)
    return make(
        "rPr",
        make("b") if look.bold else None,
        make("i") if look.italic else None,
        make("vanish") if look.hidden else None,
        make("color", val=look.colour) if look.colour else None,
        make("sz", val=size) if look.size else None,
        make("szCs", val=size) if look.size else None,
    )


def paragraph(*content: Element, style: str = "", centred: bool = False) -> Element:
    properties = make(
        "pPr",
        make("pStyle", val=style) if style else None,
        make("jc", val="center") if centred else None,
    )
    return make("p", properties if len(properties) else None, *content)


def bookmark(name: str, identifier: int, *content: Element) -> list[Element]:
    """The content between a bookmark's two ends; the content alone where there is no name."""
    if not name:
        return list(content)
    start = make("bookmarkStart", id=str(identifier), name=name)
    return [start, *content, make("bookmarkEnd", id=str(identifier))]


def marked(shown: Element, mark: str, identifier: int) -> list[Element]:
    """The mark twice over: as the tag of a control round what is shown, and as hidden words after it.

    The hidden words stand outside the control: LibreOffice 7.4 shows hidden words that are inside one.
    """
    properties = make(
        "sdtPr",
        make("alias", val="Which point this row is about"),
        make("tag", val=mark),
        make("id", val=str(identifier)),
    )
    return [make("sdt", properties, make("sdtContent", shown)), run(f" {mark}", Look(hidden=True))]


def choice_list(choices: tuple[Choice, ...], title: str, identifier: int) -> Element:
    entries = [make("listItem", displayText=each.name, value=each.slug) for each in choices]
    return _unmade(make("dropDownList", *entries), title, identifier)


def day_picker(title: str, identifier: int) -> Element:
    date = make(
        "date",
        make("dateFormat", val="d MMMM yyyy"),
        make("lid", val="en-GB"),
        make("storeMappedDataAs", val="date"),
        make("calendar", val="gregorian"),
    )
    return _unmade(date, title, identifier)


def _unmade(kind: Element, title: str, identifier: int) -> Element:
    """A control in which nothing has been chosen yet."""
    properties = make(
        "sdtPr",
        make("alias", val=title),
        make("id", val=str(identifier)),
        make("showingPlcHdr"),
        kind,
    )
    return make("sdt", properties, make("sdtContent", run(PLACEHOLDER, Look(colour=GREY))))


def field(code: str) -> list[Element]:
    """A field that Word counts: PAGE, NUMPAGES."""
    instruction = make("instrText")
    instruction.text = f" {code} "
    return [
        make("r", make("fldChar", fldCharType="begin")),
        make("r", instruction),
        make("r", make("fldChar", fldCharType="separate")),
        run("1"),
        make("r", make("fldChar", fldCharType="end")),
    ]


def cell(width_mm: float, *paragraphs: Element, fill: str = "") -> Element:
    properties = make(
        "tcPr",
        make("tcW", w=_twips(width_mm), type="dxa"),
        make("shd", val="clear", color="auto", fill=fill) if fill else None,
    )
    return make("tc", properties, *(paragraphs or (paragraph(),)))


def row(*cells: Element, is_head: bool = False, height_mm: float = 0) -> Element:
    properties = make(
        "trPr",
        make("cantSplit"),
        make("trHeight", val=_twips(height_mm), hRule="atLeast") if height_mm else None,
        make("tblHeader") if is_head else None,
    )
    return make("tr", properties, *cells)


def table(widths_mm: tuple[float, ...], *, caption: str) -> Element:
    """An empty table with fixed widths, thin rules and a caption that a screen reader says."""
    rules = [
        make(side, val="single", sz="4", space="0", color="B1B4B6")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    ]
    margins = [make(side, w="85", type="dxa") for side in ("left", "right")]
    properties = make(
        "tblPr",
        make("tblW", w=_twips(sum(widths_mm)), type="dxa"),
        make("tblBorders", *rules),
        make("tblLayout", type="fixed"),
        make(
            "tblCellMar",
            make("top", w="45", type="dxa"),
            margins[0],
            make("bottom", w="45", type="dxa"),
            margins[1],
        ),
        make("tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0"),
        make("tblCaption", val=clean(caption)),
    )
    grid = make("tblGrid", *(make("gridCol", w=_twips(width)) for width in widths_mm))
    return make("tbl", properties, grid)


def _twips(millimetres: float) -> str:
    return str(round(millimetres * MM))
