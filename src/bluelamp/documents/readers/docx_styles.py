"""What do a Word document's styles say of a paragraph: is it a heading, a list item, bold?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"heading ([1-9])")
_CONTENTS = re.compile(r"toc [1-9]|table of figures")
_LONGEST_CHAIN = 20  # a style may name itself as its parent


def switched_on(properties: etree._Element | None, name: str) -> bool | None:
    """A toggle such as w:b in run properties; None where it is not mentioned."""
    found = properties.find(W + name) if properties is not None else None
    if found is None:
        return None
    return found.get(W + "val", "1") not in ("0", "false", "off", "none")


def raised(properties: etree._Element | None) -> bool | None:
    """Do run properties set the words above the line, as a note's number is? None where they do not say."""
    found = properties.find(W + "vertAlign") if properties is not None else None
    return None if found is None else found.get(W + "val") == "superscript"


def number_of(element: etree._Element | None, attribute: str = "val") -> int | None:
    """The attribute as a whole number; None where it is absent or no number."""
    value = element.get(W + attribute) if element is not None else None
    return int(value) if value is not None and re.fullmatch(r"-?\d{1,9}", value) else None


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Which list a paragraph belongs to (w:numId) and how deep in it (from 0)."""

    list_id: int
    level: int


class Styles:
    def __init__(self, root: etree._Element | None) -> None:
        self._by_id: dict[str, etree._Element] = {}
        self._default = ""
        for style in root.iter(W + "style") if root is not None else ():
            identifier = style.get(W + "styleId", "")
            self._by_id.setdefault(identifier, style)
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                self._default = identifier
        self._bold: dict[str, bool | None] = {}
        self._hidden: dict[str, bool | None] = {}

    def _chain(self, identifier: str | None) -> Iterator[etree._Element]:
        """The style and those it is based on."""
        for _ in range(_LONGEST_CHAIN):
            style = self._by_id.get(identifier or "")
            if style is None:
                return
            yield style
            base = style.find(W + "basedOn")
            identifier = base.get(W + "val") if base is not None else None

    def style_of(self, paragraph: etree._Element) -> str:
        properties = paragraph.find(W + "pPr")
        named = properties.find(W + "pStyle") if properties is not None else None
        return (named.get(W + "val") or self._default) if named is not None else self._default

    def name_of(self, identifier: str) -> str:
        style = self._by_id.get(identifier)
        name = style.find(W + "name") if style is not None else None
        return (name.get(W + "val") or "").lower() if name is not None else identifier.lower()

    def heading_level(self, paragraph: etree._Element) -> int:
        """1 to 6, or 0 for what is no heading. Word's own style names are English in every language."""
        properties = paragraph.find(W + "pPr")
        direct = number_of(properties.find(W + "outlineLvl")) if properties is not None else None
        if direct is not None:
            return min(direct + 1, 6) if 0 <= direct <= 8 else 0
        for style in self._chain(self.style_of(paragraph)):
            name = self.name_of(style.get(W + "styleId", ""))
            found = _HEADING.match(name)
            if found:
                return min(int(found.group(1)), 6)
            if name in ("title", "toc heading"):
                return 1
            if name == "subtitle":
                return 2
            level = number_of(style.find(f"{W}pPr/{W}outlineLvl"))
            if level is not None:
                return min(level + 1, 6) if 0 <= level <= 8 else 0
        return 0

    def is_contents_line(self, paragraph: etree._Element) -> bool:
        return bool(_CONTENTS.match(self.name_of(self.style_of(paragraph))))

    def list_place(self, paragraph: etree._Element) -> ListPlace | None:
        """The paragraph's own numbering, else its style's; list 0 means that numbering is taken away."""
        level: int | None = None
        for holder in (paragraph, *self._chain(self.style_of(paragraph))):
            numbering = holder.find(f"{W}pPr/{W}numPr")
            if numbering is None:
                continue
            if level is None:
                level = number_of(numbering.find(W + "ilvl"))
            list_id = number_of(numbering.find(W + "numId"))
            if list_id is not None:
                return ListPlace(list_id, min(max(level or 0, 0), 8)) if list_id > 0 else None
        return None

    def is_bold(self, identifier: str | None) -> bool | None:
        key = identifier or ""
        if key not in self._bold:
            self._bold[key] = self._first_switch(identifier, "b")
        return self._bold[key]

    def is_hidden(self, identifier: str | None) -> bool | None:
        key = identifier or ""
        if key not in self._hidden:
            self._hidden[key] = self._first_switch(identifier, "vanish")
        return self._hidden[key]

    def is_raised(self, identifier: str | None) -> bool:
        found = (raised(style.find(W + "rPr")) for style in self._chain(identifier))
        return next((each for each in found if each is not None), False)

    def _first_switch(self, identifier: str | None, name: str) -> bool | None:
        for style in self._chain(identifier):
            value = switched_on(style.find(W + "rPr"), name)
            if value is not None:
                return value
        return None
