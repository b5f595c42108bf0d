"""What does a web page say, block by block? Nothing in it is run, fetched or shown that was hidden."""

from __future__ import annotations

import codecs
import re

from lxml import etree

from bluelamp.documents.blocks import Page
from bluelamp.documents.document import Document, UnreadableFileError
from bluelamp.documents.readers.decoding import decode_text
from bluelamp.documents.readers.html_flow import Flow
from bluelamp.documents.readers.html_visible import is_dropped, tag_of, visible_text

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^<>]{0,300}?(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?([\w.:\-]{2,40})", re.I
)
_HEAD = 4096  # bytes in which a page says how its characters are written
_LARGEST = 50_000_000  # bytes; more is no page


def read(data: bytes, *, sha256: str, file_name: str) -> Document:
    """Read a page: one block for each line of the normalised text; navigation and page feet are asides.

    Raises UnreadableFileError for an empty file, for bytes that are no text and for a page without words.
    """
    if len(data) > _LARGEST:
        raise UnreadableFileError("The page is too large: more than 50 MB.")
    decoded, notes = _decode(data)
    root = _parse(decoded)
    flow = Flow(has_main=_has_main(root))
    _walk(root, flow)
    text = flow.finish()
    if not text.strip():
        raise UnreadableFileError("The page holds no text: it may be drawn by a script. Save it as PDF instead.")
    return Document(
        sha256=sha256,
        format="html",
        text=text,
        pages=(Page(None, 0, len(text)),),
        blocks=tuple(flow.blocks),
        asides=tuple(flow.asides),
        title=_title(root),
        notes=notes,
    )


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    named = _CHARSET.search(data[:_HEAD])
    marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if named and not marked and b"\x00" not in data[:_HEAD]:
        try:
            codec = codecs.lookup(named.group(1).decode("ascii"))
            name = "cp1252" if codec.name in ("iso8859-1", "ascii") else codec.name  # as browsers do
            if not name.startswith("utf-16"):
                return data.decode(name), ()
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    return decode_text(data)


def _parse(text: str) -> etree._Element:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, recover=True, remove_comments=True, remove_pis=True
    )
    clean = text.replace("\x00", " ").encode("utf-8", errors="replace")
    try:
        root = etree.fromstring(clean, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFileError("The page cannot be read: its HTML is damaged beyond repair.") from error
    if root is None:
        raise UnreadableFileError("The page holds no text.")
    if any("depth" in entry.message for entry in parser.error_log):
        # libxml2 stops at 2,048 levels and drops what stands deeper (seen with lxml 6 and 20,000 nested elements)
        raise UnreadableFileError("The page is damaged: its elements are nested more than 2,000 deep.")
    return root


def _has_main(root: etree._Element) -> bool:
    """Is there one main content, so that what stands outside is furniture?"""
    if next(root.iter("main"), None) is not None:
        return True
    return any(element.get("role") == "main" for element in root.iter("div", "section", "article"))


def _walk(root: etree._Element, flow: Flow) -> None:
    """Show each element to the flow as it opens and closes; no recursion, however deep the page."""
    walker = etree.iterwalk(root, events=("start", "end"))
    dropped: etree._Element | None = None
    for event, element in walker:
        if dropped is not None and element is not dropped:
            continue
        if event == "start":
            if is_dropped(element) or (tag_of(element) == "table" and flow.take_table(element)):
                dropped = element
                walker.skip_subtree()
            else:
                flow.open(element)
            continue
        if element is dropped:
            dropped = None
        else:
            flow.close(element)
        if element is not root and element.tail:
            flow.add(element.tail)


def _title(root: etree._Element) -> str:
    for element in root.iter("title"):
        title = visible_text(element)
        if title:
            return title[:500]
    for element in root.iter("meta"):
        if element.get("property") in ("og:title", "twitter:title") and element.get("content"):
            return " ".join(str(element.get("content")).split())[:500]
    return ""
