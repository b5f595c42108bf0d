"""Which areas are on the map of a measure, in which frame, and in which class is each of them?"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bluelamp.lib.written import say_many
from bluelamp.papers.charts_map import CROSSED, DOTTED, HATCHED, AreaMap, MapArea, MapClass, shades_for
from bluelamp.performance.boundaries_reading import SCALE, AreaShapes, Ints
from bluelamp.performance.cubes.cells import WITHHELD
from bluelamp.performance.measure_page import Line
from bluelamp.performance.measure_questions import BLANK, Question

WIDTH, HIGHEST = 560, 640
CLASSES: Final = 5
FEW: Final = 20
"""A share of fewer says little: such areas are drawn as of too few, whatever it is."""
FRAMED: Final = 0.995
"""The share of the records that the frame is made for: some lie far off, by mistake or not."""
_MARGIN: Final = 0.02
_GRID: Final = 2.0  # steps to a pixel: points nearer to each other than that are one


Box = tuple[float, float, float, float]
"""West, south, east, north."""


@dataclass(frozen=True)
class Frame:
    """Millionths of a degree at the edges, and what a pixel is of them across and up."""

    west: float
    north: float
    across: float
    up: float
    width: int
    height: int

    def place(self, ring: Ints) -> list[tuple[float, float]]:
        """In pixels, as many points as can be told apart; nothing where that is no ring."""
        found = np.rint(_GRID * (ring - (self.west, self.north)) / (self.across, -self.up)) / _GRID
        keep = np.ones(len(found), bool)
        keep[1:] = (np.diff(found, axis=0) != 0).any(axis=1)
        points = [(float(x), float(y)) for x, y in found[keep]]
        return points if len(points) >= 4 else []

    def mark(self, box: Box) -> list[tuple[float, float]]:
        """A small square, for an area that is smaller than a pixel."""
        x = ((box[0] + box[2]) / 2 - self.west) / self.across
        y = (self.north - (box[1] + box[3]) / 2) / self.up
        return [(x - 1, y - 1), (x + 1, y - 1), (x + 1, y + 1), (x - 1, y + 1), (x - 1, y - 1)]


@dataclass(frozen=True)
class DrawnMap:
    """`framed` are the areas that are drawn, and `outside` those that lie beyond the frame."""

    drawn: AreaMap
    framed: frozenset[str]
    outside: frozenset[str]


def make_map(
    question: Question, lines: Mapping[str, Line], shapes: AreaShapes, weights: Mapping[str, int], title: str
) -> DrawnMap | None:
    """The areas of `weights` (how many records each ever had) with their lines; None where none has a boundary."""
    places = {code: place for place, code in enumerate(shapes.codes)}
    there = [code for code in weights if code in places]
    if not there:
        return None
    boxes = {code: _find_box(shapes, places[code]) for code in there}
    frame, framed = _find_frame(boxes, weights)
    kinds, of = _classify(question, {code: lines[code] for code in framed})
    areas = []
    for code in framed:
        polygons = [
            [found for ring in polygon if (found := frame.place(ring))] for polygon in shapes.areas[places[code]]
        ]
        areas.append(MapArea([each for each in polygons if each] or [[frame.mark(boxes[code])]], of[code]))
    drawn = AreaMap(title, _describe(kinds, of), kinds, areas, frame.width, frame.height)
    return DrawnMap(drawn, frozenset(framed), frozenset(there) - frozenset(framed))


def say_places(found: DrawnMap, lines: Sequence[Line], bounded: Container[str], *, forces: bool = False) -> str:
    """Of the areas of the table (records in no area are none): how many are drawn, and why the others are not. The
    numbers add up to the table's."""
    what = "force" if forces else "area"
    listed = [line for line in lines if line.key != BLANK]
    drawn = [line for line in listed if line.key in found.framed]
    withheld = sum(line.state == WITHHELD or bool(line.not_given) for line in drawn)
    outside = sum(line.key in found.outside for line in listed)
    unbounded = sum(line.key not in bounded for line in listed)
    others = len(listed) - len(drawn) - outside - unbounded
    hidden = f" ({withheld:,} of them withheld or not given)" if withheld else ""
    parts = [f"{len(drawn):,} drawn{hidden}"]
    parts += [f"{outside:,} outside the map"] if outside else []
    parts += [f"{unbounded:,} without a boundary in the file"] if unbounded else []
    parts += [f"{others:,} mostly of other forces"] if others else []
    said = f"Of the table’s {say_many(len(listed), what)}: {', '.join(parts)}."
    more = len(found.framed) - len(drawn)
    return f"{said} Drawn too: {say_many(more, what)} that the table does not list." if more else said


