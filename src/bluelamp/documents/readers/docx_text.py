"""Which words of a Word paragraph are printed, once changes are accepted and fields have their results?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from bluelamp.documents.readers.docx_styles import Styles, W, number_of, raised, switched_on
from bluelamp.documents.readers.office_numbers import show_symbol
from bluelamp.documents.readers.structure import superscript

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_DROPPED = {W + name for name in ("del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "rt")}
_DROPPED |= {W + name for name in ("sdtPr", "sdtEndPr", "tblPr", "annotationRef", "sectPr")}
_SAID = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "softHyphen": "",
}


@dataclass(slots=True)
class ParagraphText:
    """A paragraph's words and what hangs on it. Line breaks inside it are "\\n", tabs are "\\t"."""

    text: str = ""
    strong: bool = False
    strong_until: int = 0  # characters at the start in bold, where what follows is not
    notes: list[tuple[str, str]] = field(default_factory=list)  # ("footnote" or "endnote", its identifier)
    boxes: list[etree._Element] = field(default_factory=list)  # w:txbxContent
    charts: list[str] = field(default_factory=list)  # relationship identifiers
    diagrams: list[str] = field(default_factory=list)
    has_hidden: bool = False


class ParagraphReader:
    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    def read(self, paragraph: etree._Element) -> ParagraphText:
        found = ParagraphText()
        words: list[str] = []
        bold: list[bool] = []
        in_field = _Fields()
        style_bold = bool(self._styles.is_bold(self._styles.style_of(paragraph)))
        for element in _printed(paragraph):
            if element.tag == W + "r":
                said = self._read_run(element, in_field, found)
                if said:
                    if said.strip():
                        bold.append(self._run_is_bold(element, style_bold))
                        if not bold[-1] and all(bold[:-1]) and len(bold) > 1:
                            found.strong_until = sum(map(len, words))
                    words.append(said)
            elif element.tag == _M + "t":
                words.append(element.text or "")
        found.text = "".join(words)
        found.strong = bool(bold) and all(bold)
        return found

    def _run_is_bold(self, run: etree._Element, style_bold: bool) -> bool:
        properties = run.find(W + "rPr")
        direct = switched_on(properties, "b")
        if direct is not None:
            return direct
        named = properties.find(W + "rStyle") if properties is not None else None
        by_style = self._styles.is_bold(named.get(W + "val")) if named is not None else None
        return style_bold if by_style is None else by_style

    def _is_hidden(self, run: etree._Element) -> bool:
        properties = run.find(W + "rPr")
        direct = switched_on(properties, "vanish")
        if direct is not None:
            return direct
        named = properties.find(W + "rStyle") if properties is not None else None
        return bool(named is not None and self._styles.is_hidden(named.get(W + "val")))

    def _is_raised(self, run: etree._Element) -> bool:
        properties = run.find(W + "rPr")
        if properties is None:
            return False
        direct = raised(properties)
        if direct is not None:
            return direct
        named = properties.find(W + "rStyle")
        return named is not None and self._styles.is_raised(named.get(W + "val"))

    def _read_run(self, run: etree._Element, in_field: _Fields, found: ParagraphText) -> str:
        hidden = self._is_hidden(run)
        said: list[str] = []
        for element in _within_run(run):
            tag = element.tag
            if tag == W + "fldChar":
                said.append(in_field.meet(element))
            elif tag in (W + "drawing", W + "pict", W + "object"):
                _collect_drawn(element, found)
            elif in_field.in_instruction:
                continue
            elif tag == W + "t":
                said.append(element.text or "")
            elif tag in _SAID:
                said.append(_SAID[tag])
            elif tag == W + "sym":
                said.append(_show_sym(element))
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                kind = "footnote" if tag == W + "footnoteReference" else "endnote"
                found.notes.append((kind, element.get(W + "id", "")))
        text = "".join(said)
        if hidden and text.strip():
            found.has_hidden = True
            return ""
        return superscript(text) if self._is_raised(run) else text


