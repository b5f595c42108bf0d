"""What do all our charts share: colours that differ in grey too, a name and a description inside, the same bytes?

A chart is said once, in Altair, as a template: its data, the ends of its scales and its words are signals of the
compiled drawing. Drawing another chart of the same kind then costs 10 ms in place of 25 (two cores, Vega 6.2).
"""

from __future__ import annotations

import copy
import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from lxml import etree

from bluelamp.figures.months import Month

BLUE, GREEN, PLUM, ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"
COLOURS: Final = (BLUE, GREEN, PLUM, ORANGE)
"""At most four categories: more cannot be told apart, in colour or in grey."""
DASHES: Final = ([1, 0], [7, 3], [2, 2], [9, 3, 2, 3])
SHAPES: Final = ("circle", "triangle-up", "diamond", "square")
INK, QUIET, FAINT, BAND = "#0b0c0c", "#505a5f", "#d8dcde", "#e8ebed"
FONT: Final = "Libertinus Serif, Cambria, Georgia, serif"
"""The type of our PDF, so that a chart's letters are as wide there as they were measured; no font is loaded."""
_SVG: Final = "{http://www.w3.org/2000/svg}"

Rows = Sequence[Mapping[str, object]]
Template = Mapping[str, Any]


@cache
def compile_template(make: Callable[[Any], Any]) -> Template:
    """The drawing that `make` (given the module altair) says, compiled to Vega; once for each kind of chart."""
    import altair
    import vl_convert

    said = make(altair)
    drawing = (
        said.configure(aria=False, font=FONT, background="white", padding=4)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=INK,
            labelFontSize=11,
            labelAngle=0,
            gridColor=FAINT,
            domainColor=QUIET,
            tickColor=QUIET,
            titleFontSize=11,
            titleFontWeight="normal",
            titleColor=INK,
        )
        .configure_legend(labelColor=INK, labelFontSize=11, title=None, symbolSize=70, offset=4, padding=0)
        .to_dict()
    )
    compiled: Template = vl_convert.vegalite_to_vega(drawing)
    return compiled


def draw_template(
    template: Template, data: Mapping[str, Rows], signals: Mapping[str, object], *, title: str, description: str
) -> str:
    """The template with these data and signals, as SVG that names and describes itself."""
    import vl_convert

    spec = copy.deepcopy(dict(template))
    named = {each["name"]: each for each in spec["data"]}
    for name, rows in data.items():
        named[name]["values"] = list(rows)
    for signal in spec["signals"]:
        if signal["name"] in signals:
            signal["value"] = signals[signal["name"]]
    return describe(vl_convert.vega_to_svg(spec), title, description)


def describe(svg: str, title: str, description: str) -> str:
    """The picture with its name and description as its first elements, for who hears it."""
    root = etree.fromstring(svg.encode())
    for at, (tag, said) in enumerate((("title", title), ("desc", description))):
        element = etree.Element(f"{_SVG}{tag}")
        element.text = said
        root.insert(at, element)
    root.set("role", "img")
    root.set("aria-label", title)
    return etree.tostring(root, encoding="unicode")


def milliseconds(day: dt.date) -> int:
    """The day's first moment in universal time, as a drawing counts it: no zone of a machine moves a point."""
    return round(dt.datetime.combine(day, dt.time(), dt.UTC).timestamp() * 1000)


def at_month(month: Month) -> int:
    return milliseconds(month.first)


def find_scale(values: Sequence[float], *, room: float = 0.08, floor: float | None = None) -> tuple[float, float]:
    """The ends of an axis that holds the values with a little room; never below `floor`, which none of them is."""
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    spare = (high - low) * room or abs(high) * 0.1 or 1.0
    low, high = low - spare, high + spare
    if floor is not None and min(values) >= floor:
        low = max(low, floor)
    return _tidy(low, math.floor), _tidy(high, math.ceil)


def _tidy(value: float, turn: Callable[[float], int]) -> float:
    """Three digits are enough for an axis's end: the same figures make the same bytes."""
    if not value:
        return 0.0
    step = 10.0 ** (math.floor(math.log10(abs(value))) - 2)
    return turn(value / step) * step


def draw_png(svg: str) -> bytes:
    """The chart as PNG, by the papers' own fonts."""
    from bluelamp.papers.pictures import draw

    return draw(svg)
