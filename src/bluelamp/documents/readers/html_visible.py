"""Which elements of a page does its reader see, and what words do they hold?"""

from __future__ import annotations

import re

from lxml import etree

from bluelamp.documents.readers.structure import superscript

_DROPPED = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "iframe",
        "object",
        "embed",
        "applet",
        "head",
        "select",
        "datalist",
        "canvas",
        "audio",
        "video",
        "input",
        "textarea",
        "link",
        "meta",
        "base",
        "map",
        "frame",
        "frameset",
    ]
)
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_HIDDEN_CLASSES = frozenset(
    ["visually-hidden", "govuk-visually-hidden", "sr-only", "screen-reader-text", "d-none", "visuallyhidden"]
)
_PARTING = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "tr",
        "td",
        "th",
        "ul",
        "ol",
        "dd",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "blockquote",
        "hr",
    ]
)


def tag_of(element: etree._Element) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


def is_dropped(element: etree._Element) -> bool:
    """Is the element no text, or hidden from whoever reads the page?"""
    tag = tag_of(element)
    if not tag or tag in _DROPPED or element.get("hidden") is not None:
        return True
    style = element.get("style")
    if style and len(style) < 5000 and _HIDDEN_STYLE.search(style):
        return True
    classes = element.get("class")
    return bool(classes) and not _HIDDEN_CLASSES.isdisjoint(str(classes).split())


def visible_text(element: etree._Element) -> str:
    """All words a reader sees in the element, folded to one line."""
    pieces: list[str] = []
    walker = etree.iterwalk(element, events=("start", "end"))
    dropped: etree._Element | None = None
    for event, inner in walker:
        if dropped is not None and inner is not dropped:
            continue
        if event == "start":
            if inner is not element and is_dropped(inner):
                dropped = inner
                walker.skip_subtree()
                continue
            pieces.append(" " if tag_of(inner) in _PARTING else "")
            pieces.append(superscript(inner.text or "") if tag_of(inner) == "sup" else inner.text or "")
            continue
        dropped = None
        pieces.append(" " if tag_of(inner) in _PARTING else "")
        if inner is not element:
            pieces.append(inner.tail or "")
    return " ".join("".join(pieces).split())
