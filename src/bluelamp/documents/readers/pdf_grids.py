"""Which rules and shaded areas make a table, and which a box around words?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from bluelamp.documents.blocks import Box
from bluelamp.documents.readers.pdf_marks import Area, Marks, Rule

NEAR = 3.0  # points within which edges meet
NARROW = 5.0  # points; edges closer than this are one (double rules, gaps between shaded cells)
CROSSINGS_AT_MOST = 400_000


@dataclass(slots=True)
class Grid:
    """A ruled table: where its rows and columns part, and which cells are one.

    `groups[row][column]` is the number of the cell that covers this place.
    """

    xs: list[float]
    ys: list[float]
    groups: list[list[int]]

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    @property
    def is_table(self) -> bool:
        return any(len(set(row)) > 1 for row in self.groups)


@dataclass(slots=True)
class Frame:
    """A table's grid, or a box (grid None), and what stands in it."""

    box: Box
    grid: Grid | None = None
    inside: list[Frame] = field(default_factory=list)


def find_frames(marks: Marks) -> list[Frame]:
    """Tables and boxes of the page, those inside a box within it."""
    areas = [a for a in marks.areas if _covers(a.box, marks) < 0.85]
    across = _merge([*marks.across, *_borders(areas, across=True)])
    down = _merge([*marks.down, *_borders(areas, across=False)])
    if not across or not down or len(across) * len(down) > CROSSINGS_AT_MOST:
        return []
    frames = []
    for rows, columns in _connected(across, down):
        made = _make_grid(rows, columns)
        for grid in _split_grid(made) if made else []:
            frames += _make_frame(grid, marks)
    return _nest(frames)


def _make_frame(grid: Grid, marks: Marks) -> list[Frame]:
    """None for a border around the whole page."""
    if _covers(grid.box, marks) < 0.85:
        return [Frame(grid.box, grid if grid.is_table else None)]
    return [Frame(grid.box, grid)] if grid.is_table and len(grid.ys) > 2 else []


def _split_grid(grid: Grid) -> list[Grid]:
    """Tables that touch but share no column edge are two."""
    used = [{c for c in range(1, len(row)) if row[c] != row[c - 1]} for row in grid.groups]
    cuts = [
        r
        for r in range(1, len(used))
        if used[r]
        and used[r - 1]
        and not used[r] & used[r - 1]
        and not set(grid.groups[r]) & set(grid.groups[r - 1])
    ]
    if not cuts:
        return [grid]
    edges = [0, *cuts, len(grid.groups)]
    return [_part(grid, a, b, used) for a, b in pairwise(edges)]


def _part(grid: Grid, start: int, end: int, used: list[set[int]]) -> Grid:
    """Rows `start` to `end`, with the column edges that they use."""
    kept = sorted({0}.union(*used[start:end]))
    groups = [[row[c] for c in kept] for row in grid.groups[start:end]]
    return Grid([*(grid.xs[c] for c in kept), grid.xs[-1]], grid.ys[start : end + 1], groups)


def contains(box: Box, x: float, y: float) -> bool:
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1


def _covers(box: Box, marks: Marks) -> float:
    return (box[2] - box[0]) * (box[3] - box[1]) / max(1.0, marks.width * marks.height)


def _borders(areas: list[Area], *, across: bool) -> list[Rule]:
    rules = []
    for left, top, right, bottom in (a.box for a in areas):
        if across:
            rules += [Rule(top, left, right), Rule(bottom, left, right)]
        else:
            rules += [Rule(left, top, bottom), Rule(right, top, bottom)]
    return rules


def _merge(rules: list[Rule]) -> list[Rule]:
    """Rules on one line that touch become one."""
    rules.sort()
    merged: list[Rule] = []
    start = 0
    for i in range(1, len(rules) + 1):
        if i < len(rules) and rules[i].at - rules[start].at <= NEAR:
            continue
        at = sum(r.at for r in rules[start:i]) / (i - start)
        merged += [Rule(at, a, b) for a, b in _union([(r.start, r.end) for r in rules[start:i]])]
        start = i
    return merged