class _Fields:
    """Between a field's begin and its separator stands its instruction, which is not printed; fields nest."""

    def __init__(self) -> None:
        self._open: list[bool] = []  # True while in the instruction

    @property
    def in_instruction(self) -> bool:
        return any(self._open)

    def meet(self, mark: etree._Element) -> str:
        """What the field's mark itself prints: a form's box or chosen entry."""
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            said = "" if self.in_instruction else _show_form_field(mark)
            self._open.append(True)
            return said
        if kind == "separate" and self._open:
            self._open[-1] = False
        elif kind == "end" and self._open:
            self._open.pop()
        return ""


def _show_form_field(mark: etree._Element) -> str:
    data = mark.find(W + "ffData")
    if data is None:
        return ""
    box = data.find(W + "checkBox")
    if box is not None:
        ticked = switched_on(box, "checked")
        return "☒ " if (switched_on(box, "default") if ticked is None else ticked) else "☐ "
    choice = data.find(W + "ddList")
    if choice is not None:
        entries = choice.findall(W + "listEntry")
        index = number_of(choice.find(W + "result")) or 0
        return (entries[index].get(W + "val") or "") if 0 <= index < len(entries) else ""
    return ""


def _show_sym(element: etree._Element) -> str:
    try:
        return show_symbol(int(element.get(W + "char", ""), 16))
    except ValueError:
        return ""


def _collect_drawn(element: etree._Element, found: ParagraphText) -> None:
    """Text boxes, charts and diagrams of a drawing, each once (the older copy of a drawing is a fallback)."""
    for each in _chosen(element):
        if each.tag == W + "txbxContent":
            found.boxes.append(each)
        elif each.tag == _C + "chart" and each.get(R + "id"):
            found.charts.append(each.get(R + "id", ""))
        elif each.tag == _DGM + "relIds" and each.get(R + "dm"):
            found.diagrams.append(each.get(R + "dm", ""))


def _chosen(element: etree._Element) -> Iterator[etree._Element]:
    """All below the element, but of alternatives only the first, and nothing below a text box."""
    for child in element:
        if child.tag == MC + "AlternateContent":
            chosen = _alternative(child)
            if chosen is not None:
                yield from _chosen(chosen)
        else:
            yield child
            if child.tag != W + "txbxContent":
                yield from _chosen(child)


def _alternative(element: etree._Element) -> etree._Element | None:
    choice = element.find(MC + "Choice")
    return choice if choice is not None else element.find(MC + "Fallback")


def _within_run(run: etree._Element) -> Iterator[etree._Element]:
    for child in run:
        if child.tag == MC + "AlternateContent":
            chosen = _alternative(child)
            if chosen is not None:
                yield from _within_run(chosen)
        elif child.tag == W + "ruby":
            base = child.find(W + "rubyBase")
            yield from base.iter(W + "t") if base is not None else ()
        elif child.tag not in _DROPPED:
            yield child


def _printed(element: etree._Element) -> Iterator[etree._Element]:
    """The runs of the paragraph in order, through links, insertions, controls and fields."""
    for child in element:
        if child.tag == W + "r" or child.tag == _M + "t":
            yield child
        elif child.tag == MC + "AlternateContent":
            chosen = _alternative(child)
            if chosen is not None:
                yield from _printed(chosen)
        elif child.tag not in _DROPPED:
            yield from _printed(child)


def mark_is_deleted(paragraph: etree._Element) -> bool:
    """Was the end of the paragraph deleted? Then its words run on into the next."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def count_changes(root: etree._Element) -> tuple[int, int]:
    """Insertions and deletions that are tracked, moves counted as one of each."""
    inserted = sum(1 for _ in root.iter(W + "ins", W + "moveTo"))
    deleted = sum(1 for _ in root.iter(W + "del", W + "moveFrom"))
    return inserted, deleted
