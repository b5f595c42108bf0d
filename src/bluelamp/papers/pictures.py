"""What of an SVG picture may stand in a paper?

Only what draws: no scripts, no styles that load, nothing from elsewhere, so a picture can neither act in a browser
nor bring a file of this machine into a paper.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import typst
from lxml import etree

from bluelamp.lib.errors import PlainError

_SVG: Final = "http://www.w3.org/2000/svg"
_DRAWING: Final = frozenset(
    re.findall(
        r"\w+",
        "svg g defs title desc path rect circle ellipse line polyline polygon text tspan clipPath mask pattern"
        " marker linearGradient radialGradient stop use symbol",
    )
)
_TEMPLATE: Final = Path(__file__).parent / "picture.typ"
PIXELS_AN_INCH: Final = 220.0
_PIXELS: Final = 640.0  # the width of a picture that does not say
_REFERS: Final = re.compile(r"url\(\s*['\"]?(?P<to>[^)'\"]*)['\"]?\s*\)")
_XLINK: Final = "{http://www.w3.org/1999/xlink}href"


def sanitise(svg: str, prefix: str = "") -> etree._Element:
    """The picture's drawing elements and attributes, its identifiers led by `prefix`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(svg.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise PlainError(f"A picture of this paper is no SVG: {error}") from error
    if root.tag != f"{{{_SVG}}}svg":
        raise PlainError("A picture of this paper is no SVG: its first element is another.")
    for node in list(root.iter()):
        if not isinstance(node.tag, str) or not _draws(node.tag):
            _drop(node)
            continue
        for name, value in list(node.attrib.items()):
            kept = None if node is not root and _is_role(str(name)) else _keep(str(name), str(value), prefix)
            del node.attrib[name]
            if kept is not None:
                node.attrib[name] = kept
    etree.cleanup_namespaces(root)
    return root


def _drop(node: etree._Element) -> None:
    """The element goes, the words after it stay."""
    parent, before = node.getparent(), node.getprevious()
    if parent is None:
        return
    if node.tail and before is not None:
        before.tail = (before.tail or "") + node.tail
    elif node.tail:
        parent.text = (parent.text or "") + node.tail
    parent.remove(node)


def _draws(tag: str) -> bool:
    name = etree.QName(tag)
    return name.namespace == _SVG and name.localname in _DRAWING


def _is_role(name: str) -> bool:
    """A picture is one picture to who hears it, with one name; its lines and marks are not pictures in it."""
    return name == "role" or name.startswith("aria-")


def _keep(name: str, value: str, prefix: str) -> str | None:
    """The attribute's value as it may stand, None where it may not."""
    if name in ("href", _XLINK):
        return f"#{prefix}{value[1:]}" if value.startswith("#") else None
    if name.startswith("{") or name.lower().startswith("on") or name in ("style", "class"):
        return None
    if name == "id":
        return prefix + value
    targets = [found["to"].strip() for found in _REFERS.finditer(value)]
    if any(not target.startswith("#") for target in targets):
        return None
    return _REFERS.sub(lambda found: f"url(#{prefix}{found['to'].strip()[1:]})", value)


def picture_text(svg: str) -> str:
    """The picture as a file of its own."""
    return etree.tostring(sanitise(svg), encoding="unicode")


def width_share(svg: str, *, across: float) -> float:
    """The share of `across` millimetres that the picture takes at its own size; all where it is wider."""
    root = sanitise(svg)
    box = re.findall(r"[\d.]+", root.get("viewBox", ""))
    given = re.fullmatch(r"([\d.]+)(?:px)?", root.get("width", ""))
    pixels = float(given[1]) if given else float(box[2]) if len(box) == 4 else _PIXELS
    return max(0.1, min(1.0, pixels * 25.4 / 96 / across))


def draw(svg: str) -> bytes:
    """The picture as PNG, for formats that know no SVG; drawn by Typst with its own fonts, the same everywhere."""
    drawn = typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        ignore_system_fonts=True,
        format="png",
        ppi=PIXELS_AN_INCH,
        sys_inputs={"svg": picture_text(svg)},
    )
    if not isinstance(drawn, bytes):
        raise TypeError("a picture has one page")
    return drawn


def inline_svg(svg: str, alternative: str, *, prefix: str) -> str:
    """The picture as an element of a page, its alternative text as its name."""
    root = sanitise(svg, prefix)
    root.attrib.update({"role": "img", "aria-label": alternative, "focusable": "false"})
    return etree.tostring(root, encoding="unicode") + "\n"
