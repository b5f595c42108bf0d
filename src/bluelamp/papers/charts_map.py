"""What does a map of areas look like: one shade from light to dark, and a pattern for what is not known?

The shades are one hue, so that they keep their order in grey; what is not known, withheld or of too few is a
pattern with its words in the key, never a shade. Everything on the map stands in the table beside it. Coordinates
come as pixels: whoever draws chose the frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from lxml import etree

from bluelamp.papers.charts import FONT, INK, QUIET, describe
from bluelamp.papers.charts_control import VEGA_LITE

SHADES: Final = ("#e6edf3", "#bccfdf", "#88a9c6", "#4b79a5", "#12436D")
"""From the least to the most; fewer classes leave out the lightest."""
HATCHED, DOTTED, CROSSED = "hatched", "dotted", "crossed"
_STAND_INS: Final = {HATCHED: "#fefffd", DOTTED: "#fdfffe", CROSSED: "#fffdfe"}
"""Colours that nothing else has: the engine fills with them, and patterns take their place."""
_SVG: Final = "{http://www.w3.org/2000/svg}"
_LINE: Final = "#fdfdfd"
_SYMBOL: Final = 180  # square pixels of a swatch in the key

Ring = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class MapClass:
    """Areas that are drawn alike: `look` is a shade, or one of the patterns."""

    words: str
    look: str


@dataclass(frozen=True)
class MapArea:
    """`polygons`: of each its outer ring and its holes, in pixels from the top left corner."""

    polygons: Sequence[Sequence[Ring]]
    of: int  # place among the classes


@dataclass(frozen=True)
class AreaMap:
    """`classes` in the order of the key. `description` says what a person who cannot see it needs."""

    title: str
    description: str
    classes: Sequence[MapClass]
    areas: Sequence[MapArea]
    width: int
    height: int


def shades_for(count: int) -> tuple[str, ...]:
    """So many shades, the darkest always among them."""
    return SHADES[-count:] if count else ()


def draw_map(drawn: AreaMap) -> str:
    """The map as SVG. ValueError without any area."""
    if not drawn.areas:
        raise ValueError(f"{drawn.title!r} has no area to draw")
    import vl_convert

    svg = vl_convert.vegalite_to_svg(_make_drawing(drawn), vl_version=VEGA_LITE)
    return describe(_put_patterns(svg), drawn.title, drawn.description)


def _make_drawing(drawn: AreaMap) -> dict[str, Any]:
    words = [each.words for each in drawn.classes]
    colours = [_STAND_INS.get(each.look, each.look) for each in drawn.classes]
    key: dict[str, Any] = {"title": None, "orient": "bottom", "direction": "vertical", "labelLimit": drawn.width}
    key |= {"labelFontSize": 12, "labelColor": INK, "symbolType": "square", "symbolSize": _SYMBOL}
    key |= {"symbolStrokeColor": QUIET, "symbolStrokeWidth": 0.8, "symbolOpacity": 1}
    return {
        "$schema": f"https://vega.github.io/schema/vega-lite/v{VEGA_LITE}.0.json",
        "width": drawn.width,
        "height": drawn.height,
        "config": {"aria": False, "font": FONT, "background": "white", "view": {"stroke": None}, "padding": 4},
        "data": {"values": [_make_feature(area, drawn.classes[area.of].words) for area in drawn.areas]},
        "projection": {"type": "identity", "scale": 1, "translate": [0, 0]},
        "mark": {"type": "geoshape", "stroke": QUIET, "strokeWidth": 0.3, "strokeJoin": "round", "clip": True},
        "encoding": {
            "color": {
                "field": "properties.class",
                "type": "nominal",
                "scale": {"domain": words, "range": colours},
                "legend": key,
            }
        },
    }


def _make_feature(area: MapArea, words: str) -> dict[str, Any]:
    coordinates = [
        [_turn(ring, clockwise=nth == 0) for nth, ring in enumerate(polygon)] for polygon in area.polygons
    ]
    return {
        "type": "Feature",
        "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
        "properties": {"class": words},
    }


def _turn(ring: Ring, *, clockwise: bool) -> list[list[float]]:
    """Holes run the other way round than what they are in: else they would be filled."""
    twice = sum(x * y_next - x_next * y for (x, y), (x_next, y_next) in pairwise(ring))
    points = [[x, y] for x, y in ring]
    return points if (twice > 0) == clockwise else points[::-1]


def _put_patterns(svg: str) -> str:
    """Patterns in place of the colours that stand in for them; and the engine's count of clips, which goes on from
    map to map, begun anew, so that the same map is the same bytes."""
    root = etree.fromstring(svg.encode())
    for at, clip in enumerate(root.iter(f"{_SVG}clipPath")):
        begun = f"url(#{clip.get('id')})"
        clip.set("id", f"frame{at}")
        for element in root.iterfind(f".//*[@clip-path='{begun}']"):
            element.set("clip-path", f"url(#frame{at})")
    used = set()
    names = {colour: name for name, colour in _STAND_INS.items()}
    for element in root.iter():
        name = names.get(str(element.get("fill", "")).lower())
        if name:
            used.add(name)
            element.set("fill", f"url(#{name})")
    if used:
        defs = etree.Element(f"{_SVG}defs")
        for name in sorted(used):
            defs.append(_make_pattern(name))
        root.insert(0, defs)
    return etree.tostring(root, encoding="unicode")


def _make_pattern(name: str) -> Any:
    pattern = etree.Element(f"{_SVG}pattern", id=name, width="6", height="6", patternUnits="userSpaceOnUse")
    etree.SubElement(pattern, f"{_SVG}rect", width="6", height="6", fill="#ffffff")
    if name == DOTTED:
        etree.SubElement(pattern, f"{_SVG}circle", cx="3", cy="3", r="1", fill=QUIET)
        return pattern
    lines = ["M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2"]
    if name == CROSSED:
        lines.append("M-1,5 l2,2 M0,0 l6,6 M5,-1 l2,2")
    etree.SubElement(
        pattern, f"{_SVG}path", attrib={"d": " ".join(lines)} | {"stroke": QUIET, "stroke-width": "0.9"}
    )
    return pattern