def _find_box(shapes: AreaShapes, place: int) -> Box:
    outer = [polygon[0] for polygon in shapes.areas[place]]
    low = np.min([ring.min(axis=0) for ring in outer], axis=0)
    high = np.max([ring.max(axis=0) for ring in outer], axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _find_frame(boxes: Mapping[str, Box], weights: Mapping[str, int]) -> tuple[Frame, list[str]]:
    """Round the areas that hold nearly all records; whatever else lies within is drawn too."""
    order = sorted(boxes, key=lambda code: (-weights[code], code))
    total, held = sum(weights[code] for code in order), 0
    inside: list[Box] = []
    for code in order:
        if inside and held >= FRAMED * total:
            break
        held += weights[code]
        inside.append(boxes[code])
    edges = np.array(inside)
    west, south = (float(each) for each in edges[:, :2].min(axis=0))
    east, north = (float(each) for each in edges[:, 2:].max(axis=0))
    framed = [
        code
        for code, box in boxes.items()
        if box[0] < east and box[2] > west and box[1] < north and box[3] > south
    ]
    return _make_frame(west, south, east, north), framed


def _make_frame(west: float, south: float, east: float, north: float) -> Frame:
    """North is up; a degree across is as much shorter as it is on the ground in the middle of the map."""
    margin = _MARGIN * max(east - west, north - south, 1.0)
    west, south, east, north = west - margin, south - margin, east + margin, north + margin
    shorter = float(np.cos(np.radians((south + north) / 2 / SCALE)))
    ratio = (north - south) / ((east - west) * shorter)
    width = min(WIDTH, max(1, round(HIGHEST / ratio)))
    across = (east - west) / width
    return Frame(west, north, across, across * shorter, width, max(1, round((north - south) / (across * shorter))))


# -- classes ------------------------------------------------------------------------------------------------


def _classify(question: Question, lines: Mapping[str, Line]) -> tuple[list[MapClass], dict[str, int]]:
    """Fifths of the areas whose figure is known, by their figures; beside them what is not."""
    share = bool(question.output.denominator)
    hidden = f"{WITHHELD}, or not given for rounding" if share else WITHHELD
    plain: dict[str, float] = {}
    looks: dict[str, tuple[str, str]] = {}
    for code, line in lines.items():
        if line.state == WITHHELD or line.not_given:
            looks[code] = (hidden, CROSSED)
        elif not line.known:
            looks[code] = ("not published, or not known", HATCHED)
        elif share and (line.value is None or (line.bottom or 0) < FEW):
            looks[code] = (f"of fewer than {FEW}: too few to say", DOTTED)
        elif line.value is not None:
            plain[code] = line.value
    classes, of = _cut(plain, question)
    for words, look in dict.fromkeys(looks.values()):
        classes.append(MapClass(words, look))
        of |= {code: len(classes) - 1 for code, each in looks.items() if each == (words, look)}
    return classes, of


def _cut(values: Mapping[str, float], question: Question) -> tuple[list[MapClass], dict[str, int]]:
    if not values:
        return [], {}
    codes = list(values)
    numbers: NDArray[np.float64] = np.array([values[code] for code in codes])
    bounds = np.unique(np.quantile(numbers, np.linspace(0, 1, CLASSES + 1)[1:-1], method="lower"))
    found = np.searchsorted(bounds, numbers, side="left")
    used = sorted(set(found.tolist()))
    shades = shades_for(len(used))
    classes = []
    for shade, each in zip(shades, used, strict=True):
        members = numbers[found == each]
        classes.append(
            MapClass(_say_class(float(members.min()), float(members.max()), len(members), question), shade)
        )
    return classes, {code: used.index(int(each)) for code, each in zip(codes, found, strict=True)}


def _say_class(low: float, high: float, count: int, question: Question) -> str:
    def say(value: float) -> str:
        if question.output.unit == "percentage":
            return f"{value:.1f}%"
        return f"{value:,.0f}" if value == round(value) else f"{value:,.2f}"

    areas = "1 area" if count == 1 else f"{count:,} areas"
    return f"{say(low)} ({areas})" if say(low) == say(high) else f"{say(low)} to {say(high)} ({areas})"


def _describe(classes: Sequence[MapClass], of: Mapping[str, int]) -> str:
    counts = [sum(each == place for each in of.values()) for place in range(len(classes))]
    shaded = [each.words for each in classes if each.look not in (HATCHED, DOTTED, CROSSED)]
    said = (
        f"A map of {len(of):,} areas, the darker the more. From light to dark: {'; '.join(shaded)}."
        if shaded
        else ""
    )
    for each, count in zip(classes, counts, strict=True):
        if each.look in (HATCHED, DOTTED, CROSSED):
            said += f" {each.look.capitalize()}: {each.words}, {count:,}."
    return f"{said} The table beside it has every figure.".strip()