def _union(stretches: list[tuple[float, float]]) -> list[tuple[float, float]]:
    stretches.sort()
    united: list[tuple[float, float]] = []
    for a, b in stretches:
        if united and a <= united[-1][1] + NARROW:
            united[-1] = (united[-1][0], max(b, united[-1][1]))
        else:
            united.append((a, b))
    return united


def _connected(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that meet."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, h in enumerate(across):
        for j, v in enumerate(down, len(across)):
            if h.start - NEAR <= v.at <= h.end + NEAR and v.start - NEAR <= h.at <= v.end + NEAR:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, h in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(down, len(across)):
        groups.setdefault(root(j), ([], []))[1].append(v)
    for across_group, down_group in groups.values():
        _close_open_ends(across_group, down_group)
    return [group for group in groups.values() if len(group[0]) > 1 and len(group[1]) > 1]


def _close_open_ends(across: list[Rule], down: list[Rule]) -> None:
    """A row cut by the page has no rule at the cut: it ends where the rules beside its cells do."""
    if not across or len(down) < 2:
        return
    left, right = min(v.at for v in down), max(v.at for v in down)
    top, bottom = min(h.at for h in across), max(h.at for h in across)
    for end, beyond in ((max(v.end for v in down), bottom), (min(v.start for v in down), top)):
        reaching = [v.at for v in down if abs((v.end if end > beyond else v.start) - end) <= NEAR]
        outside = end > bottom + 2 * NARROW or end < top - 2 * NARROW
        if outside and reaching and min(reaching) - left <= NEAR and right - max(reaching) <= NEAR:
            across.append(Rule(end, left, right))


def _places(rules: list[Rule]) -> list[float]:
    places: list[float] = []
    for at in sorted(r.at for r in rules):
        if not places or at - places[-1] > NARROW:
            places.append(at)
    return places


def _make_grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    xs, ys = _places(down), _places(across)
    if len(xs) < 2 or len(ys) < 2 or len(xs) > 60 or len(ys) > 400:
        return None
    columns, rows = len(xs) - 1, len(ys) - 1
    parent = list(range(rows * columns))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    wall, floor = _parted(xs, ys, down), _parted(ys, xs, across)
    for r in range(rows):
        for c in range(columns):
            if c + 1 < columns and not wall(c + 1, r):
                parent[root(r * columns + c + 1)] = root(r * columns + c)
            if r + 1 < rows and not floor(r + 1, c):
                parent[root((r + 1) * columns + c)] = root(r * columns + c)
    return Grid(xs, ys, [[root(r * columns + c) for c in range(columns)] for r in range(rows)])


def _parted(places: list[float], others: list[float], rules: list[Rule]) -> Callable[[int, int], bool]:
    """Is there a rule at place i that passes the middle of stretch k of the other direction?"""
    passed: set[tuple[int, int]] = set()
    for rule in rules:
        near = min(range(len(places)), key=lambda i: abs(places[i] - rule.at))
        for k in range(len(others) - 1):
            middle = (others[k] + others[k + 1]) / 2
            if rule.start - NEAR <= middle <= rule.end + NEAR:
                passed.add((near, k))
    return lambda i, k: (i, k) in passed


def _nest(frames: list[Frame]) -> list[Frame]:
    """Frames inside a box become part of it; those inside a table are only its looks."""
    frames.sort(key=lambda f: -(f.box[2] - f.box[0]) * (f.box[3] - f.box[1]))
    outer: list[Frame] = []
    for frame in frames:
        _put(outer, frame)
    return outer


def _put(frames: list[Frame], frame: Frame) -> None:
    x, y = (frame.box[0] + frame.box[2]) / 2, (frame.box[1] + frame.box[3]) / 2
    for other in frames:
        if contains(other.box, x, y):
            if other.grid is None:
                _put(other.inside, frame)
            return
    frames.append(frame)
