"""Is a map the same bytes each time, with its holes open, its patterns in place and its words inside?"""

from __future__ import annotations

import pytest
from lxml import etree

from bluelamp.papers.charts_map import CROSSED, DOTTED, HATCHED, AreaMap, MapArea, MapClass, draw_map, shades_for

pytestmark = pytest.mark.no_database
SVG = "{http://www.w3.org/2000/svg}"


def ring(x: float, y: float, size: float) -> list[tuple[float, float]]:
    return [(x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y)]


def make(*looks: str) -> AreaMap:
    classes = [MapClass(f"class {at} & <b>", look) for at, look in enumerate(looks)]
    areas = [MapArea([[ring(50 * at, 0, 40), ring(50 * at + 10, 10, 10)]], at) for at in range(len(looks))]
    return AreaMap("A title & <b>", "In words", classes, areas, 300, 60)


def test_what_is_not_known_is_a_pattern_and_what_is_a_shade() -> None:
    drawn = draw_map(make(*shades_for(2), HATCHED, DOTTED, CROSSED))
    assert drawn == draw_map(make(*shades_for(2), HATCHED, DOTTED, CROSSED))
    root = etree.fromstring(drawn.encode())
    assert (root[0].text, root[1].text, root.get("role")) == ("A title & <b>", "In words", "img")
    patterns = {each.get("id") for each in root.iter(f"{SVG}pattern")}
    assert patterns == {HATCHED, DOTTED, CROSSED}
    fills = {each.get("fill") for each in root.iter(f"{SVG}path")}
    assert {"url(#hatched)", "url(#dotted)", "url(#crossed)", "#12436D"} <= fills
    assert "class 2 & <b>" in "".join(root.itertext())


def test_a_hole_runs_the_other_way_round() -> None:
    root = etree.fromstring(draw_map(make("#12436D")).encode())
    path = next(each.get("d") for each in root.iter(f"{SVG}path") if (each.get("d") or "").count("Z") == 2)
    outer, hole = (
        [tuple(map(float, point.split(","))) for point in part.strip("ML").split("L")]
        for part in path.strip("Z").split("Z")
    )

    def turns(points: list[tuple[float, ...]]) -> float:
        following = zip(points, [*points[1:], points[0]], strict=True)
        return sum(x * down - across * y for (x, y), (across, down) in following)

    assert turns(outer) * turns(hole) < 0


def test_a_map_without_areas_is_refused() -> None:
    with pytest.raises(ValueError, match="no area"):
        draw_map(AreaMap("Nothing", "", [], [], 10, 10))
