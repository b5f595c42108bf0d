"""How does a picture stand in a line of Word, with its alternative text?"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from lxml import etree

from bluelamp.papers.word_xml import NAMESPACES, Element, R, w

_EMU: Final = 36_000  # of a millimetre
_A, _PIC, _WP = NAMESPACES["a"], NAMESPACES["pic"], NAMESPACES["wp"]


@dataclass(frozen=True)
class Picture:
    """A PNG, `width` millimetres wide on the page."""

    number: int
    png: bytes
    alternative: str
    width: float

    @property
    def relationship(self) -> str:
        return f"rIdPicture{self.number}"

    @property
    def file_name(self) -> str:
        return f"picture{self.number}.png"

    @property
    def extent(self) -> dict[str, str]:
        """Its size in EMU; height follows the picture's own shape."""
        across, down = struct.unpack(">II", self.png[16:24])
        wide = round(self.width * _EMU)
        return {"cx": str(wide), "cy": str(round(wide * down / across))}


def _make(namespace: str, tag: str, *children: Element, **attributes: str) -> Element:
    element = etree.Element(f"{{{namespace}}}{tag}", attrib=attributes, nsmap=NAMESPACES)
    element.extend(children)
    return element


def picture_run(picture: Picture) -> Element:
    """A run that holds the picture in the line."""
    name = {"id": str(picture.number), "name": f"Picture {picture.number}"}
    blip = _make(_A, "blip")
    blip.set(f"{{{R}}}embed", picture.relationship)
    filled = _make(_PIC, "blipFill", blip, _make(_A, "stretch", _make(_A, "fillRect")))
    place = _make(_A, "xfrm", _make(_A, "off", x="0", y="0"), _make(_A, "ext", **picture.extent))
    shape = _make(_PIC, "spPr", place, _make(_A, "prstGeom", _make(_A, "avLst"), prst="rect"))
    about = _make(_PIC, "nvPicPr", _make(_PIC, "cNvPr", **name), _make(_PIC, "cNvPicPr"))
    graphic = _make(_A, "graphic", _make(_A, "graphicData", _make(_PIC, "pic", about, filled, shape), uri=_PIC))
    inline = _make(
        _WP,
        "inline",
        _make(_WP, "extent", **picture.extent),
        _make(_WP, "docPr", **name, descr=picture.alternative),
        graphic,
        distT="0",
        distB="0",
        distL="0",
        distR="0",
    )
    return w("r", w("drawing", inline))
